"""A turn as others see it: few statements, one effect, and an answer whatever breaks."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sqlalchemy import event, func, select, text

from bot.callbacks import queue
from bot.callbacks.request import NewCallback
from bot.callbacks.tables import CallbackRow
from bot.clock import SettableClock
from bot.database import Database
from bot.messages import Answer, IncomingMessage
from bot.reach import EVERYWHERE
from bot.turn import Content, Turns
from tests.conversations.conftest import Ground, turns_on

ALL_IN_ONE = "soittakaa 0501234567 huomenna iltapäivällä, vauva ei nuku, asutaan Järvenpäässä, ei viestiä"
MOST = 6
_NOT_COUNTED = ("BEGIN", "COMMIT", "PRAGMA", "SAVEPOINT")
"""Opening and closing."""


def message(clock: SettableClock, words: str, message_id: str) -> IncomingMessage:
    return IncomingMessage(
        channel="web", sender="s", text=words, message_id=message_id, received_at=clock(), language="fi"
    )


def with_letters(words: str) -> str:
    """The same of a family that wants messages: each change of its call lets a notice wait."""
    return words.replace("ei viestiä", "viestin saa jättää")


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """The statements sent to the database meanwhile, but for those of transactions that only read."""
    sent: list[str] = []

    def note(connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not connection.get_execution_options().get("reading"):
            sent.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield sent
    event.remove(database.engine, "before_cursor_execute", note)


def callbacks(database: Database) -> int:
    return database.read_now(lambda s: s.scalar(select(func.count()).select_from(CallbackRow))) or 0


async def test_a_turn_takes_six_statements_at_most_besides_recalling_the_talk(
    ground: Ground, database: Database, clock: SettableClock
) -> None:
    turns = turns_on(ground, database, clock)
    other = ALL_IN_ONE.replace(
        "0501234567", "0407654321"
    )  # another family: one number has one call for a matter
    await turns.take(replace(message(clock, other, "0"), sender="first"))  # reads the catalogue
    await turns.take(replace(message(clock, "joo", "00"), sender="first"))  # makes the queue's counter
    said = ["vauva itkee yöt", "Järvenpää", ALL_IN_ONE, "joo", "milloin soitatte", "siirrä perjantaille",
            "en jaksa enää elää", "kiitos"]  # fmt: skip
    await take_counted(turns, clock, *said)
    assert callbacks(database) == 2


async def test_so_does_every_turn_of_a_family_with_two_calls_that_is_sent_notices(
    ground: Ground, database: Database, clock: SettableClock
) -> None:
    turns = turns_on(ground, database, clock)
    teaser = replace(message(clock, "teini juo, Järvenpää", "0"), sender="first")
    await turns.take(teaser)  # reads the catalogue
    said = [with_letters(ALL_IN_ONE), "joo", SECOND, OWN, "torstaina klo 13", "kyllä",
            "siirrä perjantaille", "ensimmäinen", "en jaksa enää elää", "kiitos"]  # fmt: skip
    await take_counted(turns, clock, *said)
    assert [request.urgency for request in waiting(database)] == ["immediate", "immediate"]
    # Somebody of the family asks for the same call, and moves it: another request's call answers both.
    said = [with_letters(ALL_IN_ONE), "joo", "siirrä perjantaille"]
    await take_counted(turns, clock, *said, sender="another")
    assert callbacks(database) == 3
    assert len(waiting(database)) == 2


async def take_counted(turns: Turns, clock: SettableClock, *said: str, sender: str = "s") -> None:
    """Say one thing after another; no turn may send more statements than it has."""
    for number, words_said in enumerate(said, start=1):
        with statements(turns.database) as sent:
            await turns.take(replace(message(clock, words_said, str(number)), sender=sender))
        asked = [one for one in sent if not one.upper().startswith(_NOT_COUNTED)]
        assert len(asked) <= MOST, f"{words_said}:\n" + "\n".join(asked)


async def test_the_same_yes_many_times_at_once_books_one_callback(
    ground: Ground, database: Database, clock: SettableClock
) -> None:
    turns = turns_on(ground, database, clock)
    await turns.take(message(clock, ALL_IN_ONE, "1"))
    answers = await asyncio.gather(*(turns.take(message(clock, "joo", "2")) for _ in range(6)))
    assert len(set(map(repr, answers))) == 1
    assert answers[0].callback is not None
    assert callbacks(database) == 1


async def test_two_messages_that_race_are_both_answered_and_both_kept(
    ground: Ground, database: Database, clock: SettableClock
) -> None:
    turns = turns_on(ground, database, clock)
    await turns.take(message(clock, "haluan että joku soittaa", "1"))
    both = await asyncio.gather(
        turns.take(message(clock, "0501234567", "2")), turns.take(message(clock, "Mikkeli", "3"))
    )
    assert all(answer.replies for answer in both)
    answer = await turns.take(message(clock, "milloin vain", "4"))
    assert answer.asks == "need"


async def test_when_the_database_is_gone_there_is_still_an_answer_with_numbers(
    turns: Turns, sqlite_database: Database, clock: SettableClock
) -> None:
    sqlite_database.write_now(lambda session: session.execute(text("DROP TABLE inbox")))
    assert "112" in words(await turns.take(message(clock, "vauva itkee", "1")))
    crisis = await turns.take(message(clock, "en jaksa enää elää", "2"))
    assert crisis.urgency == "immediate"
    assert "112" in words(crisis)


async def test_when_understanding_breaks_there_is_still_crisis_help(
    turns: Turns, clock: SettableClock
) -> None:
    class Broken:
        def understand(self, *_: Any, **__: Any) -> Any:
            raise MemoryError

    def broken() -> Content:
        return replace(turns.content(), understander=Broken())

    answer = await replace(turns, content=broken).take(message(clock, "mies hakkaa minua nyt", "1"))
    assert answer.urgency == "immediate"
    assert "112" in words(answer)


async def test_a_number_said_is_never_said_back_once_it_is_booked(turns: Turns, clock: SettableClock) -> None:
    await turns.take(message(clock, ALL_IN_ONE, "1"))
    await turns.take(message(clock, "joo", "2"))
    answer = await turns.take(message(clock, "milloin soitatte", "3"))
    assert "1234567" not in words(answer)
    assert (answer.callback or {}).keys() & {"code", "phone"} == set()


def words(answer: Answer) -> str:
    return "\n".join(reply.text for reply in answer.replies)


SECOND = "teini juo joka viikonloppu"
OWN = "/SetSlots(second_matter=own)"


async def take_all(turns: Turns, clock: SettableClock, *said: str) -> Answer:
    """The last answer to what is said one after another."""
    for words_said in said:
        answer = await turns.take(message(clock, words_said, words_said))
    return answer


def waiting(database: Database) -> list[NewCallback]:
    found, _ = database.read_now(lambda session: queue.list_waiting(session, EVERYWHERE))
    return sorted((one.request for one in found), key=lambda request: str(request.need))


async def test_a_crisis_raises_every_call_that_waits(
    ground: Ground, database: Database, clock: SettableClock
) -> None:
    turns = turns_on(ground, database, clock)
    said = (ALL_IN_ONE, "joo", SECOND, OWN, "torstaina klo 13", "kyllä", "en jaksa enää elää")
    answer = await take_all(turns, clock, *said)
    assert answer.urgency == "immediate"
    assert [request.urgency for request in waiting(database)] == ["immediate", "immediate"]


async def test_words_of_a_call_of_its_own_stand_in_that_call_alone(
    ground: Ground, database: Database, clock: SettableClock
) -> None:
    turns = turns_on(ground, database, clock)
    await take_all(turns, clock, ALL_IN_ONE, "joo", SECOND)
    (first,) = waiting(database)
    assert SECOND in first.notes  # until it is booked it stands where staff see it
    await take_all(turns, clock, OWN, "torstaina klo 13", "kyllä")
    assert sorted(SECOND in request.notes for request in waiting(database)) == [False, True]
    assert all("vauva ei nuku" in request.notes or request.notes == SECOND for request in waiting(database))
