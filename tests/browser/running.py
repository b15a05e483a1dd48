"""The real application, served from a thread on a free port, on a database of its own."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from aiohttp import web
from pydantic import SecretStr

from bot.app import Options, Parts, build, open_parts, prepare
from bot.clock import SettableClock
from bot.settings import Settings
from bot.staff import demo
from tests.trained import trained_model

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
"""Tuesday 24 November 2026, 10:00 in Finland."""


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers at `url`, and what it works with."""

    url: str
    parts: Parts
    clock: SettableClock


@contextmanager
def running(folder: Path, *, embed_origins: str = "") -> Iterator[Running]:
    """Serve from `folder` until the block ends: an empty queue, the shipped catalogue, the demo's staff."""
    clock = SettableClock(NOW)
    settings = Settings(
        data_dir=folder,
        database_url=None,
        secret_key=SecretStr("a secret for browser tests only, 32 bytes"),
        model_path=trained_model(),
        embed_origins=embed_origins,
        trusted_proxies=1,  # each browser says another address, so that they are counted one by one
    )
    prepare(settings, clock)
    parts = open_parts(settings, clock)
    parts.database.write_now(lambda session: demo.seed(session, clock()))
    with served(parts, clock) as found:
        yield found


@contextmanager
def served(parts: Parts, clock: SettableClock) -> Iterator[Running]:
    """The application of `parts`, until the block ends."""
    thread = _ServerThread(parts)
    thread.start()
    try:
        yield Running(thread.wait_for_url(), parts, clock)
    finally:
        thread.stop()


class _ServerThread(threading.Thread):
    def __init__(self, parts: Parts) -> None:
        super().__init__(name="server", daemon=True)
        self._parts = parts
        self._loop = asyncio.new_event_loop()
        self._ending = asyncio.Event()
        self._ready = threading.Event()
        self._url = ""

    def run(self) -> None:
        try:
            self._loop.run_until_complete(self._serve())
        finally:
            self._ready.set()
            self._loop.close()

    async def _serve(self) -> None:
        # Stopped the way `perheovi serve` is: streams end first, then the parts are closed.
        runner = web.AppRunner(build(self._parts, Options(demo=True)), access_log=None, shutdown_timeout=5)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0][:2]
        self._url = f"http://{host}:{port}"
        self._ready.set()
        await self._ending.wait()
        await runner.cleanup()

    def wait_for_url(self) -> str:
        self._ready.wait(30)
        assert self._url, "the server did not start"
        return self._url

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._ending.set)
        self.join(30)
        assert not self.is_alive(), "the server did not stop"
