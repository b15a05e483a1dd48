"""What an advisor records of a call: a note under headings, a draft meanwhile, earlier calls, a day to be in touch."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

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

    async def posts(self, to: str, /, **fields: Any) -> Any:
        return await self.client.post(f"{self.path}/{to}", data=fields, allow_redirects=False)

    def found(self, callback_id: str = "") -> Callback:
        found = self.database.read_now(lambda s: queue.find(s, callback_id or self.id, EVERYWHERE))
        assert found is not None
        return found

    def actions(self) -> list[str]:
        return [line.action for line in self.database.read_now(audit.latest)]


@pytest.fixture
async def scene(client: Client, sqlite_database: Database, clock: SettableClock) -> Scene:
    await signed_in(client, a_person(sqlite_database, clock, "Aino Lehtola"))
    booked = a_request(sqlite_database, clock, told=("jarvenpaa-hyvinvoinninohjaajat",))
    await client.post(f"/staff/callbacks/{booked.id}/claim")
    return Scene(client, sqlite_database, clock, booked.id)


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """The statements sent to the database meanwhile, transactions' beginnings left out."""
    sent: list[str] = []

    def note(*args: Any) -> None:
        if not args[2].startswith("BEGIN"):
            sent.append(args[2])

    event.listen(database.engine, "before_cursor_execute", note)
    yield sent
    event.remove(database.engine, "before_cursor_execute", note)


async def test_the_page_of_one_s_own_call_takes_eight_statements_beside_the_sign_in(scene: Scene) -> None:
    await scene.posts("draft", note="kesken")
    await scene.page()
    with statements(scene.database) as sent:
        await scene.page()
    signing_in = [line for line in sent if "FROM staff JOIN sign_in" in line]
    assert (len(sent) - len(signing_in), len(signing_in)) == (8, 1), "\n".join(sent)


async def test_a_note_under_headings_is_one_note_and_is_shown_by_them(scene: Scene) -> None:
    await scene.posts(
        "record", what="outcome:enough", note="Väsynyt.", note_coping="nukkuu 3 h", note_agreed="levätään"
    )
    closing = scene.found().closing
    assert closing is not None
    assert closing.note == "Väsynyt.\nJaksaminen: nukkuu 3 h\nSovittu: levätään"
    page = await scene.page()
    assert "<dt>Jaksaminen</dt><dd>nukkuu 3 h</dd>" in page
    assert "<dd>Väsynyt.</dd>" in page


async def test_headings_are_folded_until_they_are_used(scene: Scene) -> None:
    assert (await scene.page()).count('<details class="note-part">') == 8
    page = await (await scene.posts("record", what="", note_finances="vuokra rästissä")).text()
    assert page.count('<details class="note-part">') == 7
    assert "vuokra rästissä" in page


async def test_a_draft_comes_back_with_everything_typed_and_goes_when_the_call_is_recorded(
    scene: Scene,
) -> None:
    typed = {
        "note": "puolikas",
        "note_child": "kouluun meno",
        "what": "outcome:guided",
        "follow_up_on": "2026-12-02",
    }
    kept = await scene.posts("draft", **typed, services="jarvenpaa-hyvinvoinninohjaajat")
    assert (kept.status, await kept.text()) == (200, "Luonnos tallessa klo 10")
    page = await scene.page()
    for words in (
        "puolikas",
        "kouluun meno",
        "Kesken jäänyt muistiinpanosi klo 10 on tässä.",
        'value="2026-12-02"',
    ):
        assert words in page
    assert 'value="outcome:guided" data-digit="2" checked' in page
    await scene.posts("record", what="result:reached", note="puolikas")
    assert "Kesken jäänyt" not in await scene.page()


async def test_a_draft_is_taken_only_from_the_holder_and_never_shown_to_a_colleague(
    scene: Scene, open_client: Open
) -> None:
    a_person(scene.database, scene.clock, "Veikko Sarala")
    veikko = await open_client()
    await signed_in(veikko, "veikko@example.org")
    await scene.posts("draft", note="vain minulle")
    assert (await veikko.post(f"{scene.path}/draft", data={"note": "toinen"})).status == 409
    assert "vain minulle" not in await (await veikko.get(scene.path)).text()
    await scene.posts("release")
    assert (await scene.posts("draft", note="myöhässä")).status == 409
    await veikko.post(f"{scene.path}/claim")
    assert "vain minulle" not in await (await veikko.get(scene.path)).text()
    await veikko.post(f"{scene.path}/release")
    await scene.posts("claim")
    assert "vain minulle" in await scene.page()


async def test_a_draft_of_what_is_out_of_reach_is_refused(scene: Scene) -> None:
    answer = await scene.client.post(f"/staff/callbacks/{'0' * 32}/draft", data={"note": "x"})
    assert answer.status == 404


async def test_earlier_calls_need_the_family_s_permission_which_is_written_down(scene: Scene) -> None:
    await scene.posts("record", what="outcome:enough", note="ensimmäisen soiton muistiinpano")
    first = scene.id
    phone = scene.found().request.phone
    again = a_request(scene.database, scene.clock, phone=phone, need="school", needs=("school",))
    now = Scene(scene.client, scene.database, scene.clock, again.id)
    await now.posts("claim")
    page = await now.page()
    assert "Perhe antoi luvan katsoa aiempia soittoja" in page
    assert "ensimmäisen soiton muistiinpano" not in page
    page = await (await now.posts("earlier", note="kesken")).text()
    for words in (
        "ensimmäisen soiton muistiinpano",
        "Kasvatus ja rajat. Päätti soiton: Riitti näin",
        "kesken",
    ):
        assert words in page
    assert now.found().history[-1].what == "earlier_permitted"
    assert now.actions()[:2] == ["read", "earlier_permitted"]
    assert first in now.database.read_now(audit.latest)[0].ids


async def test_earlier_calls_are_not_shown_to_who_does_not_hold_the_call(
    scene: Scene, open_client: Open
) -> None:
    a_person(scene.database, scene.clock, "Veikko Sarala")
    veikko = await open_client()
    await signed_in(veikko, "veikko@example.org")
    answer = await veikko.post(f"{scene.path}/earlier")
    assert answer.status == 409
    assert "Ota soitto ensin itsellesi." in await answer.text()
    assert all(entry.what != "earlier_permitted" for entry in scene.found().history)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"what": "outcome:follow_up"}, "Valitse vielä päivä, jona otat yhteyttä."),
        ({"what": "outcome:enough", "follow_up_on": "2026-11-24"}, "Seurantapäivä on huomenna tai myöhemmin"),
        ({"what": "outcome:enough", "follow_up_on": "huomenna"}, "Seurantapäivä on huomenna tai myöhemmin"),
        ({"what": "outcome:enough", "follow_up_on": "2026-11-29"}, "Seurantapäiväksi käy arkipäivä."),
    ],
)
async def test_a_day_that_cannot_be_kept_is_said_and_what_was_typed_stays(
    scene: Scene, fields: dict[str, str], said: str
) -> None:
    answer = await scene.posts("record", note_agreed="soitan", **fields)
    page = await answer.text()
    assert answer.status == 422
    assert said in page
    assert "soitan" in page
    assert scene.found().state == "claimed"


async def test_a_follow_up_is_begun_from_the_page_of_the_call(scene: Scene) -> None:
    await scene.posts("record", what="outcome:follow_up", follow_up_on="2026-12-02")
    assert "Aino Lehtola lupasi ottaa yhteyttä ke\N{NO-BREAK SPACE}2.12." in await scene.page()
    answer = await scene.posts("follow-up/start")
    new = answer.headers["Location"].rpartition("/")[2]
    assert scene.found(new).holder_name == "Aino Lehtola"
    assert "Sovittuna seurantana" in await (await scene.client.get(f"/staff/callbacks/{new}")).text()
    again = await scene.posts("follow-up/start")
    assert (again.status, "Seuranta on jo hoidettu." in await again.text()) == (409, True)
    assert scene.actions()[:3] == ["read", "read", "follow_up_begun"]


async def test_a_follow_up_is_marked_as_done(scene: Scene) -> None:
    await scene.posts("record", what="outcome:guided", services="perhetyo", follow_up_on="2026-12-02")
    assert (await scene.posts("follow-up/end")).headers["Location"] == "/staff/day"
    assert "lupasi ottaa yhteyttä" not in await scene.page()


@pytest.mark.parametrize("outcome", ["assessment", "assessment_not_needed", "network_meeting"])
async def test_what_came_of_it_is_kept_as_its_code(scene: Scene, outcome: str) -> None:
    assert (await scene.posts("record", what=f"outcome:{outcome}")).status == 303
    closing = scene.found().closing
    assert closing is not None
    assert closing.detail["outcome"] == outcome


async def test_a_lost_claim_keeps_every_heading(scene: Scene) -> None:
    holder = scene.found().holder or ""
    scene.database.write_now(
        lambda s: queue.release(s, scene.id, Actor(holder, "Aino Lehtola", EVERYWHERE), now=scene.clock())
    )
    answer = await scene.posts("record", what="outcome:enough", note_network="mummo lähellä")
    page = await answer.text()
    assert answer.status == 409
    assert "mummo lähellä" in page
