"""How a web address is asked: what each kind of server makes of it, and where we never go."""

import ipaddress
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from yarl import URL

from bot.guidance.links.asking import USER_AGENT, ask, asking
from bot.guidance.links.link import Result, judge
from bot.guidance.links.public_only import Ip, is_public

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def loopback_by_name(address: Ip) -> bool:
    """Where the test's own server is, and nowhere else."""
    return address.is_loopback and address != ipaddress.ip_address("127.0.0.2")


@dataclass
class Site:
    """A server that answers each way, and what it was asked."""

    server: TestServer
    asked: list[tuple[str, str]] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)

    def url(self, path: str) -> str:
        return str(self.server.make_url(path))


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async def answer(request: web.Request) -> web.StreamResponse:
        here.asked.append((request.method, request.path))
        here.agents.add(request.headers["User-Agent"])
        name = request.path.strip("/")
        if name.isdigit():
            return web.Response(status=int(name))
        if name == "no-head":
            return web.Response(status=405 if request.method == "HEAD" else 200)
        status, target = TARGETS[name]
        return web.Response(status=status, headers={"Location": target} if target else {})

    app = web.Application()
    app.router.add_route("*", "/{name:.*}", answer)
    here = Site(TestServer(app))
    await here.server.start_server()
    yield here
    await here.server.close()


TARGETS = {
    "moved": (301, "/200"),
    "for-now": (302, "/200"),
    "moved-away": (301, "/404"),
    "round": (301, "/round"),
    "nowhere": (301, ""),
    "inside": (302, "http://127.0.0.2/secret"),
    "by-name": (302, "http://127.0.0.2.nip.invalid/"),
    "metadata": (302, "http://169.254.169.254/latest/meta-data/"),
    "file": (302, "file:///etc/passwd"),
    "password": (302, "http://a:b@127.0.0.1/"),
}


async def told(url: str) -> Result:
    async with asking(loopback_by_name) as client:
        return await ask(client, url, lambda: NOW, loopback_by_name)


@pytest.mark.parametrize(
    ("path", "status", "fault", "state"),
    [
        ("/200", 200, "", "ok"),
        ("/204", 204, "", "ok"),
        ("/no-head", 200, "", "ok"),
        ("/for-now", 200, "", "ok"),
        ("/moved", 200, "", "moved"),
        ("/moved-away", 404, "", "look"),
        ("/403", 403, "", "look"),
        ("/404", 404, "", "look"),
        ("/429", 429, "", "look"),
        ("/503", 503, "", "look"),
        ("/round", None, "redirects", "look"),
        ("/nowhere", None, "redirects", "look"),
        ("/inside", None, "not_public", "look"),
        ("/metadata", None, "not_public", "look"),
        ("/file", None, "not_public", "look"),
        ("/password", None, "not_public", "look"),
        ("/by-name", None, "unreachable", "look"),
    ],
)
async def test_each_kind_of_answer(site: Site, path: str, status: int | None, fault: str, state: str) -> None:
    result = await told(site.url(path))
    assert (result.status, result.fault, judge([result])) == (status, fault, state)


async def test_a_page_moved_for_good_tells_where(site: Site) -> None:
    assert (await told(site.url("/moved"))).moved_to == site.url("/200")
    assert (await told(site.url("/for-now"))).moved_to is None


async def test_a_server_is_asked_once_where_head_is_answered_and_knows_who_asks(site: Site) -> None:
    await told(site.url("/200"))
    await told(site.url("/429"))
    assert site.asked == [("HEAD", "/200"), ("HEAD", "/429")]
    assert site.agents == {USER_AGENT}


async def test_at_most_five_redirects_are_followed(site: Site) -> None:
    await told(site.url("/round"))
    assert len(site.asked) == 6


async def test_nothing_of_our_own_network_is_asked_unless_a_test_says_so(site: Site) -> None:
    named = str(URL(site.url("/200")).with_host("localhost"))
    async with asking() as client:
        for url in (site.url("/200"), named):
            result = await ask(client, url, lambda: NOW)
            assert (result.status, result.fault) == (None, "not_public")
    assert site.asked == []


@pytest.mark.parametrize("odd", ["2130706433", "127.1", "0x7f.0.0.1", "[::ffff:127.0.0.1]", "[::1]", "0"])
async def test_an_address_written_oddly_is_still_our_own(site: Site, odd: str) -> None:
    port = URL(site.url("/")).port
    async with asking() as client:
        result = await ask(client, f"http://{odd}:{port}/200", lambda: NOW)
    assert result.status is None
    assert site.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.1.2.3", "224.0.0.1",
        "255.255.255.255", "::1", "fe80::1", "fc00::1", "::ffff:10.0.0.1", "2002:a00:1::", "64:ff9b::a00:1", "ff02::1",
    ],
)  # fmt: skip
def test_what_is_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["193.166.3.2", "2001:708::1"])
def test_what_is_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


def test_gone_is_said_only_of_what_was_not_there_twice_in_a_row() -> None:
    def at(*statuses: int | None) -> str:
        return judge([Result(at=NOW, status=status) for status in statuses])

    assert [at(), at(404), at(404, 200), at(404, 410), at(404, None, 404), at(200, 404, 404)] == [
        "new", "look", "look", "gone", "look", "ok",
    ]  # fmt: skip
