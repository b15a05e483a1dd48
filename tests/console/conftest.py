"""A console on a real SQLite database, and ways to look at its pages."""

from collections.abc import AsyncIterator

import pytest

from bot.clock import SettableClock
from bot.database import Database
from tests.staff.building import Client, Open, a_client, an_app


@pytest.fixture
async def open_client(sqlite_database: Database, clock: SettableClock) -> AsyncIterator[Open]:
    """Each call is another browser at the same server."""
    app = an_app(sqlite_database, clock)
    opened: list[Client] = []

    async def another() -> Client:
        client = await a_client(app) if not opened else Client(opened[0].server)
        opened.append(client)
        return client

    yield another
    for client in opened[1:]:
        await client.session.close()
    for client in opened[:1]:
        await client.close()


@pytest.fixture
async def client(open_client: Open) -> Client:
    return await open_client()
