"""The groups of a service as fields of its form, and back: `group_0_kind`, `group_0_sessions` and so on."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, get_args

from bot.console import service_hours
from bot.console.service_hours import clock, dotted, from_dotted, short
from bot.console.service_lines import bracketed, without_note
from bot.console.service_parts import (
    Filled,
    numbered,
    set_or_drop,
    shown_ages,
    shown_links,
    shown_price,
    shown_words,
    spoken,
)
from bot.console.words import Words
from bot.guidance.groups import Group, GroupSession

GROUP_KINDS: tuple[str, ...] = get_args(Group.model_fields["kind"].annotation)
_WORDS = ("name", "description", "place", "sign_up")


def shown_groups(groups: Sequence[Group], w: Words) -> dict[str, Any]:
    """The form's values for the groups, with one empty group after them."""
    values: dict[str, Any] = {"groups": str(len(groups) + 1)}
    for place, one in enumerate(groups):
        at = f"group_{place}"
        values |= shown_words(one, at, _WORDS) | shown_links(one.sign_up_url, f"{at}_sign_up_url")
        values |= shown_ages(one.ages, f"{at}_age") | shown_price(one.cost, f"{at}_cost")
        values |= {
            f"{at}_kind": one.kind,
            f"{at}_weekly": service_hours.written(one.weekly, w),
            f"{at}_sessions": _written(one.sessions, w),
            f"{at}_languages": spoken(one.languages),
            f"{at}_sign_up_url": one.sign_up_url.fi if one.sign_up_url else "",
            f"{at}_sign_up_by": one.sign_up_by.isoformat() if one.sign_up_by else "",
            f"{at}_places": str(one.places or ""),
        }
    return values


def read_groups(
    filled: Filled, before: Sequence[Mapping[str, Any]]
) -> tuple[list[dict[str, Any]], list[str]]:
    """The groups as data, and each one's place in the form; one without a kind is left out."""
    found, places = [], []
    for at, was in numbered(filled.form, "groups", "group", before):
        if filled.text(f"{at}_kind") in GROUP_KINDS:
            found.append(_group(filled, at, was))
            places.append(at)
    return found, places


def _group(filled: Filled, at: str, was: Mapping[str, Any]) -> dict[str, Any]:
    group = {**was, "kind": filled.text(f"{at}_kind")}
    filled.words(group, at, _WORDS)
    if not group.get("name"):
        filled.errors.setdefault(f"{at}_name_fi", filled.w("service.error_required"))
    filled.hours(group, f"{at}_weekly", "weekly")
    filled.ages(group, f"{at}_age")
    filled.languages(group, f"{at}_languages")
    cost = filled.price(was.get("cost", {}), f"{at}_cost")
    set_or_drop(group, "cost", cost if "cost" in was or cost != {"type": "unknown"} else None)
    group["sessions"] = _sessions(filled, was, f"{at}_sessions")
    set_or_drop(group, "sign_up_url", filled.links(f"{at}_sign_up_url", f"{at}_sign_up_url"))
    set_or_drop(group, "sign_up_by", filled.text(f"{at}_sign_up_by"))
    set_or_drop(group, "places", filled.text(f"{at}_places"))
    return group


def meeting(one: GroupSession, w: Words) -> str:
    """A single meeting as its line, `1.12.2026 17.30-19 (Sali) peruttu`."""
    until = f"-{short(one.until)}" if one.until else ""
    off = f" {w('service.cancelled')}" if one.cancelled else ""
    return f"{dotted(one.date)} {short(one.time)}{until}{bracketed(one.place)}{off}"


def _written(sessions: Sequence[GroupSession], w: Words) -> str:
    return "\n".join(meeting(one, w) for one in sessions)


def _sessions(filled: Filled, was: Mapping[str, Any], at: str) -> list[dict[str, Any]]:
    before = list(was.get("sessions", ()))
    text, w = filled.text(at), filled.w
    if text.split() == _written([GroupSession.model_validate(one) for one in before], w).split():
        return before
    found = []
    for line in filter(None, (part.strip() for part in text.splitlines())):
        try:
            found.append(_read(line, w("service.cancelled")))
        except (ValueError, IndexError):
            filled.errors[at] = w("service.error_sessions", line=line)
            return before
    return found


def _read(line: str, cancelled: str) -> dict[str, Any]:
    """A single meeting from its line; raises ValueError or IndexError."""
    rest, place = without_note(line)
    off = rest.casefold().endswith(cancelled)
    parts = (rest[: -len(cancelled)] if off else rest).split()
    times = re.split("[–-]", parts[1])
    found: dict[str, Any] = {"date": from_dotted(parts[0]).isoformat(), "time": clock(times[0])}
    if len(times) > 1:
        found["until"] = clock(times[1])
    return found | ({"place": place} if place else {}) | ({"cancelled": True} if off else {})
