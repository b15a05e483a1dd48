"""What a message looks like to the fast part of the model: words and pieces of words, weighed by rarity.

Pieces of two to five letters survive typos, missing dots and Finnish endings. Every piece is known by its CRC-32,
so that the vocabulary is one sorted array of numbers and needs no dictionary.
"""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import numpy.typing as npt

from bot.understanding import normalise

Floats = npt.NDArray[np.float32]
Ids = npt.NDArray[np.uint32]

_SHORTEST, _LONGEST = 2, 5
_MAX_WORDS = 400


def word_pieces(words: Sequence[str]) -> list[str]:
    """Words, pairs of neighbouring words, and word pairs with one word between."""
    pairs = [f"2{first} {second}" for first, second in itertools.pairwise(words)]
    skips = [f"3{first} {third}" for first, third in zip(words, words[2:], strict=False)]
    return [f"1{word}" for word in words] + pairs + skips


def letter_pieces(words: Sequence[str]) -> list[str]:
    """Runs of two to five letters within each word, its edges marked by a space."""
    found = []
    for word in words:
        padded = f" {word} "
        for size in range(_SHORTEST, _LONGEST + 1):
            if size > len(padded):
                found.append(f"4{padded}")
                break
            found.extend(f"4{padded[at : at + size]}" for at in range(len(padded) - size + 1))
    return found


def ids(pieces: Iterable[str]) -> tuple[Ids, Floats]:
    """The distinct pieces as numbers, ascending, with a damped count of each."""
    numbers = np.fromiter((crc32(piece.encode()) for piece in pieces), dtype=np.uint32)
    distinct, counts = np.unique(numbers, return_counts=True)
    return distinct, (1 + np.log(counts)).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The pieces known to a model: their numbers ascending, and how much each weighs."""

    pieces: Ids
    weights: Floats

    def vector(self, text: str) -> tuple[npt.NDArray[np.intp], Floats]:
        """A message as (row numbers, values): words and letters each scaled to the same length."""
        words = normalise.words(text)[:_MAX_WORDS]
        halves = [self._half(word_pieces(words)), self._half(letter_pieces(words))]
        return np.concatenate([rows for rows, _ in halves]), np.concatenate([values for _, values in halves])

    def _half(self, pieces: list[str]) -> tuple[npt.NDArray[np.intp], Floats]:
        numbers, counts = ids(pieces)
        rows = np.searchsorted(self.pieces, numbers)
        rows[rows == len(self.pieces)] = 0
        known = self.pieces[rows] == numbers if len(self.pieces) else np.zeros(len(rows), dtype=bool)
        rows, values = rows[known], counts[known] * self.weights[rows[known]]
        length = float(np.sqrt((values**2).sum())) or 1.0
        return rows, (values / length).astype(np.float32)


def vocabulary(texts: Sequence[str], *, at_least: int = 2) -> Vocabulary:
    """The pieces that stand in at least so many of the texts, weighed by how few they stand in."""
    numbers = []
    for text in texts:
        words = normalise.words(text)[:_MAX_WORDS]
        numbers.append(ids(word_pieces(words) + letter_pieces(words))[0])
    pieces, counts = np.unique(np.concatenate(numbers), return_counts=True)
    kept = counts >= at_least
    weights = np.log((1 + len(texts)) / (1 + counts[kept])) + 1
    return Vocabulary(pieces[kept], weights.astype(np.float32))
