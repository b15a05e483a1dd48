"""Nothing is lost and nothing is answered twice: redelivery, refusals, crashes."""

import asyncio
import dataclasses
import random
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session
from telegram import Update

from bot.channels.telegram import inbox, tables
from bot.channels.telegram.arrivals import read
from bot.channels.telegram.tables import MessageRow, UpdateRow
from bot.conversation.store import KEPT
from bot.database import Base
from bot.messages import Answer, IncomingMessage
from tests.telegram.conftest import Place
from tests.telegram.updates import CHAT, CRISIS, membership, presses, says


def states(place: Place) -> list[str]:
    return place.database.read_now(
        lambda session: list(session.scalars(select(MessageRow.state).order_by(MessageRow.id)))
    )


def counted(place: Place, table: type[Base]) -> int:
    return place.database.read_now(
        lambda session: session.scalar(select(func.count()).select_from(table)) or 0
    )


def break_tables(place: Place) -> None:
    place.database.write_now(lambda session: session.execute(text("DROP TABLE telegram_update")))


def mend_tables(place: Place) -> None:
    Base.metadata.create_all(place.database.engine)


async def test_an_update_brought_again_is_answered_once(place: Place) -> None:
    pressed = presses("=/parental_exhaustion")
    await place.hears(pressed)
    once = len(place.emulator.messages)
    await place.hears(pressed, pressed)
    assert once == len(place.emulator.messages) > 0


async def test_one_brought_again_before_the_answer_is_answered_once(place: Place) -> None:
    said_now = says("/start")
    await asyncio.gather(*(place.bring(said_now) for _ in range(5)))
    await place.work()
    assert len(place.emulator.messages) == 1


async def test_nothing_is_answered_before_it_is_kept_and_everything_kept_is(place: Place) -> None:
    break_tables(place)
    said_now = says("vauva ei nuku")
    assert await place.bring(said_now) == 503
    assert place.emulator.messages == []
    assert list(place.emulator.waiting) == [said_now["update_id"]]
    mend_tables(place)
    await place.hears(said_now)
    assert place.emulator.waiting == {}
    assert place.emulator.messages


async def test_danger_is_answered_even_when_nothing_can_be_kept(place: Place) -> None:
    break_tables(place)
    said_now = says(CRISIS)
    assert await place.bring(said_now) == 503
    (said,) = place.emulator.texts(CHAT)
    assert "112" in said
    assert await place.bring(said_now) == 503
    assert len(place.emulator.messages) == 1  # the same process knows that help was sent
    mend_tables(place)
    await place.hears(said_now)
    assert said not in place.emulator.texts(CHAT)[1:]
    assert place.emulator.waiting == {}


async def test_danger_is_answered_before_the_update_is_kept_and_only_once(place: Place) -> None:
    assert await place.bring(says(CRISIS)) == 200
    (said,) = place.emulator.texts(CHAT)
    assert "112" in said
    await place.work()
    assert place.emulator.texts(CHAT).count(said) == 1


async def test_help_that_telegram_did_not_take_at_once_waits_with_the_answer(place: Place) -> None:
    place.emulator.answers["sendMessage"] = [(500, {"description": "Internal Server Error"})]
    assert await place.bring(says(CRISIS)) == 200
    assert place.emulator.messages == []
    await place.work()
    assert "112" in place.emulator.texts(CHAT)[0]


async def test_told_to_wait_we_wait_that_long_and_keep_the_order(place: Place) -> None:
    place.emulator.answers["sendMessage"] = [
        (429, {"description": "Too Many Requests", "parameters": {"retry_after": 7}})
    ]
    await place.hears(says("/start"))
    await place.hears(says("/help"))
    assert place.emulator.messages == []
    place.clock.set(place.clock() + timedelta(seconds=6))
    await place.work()
    assert place.emulator.messages == []
    place.clock.set(place.clock() + timedelta(seconds=2))
    await place.work()
    first, second = place.emulator.texts(CHAT)
    assert "Perheovi" in first
    assert "Näihin voit soittaa" in second


async def test_one_chat_that_must_wait_holds_up_no_other(place: Place) -> None:
    place.emulator.answers["sendMessage"] = [
        (429, {"description": "Too Many Requests", "parameters": {"retry_after": 30}})
    ]
    await place.hears(says("/start"), says("/start", chat=42))
    assert len(place.emulator.messages) == 1


async def test_a_broken_telegram_is_tried_again_later(place: Place) -> None:
    place.emulator.answers["sendMessage"] = [(502, {"description": "Bad Gateway"})]
    await place.hears(says("/start"))
    assert states(place) == ["waiting"]
    place.clock.set(place.clock() + timedelta(seconds=5))
    await place.work()
    assert states(place) == ["sent"]


async def test_who_has_blocked_us_gets_what_waited_when_they_are_back(place: Place) -> None:
    place.emulator.blocked.add(CHAT)
    await place.hears(says("/start"), says("/help"))
    assert states(place) == ["blocked", "blocked"]
    assert place.emulator.messages == []
    place.emulator.blocked.clear()
    await place.hears(membership("member"))
    assert len(place.emulator.texts(CHAT)) == 2


async def test_who_blocks_us_is_not_written_to(place: Place) -> None:
    await place.hears(says("/start"), membership("kicked"))
    assert states(place) == ["blocked"]
    assert place.emulator.messages == []


async def test_buttons_that_telegram_refuses_do_not_take_the_words_with_them(place: Place) -> None:
    place.emulator.answers["sendMessage"] = [(400, {"description": "Bad Request: BUTTON_DATA_INVALID"})]
    await place.hears(says("/start"))
    (sent,) = place.emulator.messages
    assert "Perheovi" in sent["text"]
    assert "reply_markup" not in sent


async def test_a_message_that_can_never_arrive_does_not_hold_up_the_next(place: Place) -> None:
    place.emulator.answers["sendMessage"] = [(400, {"description": "Bad Request: chat not found"})]
    await place.hears(says("/help"), says("/help"))
    assert states(place) == ["failed", "sent"]


async def test_a_worker_that_dies_on_the_way_leaves_its_update_to_the_next(place: Place) -> None:
    reached, never = asyncio.Event(), asyncio.Event()
    take_turn = place.telegram.desk.take_turn
    taken: list[str] = []

    async def dies(message: IncomingMessage) -> Answer:
        answer = await take_turn(message)
        taken.append(message.message_id)
        reached.set()
        await never.wait()
        return answer

    object.__setattr__(place.telegram.desk, "take_turn", dies)
    assert await place.bring(presses("=/parental_exhaustion")) == 200
    worker = asyncio.create_task(place.telegram.desk.work_off())
    await reached.wait()
    worker.cancel()
    with pytest.raises(asyncio.CancelledError):
        await worker
    object.__setattr__(place.telegram.desk, "take_turn", take_turn)
    await place.work()
    assert place.emulator.messages == []  # it is still held
    place.clock.set(place.clock() + inbox.LEASE)
    await place.work()
    said = place.emulator.texts(CHAT)
    assert said
    asked = [one for one in said if "Missä kunnassa" in one]
    assert len(asked) == 1  # the turn gave the answer it had given


async def test_of_two_workers_one_takes_each_update(place: Place) -> None:
    for number in range(20):
        assert await place.bring(says("/start", chat=1000 + number)) == 200
    await asyncio.gather(*(place.telegram.desk.work_off() for _ in range(3)))
    await asyncio.gather(*(place.telegram.sender.work_off() for _ in range(3)))
    await place.work()
    assert sorted(one["chat_id"] for one in place.emulator.messages) == [
        1000 + number for number in range(20)
    ]


async def test_a_late_worker_does_not_answer_what_another_has(place: Place) -> None:
    assert await place.bring(says("/start")) == 200
    late = await place.database.write(lambda session: inbox.claim(session, now=place.clock()))
    assert late
    place.clock.set(place.clock() + inbox.LEASE)
    await place.work()
    await place.telegram.desk.answer(late)
    await place.work()
    assert len(place.emulator.messages) == 1


async def test_who_floods_is_answered_later_and_nobody_else(place: Place) -> None:
    for _ in range(45):
        assert await place.bring(says("/help")) == 200
    assert await place.bring(says("/help", chat=42)) == 200
    await place.work()
    assert len(place.emulator.texts(42)) == 1
    assert len(place.emulator.texts(CHAT)) < 45


async def test_everything_is_forgotten_with_the_conversation(place: Place) -> None:
    await place.hears(presses("=/parental_exhaustion"), presses("=/request_callback"))
    for table in (UpdateRow, MessageRow, tables.ChatRow, tables.LinkRow):
        assert counted(place, table) > 0
    place.clock.set(place.clock() + KEPT + timedelta(seconds=1))

    def forget(session: Session) -> int:
        return tables.forget_old(session, place.clock())

    assert place.database.write_now(forget) > 0
    for table in (UpdateRow, MessageRow, tables.ChatRow, tables.LinkRow):
        assert counted(place, table) == 0
    assert place.database.write_now(forget) == 0


async def test_words_are_gone_as_soon_as_they_are_answered_and_sent(place: Place) -> None:
    await place.hears(says("/start"))
    boxes = place.database.read_now(
        lambda session: [*session.scalars(select(UpdateRow.box)), *session.scalars(select(MessageRow.box))]
    )
    assert boxes == [None, None]


@pytest.mark.parametrize(
    "number", [30, pytest.param(5000, marks=(pytest.mark.long, pytest.mark.timeout(900)))]
)
async def test_updates_in_any_order_and_number_are_answered_once_each(place: Place, number: int) -> None:
    chance = random.Random(number)
    updates = [read(Update.de_json(says("/help", chat=10_000 + at))) for at in range(number)]
    brought = [one for one in updates if one for _ in range(chance.randint(1, 5))]
    chance.shuffle(brought)
    doors = [dataclasses.replace(place.telegram.door) for _ in range(3)]
    desks = [dataclasses.replace(place.telegram.desk) for _ in range(3)]
    for start in range(0, len(brought), 50):
        some = brought[start : start + 50]
        await asyncio.gather(*(chance.choice(doors).take_in([one]) for one in some))
        await asyncio.gather(*(desk.work_off() for desk in desks))
    await place.work()
    answered = Counter(one["chat_id"] for one in place.emulator.messages)
    assert answered == {10_000 + at: 1 for at in range(number)}


async def test_what_was_sealed_with_another_key_stands_in_nobody_s_way(place: Place) -> None:
    assert await place.bring(says("/start")) == 200
    place.database.write_now(
        lambda session: session.execute(update(UpdateRow).values(box=b"\x01" + b"x" * 60))
    )
    await place.hears(says("/help"))
    place.database.write_now(
        lambda session: session.execute(
            update(MessageRow).values(state="waiting", due_at=place.clock(), box=b"x")
        )
    )
    await place.hears(says("/help"))
    assert states(place) == ["failed", "sent"]


async def test_a_link_that_telegram_refuses_as_a_button_stands_in_the_words(place: Place) -> None:
    assert await place.bring(presses("=/request_callback")) == 200
    await place.telegram.desk.work_off()
    place.emulator.answers["sendMessage"] = [(400, {"description": "Bad Request: BUTTON_URL_INVALID"})] * 2
    await place.work()
    assert "/continue/" in place.emulator.texts(CHAT)[-1]
