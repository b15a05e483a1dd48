"""`/services/{slug}`: one service whole, its groups as a calendar, and "this is wrong"."""

from aiohttp import web
from markupsafe import Markup

from bot.channels import group_calendar
from bot.clock import system_clock
from bot.guidance import store
from bot.guidance.catalogue import Service
from bot.guidance.exporting import json_ld
from bot.guidance.full_entry import full_entry
from bot.safety.help import helplines
from bot.web.appkeys import AREAS, CATALOGUE, CLOCK, DATABASE, DEMO, PUBLIC_URL, TEXTS
from bot.web.language import offered, reader_language
from bot.web.rendering import render


async def show(request: web.Request) -> web.Response:
    """`GET /services/{slug}`: 404 with a way on for what is not there, 410 for what has been."""
    service = await published(request)
    return await gone(request) if service is None else drawn(request, service)


async def calendar(request: web.Request) -> web.Response:
    """`GET /services/{slug}/groups.ics`."""
    service = await published(request)
    if service is None or not service.groups:
        return await gone(request)
    made = group_calendar.calendar(
        service,
        language=reader_language(request),
        address=f"{address(request)}/services/{service.id}",
        now=request.app.get(CLOCK, system_clock)(),
        texts=request.app[TEXTS](),
    )
    name = f'inline; filename="{service.id}.ics"'
    return web.Response(body=made, content_type="text/calendar", headers={"Content-Disposition": name})


async def published(request: web.Request) -> Service | None:
    """The service of the address; None when families see none of that name."""
    catalogue = await request.app[DATABASE].read(request.app[CATALOGUE].get)
    return catalogue.by_id.get(request.match_info["slug"])


async def gone(request: web.Request) -> web.Response:
    """The page of what is not there (404), or no more (410)."""
    slug = request.match_info["slug"]
    entry = await request.app[DATABASE].read(lambda session: store.entry(session, slug))
    ended = entry is not None and entry.status == "archived"
    kind, status = ("gone", 410) if ended else ("missing", 404)
    return render(request, "family/service_gone.html", status=status, kind=kind)


def drawn(
    request: web.Request,
    service: Service,
    *,
    status: int = 200,
    notice: str | None = None,
    helps: bool = False,
) -> web.Response:
    """The page of a service; `notice` names a response to be told at "this is wrong", `helps` shows the helplines."""
    language, areas = reader_language(request), request.app[AREAS]
    now, texts = request.app.get(CLOCK, system_clock)(), request.app[TEXTS]()
    place = areas.name_of(request.query.get("municipality"))
    shown = full_entry(service, language=language, municipality=place, areas=areas, now=now, texts=texts)
    url = f"{address(request)}/services/{service.id}"
    written = languages_of(service, offered(texts))
    data = json_ld.graph(service, url=url, language=language, areas=areas, now=now)
    return render(
        request,
        "family/service.html",
        status=status,
        shown=shown,
        card=shown.card,
        service_id=service.id,
        url=url,
        place=place,
        notice=notice,
        helps=helps,
        helplines=helplines(language, now) if helps else (),
        written=written,
        in_language=language if language in written else "fi",
        indexable=not service.fictional and not request.app.get(DEMO, False),
        data=Markup(json_ld.script(data)),  # noqa: S704  (`script` writes no letter that could end the element)
    )


def languages_of(service: Service, pages: tuple[str, ...]) -> tuple[str, ...]:
    """The languages of the pages in which the service has a name and a summary."""
    return tuple(code for code in pages if service.name.get(code) and service.summary.get(code))


def address(request: web.Request) -> str:
    """Of this server, as people see it: `https://example.org`."""
    return request.app.get(PUBLIC_URL) or str(request.url.origin())
