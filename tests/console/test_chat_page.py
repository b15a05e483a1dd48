"""The live chat at the console: who waits is seen at once, one takes it, and it ends as the holder decides."""

import asyncio

import pytest
from sqlalchemy.orm import Session

from bot import audit
from bot.callbacks import queue
from bot.callbacks.request import State as CallState
from bot.clock import SettableClock
from bot.conversation import store
from bot.conversation.state import State as TalkState
from bot.database import Database
from bot.live_chat import changing, reading
from bot.live_chat.chat import Ending, State
from bot.messages import Answer, IncomingMessage, Reply
from bot.reach import EVERYWHERE
from tests.live_chat.scenes import asked, chat_of
from tests.staff.building import Client, Open, a_person, signed_in

SENDER = "f" * 32


@pytest.fixture
def chat_id(sqlite_database: Database, clock: SettableClock) -> str:
    """A family has told its matter, asked for a person, and written on."""
    message = IncomingMessage(
        channel="web", sender=SENDER, text="aamut on yhtä huutoa", message_id="1", received_at=clock()
    )
    heard = Answer(replies=(Reply(text="Aamut ovat raskaita."),))
    talk = TalkState(slots={"words": ["aamut on yhtä huutoa"]})

    def tell(session: Session) -> str:
        past = store.recall(session, message)
        store.keep(session, past, talk, heard, now=clock())
        return past.conversation

    conversation = sqlite_database.write_now(tell)
    asked_for = asked(
        sqlite_database, now=clock(), conversation=conversation, need="upbringing", municipality="Järvenpää"
    )
    sqlite_database.write_now(lambda s: changing.pass_on(s, asked_for, "onko siellä ketään", now=clock()))
    return asked_for


@pytest.fixture
async def aino(open_client: Open, sqlite_database: Database, clock: SettableClock) -> Client:
    client = await open_client()
    await signed_in(client, a_person(sqlite_database, clock, "Aino Lehtola"))
    return client


@pytest.fixture
async def veikko(open_client: Open, sqlite_database: Database, clock: SettableClock) -> Client:
    client = await open_client()
    await signed_in(client, a_person(sqlite_database, clock, "Veikko Sarala"))
    return client


async def page_of(client: Client, chat_id: str) -> str:
    return await (await client.get(f"/staff/chats/{chat_id}")).text()


async def test_who_waits_is_listed_without_words(aino: Client, chat_id: str) -> None:
    page = await (await aino.get("/staff/chats")).text()
    for words in ("Kasvatus ja rajat", "Järvenpää", "Ota keskustelu", chat_id):
        assert words in page
    assert "huutoa" not in page


async def test_the_talk_so_far_is_read_before_taking_and_the_reading_is_written_down(
    aino: Client, sqlite_database: Database, chat_id: str
) -> None:
    page = await page_of(aino, chat_id)
    places = [page.index(words) for words in ("yhtä huutoa", "Aamut ovat raskaita.", "onko siellä ketään")]
    assert places == sorted(places)
    assert "Viesti perheelle" not in page
    rows = sqlite_database.read_now(lambda s: audit.latest(s, kind="live_chat"))
    assert [(row.action, row.ids) for row in rows] == [("read", [chat_id])]


async def test_of_two_who_take_it_one_writes_and_the_other_reads_nothing_more(
    aino: Client, veikko: Client, sqlite_database: Database, chat_id: str
) -> None:
    answers = await asyncio.gather(
        *(who.post(f"/staff/chats/{chat_id}/take", allow_redirects=False) for who in (aino, veikko))
    )
    assert sorted(answer.status for answer in answers) == [303, 409]
    winner, loser = (aino, veikko) if answers[0].status == 303 else (veikko, aino)
    name = chat_of(sqlite_database, chat_id).holder_name
    assert f"{name} ehti ottaa tämän keskustelun." in await page_of(loser, chat_id)
    assert "huutoa" not in await page_of(loser, chat_id)
    assert "Viesti perheelle" in await page_of(winner, chat_id)
    refused = await loser.post(f"/staff/chats/{chat_id}/say", data={"message": "minäkin", "message_id": "m"})
    assert refused.status == 409


async def test_what_is_written_is_kept_once_and_shown(
    aino: Client, sqlite_database: Database, chat_id: str
) -> None:
    await aino.post(f"/staff/chats/{chat_id}/take")
    for _ in range(2):
        page = await (
            await aino.post(
                f"/staff/chats/{chat_id}/say", data={"message": "Hei, olen Aino", "message_id": "m"}
            )
        ).text()
    assert page.count("Hei, olen Aino") == 1
    lines = sqlite_database.read_now(lambda s: reading.lines(s, chat_id))
    assert [(line.author, line.name, line.text) for line in lines][-1] == ("staff", "Aino", "Hei, olen Aino")
    empty = await aino.post(f"/staff/chats/{chat_id}/say", data={"message": " "})
    assert (empty.status, "Kirjoita ensin viesti." in await empty.text()) == (422, True)


@pytest.mark.parametrize("how", ["handed_back", "ended"])
async def test_it_is_given_back_or_ended(
    aino: Client, sqlite_database: Database, chat_id: str, how: str
) -> None:
    await aino.post(f"/staff/chats/{chat_id}/take")
    await aino.post(f"/staff/chats/{chat_id}/end", data={"how": how})
    chat = chat_of(sqlite_database, chat_id)
    assert (chat.state, chat.ending) == (State.BACK, Ending(how))
    again = await aino.post(f"/staff/chats/{chat_id}/end", data={"how": how})
    assert again.status == 409


async def test_it_becomes_a_call_with_what_was_told_filled_in(
    aino: Client, sqlite_database: Database, chat_id: str
) -> None:
    await aino.post(f"/staff/chats/{chat_id}/take")
    form = await (await aino.get(f"/staff/callbacks/new?chat={chat_id}")).text()
    for words in (
        "aamut on yhtä huutoa\nonko siellä ketään",
        'value="Järvenpää"',
        'value="upbringing" selected',
    ):
        assert words in form
    told = {"chat": chat_id, "phone": "050 123 4567", "municipality": "Järvenpää", "need": "upbringing"}
    await aino.post("/staff/callbacks", data={**told, "notes": "aamut", "message": "no"})
    chat = chat_of(sqlite_database, chat_id)
    assert (chat.state, chat.ending) == (State.BACK, Ending.CALLBACK)
    booked = sqlite_database.read_now(lambda s: queue.by_conversation(s, chat.conversation, EVERYWHERE))
    assert booked is not None
    assert (booked.id, booked.state, booked.request.notes) == (chat.callback_id, CallState.WAITING, "aamut")
    told_last = sqlite_database.read_now(lambda s: reading.lines(s, chat_id))[-1]
    assert told_last.values == {"person": "Aino", "day": "perjantaina 27.11.", "code": booked.code}


async def test_somebody_elses_chat_fills_no_form(aino: Client, veikko: Client, chat_id: str) -> None:
    await aino.post(f"/staff/chats/{chat_id}/take")
    assert "huutoa" not in await (await veikko.get(f"/staff/callbacks/new?chat={chat_id}")).text()


async def test_an_open_page_is_a_sign_and_only_its_holders(
    aino: Client, veikko: Client, chat_id: str
) -> None:
    await aino.post(f"/staff/chats/{chat_id}/take")
    assert (await aino.post(f"/staff/chats/{chat_id}/seen")).status == 204
    assert (await veikko.post(f"/staff/chats/{chat_id}/seen")).status == 409


async def test_a_chat_that_was_deleted_says_so(aino: Client) -> None:
    gone = await aino.get(f"/staff/chats/{'0' * 32}")
    assert (gone.status, "Tätä keskustelua ei löydy" in await gone.text()) == (404, True)
