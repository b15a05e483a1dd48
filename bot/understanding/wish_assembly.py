"""Puts days, parts of the day and clock times together into wishes: "ke tai to aamupäivällä" is one, not three."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.meaning import Entity, TimeWish
from bot.understanding.calendar_days import Days, count, in_week
from bot.understanding.said_times import Day, Sign, Span
from bot.understanding.wish_times import times_of

_WORKING_DAYS = 5


@dataclass
class _Draft:
    """One wish being gathered from its signs."""

    days: list[Day] = field(default_factory=list)
    not_days: list[Day] = field(default_factory=list)
    parts: list[Span] = field(default_factory=list)
    clocks: list[Span] = field(default_factory=list)
    not_times: list[Span] = field(default_factory=list)
    anytime: bool = False
    asap: bool = False
    moved: bool = False
    """A span from a day to a day; but "siirtäkää tiistailta torstaille" leaves the first day behind."""
    order: str = ""
    start: int = 0
    end: int = 0

    def add(self, sign: Sign) -> None:
        """Take one sign in."""
        if not self.order:
            self.start = sign.start
        self.end = max(self.end, sign.end)
        self.order += sign.kind.lower() if sign.negative else sign.kind
        match sign.kind:
            case "D":
                (self.not_days if sign.negative else self.days).append(sign.value)
            case "S" | "t" if sign.negative:
                self.not_times.append(sign.value)
            case "S":
                self.parts.append(sign.value)
            case "t":
                self.clocks.append(sign.value)
            case "Z":
                self.anytime = True
            case _:
                self.asap = not sign.negative

    def full(self, sign: Sign) -> bool:
        """Whether a sign begins a new wish: a new day after a day with its time, or a second clock time."""
        if sign.negative or sign.kind not in "DSt":
            return False
        positive = "".join(kind for kind in self.order if kind in "DSt")
        if sign.kind == "D":
            week = isinstance(sign.value, Day) and sign.value.kind in ("week", "week-number")
            return not week and "D" in positive and positive[-1:] in ("S", "t") and positive[:1] == "D"
        if sign.kind == "t":
            return "t" in positive and "D" in positive and positive[-1:] == "D" and positive[0] != "D"
        return False


def wishes_of(signs: list[Sign], text: str, today: date, *, moved: bool = False) -> list[Entity]:
    """The wishes that chosen signs make, in the order of the text.

    `today` in Europe/Helsinki; `moved`: an agreed call is being moved.
    """
    drafts: list[_Draft] = []
    for sign in signs:
        if not drafts or drafts[-1].full(sign):
            drafts.append(_Draft(moved=moved))
        drafts[-1].add(sign)
    return [
        Entity(entity="time_window", value=wish, start=draft.start, end=draft.end)
        for draft in drafts
        for wish in _wishes(draft, text[draft.start : draft.end], today)
    ]


def _wishes(draft: _Draft, words: str, today: date) -> Iterator[TimeWish]:
    days = _counted(draft.days, today, ranged=not draft.moved)
    if days is None:
        return
    weekdays, not_weekdays = days.weekdays, _weekdays_of(draft.not_days, today)
    part_recurs = any(span.recurring for span in (*draft.parts, *draft.not_times)) and not draft.days
    for start, end in times_of(draft.parts, draft.clocks, draft.not_times):
        wish = TimeWish(
            words=words,
            day=days.first,
            last_day=days.last if days.last and days.last != days.first else None,
            from_time=start,
            to_time=end,
            anytime=(draft.anytime or (days.recurring and not weekdays))
            and not (days.first or weekdays or start or end or not_weekdays),
            as_soon_as_possible=draft.asap and not days.first and not (start or end) and not draft.anytime,
            recurring=days.recurring or part_recurs,
            weekdays=tuple(day for day in weekdays if day not in not_weekdays),
            not_weekdays=()
            if (weekdays and days.recurring) or (days.first and not days.last)
            else not_weekdays,
        )
        if wish != TimeWish(words=words):
            yield wish


def _counted(said: list[Day], today: date, *, ranged: bool = True) -> Days | None:
    """All the days of one wish together; None when a date does not exist."""
    if any(day.relation == "from" for day in said):
        return _from_to(said, today, ranged=ranged)
    if any(day.kind == "date" for day in said):  # "ke 2.12.": the date is surer than the weekday
        said = [day for day in said if day.kind != "weekday" or day.recurring]
    weeks = [day for day in said if day.kind in ("week", "week-number")]
    named = [day for day in said if day.kind == "weekday" and not day.recurring]
    if len(weeks) == 1 and named:
        dates = [in_week(weeks[0], day.number, today) for day in named]
        return _spread(dates)
    counted = [count(day, today) for day in said]
    if any(days is None for days in counted):
        return None
    known = [days for days in counted if days is not None] or [Days()]
    return known[0] if len(known) == 1 else _together(known)


def _together(known: list[Days]) -> Days:
    """Several days or spans named side by side."""
    if any(days.recurring for days in known):
        recurring = tuple(sorted({weekday for days in known for weekday in _own_weekdays(days)}))
        span = next((days for days in known if days.first), Days())
        return Days(span.first, span.last, recurring, recurring=span.first is None)
    if all(days.last is None and days.first for days in known):
        return _spread([days.first for days in known if days.first])
    firsts = [days.first for days in known if days.first]
    return Days(min(firsts), max(days.last or days.first or firsts[0] for days in known))


def _own_weekdays(days: Days) -> tuple[int, ...]:
    """The weekdays a part of a wish names; a single date said beside recurring days adds its weekday."""
    if days.weekdays or days.recurring:
        return days.weekdays
    return (days.first.weekday(),) if days.first and not days.last else ()


def _from_to(said: list[Day], today: date, *, ranged: bool) -> Days | None:
    """A span from a day to a day; but "siirtäkää tiistailta torstaille" leaves the first day behind."""
    left = next(day for day in said if day.relation == "from")
    others = [day for day in said if day.relation != "from"]
    if not others:
        return count(left, today)
    target = others[-1]
    if target.kind != "weekday" or not ranged:
        return _counted(others, today)
    if left.number == 0 and target.number == _WORKING_DAYS - 1:
        return Days(weekdays=tuple(range(_WORKING_DAYS)), recurring=True)
    first = count(Day(kind="weekday", number=left.number), today)
    if first is None or first.first is None:
        return None
    return Days(first.first, first.first + timedelta((target.number - left.number) % 7))


def _spread(dates: list[date]) -> Days:
    """Some days as a span, with the weekdays when there are days between that are not meant."""
    ordered = sorted(set(dates))
    first, last = ordered[0], ordered[-1]
    if len(ordered) == 1:
        return Days(first)
    gaps = (last - first).days + 1 > len(ordered)
    return Days(first, last, tuple(sorted({day.weekday() for day in ordered})) if gaps else ())


def _weekdays_of(said: list[Day], today: date) -> tuple[int, ...]:
    found: set[int] = set()
    for day in said:
        if (
            day.kind == "week" and not day.part
        ):  # "ei ensi viikolla vaan sitä seuraavalla" leaves no weekday out
            continue
        days = count(day, today)
        if days and days.weekdays:
            found.update(days.weekdays)
        elif days and days.first:
            last = days.last or days.first
            found.update(
                (days.first + timedelta(offset)).weekday() for offset in range((last - days.first).days + 1)
            )
    return tuple(sorted(found))
