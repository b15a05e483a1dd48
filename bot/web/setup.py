"""Gets an application ready for pages: headers, error pages, the origin check, templates and static files."""

from aiohttp import web

from bot.web import rendering, static
from bot.web.headers import add_headers
from bot.web.limits import LIMITER, Limiter
from bot.web.looking import REMEMBERED, Remembered
from bot.web.middlewares import MIDDLEWARES
from bot.web.queue_work import COUNTED


def prepare(app: web.Application) -> None:
    """Call once, before any routes are added. `app` must be given the keys of `appkeys.py` before it serves."""
    app[rendering.ENVIRONMENT] = rendering.environment()
    app[static.ASSETS] = static.load()
    app[LIMITER] = Limiter()
    app[COUNTED] = {}
    app[REMEMBERED] = Remembered()
    app.on_response_prepare.append(add_headers)
    app.middlewares.extend(MIDDLEWARES)
    static.add_routes(app)
