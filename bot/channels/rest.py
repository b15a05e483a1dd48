"""Rasa's own REST channel: any front end made for Rasa works with it unchanged.

`POST /webhooks/rest/webhook` with `{"sender", "message", "metadata"?}` answers a list of messages. Whoever holds
the channel's token speaks for many senders; without `--demo` a token is required.
"""

import hmac
import json
from dataclasses import asdict
from typing import Any

from aiohttp import web

from bot.channels.embed_origins import allowed_here
from bot.channels.incoming import TooLongError, answer, as_begun, read_message
from bot.messages import Answer, Reply
from bot.web.appkeys import CHANNEL_TOKEN, DEMO
from bot.web.body import BodyTooLargeError, json_object
from bot.web.problem import problem

CHANNEL = "rest"
_MAX_SENDER = 200


async def status(_request: web.Request) -> web.Response:
    """`GET /webhooks/rest/`: Rasa's sign of life of a channel."""
    return web.json_response({"status": "ok"})


async def preflight(request: web.Request) -> web.Response:
    """`OPTIONS /webhooks/rest/webhook`: what a browser asks before a page of another origin may send a message."""
    allowed = allowed_here(request)
    if not allowed:
        raise web.HTTPForbidden
    asks = {
        "Access-Control-Allow-Methods": "POST",
        "Access-Control-Allow-Headers": "authorization, content-type",
    }
    return web.Response(status=204, headers=allowed | asks)


async def webhook(request: web.Request) -> web.Response:
    """`POST /webhooks/rest/webhook`; pages of the origins we were told of may read the answer."""
    response = await _answered(request)
    response.headers.update(allowed_here(request))
    return response


async def _answered(request: web.Request) -> web.Response:
    if not _may_speak(request):
        refused = problem(401, "Send the channel's token: Authorization: Bearer …")
        refused.headers["WWW-Authenticate"] = "Bearer"
        return refused
    try:
        body = await json_object(request)
        sender, metadata = body.get("sender", "default"), body.get("metadata") or {}
        if (
            not isinstance(sender, str)
            or not 0 < len(sender) <= _MAX_SENDER
            or not isinstance(metadata, dict)
        ):
            return problem(400, "'sender' is a text of 1 to 200 characters, 'metadata' an object")
        message = read_message(request, CHANNEL, sender, as_begun(body.get("message")), metadata)
    except web.HTTPUnsupportedMediaType:
        return problem(415, "Send JSON (Content-Type: application/json); attachments are not read")
    except web.HTTPBadRequest:
        return problem(400, 'Send an object like {"sender": "abc", "message": "…"}')
    except (BodyTooLargeError, TooLongError):
        return problem(413, "A message may have 8,000 characters, a body 64 KiB")
    answered = await answer(request, message)
    return web.json_response(to_rasa(answered, sender), dumps=_dumps)


def to_rasa(answered: Answer, recipient: str) -> list[dict[str, Any]]:
    """An answer as Rasa's list of messages; what front ends read from it rides on the last one as `custom`."""
    messages = [_message(reply, recipient) for reply in answered.replies] or [
        {"recipient_id": recipient, "text": ""}
    ]
    custom = messages[-1].setdefault("custom", {})
    custom.update(
        urgency=answered.urgency,
        services=list(answered.services),
        callback=answered.callback,
        language=answered.language,
        asks=answered.asks,
    )
    return messages


def _message(reply: Reply, recipient: str) -> dict[str, Any]:
    message: dict[str, Any] = {"recipient_id": recipient, "text": reply.text}
    if reply.buttons:
        message["buttons"] = [asdict(button) for button in reply.buttons]
    if reply.card:
        message["custom"] = {"card": asdict(reply.card)}
    return message


def _may_speak(request: web.Request) -> bool:
    token = request.app.get(CHANNEL_TOKEN)
    if not token:
        return request.app.get(DEMO, False)
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    return scheme.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), token.encode())


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
