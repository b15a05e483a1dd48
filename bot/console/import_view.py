"""A proposal of an import as people read it: each field in words, ours beside the register's."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.clock import helsinki
from bot.console.words import Words
from bot.guidance.importing.merging import FOLLOWED, Changed, Merged
from bot.guidance.importing.tables import Proposal

_LANGUAGES = ("fi", "sv", "en")
_LONGEST = 600
_LEFT_OUT = {"external", "id", "scheme", "coordinates"}
"""Of no use to who reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A proposal in the list."""

    id: str
    name: str
    kind: str
    provider: str
    areas: str
    why: str
    service_id: str
    system: str
    made: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field: ours, the register's and what it would be, each line by line."""

    code: str
    name: str
    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    result: tuple[str, ...]
    conflict: bool = False


def row(found: Proposal, w: Words) -> Row:
    """A proposal for the list."""
    entry, at = found.theirs, helsinki(found.made_at)
    areas = entry.get("areas", {})
    places = [*areas.get("municipalities", ()), *areas.get("counties", ())]
    everywhere = areas.get("scope") == "whole_country"
    return Row(
        id=found.id,
        name=found.name,
        kind=found.kind,
        provider=entry.get("provider", {}).get("fi", ""),
        areas=w("services.whole_country") if everywhere else ", ".join(places),
        why=w.known("imports.why", found.why),
        service_id=found.service_id,
        system=w.known("imports.system", found.system, found.system),
        made=f"{at.day}.{at.month}.{at.year}",
    )


def fields(found: Proposal, merged: Merged, w: Words) -> tuple[Field, ...]:
    """What a proposal would change; of a new entry everything it says."""
    if found.kind == "gone":
        return ()
    changes = merged.changes or [
        Changed(field, None, found.theirs[field], found.theirs[field])
        for field in (*FOLLOWED, "needs")
        if field in found.theirs and field != "external"
    ]
    return tuple(
        Field(
            code=change.field,
            name=w.known("imports.field", change.field, change.field),
            ours=said(change.ours, w),
            theirs=said(change.theirs, w),
            result=said(change.result, w),
            conflict=change.conflict,
        )
        for change in changes
    )


def notes(found: Proposal, w: Words) -> tuple[str, ...]:
    """What could not be taken along, each once."""
    return tuple(dict.fromkeys(w.known("imports.fate", fate, fate) for _, fate in found.notes))


def said(value: Any, w: Words) -> tuple[str, ...]:
    """A value in lines: a text by language, a list one on each line."""
    lines = tuple(_lines(value, w)) if value not in (None, "", [], {}) else ()
    return tuple(line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…" for line in lines)


def _lines(value: Any, w: Words) -> Iterator[str]:
    if isinstance(value, Mapping) and _is_words(value):
        several = len(value) > 1
        for code in value:
            yield f"{code}: {value[code]}" if several else str(value[code])
    elif isinstance(value, list) and all(isinstance(item, str) for item in value):
        yield ", ".join(w.known("need", item, item) for item in value)
    elif isinstance(value, list):
        for item in value:
            yield _joined(item, w)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            if (key, item) != ("scope", "limited"):  # the places that follow say so
                yield _joined(item, w)
    else:
        yield w.known("imports.value", str(value), str(value))


def _joined(value: Any, w: Words) -> str:
    """A small part in one line."""
    if isinstance(value, Mapping) and _is_words(value):
        return str(value.get("fi") or next(iter(value.values())))
    if isinstance(value, Mapping):
        parts = (_joined(item, w) for key, item in value.items() if key not in _LEFT_OUT)
        return " · ".join(part for part in parts if part)
    if isinstance(value, list):
        return ", ".join(_joined(item, w) for item in value)
    if isinstance(value, bool):
        return ""
    return w.known("imports.value", str(value), str(value))


def _is_words(value: Mapping[str, Any]) -> bool:
    return (
        bool(value)
        and all(code in _LANGUAGES for code in value)
        and all(isinstance(text, str) for text in value.values())
    )
