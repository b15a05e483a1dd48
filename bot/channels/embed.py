"""The chat for other sites: `/embed.js` defines `<perheovi-chat>`, which talks to us from pages we were told of.

Only origins named in `PERHEOVI_EMBED_ORIGINS` may send messages from a browser; everybody else's pages are refused
by the browser (no CORS header) and by us (`bot.web.origin`). No cookie counts and none is set.
"""

from aiohttp import web

from bot.channels.embed_origins import allowed_here
from bot.channels.web_chat import a_talk
from bot.web.rendering import rendered
from bot.web.static import ASSETS

_ONE_HOUR = "public, max-age=3600"


async def script(request: web.Request) -> web.Response:
    """`GET /embed.js`: a module of one line that loads the widget of the present revision."""
    widget = request.app[ASSETS].address("widget.js")
    return web.Response(
        text=f'import ".{widget}";\n',
        content_type="text/javascript",
        charset="utf-8",
        headers={
            "Access-Control-Allow-Origin": "*",
            "Cross-Origin-Resource-Policy": "cross-origin",
            "Cache-Control": _ONE_HOUR,
        },
    )


async def chat(request: web.Request) -> web.Response:
    """`GET /embed/chat`: what the widget shows, for the origins we know. Raises `HTTPForbidden` for others."""
    allowed = _allowed(request)
    here = f"{request.scheme}://{request.host}"
    page = rendered(request, "family/embedded.html", talk=a_talk(request), here=here)
    return web.Response(text=page, content_type="text/html", charset="utf-8", headers=allowed)


async def preflight(request: web.Request) -> web.Response:
    """`OPTIONS /chat/messages`: what a browser asks before it sends a message from another origin."""
    allowed = {
        **_allowed(request),
        "Access-Control-Allow-Methods": "POST",
        "Access-Control-Allow-Headers": "content-type, last-event-id",
        "Access-Control-Max-Age": "600",
    }
    return web.Response(status=204, headers=allowed)


def _allowed(request: web.Request) -> dict[str, str]:
    found = allowed_here(request)
    if not found:
        raise web.HTTPForbidden
    return found
