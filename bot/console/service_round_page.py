"""A round of checks: one entry after another, each with what it says and one press for "the facts hold"."""

from collections.abc import Sequence
from typing import Any

from aiohttp import web

from bot.console import service_view, services_list
from bot.console.entry_words import EntryWords
from bot.console.page import draw
from bot.console.service_steps import HOW
from bot.console.services_list import Listed
from bot.console.words import words
from bot.guidance.catalogue import Service
from bot.phone_numbers import readable
from bot.staff.accounts import Member
from bot.staff.permissions import Permission
from bot.web.appkeys import AREAS

ROUNDS = ("late", "unchecked", "mine")
"""Things to do of the list that a round goes through."""
_FIRST = ("name", "channels", "hours", "groups", "cost", "how_to_get", "wait")
"""What grows old first."""


async def show(request: web.Request, member: Member) -> web.StreamResponse:
    """The first entry behind the one that was left (`after`), and how many there are in all."""
    w, chosen = words(), request.query.get("show", "")
    chosen = chosen if chosen in ROUNDS else ROUNDS[0]
    listed = await services_list.found(request, member)
    own = [one for one in listed if member.may(Permission.PUBLISH_CATALOGUE) or "mine" in one.needs]
    entry = _next(own, chosen, request.query.get("after", ""))
    error = w("round.changed") if request.query.get("error") else ""
    told: dict[str, Any] = {
        "chosen": chosen, "left": sum(_is_due(one, chosen) for one in own), "error": error,
        "done": w("service.done.checked") if request.query.get("done") else "",
    }  # fmt: skip
    if entry is None:
        return draw(request, member, "staff/service_round.html", tab="services", entry=None, **told)
    says = EntryWords(w, {area.id: area.name.fi for area in request.app[AREAS].all})
    return draw(
        request, member, "staff/service_round.html",
        tab="services", entry=entry.entry, service=entry.service, ways=_ways(entry.service),
        checked=service_view.checked_words(entry.service, w), facts=says.facts(entry.service.plain(), _FIRST),
        hows=_hows(member, entry.service), **told,
    )  # fmt: skip


def _is_due(one: Listed, chosen: str) -> bool:
    return chosen in one.needs and (chosen != "mine" or bool({"late", "unchecked"} & one.needs))


def _next(listed: Sequence[Listed], chosen: str, after: str) -> Listed | None:
    """The next to check; from the beginning where nobody knows what came before."""
    places = [place for place, one in enumerate(listed) if one.entry.id == after]
    behind = listed[places[0] + 1 :] if places else listed
    return next((one for one in behind if _is_due(one, chosen)), None)


def _hows(member: Member, service: Service) -> Sequence[str]:
    """By what the facts may have been checked, the likeliest first: without a number nobody has rung."""
    if not member.may(Permission.PUBLISH_CATALOGUE):
        return HOW[::-1]
    rings = any(channel.number for channel in service.channels)
    return sorted(HOW, key=lambda how: how == "called" and not rings)


def _ways(service: Service) -> list[tuple[str, str]]:
    """What one checks the facts with: the numbers and pages of the service, as links."""
    found = []
    for channel in service.channels:
        if channel.number:
            found.append((readable(channel.number), f"tel:{channel.number}"))
        elif channel.url:
            found.append((channel.url.fi.partition("://")[2].rstrip("/"), channel.url.fi))
    return found
