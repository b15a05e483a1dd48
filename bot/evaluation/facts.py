"""How exactly facts are found in messages: municipality, children's ages, telephone number, time wish.

The sentences are lines of JSON with `language`, `text`, an optional `now` (ISO 8601 with offset) and those of
`municipality`, `child_age_years`, `phone`, `time_from`, `time_to` that the message tells, as `perheovi understand`
writes them.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot import content
from bot.content import ContentError, Problem
from bot.evaluation.measuring import ANY_TIME
from bot.evaluation.statistics import Share
from bot.meaning import Understanding
from bot.understanding.parse_answer import flat_answer

HearAt = Callable[[str, datetime], Understanding]

KINDS: dict[str, tuple[str, ...]] = {
    "municipality": ("municipality",),
    "age": ("child_age_years",),
    "phone": ("phone",),
    "time wish": ("time_from", "time_to"),
}
_FIELDS = {"language", "text", "now", *(field for fields in KINDS.values() for field in fields)}


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence with what it tells."""

    language: str
    text: str
    now: datetime
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One kind of fact: told and found exactly; not told and yet found; the sentences where either went wrong."""

    exact: Share
    invented: Share
    missed: tuple[str, ...]


def read(file: Path) -> list[Told]:
    """The sentences of a file; raises `ContentError` with the line that cannot be used."""
    found = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
            now = datetime.fromisoformat(data["now"]) if "now" in data else ANY_TIME
            found.append(Told(data["language"], data["text"], now, _facts(data)))
        except (ValueError, KeyError, TypeError) as error:
            problem = Problem(
                content.shown(file), number, f"not a sentence with its facts ({error})", "mend it"
            )
            raise ContentError(problem) from error
    return found


def measure(told: Sequence[Told], ear: HearAt) -> dict[str, Found]:
    """Each kind of fact over all sentences."""
    answers = [flat_answer(ear(one.text, one.now), "none", "none", line_id=None) for one in told]
    return {kind: _found(fields, told, answers) for kind, fields in KINDS.items()}


def _found(fields: Sequence[str], told: Sequence[Told], answers: Sequence[dict[str, Any]]) -> Found:
    exact, invented, missed = [], [], []
    for one, answer in zip(told, answers, strict=True):
        wanted = [one.facts.get(field) for field in fields]
        got = [answer[field] for field in fields]
        right = all(_same(mine, theirs) for mine, theirs in zip(wanted, got, strict=True))
        if any(value is not None for value in wanted):
            exact.append(right)
        else:
            invented.append(not right)
        if not right:
            missed.append(f"{one.text} → {_shown(got)}, not {_shown(wanted)}")
    return Found(exact=Share.count(exact), invented=Share.count(invented), missed=tuple(missed))


def _same(wanted: Any, got: Any) -> bool:
    """Ages count as sets of years, moments as points of time, all else as written."""
    if isinstance(wanted, list) or isinstance(got, list):
        return _sorted(wanted) == _sorted(got)
    return bool(_moment(wanted) == _moment(got))


def _sorted(value: Any) -> list[Any]:
    return sorted(value) if isinstance(value, list) else [] if value is None else [value]


def _moment(value: Any) -> Any:
    """A moment with its zone as a point of time; anything else as it is ("09:00" is no moment, nor is Tuusula)."""
    try:
        return datetime.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return value


def _facts(data: dict[str, Any]) -> dict[str, Any]:
    unknown = data.keys() - _FIELDS
    if unknown:
        raise ValueError(f"unknown field {', '.join(sorted(unknown))}")
    return {key: value for key, value in data.items() if key not in {"language", "text", "now"}}


def _shown(values: Sequence[Any]) -> str:
    return " – ".join("nothing" if value is None else str(value) for value in values)
