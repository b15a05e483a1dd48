"""Cuts a text into the pieces of words that the packaged embedding knows: the likeliest row of pieces (unigram).

Every run of letters is looked up by a hash that can be taken from running sums (a power of one number for each
place), so that all runs of a text are looked up at once and no dictionary of 250,000 pieces is kept.
"""

import re

import numpy as np
import numpy.typing as npt

from bot.understanding.packed import Packed

_SPACE = "▁"
"""How the embedding writes the space before a word."""
_SPACES = re.compile(" {2,}")
_BASE = 0x9E3779B97F4A7C15
"""An odd number, so that its powers can be undone; sums and products run over at 2**64, as meant."""
_MUCH_RARER = 10.0
_NEVER = -1e30

_Hashes = npt.NDArray[np.uint64]
_Numbers = npt.NDArray[np.intp]


class Pieces:
    """The known pieces, ready to be looked up. Never changes; one object serves all threads."""

    def __init__(self, packed: Packed) -> None:
        self._rewritten = dict(packed.rewritten)
        self._unknown = packed.unknown
        self._scores = packed.scores
        self._unknown_score = float(packed.scores.min()) - _MUCH_RARER
        self._longest = int(np.diff(packed.offsets).max())
        hashes = _hashes_of_pieces(packed)
        self._order = np.argsort(hashes, kind="stable").astype(np.int32)
        self._hashes = hashes[self._order]

    def cut(self, text: str) -> list[int]:
        """The numbers of the text's pieces, without those that mark its start and end."""
        shown = _SPACES.sub(" ", text.translate(self._rewritten))
        shown = (shown if shown.startswith(" ") else " " + shown).replace(" ", _SPACE)
        ends_of_letters = np.cumsum([len(letter.encode("utf-8", "replace")) for letter in shown])
        edges = np.concatenate([[0], ends_of_letters])
        starts, ends, numbers = self._known_runs(shown, edges)
        return self._likeliest(len(shown), starts, ends, numbers)

    def _known_runs(self, shown: str, edges: _Numbers) -> tuple[_Numbers, _Numbers, _Numbers]:
        """All known pieces within the text: from which letter, to which, and the piece's number."""
        words = np.array([at for at, letter in enumerate(shown) if letter == _SPACE], dtype=np.intp)
        number = len(shown)
        # No known piece holds a space but at its start: a run ends at the next one at the latest.
        last = np.append(words[1:], number)[np.searchsorted(words, np.arange(number), side="right") - 1]
        last = np.minimum(last, np.searchsorted(edges, edges[:-1] + self._longest, side="right") - 1)
        counts = last - np.arange(number)
        starts = np.repeat(np.arange(number), counts)
        ends = starts + 1 + np.arange(len(starts)) - np.repeat(np.cumsum(counts) - counts, counts)
        hashes = _hashes_of_runs(shown.encode("utf-8", "replace"), edges[starts], edges[ends])
        places = np.minimum(np.searchsorted(self._hashes, hashes), len(self._hashes) - 1)
        known = self._hashes[places] == hashes
        return starts[known], ends[known], self._order[places[known]].astype(np.intp)

    def _likeliest(self, number: int, starts: _Numbers, ends: _Numbers, pieces: _Numbers) -> list[int]:
        """The row of pieces whose scores sum highest; a letter in no piece is an unknown one."""
        best = [0.0] + [_NEVER] * number
        came: list[tuple[int, int]] = [(0, self._unknown)] * (number + 1)
        runs = zip(
            starts.tolist(), ends.tolist(), pieces.tolist(), self._scores[pieces].tolist(), strict=True
        )
        run = next(runs, None)
        for at in range(number):
            here = best[at]
            while run is not None and run[0] == at:
                _, end, piece, score = run
                if here + score > best[end] and piece != self._unknown:
                    best[end], came[end] = here + score, (at, piece)
                run = next(runs, None)
            if here + self._unknown_score > best[at + 1]:
                best[at + 1], came[at + 1] = here + self._unknown_score, (at, self._unknown)
        row = []
        while number > 0:
            number, piece = came[number]
            row.append(piece)
        return row[::-1]


def _hashes_of_pieces(packed: Packed) -> _Hashes:
    """A number for each piece: its letters, each times a power of one number for its place."""
    starts, lengths = packed.offsets[:-1].astype(np.intp), np.diff(packed.offsets.astype(np.intp))
    sums = np.zeros(len(lengths), np.uint64)
    left = np.arange(len(lengths))
    power = 1
    for place in range(int(lengths.max())):
        left = left[lengths[left] > place]
        # A letter counts from 1, so that a run of nothing but zeros has a length too.
        sums[left] += (packed.letters[starts[left] + place] + np.uint64(1)) * np.uint64(power)
        power = power * _BASE % 2**64
    return sums


def _hashes_of_runs(text: bytes, starts: _Numbers, ends: _Numbers) -> _Hashes:
    """The same numbers for runs of a text, from sums up to each place."""
    powers, undone = _powers(_BASE, len(text)), _powers(pow(_BASE, -1, 2**64), len(text))
    letters = np.frombuffer(text, np.uint8) + np.uint64(1)
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(letters * powers)])
    return np.asarray((sums[ends] - sums[starts]) * undone[starts], dtype=np.uint64)


def _powers(base: int, number: int) -> _Hashes:
    """1, the number, its square and so on."""
    return np.asarray(np.cumprod(np.array([1, *[base] * (number - 1)], np.uint64)), dtype=np.uint64)
