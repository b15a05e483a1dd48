"""The sign-in page as staff meet it."""

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.clock import SettableClock
from bot.database import Database
from bot.web.appkeys import TRUSTED_PROXIES
from tests.staff.building import PASSWORD, Client, a_person, an_app, signed_in

PAGE = "/staff/sign-in"


async def test_a_stranger_is_sent_to_sign_in_and_after_it_to_where_they_were_going(
    client: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    email = a_person(sqlite_database, clock, "Aino Lehtola")
    asked = await client.get("/staff/?show=late", allow_redirects=False)
    assert asked.status == 303
    form = await (await client.get(asked.headers["Location"])).text()
    assert 'value="/staff/?show=late"' in form
    done = await client.post(
        PAGE, data={"email": email, "password": PASSWORD, "next": "/staff/?show=late"}, allow_redirects=False
    )
    assert (done.status, done.headers["Location"]) == (303, "/staff/?show=late")


async def test_the_cookie_cannot_be_read_by_scripts_nor_sent_by_other_sites(
    client: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    email = a_person(sqlite_database, clock, "Aino Lehtola")
    done = await client.post(PAGE, data={"email": email, "password": PASSWORD}, allow_redirects=False)
    cookie = done.headers["Set-Cookie"]
    assert cookie.startswith("perheovi_staff=")
    assert {"HttpOnly", "Path=/", "SameSite=Lax"} <= {part.strip() for part in cookie.split(";")}


async def test_going_elsewhere_after_signing_in_is_not_possible(
    client: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    email = a_person(sqlite_database, clock, "Aino Lehtola")
    for elsewhere in ("https://example.com/staff/", "//example.com/staff/", "/\\example.com", "/my/x"):
        data = {"email": email, "password": PASSWORD, "next": elsewhere}
        done = await client.post(PAGE, data=data, allow_redirects=False)
        assert done.headers["Location"] == "/staff/"


async def test_a_wrong_password_is_told_and_the_sixth_try_names_the_time(
    client: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    email = a_person(sqlite_database, clock, "Aino Lehtola")
    for _ in range(5):
        wrong = await client.post(PAGE, data={"email": email, "password": "väärä salasana"})
        assert wrong.status == 403
        text = await wrong.text()
        assert "eivät sovi yhteen" in text
        assert email in text
        assert "väärä salasana" not in text
    locked = await client.post(PAGE, data={"email": email, "password": PASSWORD})
    assert (locked.status, locked.headers["Retry-After"]) == (429, "1800")
    assert "klo 10.30" in await locked.text()


async def test_signing_out_ends_the_sign_in(
    client: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    await signed_in(client, a_person(sqlite_database, clock, "Aino Lehtola"))
    assert "Olet kirjautunut ulos." in await (await client.post("/staff/sign-out")).text()
    assert (await client.get("/staff/", allow_redirects=False)).status == 303


async def test_another_sites_form_changes_nothing(
    client: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    await signed_in(client, a_person(sqlite_database, clock, "Aino Lehtola"))
    for headers in ({"Origin": "https://example.com"}, {"Sec-Fetch-Site": "cross-site"}):
        assert (await client.post("/staff/sign-out", headers=headers)).status == 403
    assert (await client.get("/staff/", allow_redirects=False)).status == 200


async def test_a_note_typed_after_the_sign_in_ended_is_shown_to_be_copied(client: Client) -> None:
    answer = await client.post(f"/staff/callbacks/{'0' * 32}/record", data={"note": "pitkä muistiinpano"})
    assert answer.status == 401
    assert "pitkä muistiinpano" in await answer.text()


async def test_behind_a_proxy_with_https_the_cookie_is_bound_to_this_host_and_to_https(
    sqlite_database: Database, clock: SettableClock
) -> None:
    email = a_person(sqlite_database, clock, "Aino Lehtola")
    app = an_app(sqlite_database, clock)
    app[TRUSTED_PROXIES] = 1
    async with TestClient(TestServer(app)) as client:
        done = await client.post(
            PAGE,
            data={"email": email, "password": PASSWORD},
            headers={"X-Forwarded-Proto": "https"},
            allow_redirects=False,
        )
        cookie = done.headers["Set-Cookie"]
    assert cookie.startswith("__Host-perheovi=")
    assert "Secure" in cookie
    assert "Domain" not in cookie


@pytest.mark.usefixtures("standing_time")
async def test_one_address_that_tries_many_accounts_is_slowed_down(
    sqlite_database: Database, clock: SettableClock
) -> None:
    async with TestClient(TestServer(an_app(sqlite_database, clock))) as client:
        tries = [
            await client.post(PAGE, data={"email": f"joku{n}@example.org", "password": "x"})
            for n in range(11)
        ]
    assert [answer.status for answer in tries] == [403] * 10 + [429]
