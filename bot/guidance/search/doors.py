"""Which kinds of service a question looks for: those it speaks of, and the ordinary first doors of what the ear heard.

The first doors of each need by age are in `doors.yaml`: where a Finnish family takes such a matter.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from pathlib import Path

from bot import content
from bot.guidance.search.kinds import kinds

_DOORS = Path(__file__).with_name("doors.yaml")
_ANY = "any"
_UNSURE = 0.15
"""From which chance a need counts."""
_FIRST, _NEXT, _LEAST = 0.62, 0.05, 0.4
"""What a need tells of its first door, how much less of each after it, and the least."""
_SAID_CLEARLY = 0.75
"""How much less a need tells where the words say clearly that a kind is looked for which is none of its doors."""
_FOR_THEM, _FOR_OTHERS = 1.2, 0.5
"""What a kind is worth when ages are told, and are its own or others'."""


def kinds_wanted(
    said: Mapping[str, float], ages: Collection[str], needs: Sequence[tuple[str, float]]
) -> dict[str, float]:
    """The kinds a question speaks of (`said`), and those that are a first door for what the ear made of it, 0–1.

    `ages`: those it tells of; a kind for other ages is worth less.
    """
    found = {name: worth * _fit(name, ages) for name, worth in said.items()}
    opened = {name: worth * _fit(name, ages) for name, worth in _opened(ages, needs).items()}
    elsewhere = min(1.0, max((worth for name, worth in found.items() if name not in opened), default=0.0))
    for name, worth in opened.items():
        found[name] = 1 - (1 - min(1.0, found.get(name, 0.0))) * (1 - worth * (1 - _SAID_CLEARLY * elsewhere))
    return {name: min(1.0, worth) for name, worth in found.items()}


def _opened(ages: Collection[str], needs: Sequence[tuple[str, float]]) -> dict[str, float]:
    """The first doors of the needs heard, each with how surely."""
    found: dict[str, float] = {}
    for need, chance in needs:
        if chance < _UNSURE:
            continue
        for doors in _doors_of(need, ages):
            for place, kind in enumerate(doors):
                worth = chance * max(_LEAST, _FIRST - _NEXT * place)
                found[kind] = max(worth, found.get(kind, 0.0))
    return found


def _doors_of(need: str, ages: Collection[str]) -> Sequence[Sequence[str]]:
    """The doors of each of these ages; those for any where the need has none of its own for them."""
    by_age = first_doors().get(need, {})
    return [by_age[age] for age in sorted(ages) if age in by_age] or [by_age.get(_ANY, ())]


@cache
def first_doors() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """The kinds of service that are first doors, by need and age (`any`: every other age), the nearest first."""
    return {
        need: {age: tuple(doors) for age, doors in by_age.items()}
        for need, by_age in content.read(_DOORS).data.items()
    }


def _fit(kind: str, ages: Collection[str]) -> float:
    known = kinds()[kind].ages
    if not ages or not known:
        return 1.0
    return _FOR_OTHERS if known.isdisjoint(ages) else _FOR_THEM
