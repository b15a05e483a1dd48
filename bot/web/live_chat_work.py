"""What staff do in the live chat. Each function is one transaction with its line in the audit.

Who has a chat reads it; while nobody has it, everybody of the queue may read the talk so far before taking it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web
from sqlalchemy.orm import Session

from bot import audit
from bot.callbacks.request import Booked
from bot.callbacks.wording import day_words
from bot.conversation import store
from bot.conversation.store import Exchange
from bot.live_chat import changing, reading
from bot.live_chat.chat import Change, Chat, Ending, Line, Saved, State, Taken, Taker, Taking
from bot.staff.accounts import Member
from bot.web.appkeys import ANNOUNCER, CLOCK, DATABASE
from bot.web.live import CHATS, LIVE_CHAT

KIND = "live_chat"


@dataclass(frozen=True, slots=True)
class Opened:
    """A live chat as a member of staff sees it; `talk` and `lines` are empty for whoever may not read them."""

    chat: Chat
    talk: tuple[Exchange, ...] = ()
    """What was said with the bot, in order."""
    lines: tuple[Line, ...] = ()
    words: tuple[str, ...] = ()
    """The family's own words about its matter."""


async def open_chats(app: web.Application, member: Member) -> list[Chat]:
    """The open chats that concern the member. Shows no words; the audit names each that was shown."""
    now = app[CLOCK]()

    def read(session: Session) -> list[Chat]:
        chats = reading.open_chats(session, member.reach)
        if chats:
            areas = [chat.area for chat in chats]
            audit.record(
                session, member.id, "listed", KIND, [chat.id for chat in chats], now=now, areas=areas
            )
        return chats

    return await app[DATABASE].write(read)


async def opened(app: web.Application, member: Member, chat_id: str) -> Opened | None:
    """One chat with everything said in it; None when there is none. For its holder it is a sign of being there."""
    now = app[CLOCK]()

    def read(session: Session) -> Opened | None:
        chat = reading.find(session, chat_id, member.reach)
        if chat is None:
            return None
        if chat.state is not State.WAITING and chat.holder != member.id:
            audit.record(session, member.id, "listed", KIND, [chat_id], now=now, areas=[chat.area])
            return Opened(chat)
        audit.record(session, member.id, "read", KIND, [chat_id], now=now, areas=[chat.area])
        changing.show_sign(session, chat_id, _taker(member), now=now)
        state = store.state_of(session, chat.conversation)
        words = tuple(state.slots.get("words") or ()) if state else ()
        talk = [one for one in store.talk(session, chat.conversation) if not one.answer.extras.get("passed")]
        return Opened(chat, tuple(talk), tuple(reading.lines(session, chat_id)), words)

    return await app[DATABASE].write(read)


async def take(app: web.Application, member: Member, chat_id: str) -> Taking | None:
    """Take a chat; of any number who try one gets it, and the others learn who. None: there is none."""
    now = app[CLOCK]()

    def work(session: Session) -> Taking | None:
        chat = reading.find(session, chat_id, member.reach)
        if chat is None:
            return None
        taken = changing.take(session, chat_id, _taker(member), now=now)
        if isinstance(taken, Taken):
            audit.record(session, member.id, "taken", KIND, [chat_id], now=now, areas=[chat.area])
        return taken

    taken = await app[DATABASE].write(work)
    if taken is not None:
        _tell(app, CHATS, LIVE_CHAT)
    return taken


async def say(app: web.Application, member: Member, chat_id: str, text: str, message_id: str) -> Change:
    """Write to the family; the same `message_id` is written once."""
    now = app[CLOCK]()
    done = await app[DATABASE].write(
        lambda session: changing.say(session, chat_id, _taker(member), text, message_id, now=now)
    )
    _tell(app, LIVE_CHAT)
    return done


async def show_sign(app: web.Application, member: Member, chat_id: str) -> bool | None:
    """Say that one is still there; False when the chat is one's own no more, None when there is none."""
    now = app[CLOCK]()

    def work(session: Session) -> bool | None:
        there = changing.show_sign(session, chat_id, _taker(member), now=now)
        return there or (None if reading.find(session, chat_id, member.reach) is None else False)

    return await app[DATABASE].write(work)


async def give_back(app: web.Application, member: Member, chat_id: str, ending: Ending) -> Change:
    """Give one's chat back to the bot, or end it; the family is told."""
    return await _end(
        app, member, chat_id, ending.value,
        lambda session, now: changing.give_back(session, chat_id, _taker(member), ending, now=now),
    )  # fmt: skip


async def turned_into_call(app: web.Application, member: Member, chat_id: str, booked: Booked) -> Change:
    """End one's chat with the callback that was booked from it; the family is told the day and its code."""

    def work(session: Session, now: datetime) -> Change:
        chat = reading.find(session, chat_id, member.reach)
        day = day_words(booked.promised_day, chat.language if chat else "fi")
        return changing.give_back(
            session, chat_id, _taker(member), Ending.CALLBACK,
            now=now, callback_id=booked.id, day=day, code=booked.code,
        )  # fmt: skip

    return await _end(app, member, chat_id, "booked", work)


async def _end(
    app: web.Application,
    member: Member,
    chat_id: str,
    action: str,
    work: Callable[[Session, datetime], Change],
) -> Change:
    now = app[CLOCK]()

    def ended(session: Session) -> Change:
        chat = reading.find(session, chat_id, member.reach)
        done = work(session, now)
        if isinstance(done, Saved) and chat is not None:
            audit.record(session, member.id, action, KIND, [chat_id], now=now, areas=[chat.area])
        return done

    done = await app[DATABASE].write(ended)
    _tell(app, CHATS, LIVE_CHAT)
    return done


def _taker(member: Member) -> Taker:
    return Taker(member.id, member.name, member.reach)


def _tell(app: web.Application, *topics: str) -> None:
    for topic in topics:
        app[ANNOUNCER].announce(topic)
