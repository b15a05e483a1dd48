"""What a monitor learns: whether the server is ready, whether jobs run and fail, and how many alarms there are."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.channels import health as pages
from bot.clock import SettableClock
from bot.database import Database
from bot.jobs import health
from bot.jobs.job import ALARM_AFTER
from bot.jobs.running import Runner
from bot.web.appkeys import CLOCK, DATABASE
from tests.alarms.test_watching import arrives, looks
from tests.staff.building import Client


@pytest.fixture
async def monitor(database: Database, clock: SettableClock) -> AsyncIterator[Client]:
    app = web.Application()
    app[DATABASE] = database
    app[CLOCK] = clock.__call__
    app.add_routes([web.get("/health/ready", pages.ready), web.get("/metrics", pages.metrics)])
    client = TestClient(TestServer(app))
    await client.start_server()
    yield client
    await client.close()


async def test_a_server_without_jobs_and_alarms_is_ready(monitor: Client) -> None:
    told = await (await monitor.get("/health/ready")).json()
    nobody = {"led": False, "failing": [], "missed_periods": 0}
    assert told == {"status": "ok", "jobs": nobody, "alarms": 0}


async def test_failing_jobs_and_alarms_are_told_without_a_word_of_anybody(
    monitor: Client, database: Database, clock: SettableClock
) -> None:
    arrives(database, clock, urgency="immediate", notes="salainen asia")
    clock.set(clock() + timedelta(minutes=16))
    looks(database, clock)
    await Runner(database, clock).seek()
    for _ in range(ALARM_AFTER):
        database.write_now(lambda s: health.failed(s, "watch what waits", "KeyError", clock()))
    told = await (await monitor.get("/health/ready")).json()
    assert told["jobs"] == {"led": True, "failing": ["watch what waits"], "missed_periods": 0}
    assert told["alarms"] == 2
    figures = await (await monitor.get("/metrics")).text()
    assert f'perheovi_job_failures{{job="watch what waits"}} {ALARM_AFTER}.0' in figures
    assert 'perheovi_alarms{acknowledged="false",kind="crisis",level="3"} 1.0' in figures
    assert "perheovi_jobs_led 1.0" in figures
    assert "salainen" not in figures
