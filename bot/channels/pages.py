"""Family pages that only show: help, privacy, accessibility, and the empty page of the quick exit."""

from aiohttp import web

from bot.clock import system_clock
from bot.safety.help import helplines
from bot.web.appkeys import CLOCK
from bot.web.language import COOKIE, reader_language, whole_page
from bot.web.rendering import render


async def show_help(request: web.Request) -> web.Response:
    """`GET /help`: who answers right now."""
    now = request.app.get(CLOCK, system_clock)()
    return render(request, "family/help.html", helplines=helplines(reader_language(request), now))


async def privacy(request: web.Request) -> web.Response:
    """`GET /privacy`."""
    return render(request, "family/privacy.html", shown_in=whole_page(request, "page_privacy_"))


async def accessibility(request: web.Request) -> web.Response:
    """`GET /accessibility`."""
    return render(request, "family/accessibility.html", shown_in=whole_page(request, "page_accessibility_"))


async def leave(request: web.Request) -> web.Response:
    """`GET /exit`: an empty page; the language chosen here is forgotten, so that no trace of us stays."""
    response = render(request, "family/exit.html")
    response.del_cookie(COOKIE, path="/")
    return response


async def no_icon(_request: web.Request) -> web.Response:
    """`GET /favicon.ico`: browsers ask for it on the empty page, which names no icon; its lack is no error."""
    return web.Response(status=204)
