"""What the queue can be narrowed by: every filter with its number, its address and the letter that turns it."""

from collections.abc import Callable, Iterable, Sequence
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
    told = _Counting(wanted, tuple(counts))
    everything = Choice(w("queue.mine"), told.of(Wanted()), address(Wanted()), wanted == Wanted(), "a")
    own = Choice(w("queue.own"), mine, address(Wanted(mine=not wanted.mine)), wanted.mine, "o")
    kinds = tuple(told.turn(kind, True, w(f"queue.{kind}"), letter) for kind, letter in _KINDS)
    names = {area.id: area.name.fi for area in areas.all}
    real = {area.id for area in areas.all if not area.fictional}
    found = (
        told.values("area", lambda one: one.area, names.get, keep=real, order=tuple(names)),
        told.values("language", lambda one: one.language, language_words),
        told.values("need", lambda one: one.need, lambda need: w.known("need", need, need)),
    )
    by_digit = tuple(replace(one, letter=digit) for one, digit in zip(found[0], _DIGITS, strict=False))
    chosen = tuple(one for group in ((own,), kinds, *found) for one in group if one.chosen)
    places = by_digit + found[0][len(by_digit) :]
    return Filters(everything, own, kinds, places, found[1], found[2], chosen)


@dataclass(frozen=True, slots=True)
class _Counting:
    wanted: Wanted
    counts: tuple[Count, ...]

    def of(self, wanted: Wanted) -> int:
        return sum(one.number for one in self.counts if one.fits(wanted))

    def turn(self, name: str, value: Any, text: str, letter: str = "") -> Choice:
        chosen = getattr(self.wanted, name) == value
        would = replace(self.wanted, mine=False, **{name: value})
        without = replace(would, **{name: type(value)()})
        return Choice(text, self.of(would), address(without if chosen else would), chosen, letter)

    def values(
        self,
        name: str,
        value_of: Callable[[Count], str | None],
        words_of: Callable[[str], str | None],
        keep: Iterable[str] = (),
        *,
        order: Sequence[str] = (),
    ) -> tuple[Choice, ...]:
        chosen = getattr(self.wanted, name)
        values = {value for one in self.counts if (value := value_of(one))} | {chosen, *keep}
        if order:  # letters stand beside these, so they must not move
            return tuple(self.turn(name, one, words_of(one) or one) for one in order if one in values)
        choices = [self.turn(name, value, words_of(value) or value) for value in values if value]
        return tuple(sorted(choices, key=lambda one: (-one.number, one.text)))
