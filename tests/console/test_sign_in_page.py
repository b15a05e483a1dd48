"""The sign-in page as staff meet it."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot import audit
from bot.clock import SettableClock
from bot.database import Database
from bot.staff import accounts, changing
from bot.web.appkeys import TRUSTED_PROXIES
from tests.staff.building import PASSWORD, Client, Open, a_person, a_request, an_app, signed_in

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


async def test_an_open_page_is_no_use_of_a_sign_in_but_somebody_at_it_is(
    client: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    await signed_in(client, a_person(sqlite_database, clock, "Aino Lehtola"))
    begun = clock()
    clock.set(begun + timedelta(minutes=29))
    await client.get("/staff/", headers={"Perheovi-By-Itself": "1"})
    async with client.get("/staff/live") as stream:
        await stream.content.readuntil(b"\n\n")
        left = await (await client.get("/staff/here")).json()
        assert left == {"seconds": 60, "at": "10.30", "idle": True}
        assert (await (await client.post("/staff/here")).json())["seconds"] == 30 * 60
        clock.set(begun + timedelta(minutes=59))
        assert b"signed-out" in await stream.content.readuntil(b"signed-out")
    asked = await client.get("/staff/", allow_redirects=False)
    assert asked.headers["Location"] == "/staff/sign-in?next=/staff/"


async def test_after_twelve_hours_using_it_puts_the_end_off_no_more(
    client: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    await signed_in(client, a_person(sqlite_database, clock, "Aino Lehtola"))
    begun = clock()
    for minutes in range(25, 12 * 60, 25):
        clock.set(begun + timedelta(minutes=minutes))
        left = await (await client.post("/staff/here")).json()
    assert left == {"seconds": 20 * 60, "at": "22", "idle": False}
    clock.set(begun + timedelta(hours=12))
    assert (await client.get("/staff/", allow_redirects=False)).status == 303


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


async def test_signing_in_gives_a_new_token_and_ends_the_one_the_browser_came_with(
    open_client: Open, sqlite_database: Database, clock: SettableClock
) -> None:
    email = a_person(sqlite_database, clock, "Aino Lehtola")
    planted = await open_client()
    data = {"email": email, "password": PASSWORD}
    done = await planted.post(
        PAGE, data=data, headers={"Cookie": "perheovi_staff=chosen-by-another"}, allow_redirects=False
    )
    assert "chosen-by-another" not in done.headers["Set-Cookie"]
    stranger = await open_client()
    cookie = {"Cookie": "perheovi_staff=chosen-by-another"}
    assert (await stranger.get("/staff/me", headers=cookie, allow_redirects=False)).status == 303

    first = done.cookies["perheovi_staff"].value
    await planted.post(PAGE, data=data, allow_redirects=False)
    old = {"Cookie": f"perheovi_staff={first}"}
    assert (await stranger.get("/staff/me", headers=old, allow_redirects=False)).status == 303
    assert (await planted.get("/staff/me", allow_redirects=False)).status == 200


async def test_a_closed_account_an_unknown_address_and_a_wrong_password_get_one_answer(
    open_client: Open, sqlite_database: Database, clock: SettableClock
) -> None:
    for name in ("Aino Lehtola", "Veikko Sarala"):
        a_person(sqlite_database, clock, name)
    closed = sqlite_database.read_now(lambda session: accounts.by_email(session, "veikko@example.org"))
    assert closed is not None
    sqlite_database.write_now(lambda session: changing.disable(session, closed.id))
    seen = set()
    for email in ("aino@example.org", "veikko@example.org", "kukaan@example.org"):
        client = await open_client()
        password = PASSWORD if email.startswith("veikko") else "väärä salasana"
        answer = await client.post(PAGE, data={"email": email, "password": password})
        seen.add((answer.status, (await answer.text()).replace(email, "")))
    assert len(seen) == 1


FORMS = [
    (
        "/staff/callbacks",
        {"phone": "0501234567", "notes": 'Kuopus <valvottaa>, äiti "uupunut"', "urgency": "urgent"},
    ),
    ("/staff/services", {"id": "perhekahvila", "name_fi": "Perhekahvila", "needs": ["infant_care", "grief"]}),
]


@pytest.mark.parametrize(("path", "typed"), FORMS)
async def test_what_was_typed_when_the_sign_in_ended_is_filled_in_after_the_next_one(
    client: Client, sqlite_database: Database, clock: SettableClock, path: str, typed: dict[str, Any]
) -> None:
    role = "advisor" if path.endswith("callbacks") else "owner"
    email = a_person(sqlite_database, clock, "Aino Lehtola", role)
    ended = await client.post(path, data=typed)
    assert ended.status == 401
    page = await ended.text()
    assert "Kirjoittamasi on tallessa" in page
    fields = hidden(page)
    wrong = await client.post(PAGE, data=[*fields, ("email", email), ("password", "väärä salasana")])
    fields = hidden(await wrong.text())
    done = await client.post(PAGE, data=[*fields, ("email", email), ("password", PASSWORD)])
    assert done.status == 200
    again = await done.text()
    assert f'action="{path}"' in again
    filled = await client.post(path, data=hidden(again))
    assert filled.status == 200
    text = html.unescape(await filled.text())
    for name, value in typed.items():
        for one in [value] if isinstance(value, str) else value:
            assert re.search(rf'(value="{re.escape(one)}"|>{re.escape(one)}<)', text), name
    assert sqlite_database.read_now(lambda session: audit.latest(session, kind="callback")) == []


async def test_a_note_of_a_call_is_filled_in_too_also_when_the_claim_is_gone(
    client: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    email = a_person(sqlite_database, clock, "Aino Lehtola")
    one = f"/staff/callbacks/{a_request(sqlite_database, clock).id}"
    ended = await client.post(f"{one}/record", data={"note": "pitkä muistiinpano", "what": "outcome:enough"})
    data = [*hidden(await ended.text()), ("email", email), ("password", PASSWORD)]
    again = await (await client.post(PAGE, data=data)).text()
    filled = await client.post(f"{one}/record", data=hidden(again))
    assert filled.status == 200
    assert "pitkä muistiinpano</textarea>" in await filled.text()


async def test_a_password_is_never_carried_along(client: Client) -> None:
    data = {"name": "Aino", "password": "salasana-jota-ei-saa-nähdä"}
    page = await (await client.post("/staff/people", data=data)).text()
    assert "Aino" in page
    assert "salasana-jota" not in page


async def test_a_press_without_words_leads_back_to_its_page(
    client: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    email = a_person(sqlite_database, clock, "Aino Lehtola")
    one = f"/staff/callbacks/{'0' * 32}"
    page = await (await client.post(f"{one}/claim")).text()
    data = [*hidden(page), ("email", email), ("password", PASSWORD)]
    done = await client.post(PAGE, data=data, allow_redirects=False)
    assert (done.status, done.headers["Location"]) == (303, one)


@pytest.mark.parametrize("to", ["https://example.com/x", "//example.com/x", "/my/x", "/staff/sign-in", ""])
async def test_what_was_typed_cannot_be_sent_elsewhere(
    client: Client, sqlite_database: Database, clock: SettableClock, to: str
) -> None:
    email = a_person(sqlite_database, clock, "Aino Lehtola")
    data = {"email": email, "password": PASSWORD, "kept_to": to, "kept.note": "salaista"}
    done = await client.post(PAGE, data=data, allow_redirects=False)
    assert (done.status, done.headers["Location"]) == (303, "/staff/")


def hidden(page: str) -> list[tuple[str, str]]:
    """The hidden fields of a page, as a browser sends them."""
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page)
    return [(html.unescape(name), html.unescape(value)) for name, value in found]


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


@pytest.mark.usefixtures("standing_time")
async def test_headers_of_a_proxy_count_for_nothing_where_there_is_none(
    client: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    email = a_person(sqlite_database, clock, "Aino Lehtola")
    claimed = {
        "X-Remote-User": email,
        "Remote-User": email,
        "X-Forwarded-User": email,
        "X-Forwarded-Email": email,
        "X-Forwarded-Proto": "https",
    }
    assert (await client.get("/staff/me", headers=claimed, allow_redirects=False)).status == 303
    done = await client.post(
        PAGE, data={"email": email, "password": PASSWORD}, headers=claimed, allow_redirects=False
    )
    assert done.headers["Set-Cookie"].startswith("perheovi_staff=")
    tries = [
        await client.post(
            PAGE,
            data={"email": f"joku{n}@example.org", "password": "x"},
            headers={"X-Forwarded-For": f"192.0.2.{n}", "X-Real-IP": f"192.0.2.{n}"},
        )
        for n in range(11)
    ]
    assert [answer.status for answer in tries] == [403] * 10 + [429]
