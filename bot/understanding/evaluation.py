"""How well unseen sentences are understood, per language."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.meaning import Understanding
from bot.understanding import labels, training_data
from bot.understanding.training_data import Example
from bot.understanding.understand import Understander

_ANY_TIME = datetime(2027, 3, 3, 9, 0, tzinfo=UTC)
_IN_FIRST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Shares 0–1 of the unseen sentences of one language; the counts they are shares of."""

    need_first: float
    need_in_three: float
    no_need: float
    """Of the sentences about no family matter, those taken to be so."""
    act_first: float
    language: float
    with_need: int
    without_need: int
    missed: tuple[str, ...]
    """What was taken for something else, one line each, for those who improve the data."""


def evaluate(nlu_dir: Path, model_path: Path) -> dict[str, Figures]:
    """Understand every unseen sentence without knowing its language, and compare with its label."""
    understander = Understander.load(nlu_dir, model_path)
    return measure(nlu_dir, lambda text: understander.understand(text, now=_ANY_TIME))


def measure(nlu_dir: Path, understand: Callable[[str], Understanding]) -> dict[str, Figures]:
    """The same for any engine."""
    by_language: dict[str, list[tuple[Example, Understanding]]] = defaultdict(list)
    for example in training_data.load(nlu_dir, unseen=True):
        by_language[example.language].append((example, understand(example.text)))
    return {language: _figures(language, results) for language, results in by_language.items()}


def _figures(language: str, results: list[tuple[Example, Understanding]]) -> Figures:
    needed = [(example, result) for example, result in results if example.need]
    others = [(example, result) for example, result in results if not example.need]
    return Figures(
        need_first=_share([_needs(result)[:1] == [example.need] for example, result in needed]),
        need_in_three=_share([example.need in _needs(result)[:_IN_FIRST] for example, result in needed]),
        no_need=_share([_no_need(result) for _, result in others]),
        act_first=_share([_act(result) == example.act for example, result in results]),
        # Asking for another language is often written in it.
        language=_share(
            [result.language == language for one, result in results if one.act != "change_language"]
        ),
        with_need=len(needed),
        without_need=len(others),
        missed=tuple(_missed(example, result) for example, result in results if _is_missed(example, result)),
    )


def _share(right: list[bool]) -> float:
    return sum(right) / len(right) if right else 0.0


def _needs(result: Understanding) -> list[str]:
    return [guess.name for guess in result.needs]


def _no_need(result: Understanding) -> bool:
    chances = [guess.confidence for guess in result.needs]
    return not chances or chances[0] < 1 - sum(chances)


def _act(result: Understanding) -> str:
    return result.acts[0].name if result.acts else labels.NO_ACT


def _is_missed(example: Example, result: Understanding) -> bool:
    need_missed = _needs(result)[:1] != [example.need] if example.need else not _no_need(result)
    return need_missed or _act(result) != example.act


def _missed(example: Example, result: Understanding) -> str:
    need = "-" if _no_need(result) and not example.need else (_needs(result) or ["-"])[0]
    return f"{example.label} taken for {need}+{_act(result)}: {example.text}"
