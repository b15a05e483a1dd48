"""Opening hours as an editor writes them, one line each.

`ma-pe 8-16`, `24.12.2026 suljettu`, `pyhät suljettu`, `1.6.2026-31.8.2026 ma-to 9-12 (Kesällä lyhyempi päivä.)`;
days in a row that are otherwise are written as one line, `24.12.2026-1.1.2027 suljettu`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from bot.console.service_lines import bracketed, without_note
from bot.console.words import Words
from bot.guidance.entry import Day, Hours

_DAYS: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DATE = r"\d{1,2}\.\d{1,2}\.\d{4}"
_TIMES = r"(?:klo\s*)?(?P<opens>\d{1,2}(?:[.:]\d\d)?)\s*[–-]\s*(?P<closes>\d{1,2}(?:[.:]\d\d)?)"
_LINE = re.compile(rf"(?P<days>[^\d]*?)\s*{_TIMES}", re.IGNORECASE)
_DATED = re.compile(rf"(?P<days>{_DATE})\s+{_TIMES}", re.IGNORECASE)
_RANGE = re.compile(rf"(?P<first>{_DATE})?\s*[–-]\s*(?P<last>{_DATE})?(?=\s|$)")
_MOST_DAYS = 62


class HoursLineError(ValueError):
    """A line that cannot be read; `line` is what was written."""

    def __init__(self, line: str) -> None:
        super().__init__(line)
        self.line = line


def written(rules: Iterable[Hours], w: Words) -> str:
    """Rules as lines, without those that no line says."""
    return "\n".join(line(rule, w) for rule in rules if is_a_line(rule, w))


def is_a_line(rule: Hours, w: Words) -> bool:
    """Whether the rule is one that a line says wholly: reading the line gives it back."""
    try:
        return read(line(rule, w), w) == [rule]
    except ValueError:
        return False


def read(text: str, w: Words) -> list[Hours]:
    """The lines as rules; raises `HoursLineError` for the first that cannot be read."""
    rules: list[Hours] = []
    for one in filter(None, (part.strip() for part in text.splitlines())):
        try:
            rules += _rules(one, w)
        except (ValueError, KeyError) as error:
            raise HoursLineError(one) from error
    return rules


def merged(text: str, before: Sequence[Mapping[str, Any]], w: Words) -> list[dict[str, Any]]:
    """The lines as data, with the rules kept that no line says. Raises `HoursLineError`."""
    rules = [Hours.model_validate(rule) for rule in before]
    if text.split() == written(rules, w).split():
        return [dict(rule) for rule in before]
    kept = [rule for rule in rules if not is_a_line(rule, w)]
    return [rule.model_dump(mode="json", exclude_defaults=True) for rule in (*read(text, w), *kept)]


def line(rule: Hours, w: Words) -> str:
    """One rule as its line."""
    first, last = (dotted(day) if day else "" for day in (rule.valid_from, rule.valid_to))
    span = f"{first}-{last} " if first or last else ""
    return f"{span}{_body(rule, w)}{bracketed(rule.note)}"


def _body(rule: Hours, w: Words) -> str:
    if rule.kind in {"always", "appointment"}:
        return w(f"service.hours_{rule.kind}")
    times = w("service.closed") if rule.closed else f"{short(rule.opens)}-{short(rule.closes)}"
    if rule.kind == "exception" and rule.date:
        return f"{dotted(rule.date)} {times}"
    if rule.kind == "holidays":
        name = rule.holiday or "all"
        return f"{w(f'service.holiday.{name}')} {times}"
    return f"{_days_written(rule.days, w)} {times}"


def _rules(one: str, w: Words) -> list[Hours]:
    """A line as its rules; several only for days in a row that are otherwise. Raises ValueError."""
    body, note = without_note(one)
    span = _RANGE.match(body)
    first, last = (from_dotted(text) if text else None for text in span.groups()) if span else (None, None)
    said = _said(body[span.end() :].strip() if span else body, w) | ({"note": note} if note else {})
    if said.get("kind") == "exception" and "date" not in said:
        return [Hours.model_validate({**said, "date": day}) for day in _every(first, last)]
    return [Hours.model_validate({**said, **_valid(first, last)})]


def _valid(first: date | None, last: date | None) -> dict[str, date]:
    return {name: day for name, day in (("valid_from", first), ("valid_to", last)) if day}


def _every(first: date | None, last: date | None) -> list[date]:
    if first is None or last is None or not 0 <= (last - first).days <= _MOST_DAYS:
        raise ValueError("not a row of days")
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _said(body: str, w: Words) -> dict[str, Any]:
    """What a line says besides its first and last day; an exception without a date where it names no day."""
    for kind in ("always", "appointment"):
        if body.casefold() == w(f"service.hours_{kind}").casefold():
            return {"kind": kind}
    closed = body.casefold().endswith(w("service.closed"))
    found = _DATED.fullmatch(body) or _LINE.fullmatch(body)
    if found is None and not closed:
        raise ValueError(body)
    when = (found["days"] if found else body[: -len(w("service.closed"))]).strip().casefold()
    times: dict[str, Any] = {"closed": True}
    if found:
        times = {"opens": clock(found["opens"]), "closes": clock(found["closes"])}
    names = {text.casefold(): code for code, text in w.group("service.holiday").items()}
    if when in names:
        holiday = {} if names[when] == "all" else {"holiday": names[when]}
        return {"kind": "holidays", **holiday, **times}
    if when[:1].isdigit():
        return {"kind": "exception", "date": from_dotted(when), **times}
    if not when:
        return {"kind": "exception", **times}
    return {"days": _days_read(when, w), **times}


def from_dotted(text: str) -> date:
    """`1.12.2026` as a day; raises ValueError."""
    day, month, year = text.rstrip(".").split(".")
    return date(int(year), int(month), int(day))


def dotted(day: date) -> str:
    """A day as `1.12.2026`."""
    return f"{day.day}.{day.month}.{day.year}"


def _days_written(days: tuple[Day, ...], w: Words) -> str:
    places = sorted(_DAYS.index(day) for day in days)
    runs: list[list[int]] = []
    for place in places:
        if runs and place == runs[-1][-1] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    names = [
        w(f"day.{run[0]}") if len(run) == 1 else f"{w(f'day.{run[0]}')}-{w(f'day.{run[-1]}')}" for run in runs
    ]
    return ", ".join(names)


def _days_read(text: str, w: Words) -> tuple[Day, ...]:
    names = {w(f"day.{place}"): place for place in range(7)}
    found: list[int] = []
    for part in re.split(r"\s*,\s*|\s+ja\s+", w.known("service.days", text.strip(), text.strip())):
        ends = [names.get(end.strip()) for end in re.split(r"[–-]", part)]
        first, last = ends[0], ends[-1]
        if first is None or last is None or len(ends) > 2 or last < first:  # noqa: PLR2004  (a beginning and an end)
            return ()
        found += range(first, last + 1)
    return tuple(_DAYS[place] for place in dict.fromkeys(found))


def short(time: str | None) -> str:
    """`09:00` as `9`, `09:30` as `9.30`."""
    hour, _, minute = (time or "").partition(":")
    return str(int(hour)) if minute == "00" else f"{int(hour)}.{minute}"


def clock(text: str) -> str:
    """`9` or `9.30` as `09:00`, `09:30`; raises ValueError."""
    hour, _, minute = text.replace(":", ".").partition(".")
    return f"{int(hour):02}:{minute or '00'}"
