"""A server that is told to stop ends what it has begun, lets streams go, and hands its jobs to another."""

import asyncio
import os
import signal
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest
from aiohttp import ClientTimeout
from sqlalchemy import create_engine, text

from bot.staff import demo
from tests.trained import trained_model

ROOT = Path(__file__).resolve().parents[2]
MOST_SECONDS, BUSY_AFTER = 25, 5


@dataclass
class Served:
    """A server in a process of its own."""

    process: asyncio.subprocess.Process
    url: str
    folder: Path

    def lease_is_free(self) -> bool:
        return str(self._asked("SELECT until FROM job_lease")).startswith("1970")

    def messages_taken(self) -> int:
        return int(str(self._asked("SELECT count(*) FROM inbox")))

    def _asked(self, question: str) -> object:
        engine = create_engine(f"sqlite:///{self.folder / 'perheovi.sqlite3'}")
        with engine.connect() as connection:
            found: object = connection.execute(text(question)).scalar_one()
        engine.dispose()
        return found


async def served(folder: Path) -> Served:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PERHEOVI_")}
    environment |= {"PERHEOVI_DATA_DIR": str(folder), "PERHEOVI_MODEL_PATH": str(trained_model())}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "serve", "--demo", "--port", "0",
        cwd=ROOT, env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    assert process.stdout is not None
    url = ""
    while not url:
        line = (await asyncio.wait_for(process.stdout.readline(), 100)).decode()
        assert line, "the server did not start"
        if "Families:" in line:
            url = line.split()[-1].rstrip("/")
    return Served(process, url, folder)


async def signed_in(client: aiohttp.ClientSession, url: str) -> None:
    form = {"email": demo.PEOPLE[0].email, "password": demo.PASSWORD}
    async with client.post(f"{url}/staff/sign-in", data=form) as response:
        assert response.status == 200


async def writes(
    client: aiohttp.ClientSession, url: str, sender: str, told: Counter[str], busy: asyncio.Event
) -> None:
    """Write one message after the other until the server is gone."""
    for number in range(10_000):
        body = {"sender": f"{sender}-{number}", "message": "meillä on iltaisin hirveä huuto"}
        try:
            async with client.post(f"{url}/webhooks/rest/webhook", json=body) as response:
                answer = await response.json()
        except aiohttp.ClientError:
            return  # nothing was taken: what was is counted afterwards
        told["answered" if response.status == 200 and answer else str(response.status)] += 1
        if told["answered"] > BUSY_AFTER:
            busy.set()


@pytest.mark.parametrize(
    "round_", [1, *(pytest.param(number, marks=pytest.mark.long) for number in range(2, 21))]
)
async def test_what_was_accepted_is_answered_streams_end_and_the_lease_is_handed_back(
    tmp_path: Path, round_: int
) -> None:
    """R-16: under load, within 25 seconds."""
    server, told = await served(tmp_path), Counter[str]()
    jar = aiohttp.CookieJar(unsafe=True)
    connector = aiohttp.TCPConnector(force_close=True)  # each message comes over a connection of its own
    async with (
        aiohttp.ClientSession(cookie_jar=jar, timeout=ClientTimeout(total=60)) as staff,
        aiohttp.ClientSession(connector=connector, timeout=ClientTimeout(total=60)) as families,
    ):
        await signed_in(staff, server.url)
        stream = await staff.get(f"{server.url}/staff/live")
        await stream.content.readuntil(b"event: ready")
        busy = asyncio.Event()
        load = [
            asyncio.create_task(writes(families, server.url, f"{round_}-{n}", told, busy)) for n in range(6)
        ]
        await busy.wait()
        began = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        while await stream.content.read(1000):
            pass  # it ends by itself
        await asyncio.wait_for(server.process.wait(), MOST_SECONDS)
        assert time.monotonic() - began < MOST_SECONDS
        await asyncio.gather(*load)
    assert set(told) == {"answered"}, told
    # Who was cut off was not taken: whatever the server has of a message, its sender has the answer to.
    assert server.messages_taken() == told["answered"]
    assert server.lease_is_free()


async def test_a_second_signal_ends_it_at_once(tmp_path: Path) -> None:
    server = await served(tmp_path)
    for _ in range(2):
        server.process.send_signal(signal.SIGTERM)
    await asyncio.wait_for(server.process.wait(), 5)
