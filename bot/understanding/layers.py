"""The layers of the packaged embedding: what its numbers are, and how they are read from its file."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.understanding.packed import Packed

Floats = npt.NDArray[np.float32]

_PREFIX = "query: "


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One layer's numbers. Matrices turn rows into rows: (coming in, going out)."""

    asked: Floats
    """Question, key and value side by side."""
    asked_bias: Floats
    told: Floats
    told_bias: Floats
    told_scale: Floats
    told_shift: Floats
    widened: Floats
    widened_bias: Floats
    narrowed: Floats
    narrowed_bias: Floats
    narrowed_scale: Floats
    narrowed_shift: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Layers:
    """What the encoder knows beside the table of pieces."""

    places: Floats
    """What is added to a piece for where it stands."""
    scale: Floats
    shift: Floats
    layers: Iterable[Layer]
    """In their order. May be read only once, so that one stands in memory at a time."""
    prefix: str
    """What is put before every text."""
    marks: bool
    """Whether the pieces for start and end stand around a text."""


def plain(packed: Packed, number: int | None = None) -> Layers:
    """The first so many of the package's layers as they are; all of them when not said."""
    kind = packed.array("emb.type")[: packed.width]
    return Layers(
        places=packed.array("emb.pos").reshape(-1, packed.width) + kind,
        scale=packed.array("emb.ln.w"),
        shift=packed.array("emb.ln.b"),
        layers=(_layer(packed, at) for at in range(packed.layers if number is None else number)),
        prefix=_PREFIX,
        marks=True,
    )


def _layer(packed: Packed, at: int) -> Layer:
    width = packed.width
    name = f"l{at}."
    asked = np.concatenate([packed.matrix(f"{name}{part}.w", width) for part in "qkv"])
    widened = packed.matrix(f"{name}fi.w", width)
    return Layer(
        asked=np.ascontiguousarray(asked.T),
        asked_bias=np.concatenate([packed.array(f"{name}{part}.b") for part in "qkv"]),
        told=np.ascontiguousarray(packed.matrix(f"{name}ao.w", width).T),
        told_bias=packed.array(f"{name}ao.b"),
        told_scale=packed.array(f"{name}aln.w"),
        told_shift=packed.array(f"{name}aln.b"),
        widened=np.ascontiguousarray(widened.T),
        widened_bias=packed.array(f"{name}fi.b"),
        narrowed=np.ascontiguousarray(packed.matrix(f"{name}fo.w", len(widened)).T),
        narrowed_bias=packed.array(f"{name}fo.b"),
        narrowed_scale=packed.array(f"{name}oln.w"),
        narrowed_shift=packed.array(f"{name}oln.b"),
    )
