"""Who works here, kept by the admin."""

import re

import pytest

from bot.clock import SettableClock
from bot.database import Database
from bot.staff import accounts
from tests.staff.building import PASSWORD, Client, Open, a_person, signed_in

PAGE = "/staff/people"


@pytest.fixture
async def admin(client: Client, sqlite_database: Database, clock: SettableClock) -> Client:
    await signed_in(client, a_person(sqlite_database, clock, "Saara Kivelä", "admin"))
    return client


def handed_link(page: str) -> str:
    """The link of the page without its host."""
    found = re.search(r'value="https?://[^/"]+(/staff/reset\?token=[^"]+)"', page)
    assert found is not None, page
    return found[1]


async def chooses_a_password(client: Client, page: str, password: str = PASSWORD) -> None:
    """Somebody follows the link that `page` shows."""
    link = handed_link(page)
    assert "Valitse salasana" in await (await client.get(link)).text()
    data = {"token": link.partition("=")[2], "password": password}
    assert "Uusi salasana on käytössä." in await (await client.post("/staff/reset", data=data)).text()


async def test_an_admin_adds_an_advisor_who_can_then_sign_in(
    admin: Client, open_client: Open, sqlite_database: Database
) -> None:
    data = {
        "name": "Veikko Sarala",
        "email": "Veikko@example.org",
        "role": "advisor",
        "areas": ["jarvenpaa"],
    }
    page = await (await admin.post(PAGE, data=data)).text()
    assert "Veikko Sarala lisätty." in page
    veikko = await open_client()
    await chooses_a_password(veikko, page)
    await signed_in(veikko, "veikko@example.org")
    assert "Kaikki alueeni" in await (await veikko.get("/staff/")).text()
    account = sqlite_database.read_now(lambda session: accounts.by_email(session, "veikko@example.org"))
    assert account is not None
    assert account.areas == ["jarvenpaa"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"email": "saara@example.org"}, "Tällä osoitteella on jo tili."),
        ({"name": ""}, "Kirjoita nimi."),
        ({"role": "jumala"}, "Valitse rooli."),
    ],
)
async def test_what_is_wrong_with_a_new_account_is_said(
    admin: Client, changed: dict[str, str], said: str
) -> None:
    data = {"name": "V", "email": "v@example.org", "role": "advisor"} | changed
    answer = await admin.post(PAGE, data=data)
    assert answer.status == 422
    assert said in await answer.text()


async def test_a_closed_account_is_signed_out_at_once_and_can_be_opened_again(
    admin: Client, open_client: Open, sqlite_database: Database, clock: SettableClock
) -> None:
    aino = await open_client()
    await signed_in(aino, a_person(sqlite_database, clock, "Aino Lehtola"))
    account = sqlite_database.read_now(lambda session: accounts.by_email(session, "aino@example.org"))
    assert account is not None
    await admin.post(f"{PAGE}/{account.id}", data={"what": "disable"})
    assert (await aino.get("/staff/", allow_redirects=False)).status == 303
    refused = await aino.post("/staff/sign-in", data={"email": "aino@example.org", "password": PASSWORD})
    assert refused.status == 403
    await admin.post(f"{PAGE}/{account.id}", data={"what": "enable"})
    await signed_in(aino, "aino@example.org")


async def test_an_admin_cannot_close_their_own_account(admin: Client, sqlite_database: Database) -> None:
    account = sqlite_database.read_now(lambda session: accounts.by_email(session, "saara@example.org"))
    assert account is not None
    answer = await admin.post(f"{PAGE}/{account.id}", data={"what": "disable"})
    assert answer.status == 422
    assert "Omaa tiliäsi et voi sulkea." in await answer.text()
