"""Oma tunnus: making, renewing and taking away one's second factor, and what stays closed until there is one."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from bot import audit
from bot.clock import SettableClock
from bot.database import Database
from bot.staff import accounts, second_factor
from bot.web.appkeys import SECOND_FACTOR_REQUIRED
from bot.web.signed_in import REQUIRED
from tests.console.test_permissions import address
from tests.staff.authenticator import Authenticator
from tests.staff.building import PASSWORD, Client, Open, a_client, a_person, a_token, an_app, signed_in

PAGE = "/staff/me"
EMAIL = "aino@example.org"


@pytest.fixture
async def aino(client: Client, sqlite_database: Database, clock: SettableClock) -> Client:
    await signed_in(client, a_person(sqlite_database, clock, "Aino Lehtola"))
    return client


@pytest.fixture
async def strict(sqlite_database: Database, clock: SettableClock) -> AsyncIterator[Client]:
    """A browser at a server that wants a second factor of everybody."""
    app = an_app(sqlite_database, clock)
    app[SECOND_FACTOR_REQUIRED] = True
    browser = await a_client(app)
    yield browser
    await browser.close()


def field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None, page
    return found[1]


async def enrolled(client: Client, clock: SettableClock) -> Authenticator:
    page = await (await client.post(PAGE, data={"what": "begin"})).text()
    key = re.search(r'class="enrol-key">([A-Z2-7 ]+)<', page)
    assert key is not None, page
    app = Authenticator(key[1])
    data = {"what": "confirm", "box": field(page, "box"), "code": app.code(clock())}
    done = await (await client.post(PAGE, data=data)).text()
    app.recovery_codes = tuple(re.findall(r"<code>([0-9a-z]{5}-[0-9a-z]{5})</code>", done))
    assert len(app.recovery_codes) == 10
    clock.set(clock() + timedelta(minutes=1))
    return app


async def password_given(client: Client, going: str = "/staff/services") -> str:
    data = {"email": EMAIL, "password": PASSWORD, "next": going}
    answer = await client.post("/staff/sign-in", data=data)
    page = await answer.text()
    assert "Anna vielä koodi" in page
    return field(page, "box")


async def test_after_enrolling_signing_in_asks_for_the_code_and_goes_on(
    aino: Client, open_client: Open, clock: SettableClock
) -> None:
    app = await enrolled(aino, clock)
    browser = await open_client()
    box = await password_given(browser)
    assert (await browser.get("/staff/services", allow_redirects=False)).status == 303
    assert not browser.session.cookie_jar.filter_cookies(browser.make_url("/"))
    data = {"box": box, "code": app.code(clock()), "next": "/staff/services"}
    done = await browser.post("/staff/sign-in/code", data=data, allow_redirects=False)
    assert (done.status, done.headers["Location"]) == (303, "/staff/services")
    assert (await browser.get("/staff/services", allow_redirects=False)).status == 200


async def test_half_signed_in_opens_no_door(
    aino: Client, open_client: Open, sqlite_database: Database, clock: SettableClock
) -> None:
    await enrolled(aino, clock)
    browser = await open_client()
    box = await password_given(browser)
    for headers in ({"Cookie": f"perheovi_staff={box}"}, {"Authorization": f"Bearer {box}"}):
        for door in browser.app[REQUIRED] if browser.app else ():
            if door.permission is None:
                continue
            answer = await browser.request(door.method, address(door), headers=headers, allow_redirects=False)
            assert answer.status in (303, 401), door
            if answer.status == 303:
                assert answer.headers["Location"].startswith("/staff/sign-in"), door
    assert sqlite_database.read_now(lambda session: second_factor.is_on(session, id_of(session)))


async def test_a_wrong_code_is_told_and_the_sixth_names_the_time(
    aino: Client, open_client: Open, clock: SettableClock
) -> None:
    await enrolled(aino, clock)
    browser = await open_client()
    box = await password_given(browser)
    for _ in range(5):
        wrong = await browser.post("/staff/sign-in/code", data={"box": box, "code": "000000"})
        assert wrong.status == 403
        assert "Koodi ei kelpaa." in await wrong.text()
    locked = await browser.post("/staff/sign-in/code", data={"box": box, "code": "000000"})
    assert locked.status == 429
    assert "klo 10.31" in await locked.text()


async def test_enrolling_ends_the_sign_ins_made_without_it_but_not_this_one(
    aino: Client, open_client: Open, clock: SettableClock
) -> None:
    other = await open_client()
    await signed_in(other, EMAIL)
    await enrolled(aino, clock)
    assert (await aino.get(PAGE, allow_redirects=False)).status == 200
    assert (await other.get(PAGE, allow_redirects=False)).status == 303


async def test_a_wrong_first_code_shows_the_same_picture_again(aino: Client) -> None:
    page = await (await aino.post(PAGE, data={"what": "begin"})).text()
    wrong = await aino.post(PAGE, data={"what": "confirm", "box": field(page, "box"), "code": "000000"})
    assert wrong.status == 422
    again = await wrong.text()
    key = re.compile(r'class="enrol-key">([A-Z2-7 ]+)<')
    first, second = key.search(page), key.search(again)
    assert first is not None
    assert second is not None
    assert first[1] == second[1]
    assert "<svg" in again
    assert "Koodi ei kelpaa." in again


async def test_it_is_taken_away_with_a_code_and_not_without(aino: Client, clock: SettableClock) -> None:
    app = await enrolled(aino, clock)
    assert (await aino.post(PAGE, data={"what": "off", "code": "000000"})).status == 422
    assert "Varakoodeja jäljellä 10." in await (await aino.get(PAGE)).text()
    done = await aino.post(PAGE, data={"what": "off", "code": app.code(clock())})
    assert "Toinen tunniste on poistettu." in await done.text()
    await signed_in(aino, EMAIL)


async def test_guessing_the_code_on_the_page_runs_out_too(aino: Client, clock: SettableClock) -> None:
    app = await enrolled(aino, clock)
    tries = [await aino.post(PAGE, data={"what": "off", "code": "000000"}) for _ in range(6)]
    assert [answer.status for answer in tries] == [422] * 5 + [429]
    assert (await aino.post(PAGE, data={"what": "off", "code": app.code(clock())})).status == 429


async def test_new_recovery_codes_take_the_place_of_the_old(
    aino: Client, open_client: Open, clock: SettableClock
) -> None:
    app = await enrolled(aino, clock)
    page = await (await aino.post(PAGE, data={"what": "codes", "code": app.code(clock())})).text()
    fresh = re.findall(r"<code>([0-9a-z]{5}-[0-9a-z]{5})</code>", page)
    browser = await open_client()
    box = await password_given(browser)
    old = await browser.post("/staff/sign-in/code", data={"box": box, "code": app.recovery_codes[0]})
    assert old.status == 403
    new = await browser.post(
        "/staff/sign-in/code", data={"box": box, "code": fresh[0]}, allow_redirects=False
    )
    assert new.status == 303


async def test_where_it_is_required_nothing_else_opens_until_there_is_one(
    strict: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    client = strict
    assert client.app is not None
    await signed_in(client, a_person(sqlite_database, clock, "Aino Lehtola", "admin"))
    for door in client.app[REQUIRED]:
        if door.permission in (None, "own_account"):
            continue
        answer = await client.request(door.method, address(door), allow_redirects=False)
        if door.path.startswith("/api"):
            assert answer.status == 403, door
        else:
            assert (answer.status, answer.headers["Location"]) == (303, PAGE), door
    page = await (await client.get(PAGE)).text()
    assert "Tarvitset toisen tunnisteen" in page
    await enrolled(client, clock)
    assert (await client.get("/staff/services", allow_redirects=False)).status == 200


async def test_where_it_is_required_a_program_s_token_still_works(
    strict: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    headers = a_token(sqlite_database, clock, "kone")
    assert (await strict.get("/api/v1/callbacks", headers=headers)).status == 200
    assert (await strict.get(PAGE, headers=headers)).status == 403


async def test_another_admin_takes_it_away_and_the_audit_knows(
    aino: Client, open_client: Open, sqlite_database: Database, clock: SettableClock
) -> None:
    await enrolled(aino, clock)
    saara = await open_client()
    await signed_in(saara, a_person(sqlite_database, clock, "Saara Kivelä", "admin"))
    staff_id = sqlite_database.read_now(id_of)
    own = sqlite_database.read_now(lambda session: accounts.by_email(session, "saara@example.org"))
    assert own is not None
    done = await saara.post(f"/staff/people/{staff_id}", data={"what": "remove_factor"})
    assert "Toinen tunniste poistettu: Aino Lehtola." in await done.text()
    assert (await aino.get(PAGE, allow_redirects=False)).status == 303
    await signed_in(aino, EMAIL)
    rows = sqlite_database.read_now(lambda session: audit.latest(session, kind="staff"))
    assert ("remove_factor", own.id, [staff_id]) in [(row.action, row.actor, row.ids) for row in rows]
    refused = await saara.post(f"/staff/people/{own.id}", data={"what": "remove_factor"})
    assert refused.status == 422


def id_of(session: Session) -> str:
    found = accounts.by_email(session, EMAIL)
    assert found is not None
    return found.id


async def test_enrolling_changes_the_token_of_the_browser(aino: Client, clock: SettableClock) -> None:
    before = aino.session.cookie_jar.filter_cookies(aino.make_url("/"))["perheovi_staff"].value
    await enrolled(aino, clock)
    after = aino.session.cookie_jar.filter_cookies(aino.make_url("/"))["perheovi_staff"].value
    assert after != before
    stolen = {"Cookie": f"perheovi_staff={before}"}
    aino.session.cookie_jar.clear()
    assert (await aino.get(PAGE, headers=stolen, allow_redirects=False)).status == 303


async def test_one_s_own_password_is_changed_by_who_knows_the_old_one(
    aino: Client, open_client: Open
) -> None:
    other = await open_client()
    await signed_in(other, EMAIL)
    new = "koivu-ja-tuuli-2026"
    wrong = await aino.post(PAGE, data={"what": "password", "old": "väärä salasana", "password": new})
    assert wrong.status == 422
    assert "Nykyinen salasana ei täsmää." in await wrong.text()
    short = await aino.post(PAGE, data={"what": "password", "old": PASSWORD, "password": "lyhyt"})
    assert short.status == 422
    assert (await other.get(PAGE, allow_redirects=False)).status == 200
    done = await aino.post(PAGE, data={"what": "password", "old": PASSWORD, "password": new})
    assert "Salasana on vaihdettu." in await done.text()
    assert (await aino.get(PAGE, allow_redirects=False)).status == 200
    assert (await other.get(PAGE, allow_redirects=False)).status == 303
    again = await other.post("/staff/sign-in", data={"email": EMAIL, "password": new}, allow_redirects=False)
    assert again.status == 303


async def test_guessing_the_old_password_on_the_page_runs_out(aino: Client) -> None:
    data = {"what": "password", "old": "väärä salasana", "password": "koivu-ja-tuuli-2026"}
    tries = [await aino.post(PAGE, data=data) for _ in range(6)]
    assert [answer.status for answer in tries] == [422] * 5 + [429]
