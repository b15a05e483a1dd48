"""One call: what is shown before ringing, and what can be recorded after it."""

from typing import Any

import pytest

from bot import audit
from bot.callbacks import queue
from bot.callbacks.callback import Callback
from bot.callbacks.request import Actor
from bot.clock import SettableClock
from bot.database import Database
from bot.reach import EVERYWHERE
from tests.staff.building import Client, Open, a_person, a_request, signed_in


class Scene:
    """Aino has claimed a call."""

    def __init__(self, client: Client, database: Database, clock: SettableClock, callback_id: str) -> None:
        self.client, self.database, self.clock, self.id = client, database, clock, callback_id
        self.path = f"/staff/callbacks/{callback_id}"

    async def page(self) -> str:
        return await (await self.client.get(self.path)).text()

    async def record(self, what: str, **fields: Any) -> Any:
        return await self.client.post(
            f"{self.path}/record", data={"what": what, **fields}, allow_redirects=False
        )

    def found(self) -> Callback:
        found = self.database.read_now(lambda session: queue.find(session, self.id, EVERYWHERE))
        assert found is not None
        return found


@pytest.fixture
async def scene(client: Client, sqlite_database: Database, clock: SettableClock) -> Scene:
    await signed_in(client, a_person(sqlite_database, clock, "Aino Lehtola"))
    booked = a_request(
        sqlite_database,
        clock,
        message_allowed=False,
        wish_words="iltapäivällä kun vauva nukkuu",
        notes="oon ihan loppu\nkukaan ei auta",
        told=("ei-enaa-olemassa",),
    )
    await client.post(f"/staff/callbacks/{booked.id}/claim")
    return Scene(client, sqlite_database, clock, booked.id)


async def test_the_number_is_hidden_until_asked_for_and_the_asking_is_audited(scene: Scene) -> None:
    assert "1234567" not in (await scene.page()).replace(" ", "")
    shown = await (await scene.client.post(f"{scene.path}/number", data={"note": "kesken"})).text()
    assert "tel:+358501234567" in shown
    assert "kesken" in shown, "what was typed stays"
    lines = scene.database.read_now(audit.latest)
    assert [line.action for line in lines][:2] == ["number_shown", "read"]


async def test_the_page_says_how_to_call_safely_and_what_the_family_wrote(scene: Scene) -> None:
    page = await scene.page()
    for words in (
        "Ennen kuin soitat", "Älä jätä viestiä", "iltapäivällä kun vauva nukkuu", "oon ihan loppu", "kukaan ei auta",
        "ei-enaa-olemassa", "Otti soiton", "Soittoa pyydettiin",
    ):  # fmt: skip
        assert words in page
    assert page.index("Ennen kuin soitat") < page.index("Näytä numero")


async def test_no_answer_puts_it_back_with_a_later_try(scene: Scene) -> None:
    answer = await scene.record("result:no_answer", note="ei vastannut aamulla")
    assert (answer.status, answer.headers["Location"]) == (303, "/staff/")
    found = scene.found()
    assert (found.state, found.tries) == ("waiting", 1)
    assert found.next_try_at is not None
    assert found.attempts[-1].note == "ei vastannut aamulla"
    page = await (await scene.client.get("/staff/")).text()
    assert "uudelleen" in page
    assert "2. yritys" in page


async def test_a_talk_is_closed_with_its_services_and_note_and_counts_as_reached(scene: Scene) -> None:
    answer = await scene.record("outcome:guided", note="sovittiin", services="perhetyo")
    assert answer.status == 303
    found = scene.found()
    assert found.state == "done"
    assert [entry.detail["result"] for entry in found.attempts] == ["reached"]
    assert found.closing is not None
    assert found.closing.detail == {"outcome": "guided", "services": ["perhetyo"]}
    assert found.closing.note == "sovittiin"
    assert "Soitto on päätetty." in await scene.page()


async def test_somebody_elses_number_is_recorded_as_a_wrong_number(scene: Scene) -> None:
    assert (await scene.record("outcome:wrong_number")).status == 303
    found = scene.found()
    assert found.closing is not None
    assert found.closing.detail["outcome"] == "wrong_number"
    assert found.attempts[-1].detail["result"] == "wrong_number"


async def test_a_talk_that_goes_on_later_stays_with_its_holder(scene: Scene) -> None:
    answer = await scene.record("result:reached", note="jatketaan huomenna")
    assert answer.headers["Location"] == scene.path
    assert scene.found().state == "claimed"


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("", "Valitse, mitä soitosta seurasi."),
        ("outcome:keksitty", "Valitse, mitä soitosta seurasi."),
        ("outcome:guided", "Valitse vielä palvelu, johon ohjasit."),
    ],
)
async def test_what_is_missing_is_said_and_the_note_stays(scene: Scene, what: str, said: str) -> None:
    answer = await scene.record(what, note="pitkä muistiinpano")
    page = await answer.text()
    assert answer.status == 422
    assert said in page
    assert "pitkä muistiinpano" in page
    assert scene.found().state == "claimed"


async def test_when_the_claim_was_lost_meanwhile_the_note_stays_and_the_new_holder_is_named(
    scene: Scene, open_client: Open
) -> None:
    a_person(scene.database, scene.clock, "Veikko Sarala")
    aino = scene.found().holder or ""
    scene.database.write_now(
        lambda session: queue.release(
            session, scene.id, Actor(aino, "Aino Lehtola", EVERYWHERE), now=scene.clock()
        )
    )
    answer = await scene.record("outcome:enough", note="melkein valmis")
    assert answer.status == 409
    assert "melkein valmis" in await answer.text()
    veikko = await open_client()
    await signed_in(veikko, "veikko@example.org")
    await veikko.post(f"{scene.path}/claim")
    answer = await scene.record("outcome:enough", note="melkein valmis")
    page = await answer.text()
    assert answer.status == 409
    assert "Veikko Sarala otti soiton sillä välin." in page
    assert "melkein valmis" in page
    assert scene.found().state == "claimed"


async def test_it_is_offered_to_a_colleague_who_takes_it_or_not(scene: Scene, open_client: Open) -> None:
    a_person(scene.database, scene.clock, "Veikko Sarala")
    veikko = await open_client()
    await signed_in(veikko, "veikko@example.org")
    page = await scene.page()
    to = page.partition('<option value="')[2].partition('"')[0]
    offered = {"to": to, "offer_note": "Tunnet tämän perheen"}
    page = await (await scene.client.post(f"{scene.path}/transfer", data=offered)).text()
    assert "Tarjottu: Veikko Sarala" in page
    assert scene.found().holder_name == "Aino Lehtola"
    page = await (await veikko.get(scene.path)).text()
    assert "Aino Lehtola tarjoaa tätä soittoa sinulle." in page
    assert "Tunnet tämän perheen" in page
    await veikko.post(f"{scene.path}/transfer/decline")
    assert (await veikko.post(f"{scene.path}/transfer/accept")).status == 409
    await scene.client.post(f"{scene.path}/transfer", data=offered)
    page = await (await veikko.post(f"{scene.path}/transfer/accept")).text()
    assert "Vapauta" in page
    assert scene.found().holder_name == "Veikko Sarala"
    page = await scene.page()
    assert "Veikko Sarala hoitaa tätä soittoa." in page
    assert "Näytä numero" not in page
    await veikko.post(f"{scene.path}/release")
    assert scene.found().state == "waiting"


async def test_a_number_is_not_shown_to_who_does_not_have_the_call(scene: Scene, open_client: Open) -> None:
    a_person(scene.database, scene.clock, "Veikko Sarala")
    veikko = await open_client()
    await signed_in(veikko, "veikko@example.org")
    assert "tel:" not in await (await veikko.post(f"{scene.path}/number")).text()


async def test_an_open_page_keeps_the_claim(scene: Scene) -> None:
    before = scene.found().lease_until
    scene.clock.set(scene.clock().replace(minute=20))
    assert (await scene.client.post(f"{scene.path}/renew")).status == 204
    after = scene.found().lease_until
    assert before is not None
    assert after is not None
    assert (after - before).total_seconds() == 20 * 60


async def test_a_deleted_request_says_so(scene: Scene) -> None:
    answer = await scene.client.get(f"/staff/callbacks/{'0' * 32}")
    assert answer.status == 404
    assert "Tätä soittopyyntöä ei löydy" in await answer.text()


async def test_a_call_that_came_by_telephone_is_entered(scene: Scene) -> None:
    data = {
        "phone": "040 123 4567", "municipality": "mikkeli", "ages": "0,5, 6", "need": "infant_care",
        "notes": "soitti vaihteeseen", "language": "ru", "interpreter": "yes", "message": "no",
        "when": "to klo 13-15", "channel": "phone", "role": "parent", "who_may_answer": "only_me", "code_word": "kuusi",
    }  # fmt: skip
    answer = await scene.client.post("/staff/callbacks", data=data, allow_redirects=False)
    new = answer.headers["Location"].partition("?entered=")[2].partition("&")[0]
    found = scene.database.read_now(lambda session: queue.find(session, new, EVERYWHERE))
    assert found is not None
    asked = found.request
    assert (asked.phone, asked.municipality, asked.area) == ("+358401234567", "Mikkeli", "etela-savo")
    assert (asked.child_ages, asked.interpreter, asked.message_allowed) == ((0.5, 6.0), "ru", False)
    assert (asked.who_may_answer, asked.show_number, asked.code_word) == ("only_me", False, "kuusi")
    assert asked.window is not None
    assert asked.window.start.isoformat() == "2026-11-26T13:00:00+02:00"
    assert (found.history[0].actor_name, asked.channel) == ("Aino Lehtola", "phone")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"phone": "050 12"}, "Numerosta puuttuu loppu"),
        ({"municipality": "Kuvitteela"}, "Tällaista kuntaa ei löydy"),
        ({"ages": "neljä"}, "Kirjoita iät numeroina"),
        ({"when": "kun lapsi on koulussa"}, "Tästä ei löytynyt aikaa."),
    ],
)
async def test_a_field_that_cannot_be_used_is_said_kindly_and_the_rest_stays(
    scene: Scene, changed: dict[str, str], said: str
) -> None:
    data = {"phone": "040 123 4567", "notes": "perheen sanat", **changed}
    answer = await scene.client.post("/staff/callbacks", data=data)
    page = await answer.text()
    assert answer.status == 422
    assert said in page
    assert "perheen sanat" in page


async def test_what_was_entered_is_shown_with_the_promise_and_the_family_s_code(scene: Scene) -> None:
    data = {"phone": "040 123 4567", "municipality": "Järvenpää", "channel": "paper", "when": ""}
    answer = await scene.client.post("/staff/callbacks", data=data)
    page = await answer.text()
    found = scene.database.read_now(lambda session: queue.by_phone(session, "+358401234567", EVERYWHERE))[0]
    assert found.request.channel == "paper"
    assert "soitamme viimeistään perjantaina 27.11." in page
    assert found.code is not None
    assert found.code in page
    assert 'value="paper" checked' in page  # the next one of the heap
    assert "code" not in str(answer.url)


async def test_danger_in_the_family_s_words_raises_what_was_entered(scene: Scene) -> None:
    data = {"phone": "040 123 4567", "notes": "en halua enää elää"}
    await scene.client.post("/staff/callbacks", data=data)
    found = scene.database.read_now(lambda session: queue.by_phone(session, "+358401234567", EVERYWHERE))[0]
    assert (found.request.urgency, found.request.category) == ("immediate", "suicide_self")


async def test_a_receipt_of_nothing_is_just_the_form(scene: Scene) -> None:
    answer = await scene.client.get(f"/staff/callbacks/new?entered={'0' * 32}&channel=nowhere")
    assert (answer.status, "Kirjattu jonoon" in await answer.text()) == (200, False)
