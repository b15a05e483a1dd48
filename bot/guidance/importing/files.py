"""Files of registers, read so that no file can do harm: JSON, JSON lines, CSV, folders and zips of them.

Every limit ends in one clear refusal with file and line (reliability.md L-10); nothing is ever unpacked to disk.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from bot.content import ContentError, Problem, shown
from bot.guidance.importing import zips

MOST_BYTES = 50 * 1024 * 1024
"""Of a file that is read whole; JSON lines may be of any length, as they are read one by one."""
MOST_BYTES_OF_A_LINE = 2 * 1024 * 1024
DEEPEST = 30
"""How deep lists and objects may lie in each other; the registers' own go to about ten."""
_MOST_FILES = 10_000
_LINES, _WHOLE, _TABLES, _ZIPS = {".jsonl", ".ndjson"}, {".json"}, {".csv"}, {".zip"}
_LISTS = ("items", "itemList", "data")
"""Where the answers of registers hold their records."""
_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"\x00")


@dataclass(frozen=True, slots=True)
class Found:
    """One record: the file and line (from 1) it begins on, and what it says."""

    file: str
    line: int
    data: dict[str, Any]

    def problem(self, what: str, remedy: str = "mend it or take it out") -> Problem:
        """Something wrong with this record."""
        return Problem(self.file, self.line, what, remedy)


def records(paths: Iterable[Path]) -> Iterator[Found]:
    """Every record of JSON files, one after another. Raises `ContentError` at the first thing not understood."""
    for name, size, opened in sources(paths, _LINES | _WHOLE):
        with opened as file:
            if Path(name).suffix.lower() in _LINES:
                yield from _lines(name, file)
            else:
                yield from _whole(name, file, size)


def tables(paths: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """The name and text of every CSV file. Raises `ContentError`."""
    for name, size, opened in sources(paths, _TABLES):
        with opened as file:
            yield name, _text(name, _read(name, file, size))


def sources(paths: Iterable[Path], endings: set[str]) -> Iterator[tuple[str, int, IO[bytes]]]:
    """Each file with one of these endings: its name for messages, its size in bytes, and it opened."""
    count = 0
    for path in paths:
        for one in _below(path, endings | _ZIPS):
            inside = zips.members(one, endings) if one.suffix.lower() in _ZIPS else iter([_opened(one)])
            for found in inside:
                count += 1
                if count > _MOST_FILES:
                    raise _refused(found[0], 1, f"more than {_MOST_FILES} files", "import them in parts")
                yield found


def _below(path: Path, endings: set[str]) -> Iterator[Path]:
    if path.is_dir():
        for one in sorted(path.rglob("*")):
            if one.suffix.lower() in endings and one.is_file() and not one.is_symlink():
                yield one
    elif not path.is_file():
        raise _refused(shown(path), 1, "no such file", "check its name")
    elif path.suffix.lower() not in endings:
        kinds = ", ".join(sorted(endings))
        raise _refused(shown(path), 1, f"not a file that can be imported ({kinds})", "name one of those")
    else:
        yield path


def _opened(path: Path) -> tuple[str, int, IO[bytes]]:
    try:
        return shown(path), path.stat().st_size, path.open("rb")
    except OSError as error:
        raise _refused(shown(path), 1, f"cannot be read: {error.strerror}", "check the file") from error


def _lines(name: str, file: IO[bytes]) -> Iterator[Found]:
    number = 0
    while raw := file.readline(MOST_BYTES_OF_A_LINE + 1):
        number += 1
        if len(raw) > MOST_BYTES_OF_A_LINE:
            raise _refused(name, number, "a line of more than 2 MiB", "write one record on each line")
        text = _text(name, raw, number)
        if text.strip():
            yield from _parsed(name, text, number)


def _whole(name: str, file: IO[bytes], size: int) -> Iterator[Found]:
    yield from _parsed(name, _text(name, _read(name, file, size)), 1)


def _read(name: str, file: IO[bytes], size: int) -> bytes:
    raw = file.read(MOST_BYTES + 1) if size <= MOST_BYTES else b""
    if size > MOST_BYTES or len(raw) > MOST_BYTES:
        raise _refused(name, 1, "larger than 50 MiB", "write it as JSON lines (.jsonl)")
    return raw


def _text(name: str, raw: bytes, line: int = 1) -> str:
    if raw.startswith(_UTF16):
        raise _refused(name, line, "not UTF-8 but UTF-16 or UTF-32", "save the file as UTF-8")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at = line + raw[: error.start].count(b"\n")
        raise _refused(name, at, "not UTF-8", "save the file as UTF-8") from error
    place = text.find("\x00")
    if place >= 0:
        raise _refused(name, line + text.count("\n", 0, place), "holds a NUL character", "take it out")
    return text


def _parsed(name: str, text: str, line: int) -> Iterator[Found]:
    """The objects in a text: those of a list, of an answer with a list in it, or one after another."""
    place, counted, in_list = 0, 0, text.lstrip()[:1] == "["
    if in_list:
        place = text.index("[") + 1
    while (place := _next(text, place)) < len(text):
        if in_list and text[place] == "]":
            after = _next(text, place + 1)
            if after < len(text):
                at = line + text.count("\n", counted, after)
                raise _refused(name, at, "more after the end of the list", "fetch the file anew")
            return
        line, counted = line + text.count("\n", counted, place), place
        data, place = _object(name, text, place, line)
        inner = next((data[key] for key in _LISTS if isinstance(data.get(key), list)), None)
        for one in [data] if inner is None else inner:
            if not isinstance(one, dict):
                raise _refused(name, line, "a record that is no object", "write each as { … }")
            yield Found(name, line, one)
    if in_list:
        raise _refused(name, line + text.count("\n", counted), "the list does not end", "fetch the file anew")


def _next(text: str, place: int) -> int:
    while place < len(text) and text[place] in " \t\r\n,":
        place += 1
    return place


def _object(name: str, text: str, place: int, line: int) -> tuple[dict[str, Any], int]:
    try:
        data, end = _DECODER.raw_decode(text, place)
    except json.JSONDecodeError as error:
        at = line + text.count("\n", place, error.pos)
        raise _refused(name, at, f"not valid JSON: {error.msg}", "fetch the file anew") from error
    except RecursionError as error:
        raise _refused(name, line, f"nested more than {DEEPEST} deep", "take it out") from error
    except ValueError as error:
        raise _refused(name, line, str(error)[:100], "mend it or take it out") from error
    if not isinstance(data, dict):
        raise _refused(name, line, "a record that is no object", "write each as { … }")
    if _too_deep(data):
        raise _refused(name, line, f"nested more than {DEEPEST} deep", "take it out")
    try:
        text[place:end].encode()
        if "\\u" in text[place:end]:
            _writable(data)
    except (UnicodeEncodeError, ValueError) as error:
        raise _refused(name, line, "holds half a character or a NUL", "take it out") from error
    return data, end


def _writable(data: Any) -> None:
    written = json.dumps(data, ensure_ascii=False)
    written.encode()
    if "\\u0000" in written:
        raise ValueError("a NUL")


def _too_deep(data: Any) -> bool:
    level = [data]
    for _ in range(DEEPEST):
        level = [
            child
            for one in level
            for child in (one.values() if isinstance(one, dict) else one)
            if isinstance(child, dict | list)
        ]
        if not level:
            return False
    return True


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        raise ValueError("a field stands twice in one object")
    return data


def _no_number(word: str) -> Any:
    raise ValueError(f"{word} is no number")


_DECODER = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_no_number)


def _refused(name: str, line: int, what: str, remedy: str) -> ContentError:
    return ContentError(Problem(name, line, what, remedy))
