"""Two matters in one message: which is another one, and which is the heavier. Pure."""

import re
from collections.abc import Iterable

from bot.meaning import Understanding

_HEAVIEST = (
    "violence", "child_protection", "grief", "child_mood", "parent_mental_health", "substance_use",
)  # fmt: skip
"""Taken up before any other; the rest in the order in which they were told."""
_CLEAR, _VERY_CLEAR = 0.6, 0.85
_MENTIONED, _TOLD, _AHEAD = 0.1, 0.15, 0.5
_LEAST_WORDS = 4
_FEWEST, _SHORTEST = 2, 2
_WORD = re.compile(r"[^\W\d_]+")
_NOT_BESIDE_GRIEF = frozenset({"separation", "couple_relationship", "blended_family"})
"""What a death in the family may sound like; said aloud beside it, it would hurt."""
_VAGUE, _BEYOND_DOUBT = (
    frozenset(
        {"couple_relationship", "daily_routines", "upbringing", "blended_family", "home_help", "immigration"}
    ),
    0.95,
)
"""What half a sentence about anybody at home may sound like: believed only when it is quite clear."""


def in_order(needs: Iterable[str]) -> list[str]:
    """Needs, the heaviest first; those that weigh alike stay in their order."""
    return sorted(needs, key=lambda need: _HEAVIEST.index(need) if need in _HEAVIEST else len(_HEAVIEST))


def is_another(clause: Understanding, whole: Understanding) -> bool:
    """Whether a clause of a message clearly tells a matter."""
    need = clause.need(_CLEAR)
    if need is None or sum(len(word) > _SHORTEST for word in _WORD.findall(clause.text)) < _FEWEST:
        return False  # "lapset 4 ja 7" tells of nothing
    if whole.need(_CLEAR) == "grief" and need in _NOT_BESIDE_GRIEF:
        return False
    mentioned = max((guess.confidence for guess in whole.needs if guess.name == need), default=0.0)
    if need in _VAGUE:
        return bool(clause.need(_BEYOND_DOUBT)) or mentioned >= _TOLD
    if clause.need(_VERY_CLEAR):
        return True
    second = clause.needs[1].confidence if len(clause.needs) > 1 else 0
    ahead = need not in _HEAVIEST and clause.needs[0].confidence - second >= _AHEAD
    return len(clause.text.split()) >= _LEAST_WORDS and (mentioned >= _MENTIONED or ahead)
