"""The database: where transactions open and close, and the types all tables share.

Work is a plain function of a session, run whole in a worker thread: `await database.write(lambda s: …)`. So no
transaction can wait for the network, and the same code serves SQLite (one writer at a time, `BEGIN IMMEDIATE`)
and PostgreSQL (a pool).
"""

import asyncio
import secrets
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import DDL, DateTime, Dialect, Engine, MetaData, create_engine, event, make_url, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute, Session, sessionmaker
from sqlalchemy.types import TypeDecorator

from bot.keys import Keys

T = TypeVar("T")

_READERS = 4
_POSTGRES_WORKERS = 8
_BUSY_SECONDS = 10


class DatabaseUnavailableError(Exception):
    """The database cannot be reached or opened; the message says what to do."""


class Base(DeclarativeBase):
    """The parent of every table."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware in Python, UTC in the database. A naive time is a mistake and is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Refuse naive times; SQLite would drop the zone without converting."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give the zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def new_id() -> str:
    """An id for a row: 128 random bits as 32 hex digits. It says nothing and cannot be guessed."""
    return secrets.token_hex(16)


def keys_of(session: Session) -> Keys:
    """The keys that open this database's sealed fields."""
    keys: Keys = session.info["keys"]
    return keys


def when_made(table: type["Base"], statements: Callable[[str], Iterable[str]]) -> None:
    """Run statements after a table of a new database, such as its triggers; `statements` gives those of a dialect."""
    for dialect in ("sqlite", "postgresql"):
        for statement in statements(dialect):
            made = DDL(statement).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]
            event.listen(table.__table__, "after_create", made)


def count_up(
    session: Session, key: InstrumentedAttribute[int], number: InstrumentedAttribute[int], row: int = 1
) -> None:
    """Count a change in a counter table of one row, which is made by the first change of all.

    Args:
        session: The transaction of the change; from here until its commit other changes wait for the counter.
        key: The table's primary key.
        number: Its counter.
        row: The key of the one row.
    """
    counter = key.class_
    values = {number.key: number + 1}
    counted = session.execute(update(counter).where(key == row).values(values).returning(key))
    if counted.first() is None:  # two may be the first at once
        dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
        first = dialect.insert(counter).values({key.key: row, number.key: 1})
        session.execute(first.on_conflict_do_update(index_elements=[key.key], set_=values))


class Database:
    """One database, opened: runs work in transactions."""

    def __init__(self, url: str, keys: Keys) -> None:
        """`url`: `sqlite:///path` or `postgresql+psycopg://…`. Nothing is connected before the first work."""
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(url) if self.is_sqlite else _postgres_engine(url)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False, info={"keys": keys})
        # Threads of this process queue here: SQLite's own waiting is a retry with sleeps, unfair and slow in a crowd.
        self._turn: AbstractContextManager[object] = threading.Lock() if self.is_sqlite else nullcontext()
        writers = 1 if self.is_sqlite else _POSTGRES_WORKERS
        self._writers = ThreadPoolExecutor(writers, thread_name_prefix="database-write")
        self._readers = ThreadPoolExecutor(_READERS, thread_name_prefix="database-read")

    async def write(self, work: Callable[[Session], T]) -> T:
        """Run `work` in a transaction; it is committed when this returns. On SQLite one runs at a time."""
        return await asyncio.get_running_loop().run_in_executor(self._writers, self.write_now, work)

    async def read(self, work: Callable[[Session], T]) -> T:
        """Run `work` in a transaction that changes nothing."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, self.read_now, work)

    def write_now(self, work: Callable[[Session], T]) -> T:
        """The same as `write` from code that does not run in the event loop (commands, tests)."""
        try:
            with self._turn, self._sessions.begin() as session:
                return work(session)
        except OperationalError as error:
            raise _unavailable(error) from error

    def read_now(self, work: Callable[[Session], T]) -> T:
        """The same as `read` from code that does not run in the event loop."""
        try:
            with self._sessions() as session:
                session.connection(execution_options={"reading": True})
                return work(session)
        except OperationalError as error:
            raise _unavailable(error) from error

    def close(self) -> None:
        """Finish the work begun and close every connection."""
        self._writers.shutdown()
        self._readers.shutdown()
        self.engine.dispose()


def _unavailable(error: OperationalError) -> DatabaseUnavailableError:
    return DatabaseUnavailableError(f"the database does not answer: {error.orig.__class__.__name__}")


def _postgres_engine(url: str) -> Engine:
    return create_engine(
        url, pool_size=_POSTGRES_WORKERS + _READERS, pool_pre_ping=True, hide_parameters=True
    )


def _sqlite_engine(url: str) -> Engine:
    path = make_url(url).database
    if path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        pool_size=1 + _READERS,
        connect_args={"check_same_thread": False, "timeout": _BUSY_SECONDS},
        hide_parameters=True,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves: sqlite3 would begin only at the first write
    for pragma in (
        "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", "trusted_schema=OFF",
    ):  # fmt: skip
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Any) -> None:
    # A transaction that reads and then writes must hold the write lock from the start: a deferred one that
    # upgrades fails with "busy" whatever the time-out is.
    reading = connection.get_execution_options().get("reading")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
