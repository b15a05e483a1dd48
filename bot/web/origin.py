"""A request that changes something must come from our own pages (CSRF).

Browsers say where a request comes from (Fetch Metadata, `Sec-Fetch-Site`; older ones only `Origin`), and a page
cannot forge it. A client that sends neither is no browser, so nobody's session can be misused through it.
"""

from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.web.appkeys import EMBED_ORIGINS

_SAFE = ("GET", "HEAD", "OPTIONS")
_EXEMPT = ("/webhooks/", "/model/", "/hooks/", "/socket.io/")
"""Channels for other programs; no cookie counts there, and each looks itself at who asks (token, signature, origin)."""
_EMBEDDED = "/chat/messages"
"""Where the chat on another site's page sends its messages; no cookie counts there either."""


def comes_from_us(request: web.Request) -> bool:
    """Whether the request was made by one of our pages, or by no browser at all."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host


@web.middleware
async def refuse_foreign_changes(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer 403 to a change asked for by somebody else's page."""
    bearer = request.headers.get("Authorization", "").lower().startswith("bearer ")
    exempt = bearer or request.path.startswith(_EXEMPT) or _is_embedded(request)
    if request.method not in _SAFE and not exempt and not comes_from_us(request):
        raise web.HTTPForbidden
    return await handler(request)


def _is_embedded(request: web.Request) -> bool:
    """Whether a message comes from the chat on a page we were told of."""
    known = request.app.get(EMBED_ORIGINS, frozenset())
    return request.path == _EMBEDDED and request.headers.get("Origin") in known
