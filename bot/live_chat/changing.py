"""Everything that changes a live chat, each a single guarded statement with the line that tells of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.database import keys_of, new_id
from bot.live_chat.chat import (
    GONE_AFTER,
    JOINED,
    KEPT,
    NOTICES,
    OPEN,
    UNTAKEN_AFTER,
    Author,
    Change,
    Ending,
    HandOver,
    NotYours,
    Saved,
    State,
    Taken,
    TakenBy,
    Taker,
    Taking,
    first_name,
)
from bot.live_chat.reading import find, place
from bot.live_chat.tables import LiveChatLineRow, LiveChatRow

_NOBODY: Mapping[str, Any] = {"holder": None, "holder_name": None, "taken_at": None, "seen_at": None}
_FACTS = ("area", "municipality", "need", "urgency", "category", "language")


def ask(session: Session, new: HandOver, *, now: datetime) -> str:
    """Ask for a person; the chat's id. While one is asked for or present already, nothing changes."""
    facts: dict[str, Any] = {name: getattr(new, name) for name in _FACTS}
    facts |= {"state": State.WAITING, "asked_at": now, "updated_at": now, "ending": None, "callback_id": None}
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    first = dialect.insert(LiveChatRow).values(
        id=new_id(), conversation=new.conversation, last=0, version=1, **facts, **_NOBODY
    )
    again = first.on_conflict_do_update(
        index_elements=["conversation"],
        set_={**facts, **_NOBODY, "version": LiveChatRow.version + 1},
        where=LiveChatRow.state.not_in(OPEN),
    )
    asked = session.scalar(again.returning(LiveChatRow.id))
    known = select(LiveChatRow.id).where(LiveChatRow.conversation == new.conversation)
    return asked or session.scalars(known).one()


def take(session: Session, chat_id: str, staff: Taker, *, now: datetime) -> Taking:
    """Give a waiting chat to `staff`; of any number who ask at once exactly one gets it.

    The family is told who came. Taking one's own chat again changes nothing.
    """
    held = {
        "state": State.HELD, "holder": staff.id, "holder_name": staff.name, "taken_at": now, "seen_at": now,
    }  # fmt: skip
    waiting = (LiveChatRow.state == State.WAITING, staff.reach.guard(LiveChatRow.area))
    number = _change(session, chat_id, *waiting, now=now, speaks=True, **held)
    if number is not None:
        _write(
            session,
            chat_id,
            number,
            "bot",
            now=now,
            response=JOINED,
            values={"person": first_name(staff.name)},
        )
        return Taken()
    chat = find(session, chat_id, staff.reach)
    if chat is None or chat.state is not State.HELD:
        return NotYours()
    return Taken() if chat.holder == staff.id else TakenBy(chat.holder_name or "")


def say(session: Session, chat_id: str, staff: Taker, text: str, message_id: str, *, now: datetime) -> Change:
    """A line of the holder; sent twice with one `message_id`, it is kept once."""
    mark = keys_of(session).mark("live chat line", f"{chat_id}\0{staff.id}\0{message_id}")
    guard = (*_held_by(staff), ~select(1).where(LiveChatLineRow.mark == mark).exists())
    number = _change(session, chat_id, *guard, now=now, speaks=True, seen_at=now)
    if number is None:
        before = select(LiveChatLineRow.number).where(LiveChatLineRow.mark == mark)
        sent = session.scalar(before)
        return NotYours() if sent is None else Saved(sent)
    _write(session, chat_id, number, "staff", now=now, mark=mark, text=text, name=first_name(staff.name))
    return Saved(number)


def pass_on(
    session: Session,
    chat_id: str,
    text: str,
    *,
    now: datetime,
    urgency: str = "none",
    category: str | None = None,
) -> Change:
    """A line of the family; one that tells of danger marks the chat."""
    danger = {"urgency": urgency, "category": category} if urgency in ("immediate", "urgent") else {}
    number = _change(session, chat_id, LiveChatRow.state.in_(OPEN), now=now, speaks=True, **danger)
    if number is None:
        return NotYours()
    _write(session, chat_id, number, "family", now=now, text=text, urgency=urgency)
    return Saved(number)


def show_sign(session: Session, chat_id: str, staff: Taker, *, now: datetime) -> bool:
    """Note that the holder is still there; False when the chat is theirs no more. Nobody is told."""
    seen = update(LiveChatRow).where(LiveChatRow.id == chat_id, *_held_by(staff)).values(seen_at=now)
    return session.scalar(seen.returning(LiveChatRow.id)) is not None


def give_back(
    session: Session,
    chat_id: str,
    staff: Taker,
    ending: Ending,
    *,
    now: datetime,
    callback_id: str | None = None,
    **values: Any,
) -> Change:
    """The holder gives the conversation back to the bot, which tells the family so; `values` fill the sentence."""
    chat = find(session, chat_id, staff.reach)
    back = {"state": State.BACK, "ending": ending, "callback_id": callback_id, **_NOBODY}
    number = _change(session, chat_id, *_held_by(staff), now=now, speaks=True, **back)
    if number is None or chat is None:
        return NotYours()
    said = {"person": first_name(chat.holder_name or ""), **values}
    _write(session, chat_id, number, "bot", now=now, response=NOTICES[ending], values=said)
    return Saved(number)


def leave(session: Session, chat_id: str, *, now: datetime) -> bool:
    """The family goes on with the bot; whether there was an open chat."""
    over = {"state": State.OVER, "ending": Ending.FAMILY_LEFT, **_NOBODY}
    return _change(session, chat_id, LiveChatRow.state.in_(OPEN), now=now, **over) is not None


def give_up(session: Session, chat_id: str, ending: Ending, *, now: datetime) -> bool:
    """Turn back a chat in which nobody can be waited for, without a line: the bot says it in its next answer."""
    over = {"state": State.OVER, "ending": ending, **_NOBODY}
    return _change(session, chat_id, _left_alone(now), now=now, **over) is not None


def take_up(session: Session, chat_id: str, *, now: datetime) -> None:
    """The bot answers again after a chat was given back to it."""
    _change(session, chat_id, LiveChatRow.state == State.BACK, now=now, state=State.OVER)


def return_left_alone(session: Session, now: datetime) -> int:
    """Turn back every chat nobody took, or whose taker has gone, and tell the family; how many there were.

    Replicas may do this at the same moment: each chat goes back once.
    """
    alone = select(LiveChatRow.id, LiveChatRow.state, LiveChatRow.holder_name).where(_left_alone(now))
    returned = 0
    for chat_id, state, holder in session.execute(alone.with_for_update(skip_locked=True)).all():
        ending = Ending.NOBODY_FREE if state == State.WAITING else Ending.TAKER_GONE
        back = {"state": State.BACK, "ending": ending, **_NOBODY}
        number = _change(session, chat_id, _left_alone(now), now=now, speaks=True, **back)
        if number is not None:
            said = {"person": first_name(holder or "")}
            _write(session, chat_id, number, "bot", now=now, response=NOTICES[ending], values=said)
            returned += 1
    return returned


def erase(session: Session, conversation: str) -> None:
    """Delete the live chat of a conversation with every line, at the family's wish."""
    session.execute(delete(LiveChatRow).where(LiveChatRow.conversation == conversation))


def forget_old(session: Session, now: datetime) -> int:
    """Delete the chats in which nothing was said for 24 hours; how many. May run any number of times."""
    old = delete(LiveChatRow).where(LiveChatRow.updated_at < now - KEPT).returning(LiveChatRow.id)
    return len(session.scalars(old).all())


def _held_by(staff: Taker) -> tuple[ColumnElement[bool], ...]:
    within = staff.reach.guard(LiveChatRow.area)
    return (LiveChatRow.state == State.HELD, LiveChatRow.holder == staff.id, within)


def _left_alone(now: datetime) -> ColumnElement[bool]:
    untaken = (LiveChatRow.state == State.WAITING) & (LiveChatRow.asked_at <= now - UNTAKEN_AFTER)
    gone = (LiveChatRow.state == State.HELD) & (LiveChatRow.seen_at <= now - GONE_AFTER)
    return or_(untaken, gone)


def _change(
    session: Session,
    chat_id: str,
    *guards: ColumnElement[bool],
    now: datetime,
    speaks: bool = False,
    **values: Any,
) -> int | None:
    """Change one chat if every guard holds; the number of its newest line, counting the one that `speaks`."""
    changed = (
        update(LiveChatRow)
        .where(LiveChatRow.id == chat_id, *guards)
        .values(
            **values, updated_at=now, version=LiveChatRow.version + 1, last=LiveChatRow.last + int(speaks)
        )
        .returning(LiveChatRow.last)
        .execution_options(synchronize_session=False)
    )
    # The row stays locked until the commit, so lines are numbered in the order in which they can be read.
    return session.scalar(changed)


def _write(
    session: Session,
    chat_id: str,
    number: int,
    author: Author,
    *,
    now: datetime,
    mark: str | None = None,
    **said: Any,
) -> None:
    box = keys_of(session).seal(place(chat_id, number), said)
    session.execute(
        insert(LiveChatLineRow).values(
            chat_id=chat_id, number=number, at=now, author=author, mark=mark, box=box
        )
    )
