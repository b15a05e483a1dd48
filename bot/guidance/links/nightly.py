"""Works off the addresses that are due, so that no server notices: hosts side by side, each asked one at a time."""

import asyncio
from collections.abc import Sequence
from functools import partial
from urllib.parse import urlsplit

import aiohttp

from bot.clock import Clock
from bot.database import Database
from bot.guidance.links import store
from bot.guidance.links.asking import ask, asking
from bot.guidance.links.public_only import MayReach, is_public
from bot.guidance.links.store import Link

_AT_ONCE, _HOSTS_AT_ONCE = 40, 8
_PAUSE = 1.0


async def check_due(
    database: Database, clock: Clock, *, may_reach: MayReach = is_public, pause: float = _PAUSE
) -> int:
    """Ask a batch of due addresses; gives how many were asked. `pause`: seconds between two questions to a host."""
    links = await database.write(lambda session: store.take(session, _AT_ONCE, now=clock()))
    by_host: dict[str, list[Link]] = {}
    for link in links:
        by_host.setdefault(urlsplit(link.url).netloc.lower(), []).append(link)
    places = asyncio.Semaphore(_HOSTS_AT_ONCE)

    async def ask_host(client: aiohttp.ClientSession, of_host: Sequence[Link]) -> None:
        async with places:
            for link in of_host:
                result = await ask(client, link.url, clock, may_reach)
                await database.write(partial(store.keep, link=link, result=result))
                await asyncio.sleep(pause)

    if by_host:
        async with asking(may_reach) as client, asyncio.TaskGroup() as tasks:
            for of_host in by_host.values():
                tasks.create_task(ask_host(client, of_host))
    return len(links)
