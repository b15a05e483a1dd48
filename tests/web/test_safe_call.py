"""Calling safely, as a family tells it on its own page and on the e-form."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.callbacks import booking, claiming, reading
from bot.callbacks.callback import Callback
from bot.callbacks.request import Actor, Booked, NewCallback
from bot.clock import SettableClock
from bot.database import Database
from bot.reach import EVERYWHERE
from bot.web import safe_answers
from tests.web.conftest import Client

Books = Callable[..., Booked]


@pytest.fixture
def books(sqlite_database: Database, clock: SettableClock) -> Books:
    """Books a call on Tuesday 24 November, promised by Friday."""

    def book(**more: Any) -> Booked:
        new = NewCallback(area="jarvenpaa", phone="+358501234567", **more)
        promised = (clock() + timedelta(days=3)).date()
        return sqlite_database.write_now(lambda s: booking.book(s, new, now=clock(), promised_day=promised))

    return book


def now_kept(database: Database, booked: Booked) -> Callback:
    found = database.read_now(lambda session: reading.find(session, booked.id, EVERYWHERE))
    assert found
    return found


async def test_a_family_changes_on_its_page_how_it_is_called(
    client: Client, sqlite_database: Database, books: Books
) -> None:
    booked = books(message_allowed=True)
    told = {"who_may_answer": "only_me", "code_word": " sininen  kissa ", "message": "no"}
    page = await (await client.post(f"/my/{booked.code}/safe", data=told)).text()
    assert "Muutos on tallessa. Ohjaaja näkee sen heti." in page
    assert "vain sinä" in page
    assert "sininen" not in page  # whoever looks over a shoulder does not learn it
    kept = now_kept(sqlite_database, booked)
    asked = kept.request
    assert (asked.who_may_answer, asked.show_number, asked.code_word, asked.message_allowed) == (
        "only_me", False, "sininen kissa", False,
    )  # fmt: skip
    changed = kept.history[-1]
    assert (changed.what, changed.actor) == ("corrected", "family")
    assert changed.detail == {"fields": ["code_word", "message_allowed", "show_number", "who_may_answer"]}


async def test_the_agreed_word_stays_until_it_is_changed_or_taken_away(
    client: Client, sqlite_database: Database, books: Books
) -> None:
    booked = books(who_may_answer="only_me", show_number=False, code_word="kesä")
    page = await (await client.get(f"/my/{booked.code}")).text()
    assert "Tunnussana on sovittu" in page
    assert "kesä" not in page
    same = {"who_may_answer": "only_me", "our_number": "shown", "code_word": ""}
    await client.post(f"/my/{booked.code}/safe", data=same)
    asked = now_kept(sqlite_database, booked).request
    assert (asked.code_word, asked.show_number) == ("kesä", True)
    await client.post(f"/my/{booked.code}/safe", data=same | {"no_code_word": "yes"})
    assert now_kept(sqlite_database, booked).request.code_word is None


async def test_an_advisor_who_has_the_call_gets_the_change_and_a_form_sent_as_it_is_changes_nothing(
    client: Client, sqlite_database: Database, books: Books, clock: SettableClock
) -> None:
    booked = books(message_allowed=True)
    anna = Actor("staff-anna", "Anna", EVERYWHERE)
    lease = timedelta(minutes=30)
    sqlite_database.write_now(lambda s: claiming.claim(s, booked.id, anna, now=clock(), lease=lease))
    before = now_kept(sqlite_database, booked).version
    await client.post(f"/my/{booked.code}/safe", data={"message": "yes", "code_word": ""})
    assert now_kept(sqlite_database, booked).version == before
    await client.post(f"/my/{booked.code}/safe", data={"who_may_answer": "only_me"})
    kept = now_kept(sqlite_database, booked)
    assert (kept.holder_name, kept.request.who_may_answer) == ("Anna", "only_me")


async def test_a_call_that_is_over_is_not_changed(
    client: Client, sqlite_database: Database, books: Books
) -> None:
    booked = books()
    await client.post(f"/my/{booked.code}/cancel")
    page = await (await client.post(f"/my/{booked.code}/safe", data={"who_may_answer": "anyone"})).text()
    assert "Muutos on tallessa" not in page
    assert now_kept(sqlite_database, booked).request.who_may_answer is None


async def test_a_wrong_code_changes_nothing(client: Client) -> None:
    answer = await client.post("/my/7K3M-9QXT-R2VB/safe", data={"who_may_answer": "anyone"})
    assert answer.status == 404


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, (None, None, None)),
        ({"who_may_answer": "only_me"}, ("only_me", False, None)),
        ({"who_may_answer": "only_me", "our_number": "shown"}, ("only_me", True, None)),
        ({"who_may_answer": "anyone", "code_word": "  "}, ("anyone", None, None)),
        ({"who_may_answer": "everybody", "our_number": "no"}, (None, None, None)),
        ({"code_word": "x" * 99}, (None, None, "x" * 40)),
    ],
)
def test_the_answers_of_a_form_are_read(fields: dict[str, str], told: tuple[object, ...]) -> None:
    assert tuple(safe_answers.read(fields).values()) == told


async def test_the_page_folds_the_answers_until_somebody_needs_them(client: Client, books: Books) -> None:
    plain, careful = books(), books(who_may_answer="only_me")
    folded = re.compile(r'<details class="card safe-call" id="safe">')
    assert folded.search(await (await client.get(f"/my/{plain.code}")).text())
    assert not folded.search(await (await client.get(f"/my/{careful.code}")).text())
