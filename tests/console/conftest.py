"""A console on a real SQLite database, and ways to look at its pages."""

from collections.abc import AsyncIterator

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.clock import SettableClock
from bot.database import Database
from tests.staff.building import Client, Open, an_app


@pytest.fixture
async def open_client(sqlite_database: Database, clock: SettableClock) -> AsyncIterator[Open]:
    """Each call is another browser at the same server."""
    server = TestServer(an_app(sqlite_database, clock))
    opened: list[Client] = []

    async def another() -> Client:
        client: Client = TestClient(server)
        await client.start_server()
        opened.append(client)
        return client

    yield another
    for client in opened:
        await client.session.close()
    await server.close()


@pytest.fixture
async def client(open_client: Open) -> Client:
    return await open_client()
