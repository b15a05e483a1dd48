"""The e-form: one page, one answer, the same queue."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy.orm import Session

from bot.callbacks import notice_outbox, reading
from bot.callbacks.callback import Callback
from bot.clock import SettableClock
from bot.database import Database
from bot.guidance import reading as services_reading
from bot.guidance.store import seed
from bot.reach import EVERYWHERE
from bot.web import appkeys
from tests.hearing import turns_on
from tests.web.family_app import ROOT, family_app

Client = TestClient[web.Request, web.Application]
SENDER = "0123456789abcdef" * 2
FILLED = {
    "sender": SENDER, "words": "Poika ei mene kouluun", "need": "school", "municipality": "mikkeli", "ages": "9",
    "sender_role": "parent", "call": "yes", "phone": "050 123 4567", "message": "no", "time": "other",
    "time_words": "torstaina kahden jälkeen", "name": "Sanna", "mode": "call",
}  # fmt: skip


@pytest.fixture
async def form(sqlite_database: Database, clock: SettableClock) -> AsyncIterator[Client]:
    """The family's pages, with an ear that understands only buttons."""
    services = list(services_reading.read_services(ROOT / "services_catalog"))
    sqlite_database.write_now(lambda session: seed(session, services, now=clock()))
    app = family_app(sqlite_database, clock)
    app[appkeys.TAKE_TURN] = turns_on(sqlite_database, clock).take
    async with TestClient(TestServer(app)) as client:
        yield client


def waiting(database: Database) -> list[Callback]:
    """The queue, opened as whoever rings sees it."""

    def work(session: Session) -> list[Callback]:
        listed = reading.list_waiting(session, EVERYWHERE)[0]
        return [found for one in listed if (found := reading.find(session, one.id, EVERYWHERE))]

    return database.read_now(work)


async def send(form: Client, **changed: Any) -> tuple[int, str]:
    fields = {name: value for name, value in (FILLED | changed).items() if value is not None}
    answer = await form.post("/form", data=fields)
    return answer.status, await answer.text()


async def test_a_filled_form_gives_advice_and_a_call(form: Client, sqlite_database: Database) -> None:
    status, page = await send(form)
    assert status == 200
    assert re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", page)
    (callback,) = waiting(sqlite_database)
    asked = callback.request
    assert (asked.phone, asked.municipality, asked.need, asked.name) == (
        "+358501234567",
        "Mikkeli",
        "school",
        "Sanna",
    )
    assert (asked.message_allowed, asked.child_ages, asked.channel) == (False, (9.0,), "form")
    assert asked.window is not None
    assert asked.notes == "Poika ei mene kouluun"


async def test_a_free_time_chosen_on_the_form_is_kept_exactly(
    form: Client, sqlite_database: Database
) -> None:
    assert 'value="2026-11-25T09:00/10:00"' in await (await form.get("/form")).text()
    status, _ = await send(form, time="2026-11-25T09:00/10:00", time_words="")
    assert status == 200
    (callback,) = waiting(sqlite_database)
    window = callback.request.window
    assert window is not None
    assert (f"{window.start:%d.%m. %H}", f"{window.end:%H}") == ("25.11. 09", "10")
    assert callback.place is not None


async def test_a_form_sent_twice_is_one_call(form: Client, sqlite_database: Database) -> None:
    _, first = await send(form)
    _, second = await send(form)
    assert len(waiting(sqlite_database)) == 1
    assert re.findall(r"<bdi>([0-9A-Z-]{14})</bdi>", first) == re.findall(
        r"<bdi>([0-9A-Z-]{14})</bdi>", second
    )


async def test_advice_alone_asks_and_keeps_nothing_of_who_writes(
    form: Client, sqlite_database: Database
) -> None:
    status, page = await send(form, call="no", phone=None, message=None, name=None)
    assert (status, waiting(sqlite_database)) == (200, [])
    assert 'class="card service"' in page


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"words": " "}, "Kirjoita ainakin muutama sana"),
        ({"municipality": "Atlantis"}, "Emme löytäneet tämän nimistä kuntaa"),
        ({"ages": "monta"}, "Emme ymmärtäneet ikää"),
        ({"phone": "050 12"}, "kokonaisen puhelinnumeron"),
        ({"message": None}, "Valitse, saammeko jättää viestin"),
        ({"time_words": "kun kuu on täysi"}, "Emme ymmärtäneet aikaa"),
        ({"call": None}, "Valitse, haluatko soiton"),
    ],
)
async def test_what_is_missing_is_said_beside_its_field_and_the_rest_is_kept(
    form: Client, sqlite_database: Database, changed: dict[str, str | None], said: str
) -> None:
    status, page = await send(form, **changed)
    assert (status, waiting(sqlite_database)) == (422, [])
    assert said in page
    assert 'value="Sanna"' in page


async def test_a_cry_for_help_gets_help_first(form: Client) -> None:
    _, page = await send(form, words="mies hakkaa mua nyt, lapset näkee", call="no")
    assert page.index("112") < page.index('class="crisis"') + 3000
    assert 'class="crisis"' in page


async def test_words_are_never_markup(form: Client) -> None:
    _, page = await send(form, words="<script>alert(1)</script>", phone="x")
    assert "<script>alert" not in page


async def test_the_form_speaks_the_reader_s_language(form: Client) -> None:
    page = await (await form.get("/form?lang=sv")).text()
    assert "Vad gäller det?" in page


ADDRESS = {"message": "email", "email": "somebody@example.org"}


@pytest.fixture
async def mailing_form(sqlite_database: Database, clock: SettableClock) -> AsyncIterator[Client]:
    """The same where notices go by e-mail and SMS."""
    ways = frozenset({"email", "sms"})
    app = family_app(sqlite_database, clock)
    app[appkeys.NOTICE_WAYS] = ways
    app[appkeys.TAKE_TURN] = replace(turns_on(sqlite_database, clock), notices=ways).take
    async with TestClient(TestServer(app)) as client:
        yield client


async def test_messages_may_be_wished_by_e_mail_alone(
    mailing_form: Client, sqlite_database: Database
) -> None:
    page = await (await mailing_form.get("/form")).text()
    assert "Viesti vain sähköpostiin" in page
    assert "kerromme tekstiviestillä myös" in page
    status, page = await send(mailing_form, **ADDRESS)
    assert status == 200
    assert "sähköpostiin, asiaasi mainitsematta" in page
    (callback,) = waiting(sqlite_database)
    assert (callback.request.message_allowed, callback.request.email) == (False, "somebody@example.org")
    told = sqlite_database.read_now(lambda s: notice_outbox.of_callback(s, callback.id, EVERYWHERE))
    assert [one.kind for one in told] == ["received"]


@pytest.mark.parametrize(
    "address", ["", "somebody", "a@b", "a b@example.org", "a@example.org\r\nBcc: b@example.org"]
)
async def test_an_address_that_is_none_is_asked_again(
    mailing_form: Client, sqlite_database: Database, address: str
) -> None:
    status, page = await send(mailing_form, message="email", email=address)
    assert status == 422
    assert "Tarkista sähköpostiosoite." in page
    assert waiting(sqlite_database) == []


async def test_where_no_mail_can_be_sent_it_is_not_offered(form: Client, sqlite_database: Database) -> None:
    page = await (await form.get("/form")).text()
    assert "sähköposti" not in page.lower()
    assert "tekstiviestillä myös" not in page
    status, _ = await send(form, **ADDRESS)
    assert status == 422
    assert waiting(sqlite_database) == []


async def test_who_allows_a_message_reads_how_it_comes_before_anything_is_sent(
    mailing_form: Client, sqlite_database: Database
) -> None:
    _, page = await send(mailing_form, message="yes", email="somebody@example.org")
    assert "tekstiviestillä, asiaasi mainitsematta" in page
    (callback,) = waiting(sqlite_database)
    assert callback.request.email is None


async def test_safe_calling_told_on_the_form_stands_in_the_request(
    form: Client, sqlite_database: Database
) -> None:
    told = {"safe": "yes", "who_may_answer": "only_me", "code_word": "sininen", "need": "violence"}
    status, page = await send(form, **told)
    assert status == 200
    assert "vain sinä" in page
    (callback,) = waiting(sqlite_database)
    asked = callback.request
    assert (asked.who_may_answer, asked.show_number, asked.code_word) == ("only_me", False, "sininen")


@pytest.mark.parametrize("changed", [{}, {"need": "violence"}, {"sender_role": "child"}])
async def test_what_the_form_leaves_open_of_it_holds_up_no_call(
    form: Client, sqlite_database: Database, changed: dict[str, str]
) -> None:
    await send(form, **changed)
    (callback,) = waiting(sqlite_database)
    asked = callback.request
    assert (asked.who_may_answer, asked.show_number, asked.code_word) == (None, None, None)
