"""How much of what was said was heard: shares by language, for any engine's parse answers."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.meaning import Guess
from bot.understanding import labels
from bot.understanding.rasa_engine import needs_and_acts
from bot.understanding.training_data import Example

_OURS = ("fi", "sv", "en")
_IN_THREE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Shares 0–1 and the counts they are shares of."""

    need_first: float
    need_in_three: float
    act: float
    with_need: int
    sentences: int


def scores(examples: Sequence[Example], answers: Sequence[Any]) -> dict[str, Score]:
    """By language; the languages with few sentences both each and together (`others`)."""
    parts: dict[str, list[tuple[Example, Any]]] = defaultdict(list)
    for pair in zip(examples, answers, strict=True):
        parts[pair[0].language].append(pair)
        if pair[0].language not in _OURS:
            parts["others"].append(pair)
    return {language: _score(pairs) for language, pairs in sorted(parts.items(), key=_order)}


def _order(part: tuple[str, Any]) -> tuple[int, str]:
    language = part[0]
    return (_OURS.index(language) if language in _OURS else 3 + (language != "others"), language)


def _score(pairs: Sequence[tuple[Example, Any]]) -> Score:
    heard = [(example, *_heard(answer)) for example, answer in pairs]
    needed = [(example.need, needs) for example, needs, _ in heard if example.need]
    return Score(
        need_first=_share([needs[:1] == [need] for need, needs in needed]),
        need_in_three=_share([need in needs[:_IN_THREE] for need, needs in needed]),
        act=_share([act == example.act for example, _, act in heard]),
        with_need=len(needed),
        sentences=len(heard),
    )


def _heard(answer: Any) -> tuple[list[str], str]:
    """Needs, best first, and the act of a parse answer: ours names them, Rasa's ranks intents."""
    if "needs" in answer:
        needs = [one["name"] for one in answer["needs"]]
        return needs, answer["acts"][0]["name"] if answer["acts"] else labels.NO_ACT
    ranking = [Guess(one["name"], one["confidence"]) for one in answer["intent_ranking"]]
    found, acts = needs_and_acts(ranking)
    return [one.name for one in found], acts[0].name


def _share(right: Sequence[bool]) -> float:
    return sum(right) / len(right) if right else 0.0
