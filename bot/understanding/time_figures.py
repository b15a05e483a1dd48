"""Dates and clock times in figures: "15.12.", "klo 9.30", "14:lta", "3 pm", "2026-12-15"."""

import re
from collections.abc import Iterator

from bot.understanding.said_times import Clock, Day, Sign

_NUMBERS = re.compile(
    r"(?P<iso>\d{4}-\d{2}-\d{2})(?!\d)"
    r"|(?P<monthday>\d{1,2}\.\s?(?:paiva(?:na|lle|ksi|n)?|pv\w*)\b)"
    r"|(?P<date>\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{4})?)(?!\d)"
    r"|(?P<slash>\d{1,2}/\d{1,2}(?:/\d{4})?)(?![\d/])"
    r"|(?P<ampm>\d{1,2}(?:[.:]\d{2})?\s?(?:am|pm|a\.m\.?|p\.m\.?)\b)"
    r"|(?P<clock>\d{1,2}[.:]\d{2}(?!\d)(?::?(?P<clockcase>lta|n|sta|een|aan|ta)\b)?)"
    r"|(?P<short>\d{1,2}\.\d{1,2})(?![\d.])"
    r"|(?P<ordinal>\d{1,2}(?:st|nd|rd|th|:e|:a|:s|\.(?=\s?[a-z]{3,})))(?![a-z])"
    r"|(?P<hour>\d{1,2})(?![\d:])(?::?(?P<case>lta|n|sta|een|aan|iin|hen|ta|a|h)\b)?(?=\D|$)"
    r"|(?P<cased>\d{1,2}):(?P<ending>lta|n|sta|een|aan|iin|hen|ta|a)\b"
)
"""What each figure looks like; the first that fits is meant."""

_FIGURES = re.compile(
    rf"(?:(?<![\w.,:/+-])|(?<=\bklo)|(?<=\bkl)|(?<=\bklo\.)|(?<=\bو))(?:{_NUMBERS.pattern})"
    rf"|(?:(?<=\d-)|(?<=[ap]m-))(?:{_NUMBERS.pattern.replace('?P<', '?P<r_')})"
)
_CASES = {
    "lta": "b",
    "n": "g",
    "sta": "e",
    "een": "i",
    "aan": "i",
    "iin": "i",
    "hen": "i",
    "ta": "p",
    "a": "p",
}
"""Endings after figures ("14:lta") and the case each stands for."""

_HOURS, _MINUTES, _MONTHS, _DAYS, _WEEKS, _NOON = 24, 60, 12, 31, 53, 12
_KLO = re.compile(r"\b(?:klo|kello|kl|klockan|at)\.?\s*(?:noin\s*)?(?:\d{1,2}(?:[.:]\d{2})?\s?-\s?)?$")
"""What makes figures a clock time and not a date."""


def figures(text: str) -> Iterator[Sign]:
    """The figures of a folded text as signs: days, clock times and plain hours."""
    for found in _FIGURES.finditer(text):
        groups = {
            name.removeprefix("r_"): value for name, value in found.groupdict().items() if value is not None
        }
        sign = _sign(groups, found.start(), found.end(), after_klo=bool(_KLO.search(text[: found.start()])))
        if sign:
            yield sign


def _sign(groups: dict[str, str], start: int, end: int, *, after_klo: bool) -> Sign | None:
    whole = next(iter(groups.values()))
    parts = [int(part) for part in re.findall(r"\d+", whole)]
    if "iso" in groups:
        return _date(parts[::-1], start, end)
    if not groups.keys().isdisjoint(("date", "slash", "short")):
        return _date(parts, start, end)
    if "monthday" in groups or "ampm" in groups:
        half_day = Sign("c", _half_day_clock(whole, parts), start, end)
        return half_day if "ampm" in groups else _month_day(parts[0], start, end)
    if "clock" in groups:
        if (
            parts[0] > _HOURS
            or parts[1] >= _MINUTES
            or ("." in whole and 1 <= parts[1] <= _MONTHS and not after_klo)
        ):
            return _date(parts, start, end)
        case = _CASES.get(groups.get("clockcase", ""), "c")
        return Sign(case, Clock(parts[0] * _MINUTES + parts[1], fixed=whole.startswith("0")), start, end)
    case = _CASES.get(groups.get("case", groups.get("ending", "")), "d")
    return Sign(case, Clock(parts[0] * _MINUTES), start, end) if parts[0] <= _WEEKS else None


def _half_day_clock(written: str, parts: list[int]) -> Clock:
    """A clock time with am or pm."""
    hour = parts[0] % _NOON + (_NOON if "p" in written else 0)
    return Clock(hour * _MINUTES + (parts[1] if len(parts) > 1 else 0), fixed=True)


def _date(parts: list[int], start: int, end: int) -> Sign | None:
    day, month, year = (*parts, 0)[:3]
    if not (1 <= day <= _DAYS and 1 <= month <= _MONTHS):
        return None
    return Sign("D", Day(kind="date", number=day, month=month, year=year), start, end)


def _month_day(day: int, start: int, end: int) -> Sign | None:
    return Sign("D", Day(kind="month-day", number=day), start, end) if 1 <= day <= _DAYS else None
