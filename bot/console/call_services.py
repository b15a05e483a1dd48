"""The catalogue beside a call: what the family was shown, and the services to guide it to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web
from sqlalchemy.orm import Session

from bot.callbacks.callback import Callback
from bot.clock import helsinki
from bot.console.page import draw
from bot.console.words import Words
from bot.guidance import matching
from bot.guidance.areas import Areas
from bot.guidance.catalogue import Catalogue, Service
from bot.phone_numbers import readable
from bot.staff.accounts import Member
from bot.web.appkeys import AREAS, CATALOGUE, CLOCK, DATABASE

_FOUND_AT_MOST = 6


@dataclass(frozen=True, slots=True)
class Shown:
    """A service the family was shown: its name, and what its card said in a few lines."""

    name: str
    lines: tuple[str, ...] = ()


def offered(
    catalogue: Catalogue, callback: Callback, ticked: Sequence[str], areas: Areas, now: datetime
) -> list[Service]:
    """The services to choose from before anything is searched: ticked, shown by the bot, then those that fit."""
    asked = callback.request
    named = [catalogue.by_id[id_] for id_ in dict.fromkeys([*ticked, *asked.told]) if id_ in catalogue.by_id]
    fitting = matching.find(
        catalogue,
        needs=asked.needs,
        municipality=areas.name_of(asked.municipality),
        ages=asked.child_ages,
        language="fi",
        now=now,
    )
    named += [match.service for match in fitting.services if match.service not in named]
    return named[: max(_FOUND_AT_MOST, len(ticked))]


def told(catalogue: Catalogue, ids: Sequence[str], w: Words) -> list[Shown]:
    """What the bot showed the family, in its order; one that has left the catalogue has its id alone."""
    return [
        Shown(catalogue.by_id[id_].name.fi, tuple(_lines(catalogue.by_id[id_], w)))
        if id_ in catalogue.by_id
        else Shown(id_)
        for id_ in ids
    ]


def _lines(service: Service, w: Words) -> list[str]:
    lines = [service.summary.fi]
    lines += [
        f"{w(f'service.{label}')} {w(f'service.{code}')}"
        for label, code in (
            ("cost", f"cost_{service.cost.type}"),
            ("referral", f"referral_{service.referral}"),
            ("client", f"client_{service.makes_client}"),
        )
    ]
    if service.how_to_get:
        lines.append(service.how_to_get.fi)
    numbers = [readable(channel.number) for channel in service.channels if channel.number]
    if numbers:
        lines.append(f"{w('call.told_contact')}: {', '.join(numbers)}")
    return lines


async def find_services(request: web.Request, member: Member) -> web.StreamResponse:
    """A fragment: the services that fit the words typed beside a call."""
    place = request.app[AREAS].name_of(request.query.get("municipality"))
    query, cache = request.query.get("q", "")[:100], request.app[CATALOGUE]

    today = helsinki(request.app[CLOCK]()).date()

    def read(session: Session) -> list[Service]:
        found = matching.search(
            cache.get(session), query, municipality=place, language="fi", limit=_FOUND_AT_MOST, today=today
        )
        return [match.service for match in found]

    services = await request.app[DATABASE].read(read)
    return draw(request, member, "staff/found_services.html", found=services, values={"services": ()})
