"""A second look at messages in which no rule found anything: may raise nothing to a gentle line, and never lowers.

A linear model over pieces of words, hashed; its weights are plain numbers in `booster.txt`, fitted by
`python -m tests.safety.booster_training`.
"""

import base64
import math
import re
import zlib
from array import array
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bot.safety import data
from bot.safety.normalise import fold

BUCKETS = 1 << 15
LONGEST = 1_000
"""Letters read: the model knows messages, not stories, and the work stays bounded."""
_PIECES = (3, 4, 5, 6)
_STEM = 5
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Booster:
    """Weights of the buckets as small whole numbers, what one of them is worth, and the score to be raised."""

    weights: tuple[int, ...]
    scale: float
    intercept: float
    threshold: float


def buckets(text: str) -> list[int]:
    """The buckets of a message's pieces of words and of its neighbouring stems, each once."""
    words = _WORD.findall(fold(text[:LONGEST]))
    pieces = set(words)
    for word in words:
        padded = f" {word[:40]} "
        pieces.update(padded[at : at + size] for size in _PIECES for at in range(len(padded) - size + 1))
    stems = [word[:_STEM] for word in words]
    pieces.update(f"{first}_{second}" for first, second in pairwise(stems))
    pieces.update(f"{first}__{second}" for first, second in zip(stems, stems[2:], strict=False))
    return sorted({zlib.crc32(piece.encode()) % BUCKETS for piece in pieces})


def raises(text: str) -> bool:
    """Whether a message looks so much like an emergency that one gentle line is due. Raises SealError."""
    model, found = _model(), buckets(text)
    if not found:
        return False
    score = sum(model.weights[bucket] for bucket in found) * model.scale / math.sqrt(len(found))
    return score + model.intercept > model.threshold


def written(weights: list[float], intercept: float, threshold: float) -> str:
    """The model as the text of its data file."""
    scale = max(map(abs, weights)) / 127
    small = array("b", [round(weight / scale) for weight in weights])
    return f"{scale:.9f} {intercept:.6f} {threshold:.6f}\n{base64.b64encode(small.tobytes()).decode()}\n"


@lru_cache(maxsize=1)
def _model() -> Booster:
    numbers, weights = data.read("booster.txt").split("\n")[:2]
    scale, intercept, threshold = map(float, numbers.split())
    return Booster(tuple(array("b", base64.b64decode(weights))), scale, intercept, threshold)
