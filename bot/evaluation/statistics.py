"""Figures from counts: shares with their 95 % interval, macro-F1, AUROC and calibration error. Pure arithmetic."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Self

_NORMAL_95 = 1.959964


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    right: int
    of: int

    @classmethod
    def count(cls, answers: Iterable[bool]) -> Self:
        """How many of the answers are true."""
        every = list(answers)
        return cls(sum(every), len(every))

    @property
    def value(self) -> float:
        """The share, 0-1; 0 of none."""
        return self.right / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Between which the true share lies with 95 % confidence (Wilson's score interval)."""
        if not self.of:
            return 0.0, 1.0
        square = _NORMAL_95**2
        middle = (self.value + square / (2 * self.of)) / (1 + square / self.of)
        spread = self.value * (1 - self.value) / self.of + square / (4 * self.of**2)
        reach = _NORMAL_95 * sqrt(spread) / (1 + square / self.of)
        return max(0.0, middle - reach), min(1.0, middle + reach)


def macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
    """The mean of the labels' F1 over (expected, given) pairs; every label that was expected counts the same."""
    expected = Counter(wanted for wanted, _ in pairs)
    given = Counter(got for _, got in pairs)
    both = Counter(wanted for wanted, got in pairs if wanted == got)
    if not expected:
        return 0.0
    return sum(2 * both[label] / (expected[label] + given[label]) for label in expected) / len(expected)


def auroc(positives: Sequence[float], negatives: Sequence[float]) -> float | None:
    """The chance that a positive scores above a negative, ties counting half; None when either is missing."""
    if not positives or not negatives:
        return None
    ranked = sorted([(score, True) for score in positives] + [(score, False) for score in negatives])
    total, at = 0.0, 0
    while at < len(ranked):
        end = at
        while end < len(ranked) and ranked[end][0] == ranked[at][0]:
            end += 1
        middle = (at + 1 + end) / 2
        total += middle * sum(positive for _, positive in ranked[at:end])
        at = end
    count = len(positives)
    return (total - count * (count + 1) / 2) / (count * len(negatives))


def calibration_error(sure: Sequence[tuple[float, bool]], *, bins: int = 10) -> float:
    """How far confidence (0-1) is from being right, on average over equally wide bins, weighed by their size (ECE)."""
    found: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for confidence, right in sure:
        found[min(bins - 1, int(confidence * bins))].append((confidence, right))
    gaps = (
        abs(sum(confidence for confidence, _ in one) - sum(right for _, right in one)) for one in found if one
    )
    return sum(gaps) / len(sure) if sure else 0.0


def percentile(values: Sequence[float], part: float) -> float:
    """The value below which `part` (0-1) of the values lie; 0 of none."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(part * len(ranked)))] if ranked else 0.0
