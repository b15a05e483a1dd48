"""What is kept of a talk: no identifier nobody asked for, each of several quick messages, and nothing after a day."""

import asyncio
from datetime import timedelta

import pytest

from bot.clock import SettableClock
from bot.conversation import store
from bot.database import Database
from bot.messages import Answer, IncomingMessage
from bot.turn import Turns


def message(turns: Turns, text: str, number: int) -> IncomingMessage:
    return IncomingMessage(
        channel="web", sender="s", text=text, message_id=str(number), received_at=turns.clock(), language="fi"
    )


def kept(database: Database) -> str:
    """Everything the family said, as it can still be read."""
    talk = database.read_now(lambda session: store.talk(session, store.conversation_id(session, "web", "s")))
    return "\n".join(exchange.said for exchange in talk)


def said(answer: Answer) -> str:
    return "\n".join(reply.text for reply in answer.replies)


@pytest.mark.parametrize(
    ("words", "secret"),
    [
        ("poika 3v ei mene päiväkotiin. terveisin äiti, puh 040 123 4567", "4567"),
        ("tytön hetu on 131016X3080 eikä se mene kouluun", "3080"),
        ("vauva ei nuku, maija@example.org", "example.org"),
    ],
)
async def test_an_identifier_nobody_asked_for_is_not_kept(
    turns: Turns, sqlite_database: Database, words: str, secret: str
) -> None:
    answer = await turns.take(message(turns, words, 1))
    assert secret not in kept(sqlite_database)
    assert secret not in said(answer)
    assert answer.replies[0].text.startswith(("Peitin", "Poistin"))


async def test_a_number_given_for_a_call_is_not_taken_out(turns: Turns, sqlite_database: Database) -> None:
    answer = await turns.take(message(turns, "soittakaa 040 123 4567", 1))
    assert answer.asks == "time"
    assert "040 123 4567" in kept(sqlite_database)


async def test_three_messages_at_once_are_all_answered_and_kept(
    turns: Turns, sqlite_database: Database
) -> None:
    words = ("vauva ei nuku", "asutaan Järvenpäässä", "oon ihan poikki")
    answers = await asyncio.gather(*(turns.take(message(turns, one, at)) for at, one in enumerate(words)))
    assert all(answer.replies for answer in answers)
    assert all(one in kept(sqlite_database) for one in words)
    again = await turns.take(message(turns, "soittakaa 0401234567 huomenna, ei viestiä", 9))
    assert again.asks == "confirm"  # neither town nor matter is asked: both were heard
    assert "Järvenpää" in said(again)


async def test_a_talk_older_than_a_day_is_not_remembered_though_nobody_has_deleted_it_yet(
    turns: Turns, clock: SettableClock
) -> None:
    await turns.take(message(turns, "vauva ei nuku, asutaan Järvenpäässä", 1))
    clock.set(clock() + timedelta(hours=24, minutes=1))
    answer = await turns.take(message(turns, "vauva ei nuku", 2))
    assert answer.asks == "municipality"
    assert "poistunut" in said(answer)


async def test_danger_told_in_three_short_messages_is_heard(turns: Turns) -> None:
    for number, words in enumerate(("en jaksa", "enää"), start=1):
        await turns.take(message(turns, words, number))
    assert (await turns.take(message(turns, "elää", 3))).urgency == "immediate"
