"""In a talk nobody is asked for an e-mail address; who offers one where messages are asked about gets them there."""

from dataclasses import replace

import pytest

from bot import safety
from bot.callbacks import reading
from bot.callbacks.callback import Callback
from bot.clock import SettableClock
from bot.conversation.state import State
from bot.database import Database
from bot.guidance import reading as services_reading
from bot.guidance.store import seed
from bot.hearing import Hearing, with_email
from bot.identifiers import masked
from bot.meaning import Entity, Understanding
from bot.messages import Answer, IncomingMessage
from bot.reach import EVERYWHERE
from bot.turn import Turns
from tests.hearing import ROOT, turns_on

ASKED = ("/request_callback", '/SetSlots(phone="050 123 4567")', '/SetSlots(time="anytime")',
         '/SetSlots(municipality="Järvenpää")', "/upbringing")  # fmt: skip
OFFERED = "mieluummin sähköpostiin maija@example.org"


@pytest.fixture
def turns(sqlite_database: Database, clock: SettableClock) -> Turns:
    services = list(services_reading.read_services(ROOT / "services_catalog"))
    sqlite_database.write_now(lambda session: seed(session, services, now=clock()))
    return replace(turns_on(sqlite_database, clock), notices=frozenset({"email"}))


async def says(turns: Turns, *words: str) -> Answer:
    for text in words:
        number = f"{text}-{next(_NUMBERS)}"
        answer = await turns.take(
            IncomingMessage(
                channel="web",
                sender="s",
                text=text,
                message_id=number,
                received_at=turns.clock(),
                language="fi",
            )
        )
    return answer


_NUMBERS = iter(range(10_000))


def shown(answer: Answer) -> str:
    return "\n".join(reply.text for reply in answer.replies)


def booked(database: Database) -> Callback:
    (found,) = database.read_now(lambda s: reading.list_waiting(s, EVERYWHERE))[0]
    return found


async def test_an_address_that_is_offered_is_where_messages_go(
    turns: Turns, sqlite_database: Database
) -> None:
    assert (await says(turns, *ASKED)).asks == "message_allowed"
    summary = await says(turns, OFFERED)
    assert summary.asks == "confirm"
    assert "Viestit: sähköpostiin, asiaasi mainitsematta" in shown(summary)
    assert "Poistin viestistäsi" not in shown(summary)
    await says(turns, "/SetSlots(confirm=true)")
    asked = booked(sqlite_database).request
    assert (asked.email, asked.message_allowed) == ("maija@example.org", False)
    assert "maija" not in asked.notes


async def test_the_last_answer_counts(turns: Turns, sqlite_database: Database) -> None:
    await says(
        turns, *ASKED, OFFERED, "/SetSlots(change=message_allowed)", "/SetSlots(message_allowed=false)",
        "/SetSlots(who_may_answer=anyone)",
    )  # fmt: skip
    await says(turns, "/SetSlots(confirm=true)")
    assert booked(sqlite_database).request.email is None


async def test_who_wants_nothing_after_all_gets_no_letter(turns: Turns, sqlite_database: Database) -> None:
    await says(turns, *ASKED, OFFERED, "/SetSlots(confirm=true)")
    await says(turns, "/SetSlots(message_allowed=false)")
    asked = booked(sqlite_database).request
    assert (asked.email, asked.message_allowed) == (None, False)


def test_an_address_beside_a_no_is_not_kept() -> None:
    heard = Understanding(
        text="", language="fi", entities=(Entity(entity="message_allowed", value=False, start=0, end=0),)
    )
    without = masked("ei mitään viestejä osoitteeseen maija@example.org")
    asked = State(asked="message_allowed")
    found = with_email(Hearing(heard, safety.assess("x"), without, asked))
    assert (found.state.slots.get("notify_email"), found.without.found) == (None, ("email",))


async def test_anywhere_else_an_address_is_taken_out_as_ever(turns: Turns, sqlite_database: Database) -> None:
    answer = await says(turns, "/greet", "olen maija@example.org")
    assert "Poistin viestistäsi sähköpostiosoitteen" in shown(answer)
    await says(turns, *ASKED, "/SetSlots(message_allowed=true)", "/SetSlots(confirm=true)")
    assert booked(sqlite_database).request.email is None


async def test_where_no_mail_can_be_sent_an_offered_address_is_not_kept(
    turns: Turns, sqlite_database: Database
) -> None:
    without = replace(turns, notices=frozenset())
    assert (await says(without, *ASKED, OFFERED)).asks == "message_allowed"
    await says(without, "/SetSlots(message_allowed=true)", "/SetSlots(confirm=true)")
    assert booked(sqlite_database).request.email is None
