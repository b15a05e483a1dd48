"""The stream that tells an open console page that something changed (server-sent events)."""

import asyncio
import contextlib

from aiohttp import web

from bot.callbacks.history import revision
from bot.clock import helsinki
from bot.staff.accounts import Member
from bot.web.appkeys import ANNOUNCER, CLOCK, DATABASE
from bot.web.live import CHATS, CLOSING, CRISES, LIVE_CHAT, QUEUE, SIGN_INS, areas_of
from bot.web.open_consoles import open_console
from bot.web.signed_in import still_signed_in

_BEAT_SECONDS = 15.0
"""How often a quiet stream shows that it lives."""
_LOOK_SECONDS = 4.0
"""How often a stream looks whether its sign-in goes on: one ended by another replica is not announced here."""


async def stream(request: web.Request, member: Member) -> web.StreamResponse:
    """Events for as long as the browser listens, its person is signed in and the server runs."""
    response = web.StreamResponse(
        headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    )
    await response.prepare(request)
    announcer, clock = request.app[ANNOUNCER], asyncio.get_running_loop().time
    with (
        announcer.listen() as listener,
        open_console(request.app, member.id),
        contextlib.suppress(ConnectionResetError),
    ):
        first = await request.app[DATABASE].read(revision)
        await response.write(b"retry: 1500\n\n" + _event("ready", request, first))
        beat_at, look_at = clock() + _BEAT_SECONDS, clock() + _LOOK_SECONDS
        while True:
            heard = await listener.next(max(min(beat_at, look_at) - clock(), 0))
            if CLOSING in heard:
                break
            if SIGN_INS in heard or clock() >= look_at:
                if not await still_signed_in(request):
                    await response.write(_event("signed-out", request, None))
                    break
                look_at = clock() + _LOOK_SECONDS
            names = ["crisis"] if any(map(member.reach.covers, areas_of(CRISES, heard))) else []
            names += [topic for topic in (QUEUE, CHATS, LIVE_CHAT) if topic in heard]
            if not names and clock() >= beat_at:
                names = ["beat"]
            if names:
                beat_at = clock() + _BEAT_SECONDS
                number = announcer.number(QUEUE)
                await response.write(b"".join(_event(name, request, number) for name in names))
    return response


def _event(name: str, request: web.Request, number: int | None) -> bytes:
    """An event carries the time and the number of the last change; what has changed is fetched by who may see it.

    Without a number its id is empty, which makes a browser forget the last one and fetch.
    """
    at = helsinki(request.app[CLOCK]())
    return (
        f"event: {name}\nid: {'' if number is None else number}\ndata: {at.hour}.{at.minute:02}\n\n".encode()
    )
