"""The chat on our own pages: the front page, `/chat` as a plain form, and an answer as chat.js draws it."""

import json
import secrets
from dataclasses import asdict, dataclass
from typing import Any

from aiohttp import web

from bot.channels.incoming import TooLongError, answer, is_web_sender, new_sender, read_message
from bot.channels.live_lines import CHANNEL, Spoken, spoken_so_far
from bot.channels.words import CardWords, card_words, chat_words, starts
from bot.clock import system_clock
from bot.messages import Answer
from bot.safety.help import helplines
from bot.web.appkeys import CLOCK, TEXTS
from bot.web.body import form
from bot.web.errors import error_response
from bot.web.language import direction, offered, reader_language
from bot.web.rendering import render, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """What a page with the chat on it shows: an empty conversation, or the last words of one."""

    sender: str
    message_id: str
    starts: tuple[str, ...]
    words: CardWords
    words_json: str
    said: str | None = None
    answer: Answer | None = None
    problem: str | None = None
    spoken: tuple[Spoken, ...] | None = None
    """The live chat with a person; None where there is none."""


def a_talk(
    request: web.Request, sender: str | None = None, said: str | None = None, answered: Answer | None = None,
    problem_text: str | None = None, *, spoken: tuple[Spoken, ...] | None = None,
) -> Talk:  # fmt: skip
    """A conversation as a page shows it: a new one, or one with what was just said and answered."""
    texts, language = request.app[TEXTS](), reader_language(request)
    return Talk(
        sender=sender or new_sender(),
        message_id=secrets.token_hex(16),
        starts=starts(texts, language),
        words=card_words(texts, answered.language if answered else language),
        words_json=json.dumps(chat_words(texts, language), ensure_ascii=False),
        # A pressed button sends a payload that means nothing to a reader.
        said=said if said and not said.startswith("/") else None,
        answer=answered,
        problem=problem_text,
        spoken=spoken,
    )


async def front(request: web.Request) -> web.Response:
    """`GET /`."""
    now = request.app.get(CLOCK, system_clock)()
    lines = helplines(reader_language(request), now)
    return render(request, "family/front.html", talk=a_talk(request), helplines=lines)


async def alone(request: web.Request) -> web.Response:
    """`GET /chat`."""
    return render(request, "family/chat.html", talk=a_talk(request))


async def post_form(request: web.Request) -> web.Response:
    """`POST /chat`: one message from a page without JavaScript; answers with the page again."""
    fields = await form(request)
    sender = fields.get("sender", "")
    if not is_web_sender(sender):
        sender = new_sender()
    text = fields.get("message", "")
    if "refresh" in fields:
        spoken = await spoken_so_far(request, sender)
        return render(request, "family/chat.html", talk=a_talk(request, sender, spoken=spoken))
    if not text.strip():
        return render(
            request,
            "family/chat.html",
            talk=a_talk(request, sender, problem_text=say(request, "page_chat_empty")),
        )
    try:
        message = read_message(request, CHANNEL, sender, text, dict(fields))
    except TooLongError:
        return error_response(request, 413, text)
    before = await spoken_so_far(request, sender)  # what the bot's answer will have put behind us
    answered = await answer(request, message)
    spoken = await spoken_so_far(request, sender) or before
    shown = None if answered.extras.get("passed") else text
    return render(request, "family/chat.html", talk=a_talk(request, sender, shown, answered, spoken=spoken))


def as_json(request: web.Request, answered: Answer) -> dict[str, Any]:
    """An answer as chat.js draws it; `live` says that a person is asked for or there, so that it listens."""
    texts = request.app[TEXTS]()
    return {
        "replies": [asdict(reply) for reply in answered.replies],
        "language": answered.language,
        "direction": direction(answered.language),
        "page_exists": answered.language in offered(texts),
        "words": chat_words(texts, answered.language),
        "asks": answered.asks,
        "urgency": answered.urgency,
        "services": list(answered.services),
        "callback": answered.callback,
        "live": answered.extras.get("live"),
    }
