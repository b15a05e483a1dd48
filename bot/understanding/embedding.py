"""The multilingual embedding: a sentence as 384 numbers, near to sentences that mean the same.

Optional: its table of pieces comes with a package that is not built for every machine. Where it is missing, the
model answers without it.
"""

import functools
import hashlib
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.understanding import layers, packed
from bot.understanding.encoder import Encoder

Vectors = npt.NDArray[np.float32]
Embed = Callable[[Sequence[str]], Vectors]

_MAX_LETTERS = 600
_KEY_BYTES = 16
_MARK = "plain"
"""Changed whenever the same sentence would get other numbers than before."""


@dataclass(frozen=True, slots=True)
class Embedder:
    """What turns sentences into vectors of length 1. `mark` tells its vectors from those of another."""

    mark: str
    _encoder: Encoder

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """One row for each sentence."""
        return self._encoder.encode([_shortened(text) for text in texts])


@functools.cache
def embedder() -> Embedder | None:
    """What turns sentences into vectors; None without the package. Read once: all models of a process share it."""
    file = packed.installed()
    if file is None:
        return None
    try:
        source = packed.read(file)
    except (packed.PackedError, OSError):
        return None
    encoder = Encoder(source, layers.plain(source))
    source.forget()
    return Embedder(_MARK, encoder)


def mark() -> str | None:
    """The mark of the embedder of this machine; None without the package."""
    return _MARK if packed.installed() else None


def _in_parts(embed: Embedder) -> Embed:
    """The same for many texts at once, on as many threads as the machine has processors."""
    workers = os.cpu_count() or 1

    def embed_in_parts(texts: Sequence[str]) -> Vectors:
        parts = [texts[at::workers] for at in range(workers) if texts[at::workers]]
        vectors: dict[int, Vectors] = {}
        with ThreadPoolExecutor(workers) as pool:
            for at, found in enumerate(pool.map(embed, parts)):
                vectors.update(zip(range(at, len(texts), workers), found, strict=True))
        return np.stack([vectors[at] for at in range(len(texts))])

    return embed_in_parts


def cached(embed: Embedder, file: Path, *, shipped: Path | None = None) -> Embed:
    """The same on all processors, remembering vectors in `file` (created when missing, rewritten when broken).

    `shipped` is such a file that came with the sentences: with it even the first training has little left to embed.
    """

    def embed_cached(texts: Sequence[str]) -> Vectors:
        keys = [_key(text, embed.mark) for text in texts]
        stored = _stored(file)
        known = {**(_stored(shipped) if shipped else {}), **stored}
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if missing:
            known.update(zip(missing, _in_parts(embed)(list(missing.values())), strict=True))
        small = _small(np.stack([known[key] for key in keys]))
        if stored.keys() != set(keys):
            _store(file, dict(zip(keys, small, strict=True)))
        vectors = small.astype(np.float32)
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)

    return embed_cached


def _small(vectors: Any) -> Any:
    """Vectors as whole numbers -127…127: only where they point to matters, and a file of them may be shipped."""
    return np.round(vectors / np.abs(vectors).max(axis=1, keepdims=True).astype(np.float32) * 127).astype(
        np.int8
    )


def _shortened(text: str) -> str:
    return text.lower()[:_MAX_LETTERS]


def _key(text: str, mark: str) -> bytes:
    return hashlib.sha256(f"{mark}:{_shortened(text)}".encode()).hexdigest()[:_KEY_BYTES].encode()


def _stored(file: Path) -> dict[bytes, Any]:
    try:
        with np.load(file, allow_pickle=False) as data:
            return dict(zip(data["keys"].tolist(), data["vectors"], strict=True))
    except (OSError, ValueError, KeyError):
        return {}


def _store(file: Path, known: dict[bytes, Any]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(f".{os.getpid()}.part.npz")
    np.savez_compressed(
        draft, keys=np.array(list(known), dtype=f"S{_KEY_BYTES}"), vectors=np.stack(list(known.values()))
    )
    draft.replace(file)
