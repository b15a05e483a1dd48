"""The audit: who read and did what. What is looked for goes by POST, so that no number stands in an address."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from aiohttp import web

from bot.audit.search import Entry
from bot.callbacks.area_calendar import local_moment
from bot.clock import helsinki
from bot.console.page import draw, form_of
from bot.console.words import Words, words
from bot.staff.accounts import Member
from bot.web import audit_work
from bot.web.audit_work import Found, Sought

_LONGEST = 200
_SHORTEST_REASON = 5
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is a formula to a spreadsheet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One entry in words."""

    day: str
    time: str
    who: str
    what: str
    kind: str
    requests: tuple[tuple[str, str], ...]
    """Id and code of each request that is named; the code is empty when its family has deleted what it told."""
    count: int
    """How many records were touched."""
    reason: str


async def show(request: web.Request, member: Member) -> web.StreamResponse:
    """The newest entries."""
    return await _drawn(request, member, {})


async def find(request: web.Request, member: Member) -> web.StreamResponse:
    """The entries that are looked for."""
    return await _drawn(request, member, await form_of(request))


async def export(request: web.Request, member: Member) -> web.StreamResponse:
    """The same as a file for a spreadsheet, e.g. to answer a family that asks who has read its request."""
    form, w = await form_of(request), words()
    sought, errors = read(form)
    if errors:
        return await _drawn(request, member, form)
    found = await audit_work.find(request.app, member, sought, limit=audit_work.MOST, action="audit_exported")
    return web.Response(
        body=as_csv(found, w).encode("utf-8-sig"),
        content_type="text/csv",
        charset="utf-8",
        headers={"Content-Disposition": 'attachment; filename="perheovi-loki.csv"', "Cache-Control": "no-store"},
    )  # fmt: skip


def read(form: Mapping[str, str]) -> tuple[Sought, dict[str, str]]:
    """What is looked for, and the words for what cannot be used, by field."""
    errors: dict[str, str] = {}
    sought, reason = form.get("words", "")[:_LONGEST], form.get("reason", "")[:_LONGEST]
    if sought and audit_work.number_in(sought) and len(reason) < _SHORTEST_REASON:
        errors["reason"] = words()("audit.reason_missing")
    since, last = _day(form, "since", errors), _day(form, "until", errors)
    before = form.get("before", "")
    return Sought(
        words=sought,
        actor=form.get("actor") or None,
        kind=form.get("kind") or None,
        since=local_moment(since) if since else None,
        until=local_moment(last + timedelta(days=1)) if last else None,
        before=int(before) if before.isascii() and before.isdecimal() and len(before) < 19 else None,  # noqa: PLR2004
        reason=reason,
    ), errors


def as_csv(found: Found, w: Words) -> str:
    """The entries as lines of a file; cells that a spreadsheet would run begin with an apostrophe."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    columns = ("when", "who", "what", "kind", "code", "request", "count", "reason")
    writer.writerow([w(f"audit.column_{name}") for name in columns])
    for entry in found.entries:
        line = line_of(entry, found, w)
        codes = ", ".join(code for _, code in line.requests if code)
        ids = ", ".join(id_ for id_, _ in line.requests)
        when = helsinki(entry.at).isoformat(timespec="seconds")
        cells = (when, line.who, line.what, line.kind, codes, ids, str(line.count), line.reason)
        writer.writerow(["'" + cell if cell.startswith(_FORMULA) else cell for cell in cells])
    return file.getvalue()


def line_of(entry: Entry, found: Found, w: Words) -> Line:
    """The entry in words."""
    at = helsinki(entry.at)
    return Line(
        day=f"{at.day}.{at.month}.{at.year}",
        time=f"{at.hour}.{at.minute:02}.{at.second:02}",
        who=found.names.get(entry.actor) or w.known("audit_actor", entry.actor, w("audit.somebody_gone")),
        what=w.known("audit_action", entry.action, entry.action),
        kind=w.known("audit_kind", entry.kind, entry.kind),
        requests=audit_work.named_in(found, entry),
        count=entry.within,
        reason=entry.reason or "",
    )


def _day(form: Mapping[str, str], name: str, errors: dict[str, str]) -> date | None:
    text = form.get(name, "")
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        return datetime.strptime(text, "%d.%m.%Y").date()  # noqa: DTZ007  (a day has no zone)
    except ValueError:
        errors[name] = words()("audit.day_bad")
        return None


async def _drawn(request: web.Request, member: Member, form: Mapping[str, str]) -> web.Response:
    w, (sought, errors) = words(), read(form)
    found = Found() if errors else await audit_work.find(request.app, member, sought)
    kinds = audit_work.kinds_of(member)
    people: Mapping[str, str] = found.names or await audit_work.people(request.app)
    filters: dict[str, Any] = {
        "people": [("", w("audit.anybody")), *sorted(people.items(), key=lambda one: one[1].casefold())],
        "kinds": [("", w("audit.any_kind")), *((kind, w.known("audit_kind", kind, kind)) for kind in kinds)],
        "families": audit_work.FAMILIES[0] in kinds,
    }
    return draw(
        request, member, "staff/audit.html",
        status=422 if errors else 200, tab="audit", values=form, errors=errors, found=found, **filters,
        lines=[line_of(entry, found, w) for entry in found.entries],
        oldest=found.entries[-1].id if found.entries else None, is_older="before" in form,
    )  # fmt: skip
