"""Opening hours as an editor writes them, one line each: `ma-pe 8-16`, `24.12.2026 suljettu`, `pyhät suljettu`."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from bot.console.words import Words
from bot.guidance.entry import Day, Hours

_DAYS: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LINE = re.compile(
    r"(?P<days>[^\d]+?)\s*(?:klo\s*)?(?P<opens>\d{1,2}(?:[.:]\d\d)?)\s*[–-]\s*(?P<closes>\d{1,2}(?:[.:]\d\d)?)",
    re.IGNORECASE,
)

_DATED = re.compile(
    r"(?P<days>\d{1,2}\.\d{1,2}\.\d{4})\s+(?:klo\s*)?"
    r"(?P<opens>\d{1,2}(?:[.:]\d\d)?)\s*[–-]\s*(?P<closes>\d{1,2}(?:[.:]\d\d)?)",
    re.IGNORECASE,
)


class HoursLineError(ValueError):
    """A line that cannot be read; `line` is what was written."""

    def __init__(self, line: str) -> None:
        super().__init__(line)
        self.line = line


def is_plain(hours: Hours) -> bool:
    """Whether the rule is one an editor writes here: without a note and a first and last day."""
    return not (hours.valid_from or hours.valid_to or hours.note)


def written(rules: Iterable[Hours], w: Words) -> str:
    """Plain rules as lines."""
    return "\n".join(_written(rule, w) for rule in rules if is_plain(rule))


def read(text: str, w: Words) -> list[Hours]:
    """The lines as rules; raises `HoursLineError` for the first that cannot be read."""
    rules = []
    for line in filter(None, (part.strip() for part in text.splitlines())):
        try:
            rules.append(_rule(line, w))
        except (ValueError, KeyError) as error:
            raise HoursLineError(line) from error
    return rules


def merged(text: str, before: Sequence[Mapping[str, Any]], w: Words) -> list[dict[str, Any]]:
    """The lines as data, with the rules kept that are not written as lines. Raises `HoursLineError`."""
    rules = [Hours.model_validate(rule) for rule in before]
    if text.split() == written(rules, w).split():
        return [dict(rule) for rule in before]
    kept = [rule for rule in rules if not is_plain(rule)]
    return [rule.model_dump(mode="json", exclude_defaults=True) for rule in (*read(text, w), *kept)]


def meeting(line: str, cancelled: str) -> dict[str, Any] | None:
    """A single meeting of a group as data, from `1.12.2026 17.30-19`; None when it cannot be read."""
    off = line.casefold().endswith(cancelled)
    parts = (line[: -len(cancelled)] if off else line).split()
    try:
        day, clock = _date(parts[0]), re.split("[–-]", parts[1])
        found: dict[str, Any] = {"date": day.isoformat(), "time": _clock(clock[0])}
        if len(clock) > 1:
            found["until"] = _clock(clock[1])
    except (ValueError, IndexError):
        return None
    return (found | {"cancelled": True}) if off else found


def _written(rule: Hours, w: Words) -> str:
    if rule.kind in {"always", "appointment"}:
        return w(f"service.hours_{rule.kind}")
    times = w("service.closed") if rule.closed else f"{_short(rule.opens)}-{_short(rule.closes)}"
    if rule.kind == "exception" and rule.date:
        return f"{rule.date.day}.{rule.date.month}.{rule.date.year} {times}"
    if rule.kind == "holidays":
        name = rule.holiday or "all"
        return f"{w(f'service.holiday.{name}')} {times}"
    return f"{_days_written(rule.days, w)} {times}"


def _rule(line: str, w: Words) -> Hours:
    """One line as a rule; raises ValueError when it cannot be read."""
    for kind in ("always", "appointment"):
        if line.casefold() == w(f"service.hours_{kind}").casefold():
            return Hours.model_validate({"kind": kind})
    closed = line.casefold().endswith(w("service.closed"))
    found = _LINE.fullmatch(line) or _DATED.fullmatch(line)
    if found is None and not closed:
        raise ValueError(line)
    when = (found["days"] if found else line[: -len(w("service.closed"))]).strip().casefold()
    times: dict[str, Any] = {"closed": True}
    if found:
        times = {"opens": _clock(found["opens"]), "closes": _clock(found["closes"])}
    names = {text.casefold(): code for code, text in w.group("service.holiday").items()}
    if when in names:
        holiday = {} if names[when] == "all" else {"holiday": names[when]}
        return Hours.model_validate({"kind": "holidays", **holiday, **times})
    if when[:1].isdigit():
        return Hours.model_validate({"kind": "exception", "date": _date(when), **times})
    return Hours.model_validate({"days": _days_read(when, w), **times})


def _date(text: str) -> date:
    day, month, year = text.rstrip(".").split(".")
    return date(int(year), int(month), int(day))


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
    for part in re.split(r"\s*,\s*|\s+ja\s+", text.strip()):
        ends = [names.get(end.strip()) for end in re.split(r"[–-]", part)]
        first, last = ends[0], ends[-1]
        if first is None or last is None or len(ends) > 2 or last < first:  # noqa: PLR2004  (a beginning and an end)
            return ()
        found += range(first, last + 1)
    return tuple(_DAYS[place] for place in dict.fromkeys(found))


def _short(clock: str | None) -> str:
    hour, _, minute = (clock or "").partition(":")
    return str(int(hour)) if minute == "00" else f"{int(hour)}.{minute}"


def _clock(text: str) -> str:
    hour, _, minute = text.replace(":", ".").partition(".")
    return f"{int(hour):02}:{minute or '00'}"
