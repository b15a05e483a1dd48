"""A live chat as the console shows it: a row among those that are open, and everything said in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.callbacks.wording import language_name
from bot.clock import helsinki
from bot.console.moments import length_words
from bot.console.words import Words
from bot.live_chat.chat import Chat
from bot.texts import Texts
from bot.web.live_chat_work import Opened

Kind = Literal["family", "staff", "bot"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatRow:
    """One open chat."""

    id: str
    matter: str
    place: str
    language: str
    waited: str
    crisis: bool
    holder: str | None
    """The holder's id."""
    holder_name: str


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said. `key` stays the same each time the page is fetched."""

    key: str
    at: str
    kind: Kind
    who: str
    text: str
    crisis: bool = False


def row_of(chat: Chat, now: datetime, w: Words) -> ChatRow:
    """One chat as its row."""
    return ChatRow(
        id=chat.id,
        matter=w.known("need", chat.need, w("queue.no_matter")),
        place=chat.municipality or w("queue.no_place"),
        language=language_name(chat.language, "fi"),
        waited=length_words("waited", now - chat.asked_at, w),
        crisis=chat.is_crisis,
        holder=chat.holder,
        holder_name=chat.holder_name or "",
    )


def said_in(found: Opened, texts: Texts, w: Words) -> list[Said]:
    """The talk with the bot and the live chat in the order they were said; the bot's notices in Finnish."""
    family, bot = w("chat.family"), w("page.product")
    moments: list[tuple[datetime, Said]] = []
    for number, exchange in enumerate(found.talk):
        at = _clock(exchange.at)
        if exchange.said:
            moments.append((exchange.at, Said(f"said-{number}", at, "family", family, exchange.said)))
        answer = "\n\n".join(_texts(reply.text for reply in exchange.answer.replies))
        if answer:
            moments.append((exchange.at, Said(f"answer-{number}", at, "bot", bot, answer)))
    for line in found.lines:
        text = texts.text(line.response, "fi", **line.values) if line.response else line.text
        who = {"family": family, "bot": bot, "staff": line.name}[line.author]
        crisis = line.urgency in ("immediate", "urgent")
        moments.append(
            (line.at, Said(f"line-{line.number}", _clock(line.at), line.author, who, text, crisis))
        )
    return [said for _, said in sorted(moments, key=lambda moment: moment[0])]


def _clock(at: datetime) -> str:
    local = helsinki(at)
    return f"{local.hour}.{local.minute:02}"


def _texts(texts: Iterable[str]) -> Iterable[str]:
    return (text.strip() for text in texts if text.strip())
