"""The sentence encoder: layers of attention over the pieces of a text, in plain numpy, the mean of what comes out.

It runs on any processor, and reads several texts in one go for little more than the longest of them alone costs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from bot.understanding.layers import Layer, Layers
from bot.understanding.packed import Packed
from bot.understanding.pieces import Pieces

Floats = npt.NDArray[np.float32]

_MOST_PIECES = 96
"""Of a longer text only the beginning is embedded; its words are all heard by the quick voice."""
_AT_ONCE = 2048
_SLICE = 96
_HEAD = 32
"""How many numbers a head of attention looks at."""
_ROOT = np.float32(np.sqrt(2 / np.pi))
_CUBE = np.float32(0.044715)


@dataclass(frozen=True, slots=True)
class _Matrix:
    """A matrix as whole numbers -127…127, in slices of some columns each, with what 1 is in each column.

    A quarter of the memory; and as the numbers of a message are few, fetching the matrix is what takes the time.
    """

    slices: npt.NDArray[np.int8]
    unit: Floats
    bias: Floats

    @classmethod
    def of_numbers(cls, numbers: Floats, bias: Floats) -> Self:
        unit = np.maximum(np.abs(numbers).max(axis=0), np.float32(1e-12)) / np.float32(127)
        whole = np.round(numbers / unit).astype(np.int8)
        slices = whole.reshape(len(whole), -1, _SLICE).swapaxes(0, 1)
        return cls(np.ascontiguousarray(slices), unit, bias)

    def of(self, rows: Floats, room: Floats) -> Floats:
        """The rows times the matrix, and the bias added; each slice is unpacked in `room`."""
        out = np.empty((len(rows), len(self.unit)), np.float32)
        unpacked = room[: self.slices[0].size].reshape(self.slices[0].shape)
        for at, numbers in enumerate(self.slices):
            np.copyto(unpacked, numbers)
            np.matmul(rows, unpacked, out=out[:, at * _SLICE : (at + 1) * _SLICE])
        out *= self.unit
        out += self.bias
        return out


@dataclass(frozen=True, slots=True, kw_only=True)
class _Small:
    """A layer as it is kept in memory."""

    asked: _Matrix
    told: _Matrix
    told_scale: Floats
    told_shift: Floats
    widened: _Matrix
    narrowed: _Matrix
    narrowed_scale: Floats
    narrowed_shift: Floats

    @classmethod
    def of(cls, layer: Layer) -> Self:
        return cls(
            asked=_Matrix.of_numbers(layer.asked, layer.asked_bias),
            told=_Matrix.of_numbers(layer.told, layer.told_bias),
            told_scale=layer.told_scale,
            told_shift=layer.told_shift,
            widened=_Matrix.of_numbers(layer.widened, layer.widened_bias),
            narrowed=_Matrix.of_numbers(layer.narrowed, layer.narrowed_bias),
            narrowed_scale=layer.narrowed_scale,
            narrowed_shift=layer.narrowed_shift,
        )

    @property
    def room(self) -> int:
        """How many numbers its largest slice has."""
        return max(int(one.slices[0].size) for one in (self.asked, self.told, self.widened, self.narrowed))


class Encoder:
    """Turns texts into vectors of length 1. Never changes; one object serves all threads."""

    def __init__(self, packed: Packed, layers: Layers) -> None:
        self._packed = packed
        self._pieces = Pieces(packed)
        self._known = layers
        self._layers = [_Small.of(layer) for layer in layers.layers]

    def encode(self, texts: Sequence[str]) -> Floats:
        """One row for each text."""
        vectors = np.stack([state.mean(axis=0) for state in self.states(texts)])
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)

    def states(self, texts: Sequence[str]) -> list[Floats]:
        """What comes out of the last layer for each text: one row for each of its pieces."""
        cut = [self._numbers(text) for text in texts]
        order = sorted(range(len(cut)), key=lambda at: len(cut[at]))
        found: dict[int, Floats] = {}
        for part in _parts(order, cut):
            found.update(zip(part, self._states([cut[at] for at in part]), strict=True))
        return [found[at] for at in range(len(cut))]

    def _numbers(self, text: str) -> list[int]:
        pieces = self._pieces.cut(self._known.prefix + text)[:_MOST_PIECES]
        return [self._packed.start, *pieces, self._packed.end] if self._known.marks else pieces

    def _states(self, rows: Sequence[Sequence[int]]) -> list[Floats]:
        """The texts' pieces one after another as rows of one matrix; each text attends to itself alone."""
        lengths = np.array([len(row) for row in rows])
        ends = np.cumsum(lengths)
        numbers = np.concatenate([np.asarray(row, np.intp) for row in rows])
        places = np.concatenate([np.arange(length) for length in lengths])
        shown = self._packed.pieces(numbers) + self._known.places[places]
        tiny = np.float32(self._packed.tiny)
        shown = _levelled(shown, self._known.scale, self._known.shift, tiny)
        room = np.empty(max((layer.room for layer in self._layers), default=0), np.float32)
        for layer in self._layers:
            told = layer.told.of(_attended(layer.asked.of(shown, room), lengths, ends), room)
            shown = _levelled(shown + told, layer.told_scale, layer.told_shift, tiny)
            narrow = layer.narrowed.of(_bent(layer.widened.of(shown, room)), room)
            shown = _levelled(shown + narrow, layer.narrowed_scale, layer.narrowed_shift, tiny)
        return np.split(shown, ends[:-1])


def _parts(order: Sequence[int], cut: Sequence[Sequence[int]]) -> list[list[int]]:
    """The texts, short ones first, in parts of so many pieces that memory stays small."""
    parts: list[list[int]] = []
    filled = _AT_ONCE
    for at in order:
        if filled + len(cut[at]) > _AT_ONCE:
            parts.append([])
            filled = 0
        parts[-1].append(at)
        filled += len(cut[at])
    return parts


def _attended(asked: Floats, lengths: npt.NDArray[np.intp], ends: npt.NDArray[np.intp]) -> Floats:
    """What each piece hears of the others in its text. Texts of one length stand together and are heard at once."""
    width = asked.shape[1] // 3
    heard = np.empty((len(asked), width), np.float32)
    first = 0
    while first < len(lengths):
        length = int(lengths[first])
        number = int(np.searchsorted(lengths, length, side="right")) - first
        rows = slice(int(ends[first]) - length, int(ends[first + number - 1]))
        parts = asked[rows].reshape(number, length, 3, -1, _HEAD).transpose(2, 0, 3, 1, 4)
        likeness = parts[0] @ parts[1].swapaxes(-1, -2) * np.float32(1 / np.sqrt(_HEAD))
        loud = np.exp(likeness - likeness.max(axis=-1, keepdims=True))
        loud /= loud.sum(axis=-1, keepdims=True)
        heard[rows] = (loud @ parts[2]).transpose(0, 2, 1, 3).reshape(-1, width)
        first += number
    return heard


def _levelled(rows: Floats, scale: Floats, shift: Floats, tiny: np.float32) -> Floats:
    """Each row brought to mean 0 and spread 1, then scaled and shifted as learned."""
    rows = rows - rows.mean(axis=1, keepdims=True)
    spread = np.sqrt(np.square(rows).mean(axis=1, keepdims=True) + tiny)
    return np.asarray(rows / spread * scale + shift, dtype=np.float32)


def _bent(rows: Floats) -> Floats:
    """The bend between the two matrices of a layer (GELU by the hyperbolic tangent)."""
    inner = np.tanh(_ROOT * (rows + _CUBE * rows * rows * rows))
    return np.asarray(np.float32(0.5) * rows * (1 + inner), dtype=np.float32)
