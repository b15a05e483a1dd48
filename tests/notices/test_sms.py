"""A notice goes by SMS at least once, under one key, to nobody who does not want it, and failures are seen."""

import asyncio
from datetime import timedelta

import pytest
from aiohttp import web
from pydantic import AnyHttpUrl

from bot.callbacks import notice_outbox, queue
from bot.callbacks.notices import GIVE_UP_AFTER, MOST_A_DAY, Way
from bot.callbacks.request import AttemptResult
from bot.channels.notices.sms import open_gateway
from bot.meaning import NEEDS, Window
from bot.settings import SetupError
from tests.callbacks.scenes import ANNA, HOURS, LEASE, at
from tests.notices.conftest import Place

WINDOW = Window(at("2026-11-26 13:00"), at("2026-11-26 16:00"))
MINUTE = timedelta(minutes=1)
PHONE = "+358501234567"


async def test_the_family_hears_that_its_request_has_come(place: Place) -> None:
    entry = place.books(window=WINDOW, phone=PHONE)
    assert await place.send() == 1
    ((_, body),) = place.gateway.requests
    assert body["to"] == PHONE
    assert body["from"] == "Varaukset"
    assert body["text"] == "Hei. Varauksesi on kirjattu. Otamme yhteyttä torstaina 26.11. klo 13–16."
    (notice,) = place.notices(entry.id)
    assert (notice.state, notice.way, notice.ended_at) == ("sent", Way.SMS, place.clock())
    assert await place.send() == 0


async def test_every_event_is_told_once_in_its_order(place: Place) -> None:
    entry = place.books()
    await place.send()
    place.database.write_now(
        lambda s: queue.move(
            s, entry.id, window=WINDOW, promised_day=WINDOW.start.date(), now=place.clock(), by=ANNA
        )
    )
    place.database.write_now(lambda s: queue.claim(s, entry.id, ANNA, now=place.clock(), lease=LEASE))
    await place.send()
    place.database.write_now(
        lambda s: queue.record_attempt(
            s, entry.id, ANNA, AttemptResult.NO_ANSWER, now=place.clock(), hours=HOURS, lease=LEASE
        )
    )
    await place.send()
    place.cancels(entry.id)
    await place.send()
    assert place.gateway.texts == [
        "Hei. Varauksesi on kirjattu. Otamme yhteyttä viimeistään perjantaina 27.11.",
        "Hei. Varauksesi aika on muuttunut. Otamme yhteyttä torstaina 26.11. klo 13–16.",
        "Hei. Yritimme tavoittaa sinua. Yritämme uudelleen tiistaina 24.11.",
        "Hei. Varauksesi on peruttu. Voit varata uuden ajan milloin vain.",
    ]


async def test_the_reminder_comes_in_the_morning_of_the_day(place: Place) -> None:
    place.books(window=WINDOW, language="en")
    await place.send()
    place.clock.set(at("2026-11-26 08:00"))
    place.database.write_now(lambda s: notice_outbox.remind(s, place.clock()))
    await place.send()
    assert place.gateway.texts[1:] == [
        "Hello. A reminder: we will be in touch Thursday 26 November at 13:00–16:00. Please keep your phone near."
    ]


async def test_a_sender_that_dies_before_sending_loses_nothing(place: Place) -> None:
    entry = place.books()
    place.database.write_now(lambda s: notice_outbox.claim(s, now=place.clock(), most=9))  # and is gone
    assert await place.send() == 0
    assert len(place.notices(entry.id)) == 1
    await place.send(notice_outbox.LEASE)
    assert len(place.gateway.taken) == 1


async def test_an_answer_that_is_lost_makes_a_second_try_under_the_same_key(place: Place) -> None:
    entry = place.books()
    place.gateway.loses_answers = True
    await place.send()
    assert place.states(entry.id) == [("received", "waiting", "unreachable")]
    place.gateway.loses_answers = False
    await place.send(MINUTE)
    keys = [key for key, _ in place.gateway.requests]
    assert len(keys) == 2
    assert len(set(keys)) == len(place.gateway.taken) == 1
    assert place.states(entry.id) == [("received", "sent", None)]


async def test_of_many_senders_one_sends(place: Place) -> None:
    for number in range(5):
        place.books(phone=f"+35850123456{number}")
    done = await asyncio.gather(*(place.notifier.work_off() for _ in range(4)))
    assert sum(done) == len(place.gateway.requests) == 5


async def test_the_pauses_between_tries_grow_as_the_gateway_stays_away(place: Place) -> None:
    entry = place.books()
    await place.gateway.stop()
    rounds = [await place.send(MINUTE if minute else timedelta(0)) for minute in range(30)]
    tried = [minute for minute, taken_up in enumerate(rounds) if taken_up]
    assert tried == [0, 1, 2, 4, 9, 24]
    assert place.states(entry.id) == [("received", "waiting", "unreachable")]


async def test_after_a_day_it_is_given_up_where_staff_see_it(place: Place) -> None:
    entry = place.books()
    place.gateway.answers = [web.Response(status=503)] * 2
    await place.send()
    revision = place.database.read_now(queue.revision)
    await place.send(GIVE_UP_AFTER)
    assert place.states(entry.id) == [("received", "failed", "gateway")]
    assert place.database.read_now(queue.revision) == revision + 1
    assert await place.send(GIVE_UP_AFTER) == 0


async def test_the_gateway_is_given_the_time_it_asks_for(place: Place) -> None:
    entry = place.books()
    place.gateway.answers = [web.Response(status=429, headers={"Retry-After": "600"})]
    await place.send()
    assert place.states(entry.id) == [("received", "waiting", "busy")]
    assert await place.send(9 * MINUTE) == 0
    assert await place.send(MINUTE) == 1
    assert place.states(entry.id) == [("received", "sent", None)]


@pytest.mark.parametrize(
    ("status", "state"),
    [(200, "sent"), (409, "sent"), (422, "failed"), (400, "failed"), (401, "waiting"), (302, "waiting")],
)
async def test_what_becomes_of_a_message_by_the_gateways_answer(
    place: Place, status: int, state: str
) -> None:
    entry = place.books()
    place.gateway.answers = [web.Response(status=status, headers={"Location": "http://elsewhere.example/"})]
    await place.send()
    assert [one.state for one in place.notices(entry.id)] == [state]
    assert len(place.gateway.requests) == 1


async def test_what_changed_before_it_was_sent_is_told_as_it_is_now(place: Place) -> None:
    entry = place.books()
    place.database.write_now(lambda s: queue.correct(s, entry.id, now=place.clock(), phone="+358407654321"))
    await place.send()
    assert [body["to"] for _, body in place.gateway.requests] == ["+358407654321"]


async def test_nothing_goes_to_who_has_changed_their_mind_cancelled_or_deleted(place: Place) -> None:
    silent, cancelled, deleted = place.books(), place.books(), place.books()
    now = place.clock()
    place.database.write_now(lambda s: queue.correct(s, silent.id, now=now, message_allowed=False))
    place.cancels(cancelled.id)
    place.database.write_now(lambda s: queue.erase(s, deleted.id, now=now))
    await place.send()
    assert place.gateway.texts == ["Hei. Varauksesi on peruttu. Voit varata uuden ajan milloin vain."]
    assert place.states(silent.id) == [("received", "dropped", "not_wanted")]
    assert place.states(cancelled.id)[0] == ("received", "dropped", "not_needed")
    assert place.states(deleted.id) == []


async def test_without_a_way_nothing_is_sent_and_staff_see_why(place: Place) -> None:
    place.ways.clear()
    entry = place.books()
    await place.send()
    assert place.states(entry.id) == [("received", "dropped", "no_way")]
    assert place.gateway.requests == []


async def test_nobody_can_flood_a_strangers_telephone(place: Place) -> None:
    *needs, last = NEEDS[: MOST_A_DAY + 4]  # one matter of one number is one call, which is told of once
    for need in needs:
        place.books(phone=PHONE, need=need)
        await place.send()
    assert len(place.gateway.requests) == MOST_A_DAY
    await place.send(timedelta(hours=24))
    place.books(phone=PHONE, need=last)
    await place.send()
    assert len(place.gateway.requests) == MOST_A_DAY + 1


@pytest.mark.parametrize(
    "url", ["http://sms.example.org/send", "http://10.0.0.1/", "http://localhost.example.org/"]
)
def test_numbers_do_not_travel_in_the_open(url: str) -> None:
    with pytest.raises(SetupError, match="https"):
        open_gateway(AnyHttpUrl(url), None, None)


@pytest.mark.parametrize("url", ["https://sms.example.org/send", "http://127.0.0.1:9/", "http://[::1]:9/"])
def test_a_gateway_is_reached_safely_or_on_this_machine(url: str) -> None:
    assert open_gateway(AnyHttpUrl(url), None, None).url == url
