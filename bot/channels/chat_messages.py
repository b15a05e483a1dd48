"""The messages that chat.js sends: `POST /chat/messages`, answered reply by reply.

To whom asks for `text/event-stream` (WHATWG HTML 9.2) the headers come as soon as the message is taken in, then an
event `answer` with what belongs to the whole, an event `reply` with its number as id for each reply, and `end`.
Who lost the connection in the middle sends the same message again, with its id and the number of the last reply it
has (`Last-Event-ID`): the same id gets the same answer, and it is sent on from there. To others it comes at once.
"""

import contextlib
import json
from collections.abc import Iterator
from typing import Any

import structlog
from aiohttp import web

from bot.channels.embed_origins import allowed_here
from bot.channels.incoming import TooLongError, admit, answer, is_web_sender, read_message
from bot.channels.live_lines import CHANNEL
from bot.channels.web_chat import as_json
from bot.messages import Answer, IncomingMessage
from bot.web.appkeys import TAKE_TURN
from bot.web.body import json_object
from bot.web.problem import problem
from bot.web.rendering import say

log = structlog.get_logger()

_STREAM = "text/event-stream"


async def post_message(request: web.Request) -> web.StreamResponse:
    """`POST /chat/messages`: one message as JSON; answers what to show, as a stream where that is asked for.

    Raises:
        HTTPBadRequest: The sender is none of ours, or the text is no text.
        HTTPTooManyRequests: A flood.
    """
    body = await json_object(request)
    sender = body.get("sender")
    if not is_web_sender(sender):
        raise web.HTTPBadRequest
    try:
        message = read_message(request, CHANNEL, str(sender), body.get("message"), body)
    except TooLongError:
        return problem(413, say(request, "page_chat_long"))
    if _STREAM in request.headers.get("Accept", ""):
        return await _streamed(request, message)
    answered = await answer(request, message)
    return web.json_response(as_json(request, answered), dumps=_dumps, headers=allowed_here(request))


async def _streamed(request: web.Request, message: IncomingMessage) -> web.StreamResponse:
    admit(request, message)
    headers = {"Content-Type": _STREAM, "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    response = web.StreamResponse(headers=headers | allowed_here(request))
    # The turn is taken also when the reader is gone: it asks for the answer when it is back.
    with contextlib.suppress(ConnectionResetError):
        await response.prepare(request)
        await response.write(b": taken\n\n")
    try:
        answered = await request.app[TAKE_TURN](message)
        with contextlib.suppress(ConnectionResetError):
            for event in _events(request, answered):
                await response.write(event)
    except Exception as error:  # noqa: BLE001  (an error page cannot follow: a stream without its end says the same)
        log.error("answer not streamed", kind=type(error).__name__)  # noqa: TRY400  (never its message)
    return response


def _events(request: web.Request, answered: Answer) -> Iterator[bytes]:
    known = request.headers.get("Last-Event-ID", "")
    after = int(known) if known.isascii() and known.isdigit() and len(known) < 10 else 0  # noqa: PLR2004
    whole = as_json(request, answered)
    replies = whole.pop("replies")
    yield _event("answer", whole)
    for number, reply in enumerate(replies, 1):
        if number > after:
            yield f"id: {number}\n".encode() + _event("reply", reply)
    yield _event("end", {})


def _event(name: str, data: dict[str, Any]) -> bytes:
    return f"event: {name}\ndata: {_dumps(data)}\n\n".encode()


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
