"""`/robots.txt` and `/sitemap.xml`: what search engines may read. Only what is public, never a family's page."""

from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

from aiohttp import web

from bot.channels.service_page import address, languages_of
from bot.clock import helsinki, system_clock
from bot.guidance.match import is_offered
from bot.web.appkeys import CATALOGUE, CLOCK, DATABASE, TEXTS
from bot.web.language import offered

_OPEN = ("/$", "/services", "/help$", "/privacy$", "/accessibility$", "/static/", "/sitemap.xml$")
"""All else is closed: requests, conversations, the console, the API."""
_MOST = 50_000
"""The limit of the protocol for one file."""


async def robots(request: web.Request) -> web.Response:
    """`GET /robots.txt`."""
    lines = ["User-agent: *", *(f"Allow: {path}" for path in _OPEN), "Disallow: /"]
    text = "\n".join([*lines, "", f"Sitemap: {address(request)}/sitemap.xml", ""])
    return web.Response(text=text, content_type="text/plain")


async def sitemap(request: web.Request) -> web.Response:
    """`GET /sitemap.xml`: the list of services and every real service, with its languages."""
    catalogue = await request.app[DATABASE].read(request.app[CATALOGUE].get)
    pages = offered(request.app[TEXTS]())
    home = f"{address(request)}/services"
    today = helsinki(request.app.get(CLOCK, system_clock)()).date()
    real = [one for one in catalogue.services if not one.fictional and is_offered(one, today)]
    rows = [(home, pages), *((f"{home}/{one.id}", languages_of(one, pages)) for one in real)]
    parts = [part for url, written in rows[:_MOST] for part in _entry(url, written)]
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
        + "\n".join(parts)
        + "\n</urlset>\n"
    )
    return web.Response(text=text, content_type="application/xml", charset="utf-8")


def _entry(url: str, written: tuple[str, ...]) -> Iterator[str]:
    yield f"<url><loc>{url}?lang=fi</loc>"
    for code in written:
        href = quoteattr(f"{url}?lang={code}")
        yield f'<xhtml:link rel="alternate" hreflang="{code}" href={href}/>'
    yield "</url>"
