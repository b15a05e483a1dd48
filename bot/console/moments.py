"""Days and times as staff say them."""

import re
from datetime import date, time, timedelta

from babel import Locale

from bot.console.words import Words

_LANGUAGES = Locale("fi").languages
_CODES = {name.casefold(): code for code, name in _LANGUAGES.items() if code.isalpha() and code.islower()}


def day_words(day: date, today: date, w: Words) -> str:
    """`tänään`, `huomenna`, else `ti 24.11.` (with the year when it is another one)."""
    if day == today:
        return w("when.today")
    if day == today + timedelta(days=1):
        return w("when.tomorrow")
    return date_words(day, today, w)


def date_words(day: date, today: date, w: Words) -> str:
    """`ti 24.11.`, with the year when it is another one."""
    year = str(day.year) if day.year != today.year else ""
    # A space that does not break: the day and its date stay on one line.
    return f"{w(f'day.{day.weekday()}')}\N{NO-BREAK SPACE}{day.day}.{day.month}.{year}"


def clock_words(moment: time) -> str:
    """`14`, or `14.30`."""
    return f"{moment.hour}.{moment.minute:02}" if moment.minute else str(moment.hour)


def length_words(group: str, length: timedelta, w: Words) -> str:
    """`12 min myöhässä`, `3 h myöhässä`, `2 pv myöhässä`: the group of words is `late` or `waited`."""
    minutes = max(int(length.total_seconds() // 60), 0)
    if minutes < 60:  # noqa: PLR2004  (an hour)
        return w(f"when.{group}_minutes", number=minutes)
    if minutes < 24 * 60:
        return w(f"when.{group}_hours", number=minutes // 60)
    return w(f"when.{group}_days", number=minutes // (24 * 60))


def age_words(years: float, w: Words) -> str:
    """`4 v`; under two years in months, `7 kk`."""
    if years < 2 and years != int(years):  # noqa: PLR2004
        return w("queue.months", number=round(years * 12))
    return w("queue.years", number=f"{years:g}".replace(".", ","))


def language_words(code: str) -> str:
    """The language by its Finnish name; the code itself when it has none."""
    return str(_LANGUAGES.get(code, code))


def language_code(name: str) -> str | None:
    """The code of a language written by its Finnish name or as its code; None when it is neither."""
    said = name.strip().casefold()
    return _CODES.get(said) or (said if re.fullmatch(r"[a-z]{2,3}(-[a-z]{2})?", said) else None)
