"""Puts days, parts of the day and clock times together into wishes: "ke tai to aamupäivällä" is one, not three."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from bot.meaning import Entity, TimeWish
from bot.understanding.calendar_days import Days, count, in_week
from bot.understanding.said_times import Clock, Day, Sign, Span

_AFTERNOON_FIRST, _AFTERNOON_LAST = 1, 7
_SEVEN = 7 * 60
_EVENING = 16 * 60
_NOON = 12 * 60
_END_OF_DAY = 24 * 60 - 1
_GAP = _HOUR = 60
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
    for start, end in _times(draft):
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


def _times(draft: _Draft) -> list[tuple[time | None, time | None]]:
    """The clock times of a wish, from the narrowest that was said; several when they lie apart."""
    part = draft.parts[0] if draft.parts else None
    if draft.clocks:
        return [(_time(start), _time(end)) for start, end in _clock_spans(draft.clocks, part)]
    if draft.parts:
        return [(_time(start), _time(end)) for start, end in _united(draft.parts)]
    if draft.not_times:
        return [_outside(draft.not_times)]
    return [(None, None)]


def _united(parts: list[Span]) -> list[tuple[int, int]]:
    spans = sorted({(part.start.minutes, part.end.minutes) for part in parts if part.start and part.end})
    united = [spans[0]]
    for start, end in spans[1:]:
        if start - united[-1][1] <= _GAP:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return united


def _clock_spans(clocks: list[Span], part: Span | None) -> list[tuple[int | None, int | None]]:
    """Clock times that meet make one stretch ("kahden jälkeen mutta ennen neljää"); those apart stay two."""
    spans = sorted((_in_office_hours(clock, part) for clock in clocks), key=lambda span: span[0] or 0)
    groups: list[list[tuple[int | None, int | None]]] = []
    for span in spans:
        if groups and (span[0] or 0) <= max(_END_OF_DAY if end is None else end for _, end in groups[-1]):
            groups[-1].append(span)
        else:
            groups.append([span])
    return [_whole_span(group, part) for group in groups]


def _whole_span(
    spans: list[tuple[int | None, int | None]], part: Span | None
) -> tuple[int | None, int | None]:
    starts = [start for start, _ in spans if start is not None]
    ends = [end for _, end in spans if end is not None]
    start, end = min(starts, default=None), max(ends, default=None)
    if start is None and part and part.start and end and part.start.minutes < end:
        start = part.start.minutes
    return start, end


def _in_office_hours(span: Span, part: Span | None) -> tuple[int | None, int | None]:
    start = _minutes(span.start, part) if span.start else None
    end = _minutes(span.end, part) if span.end else None
    if span.start and start and end and start > end and _SEVEN <= span.start.minutes < end:
        start = span.start.minutes  # "puoli kahdeksan ja yhdeksän välillä" is a morning
    if start is not None and end is not None and end <= start and end + _NOON <= _END_OF_DAY:
        end += _NOON
    return start, end


def _minutes(clock: Clock, part: Span | None) -> int:
    """A clock time as meant: one to seven are in the afternoon, unless it is a morning or written as "07:30"."""
    if clock.fixed:
        return clock.minutes
    morning = part is not None and part.end is not None and part.end.minutes <= _NOON
    evening = part is not None and part.start is not None and part.start.minutes >= _EVENING
    early = _AFTERNOON_FIRST * 60 - 30 <= clock.minutes < (_AFTERNOON_LAST + 1) * 60
    if (early and not morning) or (evening and clock.minutes < _NOON):
        return clock.minutes + _NOON
    return clock.minutes


def _outside(not_times: list[Span]) -> tuple[time | None, time | None]:
    """What is left when a time is refused: "ei aamulla" from ten, "ei iltapäivällä" until noon."""
    span = not_times[0]
    start, end = _in_office_hours(span, None)
    if start is not None and end == start + _HOUR:  # that one hour will not do says nothing of the others
        return None, None
    if start is not None and (end is None or end > _NOON):
        return None, _time(start)
    return _time(end), None


def _time(minutes: int | None) -> time | None:
    return None if minutes is None else time(*divmod(min(max(minutes, 0), _END_OF_DAY), 60))
