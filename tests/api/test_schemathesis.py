"""The API is what its description says: schemathesis makes requests from it and checks every answer."""

import asyncio
import os
import sys
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer

from bot.clock import SettableClock
from bot.database import Database
from bot.guidance import store
from bot.guidance.catalogue import Service
from tests.console.test_services_page import ENTRY
from tests.staff.building import a_request, a_token, an_app

HERE = Path(__file__).parent
ROLES = {"coordinator": "/callbacks|/alarms|/reports", "owner": "/services"}
"""No role may make every call, so each tries its own."""


async def tried(server: TestServer, token: str, paths: str, examples: int, folder: Path) -> str:
    """What schemathesis found; empty when nothing."""
    command = [
        sys.executable, "-m", "schemathesis.cli", "--config-file", str(HERE / "schemathesis.toml"), "run",
        str(server.make_url("/api/openapi.json")), "--header", f"Authorization: {token}", "--checks", "all",
        "--phases", "examples,coverage,fuzzing,stateful", "--max-examples", str(examples), "--seed", "1",
        "--include-path-regex", paths, "--no-color", "--workers", "1",
    ]  # fmt: skip
    environment = os.environ | {
        "SCHEMATHESIS_HOOKS": "tests.api.schemathesis_hooks",
        "PYTHONPATH": str(HERE.parents[1]),
    }
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=folder,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    return output.decode() if process.returncode else ""


@pytest.mark.timeout(600)
@pytest.mark.parametrize("role", ROLES)
async def test_schemathesis_finds_nothing(
    sqlite_database: Database, clock: SettableClock, role: str, tmp_path: Path
) -> None:
    await finds_nothing(sqlite_database, clock, role, 5, tmp_path)


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("role", ROLES)
async def test_schemathesis_finds_nothing_for_long(
    database: Database, clock: SettableClock, role: str, tmp_path: Path
) -> None:
    await finds_nothing(database, clock, role, 300, tmp_path)


async def finds_nothing(
    database: Database, clock: SettableClock, role: str, examples: int, folder: Path
) -> None:
    database.write_now(lambda session: store.seed(session, [Service.model_validate(ENTRY)], now=clock()))
    a_request(database, clock, urgency="immediate")
    server = TestServer(an_app(database, clock))
    await server.start_server()
    token = a_token(database, clock, "kone", role)["Authorization"]
    assert await tried(server, token, ROLES[role], examples, folder) == ""
    await server.close()
