"""A message at the door: read from what a browser or a program sent, checked, counted, handed to the turn."""

import hashlib
import re
import secrets
from typing import Any

from aiohttp import web

from bot.clock import system_clock
from bot.meaning import LANGUAGES
from bot.messages import Answer, IncomingMessage
from bot.safety.assessment import assess
from bot.web.appkeys import CLOCK, TAKE_TURN
from bot.web.limits import LIMITER, MESSAGES_BY_ADDRESS, MESSAGES_BY_SENDER, client_address

MAX_CHARACTERS = 8_000
"""A longer message is not read at all: its writer is asked to tell it in two parts."""
GREETING = "/greet"
_BEGINNINGS = frozenset({"/get_started", "/session_start", "/start", "/init"})
"""What front ends made for Rasa send by themselves when a talk begins."""
_WEB_SENDER = re.compile(r"[0-9a-f]{32}")
_MAX_ID = 200


class TooLongError(Exception):
    """A message has more than `MAX_CHARACTERS` characters."""


def new_sender() -> str:
    """The id of a new conversation on the web: 128 random bits as 32 hex digits."""
    return secrets.token_hex(16)


def is_web_sender(value: object) -> bool:
    """Whether it has the form of an id that we issue."""
    return isinstance(value, str) and _WEB_SENDER.fullmatch(value) is not None


def as_begun(text: object) -> object:
    """The same message; a greeting for what a front end made for Rasa sends before its reader has said anything."""
    return GREETING if isinstance(text, str) and text.strip() in _BEGINNINGS else text


def read_message(
    request: web.Request, channel: str, sender: str, text: object, more: dict[str, Any]
) -> IncomingMessage:
    """One message, checked. `more` may hold `message_id`, `language`, `municipality`.

    Raises:
        HTTPBadRequest: The text is no text.
        TooLongError: There is too much of it.
    """
    if not isinstance(text, str):
        raise web.HTTPBadRequest
    if len(text) > MAX_CHARACTERS:
        raise TooLongError
    language = more.get("language")
    return IncomingMessage(
        channel=channel,
        sender=sender,
        text=text.replace("\x00", ""),
        message_id=_own_id(sender, _short(more.get("message_id"))),
        received_at=request.app.get(CLOCK, system_clock)(),
        language=language if language in LANGUAGES else None,
        municipality=_short(more.get("municipality")),
    )


def _own_id(sender: str, given: str | None) -> str:
    # Ids are unique within a channel, but front ends number their messages by sender: "1" of one must never
    # fetch the answer to "1" of another.
    if given is None:
        return secrets.token_hex(16)
    return hashlib.sha256(f"{sender}\0{given}".encode()).hexdigest()[:32]


def _short(value: object) -> str | None:
    return value if isinstance(value, str) and 0 < len(value) <= _MAX_ID and value.isprintable() else None


def admit(request: web.Request, message: IncomingMessage) -> None:
    """Count a message. Raises `HTTPTooManyRequests` for a flood, but never on a message in a crisis."""
    if not assess(message.text, language=message.language).interrupts:
        limiter = request.app[LIMITER]
        sender = f"{message.channel}:{message.sender}"
        # The sender first: one who floods uses up no more of an address that others share. A front end on the
        # REST channel sends everybody's messages from one address, so there only senders are counted.
        shared = message.channel != "rest"
        allowed = limiter.allow(MESSAGES_BY_SENDER, sender) and (
            not shared or limiter.allow(MESSAGES_BY_ADDRESS, client_address(request))
        )
        if not allowed:
            raise web.HTTPTooManyRequests(headers={"Retry-After": "60"})


async def answer(request: web.Request, message: IncomingMessage) -> Answer:
    """What the turn answers. Raises as `admit` does."""
    admit(request, message)
    return await request.app[TAKE_TURN](message)
