"""What is kept of a conversation, on both databases, also when messages race."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.clock import SettableClock
from bot.conversation import store
from bot.conversation.state import Frame, State
from bot.conversation.store import ConversationRow, InboxRow, OvertakenError, Past
from bot.database import Database
from bot.messages import Answer, Button, IncomingMessage, Reply

STATE = State(
    language="sv", stack=(Frame("book_callback", "wish", interrupted=True),), slots={"phone": "+358501234567"},
    asked="time", times_said={"utter_ask_time": 1}, last_offer=("utter_ask_time",), buttons={"ja": "/affirm"},
)  # fmt: skip
ANSWER = Answer(
    replies=(Reply(text="När passar det dig?", style="question", buttons=(Button("Ja", "/affirm"),)),),
    language="sv", asks="time", callback={"code": "7K3M-9QXT-R2VB", "window": None},
)  # fmt: skip


def a_message(clock: SettableClock, message_id: str = "m1", sender: str = "s1") -> IncomingMessage:
    return IncomingMessage(
        channel="web", sender=sender, text="hej", message_id=message_id, received_at=clock()
    )


def turn(database: Database, incoming: IncomingMessage, state: State, answer: Answer) -> Answer:
    """One turn as the bot takes it: the stored answer, or a new one; again when overtaken."""
    while True:
        past = database.read_now(lambda session: store.recall(session, incoming))
        if past.answer is not None:
            return past.answer
        known = past.state or state
        seen = replace(known, slots={**known.slots, incoming.message_id: True})
        if kept(database, past, seen, answer, incoming):
            return answer


def kept(database: Database, past: Past, state: State, answer: Answer, incoming: IncomingMessage) -> bool:
    try:
        database.write_now(lambda s: store.keep(s, past, state, answer, now=incoming.received_at))
    except OvertakenError:
        return False
    return True


def count(database: Database, row: type[ConversationRow] | type[InboxRow]) -> int:
    return database.read_now(lambda session: session.scalar(select(func.count()).select_from(row))) or 0


def at_once(work: list[Callable[[], Answer]]) -> list[Answer]:
    gate = threading.Barrier(len(work))

    def one(does: Callable[[], Answer]) -> Answer:
        gate.wait()
        return does()

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(one, work))


def test_a_conversation_comes_back_as_it_was_left(database: Database, clock: SettableClock) -> None:
    turn(database, a_message(clock), STATE, ANSWER)
    past = database.read_now(lambda session: store.recall(session, a_message(clock, "m2")))
    assert past.state is not None
    assert replace(past.state, slots=STATE.slots) == STATE
    assert past.answer is None


def test_a_message_that_comes_again_gets_the_answer_it_got(database: Database, clock: SettableClock) -> None:
    turn(database, a_message(clock), STATE, ANSWER)
    past = database.read_now(lambda session: store.recall(session, a_message(clock)))
    assert past.answer == ANSWER


def test_the_same_id_of_another_sender_is_another_message(database: Database, clock: SettableClock) -> None:
    turn(database, a_message(clock), STATE, ANSWER)
    past = database.read_now(lambda session: store.recall(session, a_message(clock, sender="s2")))
    assert past.answer is None
    assert past.state is None


def test_the_same_message_from_many_threads_has_one_effect(database: Database, clock: SettableClock) -> None:
    answers = [replace(ANSWER, asks=f"{number}") for number in range(8)]
    got = at_once([partial(turn, database, a_message(clock), STATE, answer) for answer in answers])
    assert len(set(map(repr, got))) == 1
    assert count(database, InboxRow) == 1
    assert count(database, ConversationRow) == 1


def test_messages_that_race_are_all_answered_and_nothing_is_lost(
    database: Database, clock: SettableClock
) -> None:
    ids = [f"m{number}" for number in range(8)]
    got = at_once([partial(turn, database, a_message(clock, one), STATE, ANSWER) for one in ids])
    assert got == [ANSWER] * len(ids)
    past = database.read_now(lambda session: store.recall(session, a_message(clock, "look")))
    assert past.state is not None
    assert set(ids) <= past.state.slots.keys()
    assert past.version == len(ids)
    assert count(database, InboxRow) == len(ids)


def test_nothing_readable_stands_in_the_database(database: Database, clock: SettableClock) -> None:
    turn(database, a_message(clock), STATE, ANSWER)

    def boxes(session: Session) -> list[bytes]:
        return [*session.scalars(select(ConversationRow.box)), *session.scalars(select(InboxRow.box))]

    everything = b"".join(database.read_now(boxes))
    assert b"501234567" not in everything
    assert b"passar" not in everything


def test_a_deleted_conversation_leaves_only_the_answer_that_says_so(
    database: Database, clock: SettableClock
) -> None:
    turn(database, a_message(clock), STATE, ANSWER)
    past = database.read_now(lambda session: store.recall(session, a_message(clock, "m2")))
    database.write_now(lambda session: store.erase(session, past, ANSWER, now=clock()))
    assert count(database, ConversationRow) == 0
    assert count(database, InboxRow) == 1
    assert database.read_now(lambda s: store.recall(s, a_message(clock, "m2"))).answer == ANSWER


@pytest.mark.parametrize(("hours", "left"), [(23, 1), (25, 0)])
def test_a_day_after_the_last_message_everything_is_gone(
    hours: int, left: int, database: Database, clock: SettableClock
) -> None:
    turn(database, a_message(clock), STATE, ANSWER)
    later = clock() + timedelta(hours=hours)
    assert database.write_now(lambda session: store.forget_old(session, later)) == 1 - left
    assert count(database, ConversationRow) == left
    assert count(database, InboxRow) == left
