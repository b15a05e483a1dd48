"""Asking for a link oneself: a letter for who works here, the same answer for everybody else."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import AnyHttpUrl, SecretStr

from bot.app.account_parts import add_accounts
from bot.clock import SettableClock
from bot.console import reset_page
from bot.database import Database
from bot.settings import Settings, SetupError
from bot.staff import accounts, changing
from tests.notices.post_office import PostOffice
from tests.staff.building import Client, a_client, a_person, an_app, signed_in

PAGE = "/staff/forgot"


@pytest.fixture
async def post() -> AsyncIterator[PostOffice]:
    office = PostOffice()
    await office.start()
    yield office
    await office.stop()


@pytest.fixture
async def browser(
    sqlite_database: Database, clock: SettableClock, post: PostOffice, tmp_path: Path
) -> AsyncIterator[Client]:
    app = an_app(sqlite_database, clock)
    settings = Settings(
        data_dir=tmp_path,
        public_url=AnyHttpUrl("https://perheovi.example.org"),
        smtp_url=SecretStr(f"smtp://127.0.0.1:{post.port}"),
        smtp_from="Perheovi <perheovi@example.org>",
    )
    add_accounts(app, settings, demo=False)
    client = await a_client(app)
    yield client
    await client.close()


async def letters(post: PostOffice) -> list[str]:
    """The letters, once all have been sent."""
    await asyncio.gather(*reset_page.UNDER_WAY)
    return [letter.get_content() for letter in post.letters]


async def test_who_forgot_gets_a_link_by_mail_and_chooses(
    browser: Client, post: PostOffice, sqlite_database: Database, clock: SettableClock
) -> None:
    email = a_person(sqlite_database, clock, "Aino Lehtola")
    # A forged Host header must not choose where the letter's link leads.
    asked = await browser.post(PAGE, data={"email": "Aino@example.org"}, headers={"Host": "evil.example.com"})
    assert "Jos osoitteella on tili, linkki on matkalla." in await asked.text()
    (text,) = await letters(post)
    link = re.search(r"https://perheovi\.example\.org(/staff/reset\?token=(\S+))", text)
    assert link is not None
    assert "evil" not in text
    assert email in await (await browser.get(link[1])).text()
    done = await browser.post("/staff/reset", data={"token": link[2], "password": "koivu-ja-tuuli-2026"})
    assert "Uusi salasana on käytössä." in await done.text()


async def test_an_unknown_address_and_a_closed_account_get_the_same_answer_and_no_letter(
    browser: Client, post: PostOffice, sqlite_database: Database, clock: SettableClock
) -> None:
    for name in ("Aino Lehtola", "Veikko Sarala"):
        a_person(sqlite_database, clock, name)
    closed = sqlite_database.read_now(lambda session: accounts.by_email(session, "veikko@example.org"))
    assert closed is not None
    sqlite_database.write_now(lambda session: changing.disable(session, closed.id))
    answers = set()
    for email in ("kukaan@example.org", "veikko@example.org", "aino@example.org"):
        answer = await browser.post(PAGE, data={"email": email})
        answers.add((answer.status, await answer.text()))
    assert len(answers) == 1
    await letters(post)
    assert [letter["To"] for letter in post.letters] == ["aino@example.org"]


@pytest.mark.usefixtures("standing_time")
async def test_nobody_s_mailbox_is_filled(
    browser: Client, post: PostOffice, sqlite_database: Database, clock: SettableClock
) -> None:
    a_person(sqlite_database, clock, "Aino Lehtola")
    answers = [await browser.post(PAGE, data={"email": "aino@example.org"}) for _ in range(12)]
    assert [answer.status for answer in answers] == [200] * 10 + [429] * 2
    assert len(await letters(post)) == 2


async def test_without_mail_the_page_says_whom_to_ask(
    sqlite_database: Database, clock: SettableClock
) -> None:
    client = await a_client(an_app(sqlite_database, clock))
    assert "Pyydä linkki Perheoven pääkäyttäjältä." in await (await client.get(PAGE)).text()
    assert (await client.post(PAGE, data={"email": "aino@example.org"})).status == 404
    await signed_in(client, a_person(sqlite_database, clock, "Aino Lehtola"))
    await client.close()


POSTGRES = "postgresql+psycopg://db/perheovi"


@pytest.mark.parametrize("demo", [False, True])
@pytest.mark.parametrize(
    ("url", "setting", "required"),
    [
        (POSTGRES, None, "outside a demo"),
        (POSTGRES, "offered", "never"),
        (POSTGRES, "required", "always"),
        (None, None, "never"),
        (None, "required", "always"),
    ],
)
def test_a_second_factor_is_required_with_postgresql_unless_told_otherwise(
    url: str | None, setting: str | None, required: str, demo: bool
) -> None:
    settings = Settings.model_validate({"database_url": url, "second_factor": setting})
    wanted = {"always": True, "never": False, "outside a demo": not demo}[required]
    assert settings.second_factor_required(demo=demo) == wanted


@pytest.mark.parametrize(
    "given",
    [
        {"oidc_issuer": "https://id.example.org"},
        {"oidc_issuer": "http://id.example.org", "oidc_client_id": "perheovi"},
    ],
)
def test_a_provider_that_is_set_up_by_half_is_told_at_the_start(
    sqlite_database: Database, clock: SettableClock, given: dict[str, str]
) -> None:
    with pytest.raises(SetupError, match="PERHEOVI_OIDC"):
        add_accounts(an_app(sqlite_database, clock), Settings.model_validate(given), demo=False)
