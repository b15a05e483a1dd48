"""What the queue can be narrowed by: every filter with its number, its address and the letter that turns it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.callbacks.queue_view import as_query
from bot.callbacks.worklist import Count, Wanted
from bot.console.moments import language_words
from bot.console.words import Words
from bot.guidance.areas import Areas

HOME = "/staff/"
_KINDS = (("late", "m"), ("interpreter", "t"), ("professional", "p"))
_DIGITS = "123456789"


@dataclass(frozen=True, slots=True)
class Choice:
    """One filter. Pressed again it is taken back."""

    text: str
    number: int
    address: str
    chosen: bool
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Filters:
    """Everything the page offers."""

    everything: Choice
    mine: Choice
    kinds: tuple[Choice, ...]
    areas: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    needs: tuple[Choice, ...]
    chosen: tuple[Choice, ...]
    """Those that hold now, each with the address that takes it back."""


def address(wanted: Wanted, page: int = 1) -> str:
    """Where the page narrowed like this is found."""
    query = as_query(wanted) or "show=all"
    return f"{HOME}?{query}" + (f"&page={page}" if page > 1 else "")


def filters(wanted: Wanted, counts: Iterable[Count], mine: int, areas: Areas, w: Words) -> Filters:
    """All filters; each number is how many would wait there, the other filters as they are."""
    told = _counted(wanted, counts)
    everything = Choice(w("queue.mine"), told.everybody, address(Wanted()), wanted == Wanted(), "a")
    own = Choice(w("queue.own"), mine, address(Wanted(mine=not wanted.mine)), wanted.mine, "o")
    kinds = tuple(told.turn(kind, True, w(f"queue.{kind}"), letter) for kind, letter in _KINDS)
    places = [
        told.turn("area", area.id, area.name.fi)
        for area in areas.all
        if told.by["area"][area.id] or not area.fictional or area.id == wanted.area
    ]
    for at, digit in enumerate(_DIGITS[: len(places)]):  # letters stand beside these, so they never move
        places[at] = replace(places[at], letter=digit)
    languages = told.values("language", language_words)
    needs = told.values("need", lambda need: w.known("need", need, need))
    chosen = tuple(one for group in ((own,), kinds, places, languages, needs) for one in group if one.chosen)
    return Filters(everything, own, kinds, tuple(places), languages, needs, chosen)


@dataclass(frozen=True, slots=True)
class _Counted:
    wanted: Wanted
    everybody: int
    by: Mapping[str, Counter[Any]]
    """For each filter how many have which value, among those who pass all the others."""

    def turn(self, name: str, value: Any, text: str, letter: str = "") -> Choice:
        chosen = getattr(self.wanted, name) == value
        would = replace(self.wanted, mine=False, **{name: type(value)() if chosen else value})
        return Choice(text, self.by[name][value], address(would), chosen, letter)

    def values(self, name: str, words_of: Callable[[str], str]) -> tuple[Choice, ...]:
        values = {*self.by[name], getattr(self.wanted, name)} - {"", None}
        choices = [self.turn(name, value, words_of(value)) for value in values]
        return tuple(sorted(choices, key=lambda one: (-one.number, one.text)))


def _counted(wanted: Wanted, counts: Iterable[Count]) -> _Counted:
    by: dict[str, Counter[Any]] = {
        name: Counter() for name in ("late", "interpreter", "professional", "area", "language", "need")
    }
    everybody = 0
    for one in counts:
        everybody += one.number
        missed = one.misses(wanted)
        if len(missed) > 1:
            continue
        values = {
            "late": one.rank == "late", "interpreter": one.interpreter, "professional": one.professional,
            "area": one.area, "language": one.language, "need": one.need,
        }  # fmt: skip
        for name in missed or by:
            by[name][values[name]] += one.number
    return _Counted(wanted, everybody, by)
