"""`/services`: every service that families may see, searched by words, municipality, need and language."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aiohttp import web

from bot.clock import helsinki, system_clock
from bot.guidance.cards import card
from bot.guidance.catalogue import Catalogue, Service
from bot.guidance.full_entry import language_name
from bot.guidance.match import Match, is_offered, reach
from bot.guidance.search import search
from bot.meaning import NEEDS
from bot.texts import Texts
from bot.web.appkeys import AREAS, CATALOGUE, CLOCK, DATABASE, TEXTS
from bot.web.language import reader_language
from bot.web.rendering import render, say

_LONGEST = 100
_A_PAGE = 20
_MOST = 200
"""How many a search by words gives at most; who looks for more does not know what for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked for; empty words, need and language ask for nothing. `place`: the Finnish name."""

    words: str
    place: str | None
    need: str
    language: str


async def show(request: web.Request) -> web.Response:
    """`GET /services`."""
    typed = request.query.get("municipality", "").strip()[:_LONGEST]
    wanted = Wanted(
        words=" ".join(request.query.get("q", "").split())[:_LONGEST],
        place=request.app[AREAS].name_of(typed),
        need=request.query.get("need", "") if request.query.get("need") in NEEDS else "",
        language=request.query.get("served_in", "")[:5],
    )
    language, cache = reader_language(request), request.app[CATALOGUE]
    catalogue = await request.app[DATABASE].read(cache.get)
    texts, now = request.app[TEXTS](), request.app.get(CLOCK, system_clock)()
    found = fitting(catalogue, wanted, language, helsinki(now).date())
    shown = min(_count(request.query.get("show", "")), len(found))
    more = shown + _A_PAGE if shown < len(found) else None
    rows = [
        (
            card(one.service, language=language, municipality=wanted.place, now=now, texts=texts),
            _reason(one, wanted, texts, language),
        )
        for one in found[:shown]
    ]
    given = {"q": wanted.words, "municipality": wanted.place or typed, "need": wanted.need}
    given |= {"served_in": wanted.language}
    return render(
        request, "family/services.html",
        rows=rows, number=len(found), given=given, is_unknown=bool(typed and not wanted.place), place=wanted.place,
        needs=_named((need, say(request, f"need_{need}")) for need in NEEDS),
        spoken=_named((code, language_name(code, language)) for code in _spoken(catalogue.services)),
        more=request.rel_url.update_query(show=str(more)) if more else None, asked=bool(request.query),
    )  # fmt: skip


def fitting(catalogue: Catalogue, wanted: Wanted, language: str, today: dt.date) -> Sequence[Match]:
    """The services that fit, those that answer the words best first; without words by name."""
    if wanted.words:
        needs = ((wanted.need, 1.0),) if wanted.need else ()
        found: Iterable[Match] = search(
            catalogue, wanted.words, municipality=wanted.place, language=language, limit=_MOST, needs=needs,
            widely=True, today=today,
        )  # fmt: skip
    else:
        found = _all(catalogue, wanted.place, language)
    return [one for one in found if _is_wanted(one.service, wanted) and is_offered(one.service, today)]


def _all(catalogue: Catalogue, place: str | None, language: str) -> Iterable[Match]:
    """Every service of a place; of all real places when none is named."""
    matches = []
    for service in catalogue.services:
        near = reach(service, place, catalogue.areas) or (
            "county" if place is None and not service.fictional else None
        )
        if near:
            matches.append(Match(service=service, need=None, main=False, reach=near, stale=False))
    return sorted(matches, key=lambda one: (one.service.name.get(language) or one.service.name.fi).casefold())


def _is_wanted(service: Service, wanted: Wanted) -> bool:
    return (not wanted.need or wanted.need in service.needs) and (
        not wanted.language or wanted.language in service.languages
    )


def _reason(match: Match, wanted: Wanted, texts: Texts, language: str) -> str:
    """Why it is shown, in words; empty where nothing was asked."""
    if wanted.words and match.reason != "need":
        return texts.text(f"page_services_reason_{match.reason}", language)
    if wanted.need:
        need = texts.text(f"need_{wanted.need}", language)
        return texts.text("page_services_reason_need", language, need=need)
    return ""


def _spoken(services: Iterable[Service]) -> set[str]:
    return {code for service in services for code in service.languages}


def _named(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(pairs, key=lambda pair: pair[1].casefold())


def _count(asked: str) -> int:
    return min(int(asked), 10_000) if asked.isdecimal() and len(asked) < 6 and int(asked) else _A_PAGE  # noqa: PLR2004
