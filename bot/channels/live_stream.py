"""The stream by which a person's words reach the family's page (server-sent events).

Every event carries its line's number: a browser that lost the connection says the last one it has
(`Last-Event-ID`, WHATWG HTML 9.2), and gets what it missed, each line once.
"""

import asyncio
import contextlib
import json
from functools import partial

from aiohttp import web

from bot.channels.embed_origins import allowed_here
from bot.channels.incoming import is_web_sender
from bot.channels.live_lines import read, worded
from bot.channels.web_chat import as_json
from bot.live_chat.chat import Chat, Line
from bot.messages import Answer
from bot.web.appkeys import ANNOUNCER, DATABASE, TEXTS
from bot.web.live import CLOSING, LIVE_CHAT, QUEUE

_BEAT_SECONDS = 15.0
"""How often a quiet stream shows that it lives; proxies cut one that is silent for longer."""


async def events(request: web.Request) -> web.StreamResponse:
    """`GET /chat/events?sender=…&after=…`: lines as they are said, until the chat is over.

    Raises:
        HTTPBadRequest: The sender is none of ours.
    """
    sender = request.query.get("sender", "")
    if not is_web_sender(sender):
        raise web.HTTPBadRequest
    headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    response = web.StreamResponse(headers=headers | allowed_here(request))
    await response.prepare(request)
    with contextlib.suppress(ConnectionResetError, asyncio.CancelledError):
        await _speak(request, response, sender, _heard_before(request))
    return response


async def _speak(request: web.Request, response: web.StreamResponse, sender: str, after: int) -> None:
    database = request.app[DATABASE]
    await response.write(b"retry: 1500\n\n")
    with request.app[ANNOUNCER].listen() as listener:
        while True:
            chat, lines = await database.read(partial(read, sender=sender, after=after))
            for line in lines:
                after = line.number
                if chat and line.author != "family":
                    await response.write(_event(request, chat, line))
            if chat is None or not chat.is_open:
                await response.write(b"event: over\ndata: \n\n")
                return
            while not (heard := await listener.next(_BEAT_SECONDS)) & {LIVE_CHAT, QUEUE, CLOSING}:
                await response.write(b": beat\n\n")
            if CLOSING in heard:
                return


def _event(request: web.Request, chat: Chat, line: Line) -> bytes:
    reply = worded(request.app[TEXTS](), line, chat.language)
    said = as_json(request, Answer(replies=(reply,), language=chat.language)) | {"from": line.name}
    data = json.dumps(said, ensure_ascii=False, default=str)
    return f"id: {line.number}\nevent: line\ndata: {data}\n\n".encode()


def _heard_before(request: web.Request) -> int:
    """The number of the last line the page has."""
    known = (request.query.get("after", ""), request.headers.get("Last-Event-ID", ""))
    return max((int(one) for one in known if one.isascii() and one.isdigit() and len(one) < 10), default=0)  # noqa: PLR2004  (fits an integer column)
