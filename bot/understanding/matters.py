"""Matters that short words tell plainly, whatever a model takes them for: those of `words/matters.yaml`."""

import re
from collections.abc import Sequence

from bot.meaning import Entity, Guess
from bot.understanding.letters import Written
from bot.understanding.wordlists import expression, wordlist

_MOST_WORDS = 7
_CERTAIN = 0.9
_BABY = 1.0
"""A child younger than this, in years, belongs to the clinic and not to evenings at home."""
_A_BABY = re.compile(
    r"vauv|bebis|\bbaby|\bbeibi|spädbarn|imet|amma[rd]?\b|breast|newborn|младен|груднич|немовл|beebi|imik|رضيع|dhallaan"
)
_WALKS = 2.0
"""From this age on, in years, what sounds like a baby's nights are a child's evenings and mornings."""
_GRAVE = frozenset({"violence", "child_protection", "grief"})
"""What a model hears so is left as it is."""


def told_plainly(
    text: str, entities: Sequence[Entity], needs: tuple[Guess, ...], *, story: str = ""
) -> tuple[Guess, ...]:
    """The needs, with the one that a short message plainly tells before all others; no baby where none is told of.

    `story`: the whole message, when `text` is a clause of it.
    """
    ages = [float(one.value) for one in entities if one.entity == "child_age"]
    if ages and min(ages) >= _WALKS and not _A_BABY.search((story or text).casefold()):
        needs = _of_older(needs)
    if len(text.split()) > _MOST_WORDS or (needs and needs[0].name in _GRAVE):
        return needs
    flat = Written(text).folded.replace(",", " ")
    found = next((need for need in wordlist("matters") if expression("matters", need).search(flat)), None)
    if found is None or (found == "daily_routines" and any(age < _BABY for age in ages)):
        return needs
    return (Guess(str(found), _CERTAIN), *(one for one in needs if one.name != found))


def _of_older(needs: tuple[Guess, ...]) -> tuple[Guess, ...]:
    """The needs with a baby's care told as daily routines."""
    if not any(one.name == "infant_care" for one in needs):
        return needs
    total = sum(one.confidence for one in needs if one.name in ("infant_care", "daily_routines"))
    moved = Guess("daily_routines", round(min(total, 1.0), 4))
    others = [one for one in needs if one.name not in ("infant_care", "daily_routines")]
    return tuple(sorted((moved, *others), key=lambda one: -one.confidence))
