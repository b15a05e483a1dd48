"""What is said in a live chat, as a family's page shows it."""

from dataclasses import dataclass

from aiohttp import web
from sqlalchemy.orm import Session

from bot.conversation.store import conversation_id
from bot.live_chat import reading
from bot.live_chat.chat import Chat, Line, State
from bot.messages import Button, Reply
from bot.texts import Texts
from bot.web.appkeys import DATABASE, TEXTS

CHANNEL = "web"
Read = tuple[Chat | None, list[Line]]


@dataclass(frozen=True, slots=True)
class Spoken:
    """One line ready to show."""

    who: str
    """The first name of the person, `Perheovi`, or the reader (you)."""
    own: bool
    reply: Reply


def read(session: Session, sender: str, after: int) -> Read:
    """The live chat of a web conversation and its lines above `after`; two statements at most."""
    chat = reading.of_conversation(session, conversation_id(session, CHANNEL, sender))
    return chat, reading.lines(session, chat.id, after=after) if chat else []


def worded(texts: Texts, line: Line, language: str) -> Reply:
    """A line in words: a person's as written, the bot's in the conversation's language."""
    if not line.response:
        return Reply(text=line.text)
    variant = texts.variant(line.response, 0, language)
    buttons = tuple(
        Button(button.titles.get(language) or button.titles["fi"], button.payload)
        for button in variant.buttons
    )
    text = texts.text(line.response, language, **line.values)
    return Reply(text=text, buttons=buttons, lang=None if language in variant.texts else "fi")


async def spoken_so_far(request: web.Request, sender: str) -> tuple[Spoken, ...] | None:
    """The whole live chat for a page without JavaScript; None where there is none, or the bot has gone on since."""
    chat, lines = await request.app[DATABASE].read(lambda session: read(session, sender, 0))
    if chat is None or chat.state is State.OVER:
        return None
    texts, language = request.app[TEXTS](), chat.language
    names = {"family": texts.text("page_live_own", language), "bot": texts.text("page_live_bot", language)}
    return tuple(
        Spoken(line.name or names[line.author], line.author == "family", worded(texts, line, language))
        for line in lines
    )
