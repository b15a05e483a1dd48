"""The stream that tells an open console page that something changed (server-sent events)."""

import contextlib

from aiohttp import web

from bot.clock import helsinki
from bot.staff.accounts import Member
from bot.web.appkeys import ANNOUNCER, CLOCK
from bot.web.live import CLOSING, LIVE_CHAT, QUEUE, SIGN_INS
from bot.web.signed_in import still_signed_in

_BEAT_SECONDS = 15.0
"""How often a quiet stream shows that it lives, and looks whether its sign-in goes on."""


async def stream(request: web.Request, _member: Member) -> web.StreamResponse:
    """Events for as long as the browser listens, its person is signed in and the server runs."""
    response = web.StreamResponse(
        headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    )
    await response.prepare(request)
    with request.app[ANNOUNCER].listen() as listener, contextlib.suppress(ConnectionResetError):
        await response.write(b"retry: 1500\n\n" + _event("ready", request))
        while True:
            heard = await listener.next(_BEAT_SECONDS)
            if CLOSING in heard:
                break
            if (SIGN_INS in heard or not heard) and not await still_signed_in(request):
                await response.write(_event("signed-out", request))
                break
            names = [topic for topic in (QUEUE, LIVE_CHAT) if topic in heard] or ["beat"]
            await response.write(b"".join(_event(name, request) for name in names))
    return response


def _event(name: str, request: web.Request) -> bytes:
    """An event carries the time and nothing else; what has changed is fetched by who may see it."""
    at = helsinki(request.app[CLOCK]())
    return f"event: {name}\ndata: {at.hour}.{at.minute:02}\n\n".encode()
