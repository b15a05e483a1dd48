"""Every call of the staff API, in one table."""

from aiohttp import web

from bot.api import alarms, callback_life, callbacks, catalogue, openapi, page, reports
from bot.api.calls import add_call
from bot.web.signed_in import Guarded, note_required
from bot.web.static import ASSETS

CALLS = (*callbacks.CALLS, *callback_life.CALLS, *alarms.CALLS, *catalogue.CALLS, *reports.CALLS)
VERSION = "1"


def add_routes(app: web.Application) -> None:
    """Serve the API and its description."""
    for call in CALLS:
        add_call(app, call)
    for path, handler in (("/api/openapi.json", describe), ("/api/docs", explain)):
        app.router.add_get(path, handler)
        note_required(app, Guarded("GET", path, None))


async def describe(_request: web.Request) -> web.Response:
    """The OpenAPI document; it holds no data, so everybody may read it."""
    return web.json_response(openapi.document(CALLS, version=VERSION))


async def explain(request: web.Request) -> web.Response:
    """The same as a page."""
    sheets = [request.app[ASSETS].address(name) for name in ("base.css", "console.css", "api.css")]
    text = page.page(CALLS, sheets, request.app[ASSETS].address("mark.svg"))
    return web.Response(text=text, content_type="text/html", charset="utf-8")
