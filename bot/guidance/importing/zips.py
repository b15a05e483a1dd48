"""Zip files, looked at before anything in them is opened: no bombs, no names that lead elsewhere, nothing nested."""

import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from bot.content import ContentError, Problem, shown

_MOST_UNPACKED = 50 * 1024 * 1024
_MOST_ALTOGETHER = 1024 * 1024 * 1024
_MOST_RATIO = 100
_SMALL = 64 * 1024
"""What unpacks to no more than this is harmless whatever its ratio."""
_MOST_MEMBERS = 10_000
_PACKED = {".zip", ".gz", ".bz2", ".xz", ".7z", ".rar", ".tar", ".tgz", ".zst"}
_ENCRYPTED = 0x1


def members(path: Path, endings: set[str]) -> Iterator[tuple[str, int, IO[bytes]]]:
    """The members with one of these endings: name for messages, size, opened. All are looked at before the first.

    Raises:
        ContentError: It is no zip, or something in it is not as it should be.
    """
    try:
        packed = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ContentError(Problem(shown(path), 1, "not a zip file", "pack it anew")) from error
    with packed:
        infos = packed.infolist()
        faults = [what for info in infos if (what := _fault(info))]
        if len(infos) > _MOST_MEMBERS:
            faults.insert(0, f"more than {_MOST_MEMBERS} files in it")
        if sum(info.file_size for info in infos) > _MOST_ALTOGETHER:
            faults.insert(0, "unpacks to more than 1 GiB")
        if faults:
            raise ContentError(*(Problem(shown(path), 1, what, "pack it anew") for what in faults[:20]))
        for info in infos:
            if PurePosixPath(info.filename).suffix.lower() in endings and not info.is_dir():
                name = f"{shown(path)}/{info.filename}"
                try:
                    opened = packed.open(info)
                except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
                    raise ContentError(Problem(name, 1, "cannot be unpacked", "pack it anew")) from error
                yield name, info.file_size, opened


def _fault(info: zipfile.ZipInfo) -> str:
    """What is wrong with one member; empty when nothing is."""
    name = info.orig_filename
    parts = PurePosixPath(name.replace("\\", "/")).parts
    too_small = info.file_size > _SMALL and info.file_size > _MOST_RATIO * max(info.compress_size, 1)
    faults = {
        "leads out of the file": "\x00" in name
        or name.startswith(("/", "\\"))
        or ".." in parts
        or ":" in name,
        "is a link": stat.S_ISLNK(info.external_attr >> 16),
        "is encrypted": info.flag_bits & _ENCRYPTED,
        "is packed once more": PurePosixPath(name).suffix.lower() in _PACKED,
        "unpacks to more than 50 MiB": info.file_size > _MOST_UNPACKED,
        f"is packed more than 1:{_MOST_RATIO}": too_small,
    }
    shown_name = "".join(char if char.isprintable() else "?" for char in name)[:80]
    return next((f"'{shown_name}' {what}" for what, is_so in faults.items() if is_so), "")
