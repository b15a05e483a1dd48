"""Who works here, kept by the admin."""

import re

import pytest

from bot import audit
from bot.clock import SettableClock
from bot.database import Database
from bot.staff import accounts, tokens
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


def person_of(database: Database, email: str) -> accounts.Account:
    found = database.read_now(lambda session: accounts.by_email(session, email))
    assert found is not None
    return found


async def test_an_admin_changes_name_role_and_areas_and_the_person_signs_in_anew(
    admin: Client, open_client: Open, sqlite_database: Database, clock: SettableClock
) -> None:
    aino = await open_client()
    await signed_in(aino, a_person(sqlite_database, clock, "Aino Lehtola"))
    before = person_of(sqlite_database, "aino@example.org")
    data = {
        "what": "save",
        "name": "Aino Koski",
        "role": "coordinator",
        "areas": ["jarvenpaa", "olematon"],
    }
    done = await admin.post(f"{PAGE}/{before.id}", data=data)
    assert "Tallennettu: Aino Koski." in await done.text()
    assert (await aino.get("/staff/me", allow_redirects=False)).status == 303
    after = person_of(sqlite_database, "aino@example.org")
    assert (after.name, after.role, after.areas) == ("Aino Koski", "coordinator", ["jarvenpaa"])


@pytest.mark.parametrize("what", ["save", "disable"])
async def test_the_last_admin_can_neither_close_nor_demote_themselves(
    admin: Client, sqlite_database: Database, what: str
) -> None:
    saara = person_of(sqlite_database, "saara@example.org")
    data = {"what": what, "name": "Saara Kivelä", "role": "advisor"}
    answer = await admin.post(f"{PAGE}/{saara.id}", data=data)
    assert answer.status == 422
    words = {"save": "ainoa pääkäyttäjä", "disable": "Omaa tiliäsi et voi sulkea."}
    assert words[what] in await answer.text()
    assert person_of(sqlite_database, "saara@example.org").role == "admin"


async def test_a_link_made_for_somebody_lets_them_choose_once(
    admin: Client, open_client: Open, sqlite_database: Database, clock: SettableClock
) -> None:
    aino = await open_client()
    await signed_in(aino, a_person(sqlite_database, clock, "Aino Lehtola"))
    account = person_of(sqlite_database, "aino@example.org")
    page = await (await admin.post(f"{PAGE}/{account.id}", data={"what": "reset"})).text()
    assert (await aino.get("/staff/me", allow_redirects=False)).status == 200  # nothing ends by a link alone
    other = await open_client()
    await chooses_a_password(other, page, "koivu-ja-tuuli-2026")
    assert (await aino.get("/staff/me", allow_redirects=False)).status == 303
    again = await other.get(handed_link(page))
    assert again.status == 410
    assert "Linkki ei enää toimi" in await again.text()


async def test_every_change_has_its_line_in_the_audit(
    admin: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    a_person(sqlite_database, clock, "Aino Lehtola")
    account, own = (person_of(sqlite_database, f"{name}@example.org") for name in ("aino", "saara"))
    for what in ("reset", "disable", "enable", "remove_factor", "unbind"):
        assert (await admin.post(f"{PAGE}/{account.id}", data={"what": what})).status == 200
    rows = sqlite_database.read_now(lambda session: audit.latest(session, kind="staff"))
    assert [(row.actor, row.action, row.ids) for row in reversed(rows)] == [
        (own.id, action, [account.id])
        for action in ("reset_made", "disable", "enable", "remove_factor", "unbind")
    ]


async def test_a_token_is_shown_once_does_only_what_it_may_and_ends_when_revoked(
    admin: Client, open_client: Open, sqlite_database: Database
) -> None:
    data = {"token_name": "Puhelinvaihde", "token_role": "advisor", "scopes": "callbacks:read", "days": "30"}
    page = await (await admin.post("/staff/tokens", data=data)).text()
    found = re.search(r'id="made-token"[^>]* value="([^"]+)"', page)
    assert found is not None
    headers = {"Authorization": f"Bearer {found[1]}"}
    program = await open_client()
    assert (await program.get("/api/v1/callbacks", headers=headers)).status == 200
    assert (await program.get("/api/v1/services", headers=headers)).status == 403
    assert (await program.post("/api/v1/callbacks", json={}, headers=headers)).status == 403
    listed = await (await admin.get(PAGE)).text()
    assert found[1] not in listed
    for words in ("Puhelinvaihde", "lukee soittopyyntöjä", "24.11.2026", "Voimassa 24.12.2026 asti"):
        assert words in listed
    (row,) = sqlite_database.read_now(tokens.everything)
    assert "Avain lopetettu" in await (await admin.post(f"/staff/tokens/{row.id}")).text()
    assert (await program.get("/api/v1/callbacks", headers=headers)).status == 401
    assert (await admin.post(f"/staff/tokens/{row.id}")).status == 404


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"token_name": ""}, "Kirjoita nimi."),
        ({"days": "pian"}, "Kirjoita päivät numerona"),
        ({"scopes": "kaikki"}, "Valitse, mihin avain riittää."),
        ({"token_role": "jumala"}, "Valitse rooli."),
    ],
)
async def test_what_is_wrong_with_a_token_is_said(admin: Client, changed: dict[str, str], said: str) -> None:
    data = {"token_name": "kone", "token_role": "advisor", "days": ""} | changed
    answer = await admin.post("/staff/tokens", data=data)
    assert answer.status == 422
    assert said in await answer.text()
