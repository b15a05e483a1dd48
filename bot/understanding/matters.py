"""Matters that short words tell plainly, whatever a model takes them for: those of `words/matters.yaml`."""

from collections.abc import Sequence

from bot.meaning import Entity, Guess
from bot.understanding.letters import Written
from bot.understanding.wordlists import expression, wordlist

_MOST_WORDS = 7
_CERTAIN = 0.9
_BABY = 1.0
"""A child younger than this, in years, belongs to the clinic and not to evenings at home."""
_GRAVE = frozenset({"violence", "child_protection", "grief"})
"""What a model hears so is left as it is."""


def told_plainly(text: str, entities: Sequence[Entity], needs: tuple[Guess, ...]) -> tuple[Guess, ...]:
    """The needs, with the one that a short message plainly tells before all others."""
    if len(text.split()) > _MOST_WORDS or (needs and needs[0].name in _GRAVE):
        return needs
    flat = Written(text).folded.replace(",", " ")
    found = next((need for need in wordlist("matters") if expression("matters", need).search(flat)), None)
    young = any(one.entity == "child_age" and one.value < _BABY for one in entities)
    if found is None or (found == "daily_routines" and young):
        return needs
    return (Guess(str(found), _CERTAIN), *(one for one in needs if one.name != found))
