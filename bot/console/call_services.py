"""The catalogue beside a call: what the family was shown, and the services to guide it to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from aiohttp import web
from sqlalchemy.orm import Session

from bot.callbacks.callback import Callback
from bot.clock import helsinki
from bot.console.page import draw
from bot.console.words import Words, words
from bot.guidance import matching
from bot.guidance.areas import Areas
from bot.guidance.catalogue import Catalogue, Service
from bot.guidance.match import Match
from bot.guidance.search import search
from bot.guidance.search.narrowing import Narrowing, because
from bot.meaning import NEEDS
from bot.phone_numbers import readable
from bot.staff.accounts import Member
from bot.web.appkeys import AREAS, CATALOGUE, CLOCK, DATABASE

_FOUND_AT_MOST = 6
_BESIDE = 0.5
"""What the other needs of a family weigh beside the main one, 0–1."""
_AGE = re.compile(r"\d{1,2}(\.\d{1,20})?")


@dataclass(frozen=True, slots=True)
class Shown:
    """A service the family was shown: its name, and what its card said in a few lines."""

    name: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposed:
    """A service to tick, and why it is there, in words; empty for one that is ticked already."""

    service: Service
    why: str = ""


def offered(
    catalogue: Catalogue, callback: Callback, ticked: Sequence[str], areas: Areas, now: datetime
) -> list[Proposed]:
    """The services to choose from before anything is searched: ticked, shown by the bot, then those that fit."""
    asked, w = callback.request, words()
    whys = dict.fromkeys(asked.told, w("call.why_told")) | dict.fromkeys(ticked, "")
    ids = dict.fromkeys([*ticked, *asked.told])
    named = [Proposed(catalogue.by_id[id_], whys[id_]) for id_ in ids if id_ in catalogue.by_id]
    fitting = matching.find(
        catalogue,
        needs=asked.needs,
        municipality=areas.name_of(asked.municipality),
        ages=asked.child_ages,
        language=asked.language,
        now=now,
    )
    named += [
        _proposed(match, asked.language, now, w) for match in fitting.services if match.service.id not in ids
    ]
    return named[: max(_FOUND_AT_MOST, len(ticked))]


def _proposed(match: Match, language: str, now: datetime, w: Words) -> Proposed:
    reasons = because(match, language=language, now=now)
    return Proposed(match.service, " · ".join(w(f"call.why_{reason}") for reason in reasons))


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
    """A fragment: the services that fit the words typed beside a call, and why each is there.

    What the family needs and speaks and where it lives come with the words; services for its needs follow those that
    the words name. A service for other ages comes only when there is none for its children.
    """
    place = request.app[AREAS].name_of(request.query.get("municipality"))
    query, cache, now = request.query.get("q", "")[:100], request.app[CATALOGUE], request.app[CLOCK]()
    language = request.query.get("language", "fi")[:5]
    needs = [need for need in request.query.getall("need", []) if need in NEEDS]

    def read(session: Session) -> tuple[Match, ...]:
        look = partial(
            search, cache.get(session), query, municipality=place, language=language, limit=_FOUND_AT_MOST,
            needs=[(need, 1.0 if at == 0 else _BESIDE) for at, need in enumerate(needs)], widely=True,
            today=helsinki(now).date(),
        )  # fmt: skip
        return look(narrowing=Narrowing(ages=_ages(request))) or look()

    found, w = await request.app[DATABASE].read(read), words()
    proposed = [_proposed(match, language, now, w) for match in found]
    return draw(request, member, "staff/found_services.html", found=proposed, values={"services": ()})


def _ages(request: web.Request) -> list[float]:
    return [float(age) for age in request.query.getall("age", []) if _AGE.fullmatch(age)]
