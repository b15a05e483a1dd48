"""Whether a service is open, in Finnish time. Unknown is not closed: without hours there is no answer.

On one day an exception goes before a holiday that has a rule of its own, that before holidays in general, and those
before the week. A holiday without a rule of its
own is a Sunday, as people in Finland read a door: closed, unless the service keeps Sunday hours.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

import holidays

from bot.clock import HELSINKI, helsinki
from bot.guidance.entry import Day, Hours
from bot.guidance.named_days import names_of

DAYS: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LOOK_AHEAD_DAYS = 30

Span = tuple[datetime, datetime]
"""From and until, in UTC."""


@dataclass(frozen=True, slots=True)
class OpenState:
    """Open or closed at one moment. Times are aware, Europe/Helsinki."""

    open: bool
    until: datetime | None = None
    """When it closes; None when it never does, or when it is closed."""
    opens: datetime | None = None
    """When it opens next; None when it is open, or when that is not known."""


def open_state(hours: Sequence[Hours], now: datetime) -> OpenState | None:
    """The state at `now` (aware, any zone); None when these hours say nothing of it."""
    today = helsinki(now).date()
    if not any(_says_something(rule, today) for rule in hours):
        return None
    for start, end in _joined(hours, today):
        if start <= now < end:
            endless = end.date() >= today + timedelta(days=_LOOK_AHEAD_DAYS - 1)
            return OpenState(open=True, until=None if endless else helsinki(end))
        if start > now:
            return OpenState(open=False, opens=helsinki(start))
    return OpenState(open=False)


def open_times(hours: Sequence[Hours], day: date) -> tuple[tuple[str, str], ...]:
    """When it is open on one local day, as `HH:MM` from and until; empty when it is closed."""
    times = (
        ("00:00", "24:00") if rule.kind == "always" else (rule.opens, rule.closes)
        for rule in _rules(hours, day)
        if not rule.closed
    )
    return tuple((opens, closes) for opens, closes in times if opens and closes)


def _says_something(rule: Hours, today: date) -> bool:
    if rule.kind == "exception":
        return rule.date == today
    return rule.kind in {"weekly", "always"} and (rule.valid_to is None or rule.valid_to >= today)


def _holds(rule: Hours, day: date) -> bool:
    return (rule.valid_from is None or rule.valid_from <= day) and (
        rule.valid_to is None or day <= rule.valid_to
    )


def _exceptions(hours: Sequence[Hours], day: date) -> list[Hours]:
    return [rule for rule in hours if rule.kind == "exception" and rule.date == day]


def _joined(hours: Sequence[Hours], today: date) -> list[Span]:
    """The opening spans from yesterday on, in order; those that touch or overlap are one."""
    spans: list[Span] = []
    for offset in range(-1, _LOOK_AHEAD_DAYS):
        for start, end in sorted(_spans(hours, today + timedelta(days=offset))):
            if spans and start <= spans[-1][1]:
                spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
            else:
                spans.append((start, end))
    return spans


def _spans(hours: Sequence[Hours], day: date) -> Iterator[Span]:
    """When it is open on one day; a span may end on the next."""
    for rule in _rules(hours, day):
        if rule.closed:
            continue
        opens, closes = ("00:00", "24:00") if rule.kind == "always" else (rule.opens or "", rule.closes or "")
        last = day + timedelta(days=1) if closes <= opens else day
        yield _at(day, opens), _at(last, closes)


def _rules(hours: Sequence[Hours], day: date) -> Sequence[Hours]:
    exceptions = _exceptions(hours, day)
    if exceptions:
        return exceptions
    always = [rule for rule in hours if rule.kind == "always" and _holds(rule, day)]
    feasts = [rule for rule in hours if rule.kind == "holidays" and _holds(rule, day)]
    named = [rule for rule in feasts if rule.holiday in names_of(day)]
    if named:
        return named
    holiday = day in finnish_holidays()
    if holiday:
        own = [rule for rule in feasts if rule.holiday is None]
        if own:
            return own
    name = "sun" if holiday else DAYS[day.weekday()]
    return always or [
        rule for rule in hours if rule.kind == "weekly" and name in rule.days and _holds(rule, day)
    ]


def _at(day: date, clock: str) -> datetime:
    if clock == "24:00":
        return _at(day + timedelta(days=1), "00:00")
    # In UTC: two Finnish times of one autumn night compare by the clock on the wall, which shows 3 to 4 twice.
    return datetime.combine(day, time.fromisoformat(clock), HELSINKI).astimezone(UTC)


@cache
def finnish_holidays() -> "holidays.HolidayBase":
    """Finland's public holidays with Midsummer Eve and Christmas Eve; years are worked out as they are asked for."""
    return holidays.country_holidays("FI")
