"""The family's own request, by its code."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from bot.callbacks import booking, reading
from bot.callbacks.callback import Callback
from bot.callbacks.request import Booked, NewCallback, State
from bot.channels.my_view import view_of
from bot.clock import SettableClock
from bot.database import Database
from bot.meaning import Window
from bot.reach import EVERYWHERE
from tests.web.conftest import Client


@pytest.fixture
def booked(sqlite_database: Database, clock: SettableClock) -> Booked:
    """Booked on Tuesday 24 November for the next day, 13–16."""
    now = clock()
    window = Window(now + timedelta(hours=27), now + timedelta(hours=30))
    new = NewCallback(
        area="jarvenpaa",
        municipality="Järvenpää",
        phone="+358501234567",
        window=window,
        message_allowed=False,
    )
    promised = (now + timedelta(days=3)).date()
    return sqlite_database.write_now(
        lambda session: booking.book(session, new, now=now, promised_day=promised)
    )


def _state(database: Database, booked: Booked) -> State | None:
    found = database.read_now(lambda session: reading.find(session, booked.id, EVERYWHERE))
    return found.state if found else None


async def test_the_code_typed_in_any_way_leads_to_the_request(client: Client, booked: Booked) -> None:
    typed = booked.code.lower().replace("-", " ")
    response = await client.post("/my", data={"code": typed}, allow_redirects=False)
    assert (response.status, response.headers["Location"]) == (303, f"/my/{booked.code}")


@pytest.mark.parametrize(("code", "status"), [("abc", 400), ("7K3M-9QXT-R2VB", 404)])
async def test_a_wrong_code_is_asked_again_with_what_is_wrong(client: Client, code: str, status: int) -> None:
    response = await client.post("/my", data={"code": code})
    assert response.status == status
    page = await response.text()
    assert 'aria-invalid="true"' in page
    assert f'value="{code}"' in page


@pytest.mark.usefixtures("standing_time")
async def test_guessing_codes_ends_early_and_a_right_code_is_never_counted(
    client: Client, booked: Booked
) -> None:
    for _ in range(40):
        assert (await client.get(f"/my/{booked.code}")).status == 200
    guesses = [(await client.get("/my/7K3M-9QXT-R2VB")).status for _ in range(35)]
    assert guesses.count(404) == 30
    assert guesses[-1] == 429


async def test_the_page_shows_time_promise_and_a_masked_number(client: Client, booked: Booked) -> None:
    page = await (await client.get(f"/my/{booked.code}")).text()
    assert "Soitamme keskiviikkona 25.11. klo 13–16" in page
    assert "viimeistään perjantaina 27.11.<" in page
    assert "viestiä ei jätetä" in page
    assert "501234" not in page


async def test_a_call_is_moved_by_a_wish_in_words(
    client: Client, booked: Booked, sqlite_database: Database
) -> None:
    response = await client.post(f"/my/{booked.code}/move", data={"wish": "torstaina kello 13 jälkeen"})
    page = await response.text()
    assert "Aika on siirretty." in page
    assert "torstaina 26.11." in page
    assert _state(sqlite_database, booked) is State.WAITING


async def test_a_time_we_do_not_call_at_is_offered_and_not_taken(client: Client, booked: Booked) -> None:
    page = await (await client.post(f"/my/{booked.code}/move", data={"wish": "lauantaina kello 12"})).text()
    assert "Silloin emme pysty soittamaan." in page
    assert "Soitamme keskiviikkona 25.11. klo 13–16" in page
    assert 'name="wish_chosen" value="2026-11-30T12:00/13:00"' in page
    accepted = await client.post(f"/my/{booked.code}/move", data={"wish_chosen": "2026-11-30T12:00/13:00"})
    assert "Aika on siirretty." in await accepted.text()


async def test_a_wish_that_holds_no_time_is_asked_again(client: Client, booked: Booked) -> None:
    response = await client.post(f"/my/{booked.code}/move", data={"wish": "porkkana"})
    assert response.status == 400
    assert "En saanut selvää ajasta." in await response.text()


async def test_cancelling_asks_first_and_then_does_it(
    client: Client, booked: Booked, sqlite_database: Database
) -> None:
    asked = await (await client.get(f"/my/{booked.code}/cancel")).text()
    assert "Perutaanko soitto?" in asked
    assert _state(sqlite_database, booked) is State.WAITING
    page = await (await client.post(f"/my/{booked.code}/cancel")).text()
    assert "Soitto on peruttu" in page
    assert _state(sqlite_database, booked) is State.CANCELLED


async def test_deleting_asks_first_and_then_the_code_opens_nothing(
    client: Client, booked: Booked, sqlite_database: Database
) -> None:
    assert "Poistetaanko kaikki?" in await (await client.get(f"/my/{booked.code}/delete")).text()
    assert "Tietosi on poistettu" in await (await client.post(f"/my/{booked.code}/delete")).text()
    assert (await client.get(f"/my/{booked.code}")).status == 404
    found = sqlite_database.read_now(lambda session: reading.find(session, booked.id, EVERYWHERE))
    assert found
    assert found.request.phone is None


@pytest.mark.parametrize(
    ("email", "ways", "row"),
    [("a@example.org", {"email", "sms"}, ("summary_notices", "summary_notices_email")),
     (None, {"email", "sms"}, None), ("a@example.org", set(), None)],
)  # fmt: skip
def test_the_page_says_how_messages_come_where_they_do(
    sqlite_database: Database,
    clock: SettableClock,
    email: str | None,
    ways: set[str],
    row: tuple[str, str] | None,
) -> None:
    new = NewCallback(area="jarvenpaa", phone="+358501234567", message_allowed=False, email=email)

    def read_back(session: Session) -> Callback | None:
        entry = booking.book(session, new, now=clock(), promised_day=clock().date())
        return reading.find(session, entry.id, EVERYWHERE)

    found = sqlite_database.write_now(read_back)
    assert found
    shown = view_of(found, "", "fi", lambda name, **_: name, clock(), notices=ways)
    assert [one for one in shown.rows if one[0] == "summary_notices"] == ([row] if row else [])
