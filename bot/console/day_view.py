"""An advisor's day as lines to look at."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.callbacks.agenda import Agenda
from bot.callbacks.callback import Callback
from bot.clock import helsinki
from bot.console.moments import clock_words, day_words, length_words
from bot.console.rows import ages_words, matter_words, when_words
from bot.console.words import Words


@dataclass(frozen=True, slots=True)
class Line:
    """One call of the day."""

    id: str
    when: str
    beside: str
    """How late it is, or whose it is."""
    matter: str
    where: str
    """Municipality and ages."""


@dataclass(frozen=True, slots=True)
class Part:
    """Lines under one heading; `name` is a key of the words `day.…`."""

    name: str
    lines: tuple[Line, ...]
    says_nothing: bool = True
    """Whether it is left out when it is empty."""


def parts(agenda: Agenda, advisor_id: str, now: datetime, w: Words) -> tuple[Part, ...]:
    """The day from what is late to what comes; what is late or held stands in one list only."""
    today = helsinki(now).date()
    late = [_late(one, now, w) for one in agenda.late]
    late += [_follow_up(one, advisor_id, today, w) for one in agenda.missed]
    shown = {one.id for one in agenda.late}
    found = (
        Part("offered", tuple(_call(one, now, w) for one in agenda.offered)),
        Part("late", tuple(late)),
        Part("held", tuple(_call(one, now, w) for one in agenda.held if one.id not in shown)),
        Part(
            "today", tuple(_agreed(one, w) for one in agenda.today if one.id not in shown), says_nothing=False
        ),
        Part("follow_ups", tuple(_promised(one, today, w) for one in agenda.follow_ups)),
        Part("tomorrow", tuple(_agreed(one, w) for one in agenda.tomorrow), says_nothing=False),
    )
    return tuple(part for part in found if part.lines or not part.says_nothing)


def _call(callback: Callback, now: datetime, w: Words) -> Line:
    return _line(callback, when_words(callback, now, w), "", w)


def _late(callback: Callback, now: datetime, w: Words) -> Line:
    return _line(callback, when_words(callback, now, w), length_words("late", now - callback.due_at, w), w)


def _agreed(callback: Callback, w: Words) -> Line:
    window = callback.request.window
    ends = (helsinki(moment).time() for moment in ((window.start, window.end) if window else ()))
    return _line(callback, "–".join(clock_words(end) for end in ends), callback.holder_name or "", w)


def _follow_up(callback: Callback, advisor_id: str, today: date, w: Words) -> Line:
    day = callback.follow_up_on or today
    whose = "" if callback.follow_up_by == advisor_id else callback.follow_up_name or ""
    return _line(callback, w("day.follow_up", day=day_words(day, today, w)), whose, w)


def _promised(callback: Callback, today: date, w: Words) -> Line:
    return _line(callback, day_words(callback.follow_up_on or today, today, w), "", w)


def _line(callback: Callback, when: str, beside: str, w: Words) -> Line:
    asked = callback.request
    where = (asked.municipality or w("queue.no_place"), ages_words(asked.child_ages, w))
    return Line(callback.id, when, beside, matter_words(callback, w), " · ".join(where))
