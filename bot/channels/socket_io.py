"""Rasa's own Socket.IO channel: web clients made for it work unchanged.

Events and shapes are those of Rasa 3.6 with `session_persistence` (rasa/core/channels/socketio.py):
`session_request {"session_id"?}` is answered by `session_confirm` with the id of the conversation, `user_uttered
{"message", "session_id", "metadata"?}` by one `bot_uttered` for each paragraph, `{"text", "quick_replies"?}`.
An id of a conversation is one of ours (128 random bits): whoever brings another is given a new one.
"""

import asyncio
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import structlog
from aiohttp import web

from bot.channels.incoming import (
    GREETING,
    TooLongError,
    answer,
    as_begun,
    is_web_sender,
    new_sender,
    read_message,
)
from bot.messages import Answer, Reply
from bot.web.appkeys import EMBED_ORIGINS
from bot.web.body import MAX_BODY_BYTES, without_halves
from bot.web.limits import CONNECTIONS_BY_ADDRESS, LIMITER, client_address
from bot.web.origin import comes_from_us
from bot.web.rendering import say

log = structlog.get_logger()

CHANNEL = "socketio"
PATH = "/socket.io/"
_BOT, _CONFIRM = "bot_uttered", "session_confirm"
_METADATA = ("metadata", "customData")
"""Where clients put what Rasa calls metadata: the first is Rasa's default, the second that of rasa-webchat."""


def add_socket_io(app: web.Application) -> None:
    """Serve the channel at `/socket.io/` to our own pages, the origins of `EMBED_ORIGINS` and programs."""
    # The library is loaded only where it is used: it costs four megabytes.
    import socketio  # noqa: PLC0415

    silent = logging.getLogger("perheovi.socketio")  # the library's own lines hold whole messages
    silent.setLevel(logging.CRITICAL + 1)
    server = socketio.AsyncServer(
        async_mode="aiohttp",
        cors_allowed_origins=lambda _origin, environ: _may_ask(environ["aiohttp.request"]),
        cors_credentials=False,
        max_http_buffer_size=MAX_BODY_BYTES,
        logger=silent,
        engineio_logger=silent,
    )
    desk = _Desk(server)
    server.on("connect", desk.connect)
    server.on("disconnect", desk.disconnect)
    server.on("session_request", desk.session_request)
    server.on("user_uttered", desk.user_uttered)
    app.router.add_route("*", PATH, desk.enter)
    app.on_shutdown.append(desk.close)


def _may_ask(request: web.Request) -> bool:
    """Whether the page that asks is ours or one we were told of, or no page asks at all."""
    listed = request.app.get(EMBED_ORIGINS, frozenset())
    return request.headers.get("Origin", "") in listed or comes_from_us(request)


@dataclass(slots=True)
class _Socket:
    """One connection. `request` is the one that opened it."""

    request: web.Request
    sender: str | None = None
    """The conversation its client was told to have."""
    one_by_one: asyncio.Lock = field(default_factory=asyncio.Lock)


class _Desk:
    """Answers the events of every connection of this process."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self._sockets: dict[str, _Socket] = {}

    async def enter(self, request: web.Request) -> web.StreamResponse:
        """Every request of the protocol; `sid` is missing in the one that opens a connection.

        Raises:
            HTTPForbidden: A page of a site we were not told of asks.
            HTTPTooManyRequests: An address opens one connection after another.
        """
        if not _may_ask(request):
            raise web.HTTPForbidden
        opens = "sid" not in request.query
        if opens and not request.app[LIMITER].allow(CONNECTIONS_BY_ADDRESS, client_address(request)):
            raise web.HTTPTooManyRequests(headers={"Retry-After": "60"})
        response: web.StreamResponse = await self._server.handle_request(request)
        return response

    async def connect(self, sid: str, *_: object) -> None:
        """Remember the request that opened the connection."""
        self._sockets[sid] = _Socket(self._server.get_environ(sid)["aiohttp.request"])

    async def disconnect(self, sid: str, *_: object) -> None:
        """Forget a connection; a turn that is under way is finished and kept."""
        self._sockets.pop(sid, None)

    async def session_request(self, sid: str, data: object = None, *_: object) -> None:
        """Tell a client which conversation it has: its own when it brings one, else a new one."""
        if found := self._sockets.get(sid):
            sender = await self._conversation(sid, found, data)
            await self._server.emit(_CONFIRM, sender, to=sid)

    async def user_uttered(self, sid: str, data: object = None, *_: object) -> None:
        """Answer one message; a client that asked for an acknowledgement gets it once the answer is kept."""
        found = self._sockets.get(sid)
        if found is None or not isinstance(data, dict):
            return
        told = without_halves(data)
        sender = await self._conversation(sid, found, told)
        async with found.one_by_one:
            for message in await _answered(found.request, sender, told):
                await self._server.emit(_BOT, message, to=sender)

    async def _conversation(self, sid: str, socket: _Socket, data: object) -> str:
        given = data.get("session_id") if isinstance(data, dict) else None
        sender = given if isinstance(given, str) and is_web_sender(given) else socket.sender or new_sender()
        if sender != socket.sender:
            # Answers go to the conversation and not to the connection, which may be another one by then.
            if socket.sender:
                await self._server.leave_room(sid, socket.sender)
            await self._server.enter_room(sid, sender)
            socket.sender = sender
        return sender

    async def close(self, _app: web.Application) -> None:
        """Say goodbye to everybody, so that the server can stop."""
        for socket in list(self._server.eio.sockets.values()):
            await socket.close(wait=False)
        await self._server.shutdown()


async def _answered(request: web.Request, sender: str, told: dict[str, Any]) -> list[dict[str, Any]]:
    """The turn's answer to one message as Rasa's events, or a sentence that says why there is none."""
    text = told.get("message")
    text = GREETING if text is None else as_begun(text)  # a client without an opening of its own sends none
    try:
        message = read_message(request, CHANNEL, sender, text, _metadata(told))
        return to_rasa(await answer(request, message))
    except TooLongError:
        return [{"text": say(request, "page_error_413_text")}]
    except web.HTTPTooManyRequests:
        return [{"text": say(request, "page_error_429_text")}]
    except web.HTTPBadRequest:
        return [{"text": say(request, "page_chat_empty")}]
    except Exception as error:  # noqa: BLE001  (whatever it was, the person gets an answer)
        log.error("socket message failed", kind=type(error).__name__)  # noqa: TRY400
        return [{"text": say(request, "page_error_500_text")}]


def _metadata(told: dict[str, Any]) -> dict[str, Any]:
    """What a client tells beside the message, as an object or written as JSON, as Rasa reads it."""
    more: dict[str, Any] = {}
    for name in reversed(_METADATA):
        value = told.get(name)
        if isinstance(value, str):
            try:
                value = json.loads(value)
            except (ValueError, RecursionError):
                continue
        if isinstance(value, dict):
            more |= value
    return more


def to_rasa(answered: Answer) -> list[dict[str, Any]]:
    """An answer as Rasa's events. They hold what Rasa sends and nothing else: clients tell kinds by the keys."""
    return [message for reply in answered.replies for message in _parts(reply)]


def _parts(reply: Reply) -> Iterator[dict[str, Any]]:
    """A message for each paragraph, the buttons under the last one."""
    *before, last = reply.text.strip().split("\n\n")
    if not reply.buttons:
        yield from ({"text": part} for part in (*before, last))
        return
    yield from ({"text": part, "quick_replies": []} for part in before)
    replies = [
        {"content_type": "text", "title": button.title, "payload": button.payload} for button in reply.buttons
    ]
    yield {"text": last, "quick_replies": replies}
