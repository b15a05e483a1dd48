"""Who changed what in a catalogue entry, field by field."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.clock import helsinki
from bot.console.moments import clock_words
from bot.console.words import Words
from bot.guidance.publishing import Line, unpublished
from bot.guidance.store import Change

_LONGEST = 120
_NAMES = {
    "name": "service.name", "summary": "service.summary", "provider": "service.provider", "areas": "service.areas",
    "ages": "service.ages", "not_for": "service.not_for", "cost": "service.cost", "referral": "service.referral",
    "makes_client": "service.client", "how_to_get": "service.how_to_get", "channels": "service.contact",
    "hours": "service.hours", "needs": "service.needs", "verified": "service.checked",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Changed:
    """One change: when, who, and each field before and after."""

    when: str
    who: str
    lines: tuple[str, ...]
    version: int | None = None
    """The revision to restore; None where the change made no version of the entry."""


def told(changes: Sequence[Change], people: Mapping[str, str], w: Words) -> tuple[Changed, ...]:
    """The history, latest first. `people` gives names by account id."""
    found = []
    for place, change in enumerate(changes):
        shown = _told(change, people, w)
        editors = _editors(changes[place + 1 :], people) if change.action == "published" else []
        if editors and editors != [shown.who]:
            both = w("service.history_edited_by", publisher=shown.who, editors=", ".join(editors))
            shown = replace(shown, lines=(both, *shown.lines))
        found.append(shown if place == 0 or not change.after else replace(shown, version=change.revision))
    return tuple(found)


def _editors(earlier: Iterable[Change], people: Mapping[str, str]) -> list[str]:
    """Who wrote what was published, as far as it was kept as a draft before."""
    edits = unpublished(Line(one.by, one.action, one.before, one.after) for one in earlier)
    return list(dict.fromkeys(people[edit.by] for edit in edits if edit.by in people))


def _told(change: Change, people: Mapping[str, str], w: Words) -> Changed:
    at = helsinki(change.at)
    when = w("when.date_at", day=f"{at.day}.{at.month}.{at.year}", time=clock_words(at.time()))
    who = people.get(change.by, w("page.product"))
    if change.before is None or change.after is None or change.action == "checked":
        what = w(f"service.history_{change.action}")
        noted = w("service.history_note", what=what, note=change.note) if change.note else what
        return Changed(when, who, (noted,))
    return Changed(when, who, tuple(_lines(change.before, change.after, w)))


def _lines(before: Mapping[str, Any], after: Mapping[str, Any], w: Words) -> Iterable[str]:
    flat_before, flat_after = dict(_flat(before)), dict(_flat(after))
    for path in dict.fromkeys([*flat_before, *flat_after]):
        old, new = flat_before.get(path), flat_after.get(path)
        if old == new:
            continue
        name = w(_NAMES[path[0]]) if path[0] in _NAMES else path[0]
        within = " ".join(path[1:])
        yield w(
            "service.history_field",
            field=f"{name} ({within})" if within else name,
            before=_short(old, w),
            after=_short(new, w),
        )


def _flat(data: Any, path: tuple[str, ...] = ()) -> Iterable[tuple[tuple[str, ...], Any]]:
    """Every value with its place; a list of plain values counts as one value."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _flat(value, (*path, str(key)))
    elif isinstance(data, list) and any(isinstance(item, dict) for item in data):
        for place, item in enumerate(data, start=1):
            yield from _flat(item, (*path, str(place)))
    else:
        yield path, data


def _short(value: Any, w: Words) -> str:
    if value in (None, "", []):
        return w("service.empty")
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
