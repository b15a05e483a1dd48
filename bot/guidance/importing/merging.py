"""Three-way merge of an imported entry: what the register said last, what we have, what it says now. Pure.

Only fields a register speaks of are merged; needs, ages, groups, checks and whatever else families decide by stay ours.
A field the register has not changed stays as we have it; one that only it has changed becomes as it says. Where both
have changed, `ownership` decides: `upstream` takes the register's, `local` keeps ours and asks, `locked` keeps ours.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

FOLLOWED = (
    "kind", "name", "aka", "summary", "description", "provider", "other_responsible", "producers", "areas", "who_for",
    "cost", "times", "languages", "how_to_get", "channels", "hours", "classes", "target_groups", "life_events",
    "ontology", "keywords", "external", "general_description",
)  # fmt: skip
"""The fields registers speak of; all others are ours alone."""
_BY_ID = {"channels"}
Plain = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Changed:
    """One field that a proposal would change, or that both sides have changed (`conflict`)."""

    field: str
    ours: Any
    theirs: Any
    result: Any
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class Merged:
    """The entry as it would be, and what differs from ours."""

    result: dict[str, Any]
    changes: tuple[Changed, ...]

    @property
    def conflict(self) -> bool:
        """Whether a person has to choose."""
        return any(change.conflict for change in self.changes)


def digest(entry: Plain) -> str:
    """By which a register's entry is known to be the same: everything but when and whence it was fetched."""
    kept = {field: value for field, value in entry.items() if field != "source"}
    return hashlib.sha256(json.dumps(kept, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def merge(base: Plain | None, ours: Plain, theirs: Plain, *, told: Plain | None = None) -> Merged:
    """Put the register's changes into our entry.

    Args:
        base: The register's entry as we last decided over it; None when we never have (ours was made by hand).
        ours: Our entry now, as `Service.plain()` gives it.
        theirs: The register's entry now.
        told: Ours as that register could tell it, where it can tell less than we know; what it says as that does is
            no difference, whatever more we know.
    """
    ground = told if base is None else base
    owners = ours.get("ownership", {})
    result, changes = dict(ours), []
    for field in FOLLOWED:
        owner = owners.get(field, "upstream" if base is not None else "local")
        if owner == "locked" or (told is not None and told.get(field) == theirs.get(field)):
            continue
        before = None if ground is None else ground.get(field)
        value, conflict = _field(field, before, ours.get(field), theirs.get(field), owner)
        if value != ours.get(field) or conflict:
            changes.append(Changed(field, ours.get(field), theirs.get(field), value, conflict))
        if value is None:
            result.pop(field, None)
        else:
            result[field] = value
    if changes and "source" in theirs:
        result["source"] = theirs["source"]
    return Merged(result, tuple(changes))


def _field(field: str, base: Any, ours: Any, theirs: Any, owner: str) -> tuple[Any, bool]:
    if field in _BY_ID:
        value, conflict = _items(base or [], ours or [], theirs or [], owner)
        return (value or None), conflict
    return _value(base, ours, theirs, owner)


def _value(base: Any, ours: Any, theirs: Any, owner: str) -> tuple[Any, bool]:
    """The value to have, and whether a person has to choose."""
    if theirs in (base, ours):
        return ours, False
    if ours in (base, None) or owner == "upstream":
        return theirs, False
    return ours, theirs is not None


def _items(base: list[Plain], ours: list[Plain], theirs: list[Plain], owner: str) -> tuple[list[Any], bool]:
    """Lists merged one by one: what we added stays, what we took out does not come back, new ones of theirs come."""
    old, mine, new = dict(_keyed(base)), dict(_keyed(ours)), dict(_keyed(theirs))
    merged, conflict = [], False
    for key, item in mine.items():
        value, clash = _value(old.get(key), item, new.get(key), owner)
        if new.get(key) is None and key in old and (item == old[key] or owner == "upstream"):
            value = None
        conflict |= clash
        if value is not None:
            merged.append(value)
    merged += [item for key, item in new.items() if key not in mine and key not in old]
    return merged, conflict


def _keyed(items: list[Plain]) -> Iterator[tuple[tuple[Any, ...], Plain]]:
    """Each item with what it is known by: the register's id and its kind, the first, second … of these."""
    seen: dict[tuple[Any, ...], int] = {}
    for item in items:
        external = item.get("external") or {}
        own = (
            ()
            if external
            else (item.get("number") or item.get("email") or str(item.get("url") or item.get("address")),)
        )
        name = (external.get("scheme"), external.get("id"), item.get("kind"), *own)
        seen[name] = seen.get(name, 0) + 1
        yield (*name, seen[name]), item
