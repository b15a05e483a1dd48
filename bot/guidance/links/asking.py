"""Asks a web address whether its page is there: HEAD, then GET where HEAD is not liked. No body is read."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from yarl import URL

from bot import __version__
from bot.clock import Clock
from bot.guidance.links.link import Fault, Result
from bot.guidance.links.public_only import (
    MayReach,
    PublicResolver,
    check_address,
    is_public,
    is_refused_here,
)

USER_AGENT = f"Perheovi-link-check/{__version__}"
_SECONDS, _SECONDS_IN_ALL = 10, 30
_MOST_REDIRECTS = 5
_FOR_GOOD, _FOR_NOW = frozenset({301, 308}), frozenset({302, 303, 307})
_REFUSED, _TOO_MANY = 400, 429


class _RedirectsError(Exception):
    """Too many redirects, or one that leads nowhere."""


@asynccontextmanager
async def asking(may_reach: MayReach = is_public) -> AsyncIterator[aiohttp.ClientSession]:
    """A client that reaches only what it may, keeps no cookies and no connections, and uses no proxy."""
    connector = aiohttp.TCPConnector(
        resolver=PublicResolver(may_reach), use_dns_cache=False, force_close=True
    )
    async with aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=_SECONDS),
        headers={"User-Agent": USER_AGENT},
        trust_env=False,
    ) as client:
        yield client


async def ask(
    client: aiohttp.ClientSession, address: str, clock: Clock, may_reach: MayReach = is_public
) -> Result:
    """How an address answers; never raises for what a server or the network does.

    `may_reach` as `client` was made with; it is asked at each redirect.
    """
    fault: Fault
    try:
        async with asyncio.timeout(_SECONDS_IN_ALL):
            status, moved_to = await _followed(client, URL(address), may_reach)
            return Result(at=clock(), status=status, moved_to=moved_to)
    except TimeoutError:
        fault = "slow"
    except _RedirectsError:
        fault = "redirects"
    except (aiohttp.ClientError, OSError, ValueError) as error:
        fault = "not_public" if is_refused_here(error) else "unreachable"
    return Result(at=clock(), fault=fault)


async def _followed(client: aiohttp.ClientSession, url: URL, may_reach: MayReach) -> tuple[int, str | None]:
    """The status at the end, and the address there when every redirect to it was for good."""
    first, for_good = url, True
    for _ in range(_MOST_REDIRECTS + 1):
        check_address(url, may_reach)
        status, location = await _answer(client, "HEAD", url)
        if status >= _REFUSED and status != _TOO_MANY:
            status, location = await _answer(client, "GET", url)
        if status not in _FOR_GOOD | _FOR_NOW:
            return status, str(url) if for_good and url != first else None
        if not location:
            raise _RedirectsError
        for_good = for_good and status in _FOR_GOOD
        url = url.join(URL(location)).with_fragment(None)
    raise _RedirectsError


async def _answer(client: aiohttp.ClientSession, method: str, url: URL) -> tuple[int, str | None]:
    async with client.request(method, url, allow_redirects=False) as response:
        return response.status, response.headers.get("Location")
