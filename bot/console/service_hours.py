"""Weekly opening hours as an editor writes them, one line each: `ma-pe 8-16`, `ke, pe 9.30-12`."""

import re
from collections.abc import Iterable

from bot.console.words import Words
from bot.guidance.entry import Day, Hours

_DAYS: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LINE = re.compile(
    r"(?P<days>[^\d]+?)\s*(?:klo\s*)?(?P<opens>\d{1,2}(?:[.:]\d\d)?)\s*[–-]\s*(?P<closes>\d{1,2}(?:[.:]\d\d)?)",
    re.IGNORECASE,
)


class HoursLineError(ValueError):
    """A line that cannot be read; `line` is what was written."""

    def __init__(self, line: str) -> None:
        super().__init__(line)
        self.line = line


def is_plain(hours: Hours) -> bool:
    """Whether the rule is one an editor writes here: days and times, and nothing else."""
    special = hours.valid_from or hours.valid_to or hours.note
    return hours.kind == "weekly" and not special and not hours.closed


def written(rules: Iterable[Hours], w: Words) -> str:
    """Plain rules as lines."""
    return "\n".join(
        f"{_days_written(rule.days, w)} {_short(rule.opens)}-{_short(rule.closes)}"
        for rule in rules
        if is_plain(rule)
    )


def read(text: str, w: Words) -> list[Hours]:
    """The lines as rules; raises `HoursLineError` for the first that cannot be read."""
    rules = []
    for line in filter(None, (part.strip() for part in text.splitlines())):
        found = _LINE.fullmatch(line)
        days = _days_read(found["days"].casefold(), w) if found else ()
        if found is None or not days:
            raise HoursLineError(line)
        try:
            rules.append(Hours(days=days, opens=_clock(found["opens"]), closes=_clock(found["closes"])))
        except ValueError as error:
            raise HoursLineError(line) from error
    return rules


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
