"""Which other sites' pages may read our answers in a browser."""

from aiohttp import web

from bot.web.appkeys import EMBED_ORIGINS


def allowed_here(request: web.Request) -> dict[str, str]:
    """The headers that let the asking origin read an answer; empty for our own pages and for strangers."""
    origin = request.headers.get("Origin", "")
    if origin not in request.app.get(EMBED_ORIGINS, frozenset()):
        return {}
    return {
        "Access-Control-Allow-Origin": origin,
        "Vary": "Origin",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
