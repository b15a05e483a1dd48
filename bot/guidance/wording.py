"""How times are written for people: clock, day, opening state, a week's hours. Finnish time, the reader's language."""

import datetime as dt
from collections.abc import Sequence

from babel.dates import format_date, format_skeleton

from bot.clock import helsinki
from bot.guidance.entry import Hours
from bot.guidance.hours import DAYS, OpenState
from bot.texts import Texts

_DOTTED = ("fi", "sv")
"""The languages that write 1.12.2026, also Swedish in Finland."""
_THIS_WEEK_DAYS = 6


def date_text(day: dt.date, language: str) -> str:
    """`1.12.2026`, `1 December 2026`; Estonian has a point after the day, `1. detsember 2026`."""
    pattern = "d.M.yyyy" if language in _DOTTED else "d. MMMM yyyy" if language == "et" else "d MMMM yyyy"
    return format_date(day, pattern, locale=language)


def day_text(day: dt.date, language: str, *, today: dt.date | None = None) -> str:
    """A weekday and its date, `ma 7.12.`; `ma` alone when it is known to be of the week that begins `today`."""
    weekday = format_date(day, "ccc", locale=language)
    if today is not None and (day - today).days <= _THIS_WEEK_DAYS:
        return weekday
    return f"{weekday} " + format_date(day, "d.M." if language in _DOTTED else "d MMM", locale=language)


def clock_text(moment: dt.datetime, language: str) -> str:
    """`16` and `16.30` in Finnish and Swedish, `16:00` elsewhere; the day has 24 hours."""
    local = helsinki(moment)
    if language in _DOTTED:
        return f"{local.hour}" if local.minute == 0 else f"{local.hour}.{local.minute:02}"
    return format_skeleton("Hm", local.replace(tzinfo=None), locale=language)


def opening_text(state: OpenState | None, now: dt.datetime, texts: Texts, language: str) -> str | None:
    """`Auki nyt, klo 16 asti`, `Kiinni, aukeaa ma klo 8`; None when it is not known."""
    if state is None:
        return None
    if state.open:
        return _open(state.until, now, texts, language)
    if state.opens is None:
        return texts.text("card_closed", language)
    today, day = helsinki(now).date(), helsinki(state.opens).date()
    name = {0: "card_opens_today", 1: "card_opens_tomorrow"}.get((day - today).days, "card_opens_day")
    time = clock_text(state.opens, language)
    return texts.text(name, language, day=day_text(day, language, today=today), time=time)


def _open(until: dt.datetime | None, now: dt.datetime, texts: Texts, language: str) -> str:
    if until is None:
        return texts.text("card_open_always", language)
    today, day = helsinki(now).date(), helsinki(until).date()
    name = "card_open_until_day" if until - now >= dt.timedelta(days=1) else "card_open_until"
    time = clock_text(until, language)
    return texts.text(name, language, day=day_text(day, language, today=today), time=time)


def hours_text(hours: Sequence[Hours], now: dt.datetime, texts: Texts, language: str) -> str:
    """The week in one line: `ma–to 9–16, pe 9–14`; empty when there are no hours of the week now."""
    today = helsinki(now).date()
    parts = []
    for rule in hours:
        if (rule.valid_from and today < rule.valid_from) or (rule.valid_to and today > rule.valid_to):
            continue
        if rule.kind == "appointment":
            parts.append(texts.text("card_by_appointment", language))
        elif rule.kind == "always":
            parts.append(texts.text("card_open_always", language))
        elif rule.kind == "weekly":
            parts.append(f"{_days_text(rule, language)} {span_text(rule, language)}")
    return ", ".join(parts)


def span_text(rule: Hours, language: str) -> str:
    """From and until, `9–16.30`; of a rule that has both."""
    return f"{_short(rule.opens or '', language)}–{_short(rule.closes or '', language)}"


def _days_text(rule: Hours, language: str) -> str:
    """Days in a row as `ma–to`, others one by one."""
    numbers = sorted(DAYS.index(day) for day in rule.days)
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(
        _weekday(run[0], language)
        if len(run) == 1
        else f"{_weekday(run[0], language)}–{_weekday(run[-1], language)}"
        for run in runs
    )


def _weekday(number: int, language: str) -> str:
    monday = dt.date(2026, 11, 23)
    return format_date(monday + dt.timedelta(days=number), "ccc", locale=language)


def _short(clock: str, language: str) -> str:
    if language not in _DOTTED:
        return clock
    hour, minute = clock.split(":")
    return str(int(hour)) if minute == "00" else f"{int(hour)}.{minute}"
