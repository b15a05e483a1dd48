"""What must not be missed before ringing: first in the band, on the button, and what to say to anybody else."""

from typing import Any

import pytest

from bot.clock import SettableClock
from bot.console.safe_calling import beside_number, if_another_answers
from bot.console.words import words
from bot.database import Database
from tests.callbacks.scenes import a_request
from tests.staff.building import Client, a_person, signed_in
from tests.staff.building import a_request as asked_for

w = words()
ONLY_ME = {
    "who_may_answer": "only_me",
    "show_number": False,
    "message_allowed": False,
    "code_word": "Kissankello",
}


@pytest.fixture
async def advisor(client: Client, sqlite_database: Database, clock: SettableClock) -> Client:
    await signed_in(client, a_person(sqlite_database, clock, "Aino Lehtola"))
    return client


async def page_of(advisor: Client, database: Database, clock: SettableClock, **facts: Any) -> str:
    booked = asked_for(database, clock, **facts)
    await advisor.post(f"/staff/callbacks/{booked.id}/claim")
    return await (await advisor.get(f"/staff/callbacks/{booked.id}")).text()


async def test_every_do_not_stands_above_the_number_and_on_its_button(
    advisor: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    page = await page_of(advisor, sqlite_database, clock, **ONLY_ME)
    band, _, rest = page.partition('data-part="number"')
    for said in (
        "Vain hän itse saa vastata",
        "Soita salaisesta numerosta",
        "Älä jätä viestiä",
        "Tunnussana: Kissankello",
    ):
        assert said in band
    button = rest.partition("</button>")[0]
    assert "Näytä numero" in button
    assert "vain hän itse saa vastata, soita salaisesta numerosta, älä jätä viestiä" in button
    assert "Anteeksi, soitin väärään numeroon." in rest


async def test_strict_things_come_before_the_others(
    advisor: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    page = await page_of(
        advisor,
        sqlite_database,
        clock,
        who_may_answer="anyone",
        message_allowed=False,
        interpreter="ar",
        language="ar",
    )
    order = [page.index(text) for text in ("Älä jätä viestiä", "Tulkki: arabia", "Joku muukin saa vastata")]
    assert order == sorted(order)


async def test_nobody_is_rung_who_can_only_be_written_to(
    advisor: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    page = await page_of(advisor, sqlite_database, clock, contact_mode="text", message_allowed=True)
    assert "Älä soita." in page
    assert "vain viestejä, älä soita" in page
    assert "Jos joku muu vastaa" not in page


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"who_may_answer": "only_me"}, "call.say_wrong_number"),
        ({}, "call.say_is_there"),
        ({"name": None}, "call.say_wrong_number"),
        ({"sender_role": "child"}, "call.say_wrong_number"),
        ({"show_number": False}, "call.say_wrong_number"),
        ({"category": "violence_partner"}, "call.say_wrong_number"),
        ({"who_may_answer": "anyone"}, "call.say_anyone"),
        ({"who_may_answer": "anyone", "name": None}, "call.say_who"),
    ],
)
def test_what_to_say_to_somebody_else_is_as_safe_as_what_is_known(facts: dict[str, Any], said: str) -> None:
    script = if_another_answers(a_request(**facts), "Aino", w)
    assert script is not None
    assert script.say == w(said, advisor="Aino", name="Maija")
    assert script.not_to_say


def test_in_violence_the_number_is_hidden_unless_the_family_said_otherwise() -> None:
    hidden = w("call.number_hidden")
    assert hidden in beside_number(a_request(category="violence_partner"), w)
    assert hidden not in beside_number(a_request(category="violence_partner", show_number=True), w)
    assert hidden not in beside_number(a_request(), w)
