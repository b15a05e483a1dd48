"""Times as they were said, before they are counted from today: signs, days, clock times and spans."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day or span of days as it was said, before it is counted from today.

    `kind`: `offset` weeks or days from today (`number`), `weekday` (`number` 0–6), `date` (`number` day, `month`),
    `week`, `weekend`, `weekdays`, `weekends`, `everyday`, `month` (ahead), `month-name`, `week-number`, `holiday`.
    """

    kind: str
    number: int = 0
    month: int = 0
    year: int = 0
    part: str = ""
    """`start`, `middle`, `end` of a week; name of a holiday."""
    relation: str = ""
    """`next`, `coming`, `this`, `every` with a weekday; `after`, `before` with a holiday; `from` when left behind."""
    recurring: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """Minutes after midnight as said; `fixed` when it cannot mean twelve hours later ("07:30", "3 pm")."""

    minutes: int
    fixed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A span of clock times; an open end is None. `recurring` comes from "iltapäivisin"."""

    start: Clock | None = None
    end: Clock | None = None
    recurring: bool = False


@dataclass(frozen=True, slots=True)
class Sign:
    """One word or number of time, its kind and its place."""

    kind: str
    value: Any
    start: int
    end: int
    negative: bool = field(default=False)


Meaning = tuple[tuple[str, Any], ...]
