"""Signing in through the organisation, with a provider of our own making that also misbehaves."""

import base64
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import aiohttp
import pytest
from joserfc import jwt
from joserfc.jwk import OctKey
from yarl import URL

from bot.clock import SettableClock
from bot.database import Database
from bot.staff import accounts, changing
from bot.staff.accounts import Account
from bot.staff.provider import Provider
from bot.web.appkeys import PROVIDER, SECOND_FACTOR_REQUIRED
from tests.staff.building import Client, a_client, a_person, an_app
from tests.staff.identity_provider import CLIENT_ID, CLIENT_SECRET, Claims, IdentityProvider

START = "/staff/provider"


@pytest.fixture
async def provider(clock: SettableClock) -> AsyncIterator[IdentityProvider]:
    found = IdentityProvider(clock)
    await found.server.start_server()
    yield found
    await found.server.close()


@pytest.fixture
async def browser(
    database: Database, clock: SettableClock, provider: IdentityProvider
) -> AsyncIterator[Client]:
    app = an_app(database, clock)
    app[PROVIDER] = Provider(provider.issuer, CLIENT_ID, CLIENT_SECRET, "Mallila")
    app[SECOND_FACTOR_REQUIRED] = True
    client = await a_client(app)
    yield client
    await client.close()


@pytest.fixture
def aino(database: Database, clock: SettableClock) -> Account:
    return account(database, a_person(database, clock, "Aino Lehtola"))


def account(database: Database, email: str) -> Account:
    found = database.read_now(lambda session: accounts.by_email(session, email))
    assert found is not None
    return found


async def at_the_provider(browser: Client, going: str = "/staff/") -> URL:
    """The browser goes to the provider; the address it is sent back to, not yet opened."""
    begun = await browser.get(START, params={"next": going}, allow_redirects=False)
    assert begun.status == 303
    async with (
        aiohttp.ClientSession() as http,
        http.get(begun.headers["Location"], allow_redirects=False) as answer,
    ):
        return URL(answer.headers["Location"])


async def back(browser: Client, address: URL) -> aiohttp.ClientResponse:
    return await browser.get(str(address.relative()), allow_redirects=False)


async def is_signed_in(browser: Client) -> bool:
    return (await browser.get("/staff/me", allow_redirects=False)).status == 200


async def refused(browser: Client, address: URL, words: str) -> None:
    answer = await back(browser, address)
    assert answer.status == 403
    assert words in await answer.text()
    assert not await is_signed_in(browser)


async def test_who_has_an_account_is_signed_in_and_brought_to_where_they_were_going(
    browser: Client, provider: IdentityProvider, database: Database, aino: Account
) -> None:
    assert "Kirjaudu: Mallila" in await (await browser.get("/staff/sign-in")).text()
    answer = await back(browser, await at_the_provider(browser, "/staff/?show=late"))
    assert (answer.status, answer.headers["Location"]) == (303, "/staff/?show=late")
    assert await is_signed_in(browser)
    onward = await browser.get("/staff/services", allow_redirects=False)
    assert onward.status == 200  # no second factor of ours is asked for
    assert provider.used
    assert "aino-1" not in (account(database, aino.email).provider_mark or "aino-1")


async def test_the_second_time_the_subject_counts_and_a_changed_address_does_not(
    browser: Client, provider: IdentityProvider, database: Database, clock: SettableClock, aino: Account
) -> None:
    await back(browser, await at_the_provider(browser))
    await browser.post("/staff/sign-out")
    a_person(database, clock, "Veikko Sarala")
    provider.claims["email"] = "veikko@example.org"
    await back(browser, await at_the_provider(browser))
    assert aino.name in await (await browser.get("/staff/me")).text()


async def test_another_subject_with_the_same_address_does_not_get_the_account_until_an_admin_lets_go(
    browser: Client, provider: IdentityProvider, database: Database, aino: Account
) -> None:
    await back(browser, await at_the_provider(browser))
    await browser.post("/staff/sign-out")
    provider.claims["sub"] = "aino-2"
    await refused(browser, await at_the_provider(browser), "toiselle työpaikan tunnukselle")
    database.write_now(lambda session: changing.unbind(session, aino.id))
    await back(browser, await at_the_provider(browser))
    assert await is_signed_in(browser)


@pytest.mark.parametrize(
    "told",
    [
        ({"email": "kukaan@example.org"}, "Sinulla ei ole vielä tiliä"),
        ({"email_verified": False}, "ei ole vahvistanut sähköpostiosoitettasi"),
        ({"email_verified": "true"}, "ei ole vahvistanut sähköpostiosoitettasi"),
        ({"email_verified": None}, "ei ole vahvistanut sähköpostiosoitettasi"),
        ({"email": None}, "ei kertonut sähköpostiosoitettasi"),
    ],
)
async def test_nobody_gets_an_account_by_signing_in(
    browser: Client,
    provider: IdentityProvider,
    database: Database,
    aino: Account,
    told: tuple[Claims, str],
) -> None:
    changed, words = told
    provider.claims |= changed
    await refused(browser, await at_the_provider(browser), words)
    assert [one.id for one in database.read_now(accounts.everybody)] == [aino.id]
    assert account(database, aino.email).provider_mark is None


async def test_entra_says_otherwise_that_an_address_is_verified(
    browser: Client, provider: IdentityProvider, aino: Account
) -> None:
    del provider.claims["email_verified"]
    provider.claims["xms_edov"] = True
    await back(browser, await at_the_provider(browser))
    assert await is_signed_in(browser)
    assert aino.active


@pytest.mark.parametrize("bound", [False, True])
async def test_a_closed_account_stays_closed(
    browser: Client, database: Database, aino: Account, bound: bool
) -> None:
    if bound:
        await back(browser, await at_the_provider(browser))
    database.write_now(lambda session: changing.disable(session, aino.id))
    await refused(browser, await at_the_provider(browser), "Tilisi on suljettu")


def without(name: str) -> Callable[[Claims], Claims]:
    return lambda claims: {key: value for key, value in claims.items() if key != name}


def with_changed(**changed: Any) -> Callable[[Claims], Claims]:
    return lambda claims: claims | changed


@pytest.mark.parametrize(
    "spoil",
    [
        with_changed(aud="another-client"),
        with_changed(aud=["another-client", "third"]),
        with_changed(aud=[CLIENT_ID, "another-client"]),
        with_changed(azp="another-client"),
        with_changed(nonce="of-another-sign-in"),
        with_changed(iss="https://id.example.org"),
        with_changed(exp=1_000_000_000),
        with_changed(iat=4_000_000_000),
        *(without(name) for name in ("aud", "nonce", "iss", "exp", "iat", "sub")),
    ],
)
async def test_a_token_that_is_not_for_us_and_for_now_opens_nothing(
    browser: Client, provider: IdentityProvider, aino: Account, spoil: Callable[[Claims], Claims]
) -> None:
    provider.spoil = spoil
    await refused(browser, await at_the_provider(browser), "Kirjautuminen jäi kesken")
    assert aino.active


def unsigned(claims: Claims) -> str:
    parts = [json.dumps(part).encode() for part in ({"alg": "none"}, claims)]
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts) + "."


@pytest.mark.parametrize(
    "how", ["none", "another key", "a shared secret", "public key as secret", "nonsense"]
)
async def test_a_token_that_the_provider_did_not_sign_opens_nothing(
    browser: Client, provider: IdentityProvider, clock: SettableClock, aino: Account, how: str
) -> None:
    other, known = IdentityProvider(clock).key, provider.key.kid
    public = provider.key.as_pem(private=False)
    provider.token_made = {
        "none": unsigned,
        "another key": lambda claims: jwt.encode({"alg": "RS256", "kid": known}, claims, other),
        "a shared secret": lambda claims: jwt.encode(
            {"alg": "HS256", "kid": known}, claims, OctKey.import_key(CLIENT_SECRET)
        ),
        "public key as secret": lambda claims: jwt.encode(
            {"alg": "HS256", "kid": known}, claims, OctKey.import_key(base64.b64encode(public))
        ),
        "nonsense": lambda _: "ei.mitään",
    }[how]
    await refused(browser, await at_the_provider(browser), "Kirjautuminen jäi kesken")
    assert aino.active


async def test_an_answer_meant_for_another_browser_is_refused(
    browser: Client, database: Database, clock: SettableClock, provider: IdentityProvider, aino: Account
) -> None:
    address = await at_the_provider(browser)
    app = an_app(database, clock)
    app[PROVIDER] = Provider(provider.issuer, CLIENT_ID, CLIENT_SECRET, None)
    other = await a_client(app)
    await refused(other, address, "Kirjautuminen jäi kesken")
    await at_the_provider(other)  # it has begun a sign-in of its own now: still not this one
    await refused(other, address, "Kirjautuminen jäi kesken")
    await other.close()
    assert provider.used == []
    assert aino.active


async def test_an_answer_works_once(browser: Client, provider: IdentityProvider, aino: Account) -> None:
    address = await at_the_provider(browser)
    await back(browser, address)
    await browser.post("/staff/sign-out")
    await refused(browser, address, "Kirjautuminen jäi kesken")
    assert len(provider.used) == 1
    assert aino.active


async def test_a_used_code_with_the_state_of_a_new_sign_in_is_refused_by_the_provider(
    browser: Client, aino: Account
) -> None:
    first = await at_the_provider(browser)
    await back(browser, first)
    await browser.post("/staff/sign-out")
    second = await at_the_provider(browser)
    await refused(browser, second.update_query(code=first.query["code"]), "ei vastaa")
    assert aino.active


async def test_the_answer_of_another_provider_is_refused(browser: Client, aino: Account) -> None:
    address = await at_the_provider(browser)
    await refused(browser, address.update_query(iss="https://id.example.org"), "Kirjautuminen jäi kesken")
    assert aino.active


async def test_keys_are_kept_and_a_new_key_is_followed(
    browser: Client, provider: IdentityProvider, aino: Account, clock: SettableClock
) -> None:
    for _ in range(3):
        await back(browser, await at_the_provider(browser))
        assert await is_signed_in(browser)
        await browser.post("/staff/sign-out")
    assert provider.keys_asked == 1
    provider.new_key()
    clock.set(clock().replace(minute=clock().minute + 2))
    await back(browser, await at_the_provider(browser))
    assert await is_signed_in(browser)
    assert provider.keys_asked == 2
    assert aino.active


async def test_a_provider_that_does_not_answer_leaves_the_password_open(
    browser: Client, provider: IdentityProvider
) -> None:
    await provider.server.close()
    answer = await browser.get(START, allow_redirects=False)
    assert answer.status == 403
    text = await answer.text()
    assert "ei vastaa" in text
    assert 'name="password"' in text


async def test_without_a_provider_there_is_no_such_page(database: Database, clock: SettableClock) -> None:
    client = await a_client(an_app(database, clock))
    assert (await client.get(START)).status == 404
    assert "työpaikan tunnuksella" not in await (await client.get("/staff/sign-in")).text()
    await client.close()


@pytest.mark.parametrize("issuer", ["http://id.example.org", "id.example.org", "ftp://id.example.org"])
def test_a_provider_is_reached_by_https_alone(issuer: str) -> None:
    with pytest.raises(ValueError, match="https"):
        Provider(issuer, CLIENT_ID, None, None)
