"""How long it takes until a crisis is on the last of fifty consoles, each of which does as its browser does.

A browser hears `crisis`, fetches the crises alone and draws them; the rest it fetches a second or two later. What is
told ends with the last byte of the crises at the last console; drawing them is a matter of milliseconds more.
"""

import asyncio
import random
import time
from collections.abc import Sequence
from datetime import UTC, datetime

from aiohttp import ClientResponse, ClientSession
from sqlalchemy.orm import Session

from bot.callbacks import queue
from bot.callbacks.request import NewCallback
from bot.database import Database

GOAL_MS = 1000
_REST_AFTER, _REST_WITHIN = 1.0, 1.0
_HOW_MANY = 5
_LONGEST_SECONDS = 30


class Console:
    """One open console: it listens, and fetches what it is told of."""

    def __init__(self, session: ClientSession, stream: ClientResponse, cookie: dict[str, str]) -> None:
        self._session, self._stream, self._cookie = session, stream, cookie
        self._heard = asyncio.Event()

    async def listen(self) -> None:
        """Hear events until cancelled."""
        async for line in self._stream.content:
            if line == b"event: crisis\n":
                self._heard.set()

    async def shows(self, callback_id: str) -> float:
        """Wait until this crisis is in what is fetched; the moment, on the clock of `time.perf_counter`."""
        while True:
            await asyncio.wait_for(self._heard.wait(), _LONGEST_SECONDS)
            self._heard.clear()
            if f"row-{callback_id}" in await self._fetched("/staff/crises"):
                return time.perf_counter()

    async def rest(self) -> None:
        """Fetch the whole page, not at the same moment as all others."""
        await asyncio.sleep(_REST_AFTER + random.random() * _REST_WITHIN)
        await self._fetched("/staff/?show=all")

    async def _fetched(self, address: str) -> str:
        async with self._session.get(address, cookies=self._cookie, allow_redirects=False) as answer:
            if answer.status != 200:  # noqa: PLR2004
                raise RuntimeError(f"{address} answered {answer.status}")
            return await answer.text()


async def crises(database: Database, consoles: Sequence[Console]) -> list[float]:
    """Some crises one after the other, written by another process than the server; milliseconds until the last has it.

    Each is counted from before it is written to the database.
    """
    listening = [asyncio.create_task(one.listen()) for one in consoles]
    took = []
    for number in range(_HOW_MANY):
        new = NewCallback(
            area="jarvenpaa", municipality="Järvenpää", phone=f"+35840{number + 1_000_000}", urgency="immediate",
            category="violence_now", notes="Mies huutaa ja lapset pelkäävät.",
        )  # fmt: skip
        began = time.perf_counter()
        booked = await database.write(lambda session, new=new: _booked(session, new))  # type: ignore[misc]
        shown = await asyncio.gather(*(one.shows(booked) for one in consoles))
        took.append((max(shown) - began) * 1000)
        await asyncio.gather(*(one.rest() for one in consoles))
    for task in listening:
        task.cancel()
    return took


def _booked(session: Session, new: NewCallback) -> str:
    now = datetime.now(UTC)
    return queue.book(session, new, now=now, promised_day=now.date()).id
