"""Who may publish an edit of a catalogue entry: a colleague always; its own editor only what harms nobody when wrong.

A wrong telephone number sends a parent in need to a stranger, so a new or changed one is seen by two people, and so is
everything in an entry for a crisis.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from bot.guidance.catalogue import Service

Reason = Literal["number", "crisis", "review"]
"""Why a colleague has to publish: a new number, an entry for a crisis, or an editor who publishes nothing alone."""
_STARTS_ANEW = frozenset({"published", "discarded"})


@dataclass(frozen=True, slots=True)
class Edit:
    """One saved edit; the entry before and after it as `Service.plain()` gives it."""

    by: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """What is looked at of one line of an entry's history."""

    by: str
    action: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


class ColleagueNeededError(Exception):
    """This edit is published by somebody else than `editors`."""

    def __init__(self, reason: Reason, editors: Sequence[str]) -> None:
        super().__init__(f"a colleague has to publish this ({reason})")
        self.reason, self.editors = reason, tuple(editors)


def unpublished(history: Iterable[Line]) -> tuple[Edit, ...]:
    """The edits families do not see yet, the latest first; `history` the latest first."""
    edits = []
    for line in history:
        if line.action in _STARTS_ANEW:
            break
        if line.action in {"drafted", "seeded"} and line.after is not None:
            edits.append(Edit(line.by, line.before, line.after))
    return tuple(edits)


def barred(
    who: str, *, at_once: bool, edits: Sequence[Edit], published: Service | None, service: Service
) -> Reason | None:
    """Why `who` may not publish `service`; None when nothing is against it.

    `edits` are those families do not see yet, `published` is what they see. `at_once`: may publish own edits.
    """
    if "crisis" in {service.urgency, published.urgency if published else "none"}:
        return "crisis" if any(edit.by == who for edit in edits) else None
    new = _numbers(service.plain()) - _numbers(published.plain() if published else None)
    for edit in edits:
        if edit.by == who and (_numbers(edit.after) - _numbers(edit.before)) & new:
            return "number"
    if not at_once and any(edit.by == who for edit in edits):
        return "review"
    return None


def seen_by_two(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> Reason | None:
    """Why two people have to see a change whoever makes it; None when nothing is against one. As `Service.plain()`."""
    if "crisis" in {after.get("urgency"), (before or {}).get("urgency")}:
        return "crisis"
    return "number" if _numbers(after) - _numbers(before) else None


def _numbers(data: Mapping[str, Any] | None) -> set[str]:
    return {channel["number"] for channel in (data or {}).get("channels", ()) if channel.get("number")}
