"""Moving a database between versions of the tables, and asking whether it is up to date.

Every step runs in one transaction on SQLite and on PostgreSQL: it happens whole or not at all, and of several
processes that start at once one does it while the others wait.
"""

import importlib
import pkgutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.autogenerate.api import AutogenContext
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, text

import bot
from bot.database import Base, Database, UtcDateTime

HERE = Path(__file__).parent
_LOCK = 7_274_501_118
"""Any number will do, as long as all our processes take the same."""


class ForeignKeyBrokenError(Exception):
    """A step would leave rows pointing at rows that are not there; it has been undone."""


class UnknownVersionError(Exception):
    """The tables are of a version that this program does not know."""


def upgrade(database: Database, revision: str = "head", *, scripts: Path = HERE) -> None:
    """Bring the tables of `database` forward to `revision`; `scripts` is the folder with `env.py` and `versions`.

    Raises:
        UnknownVersionError: Another version of the program, as a rule a newer one, has made the tables.
    """
    try:
        with _alone(database) as connection:
            command.upgrade(_config(connection, scripts), revision)
    except CommandError as error:
        raise UnknownVersionError(str(error)) from error


def downgrade(database: Database, revision: str, *, scripts: Path = HERE) -> None:
    """Take the tables of `database` back to `revision` (`base`: to nothing)."""
    with _alone(database) as connection:
        command.downgrade(_config(connection, scripts), revision)


def is_current(database: Database, *, scripts: Path = HERE) -> bool:
    """Whether `database` has exactly the newest version of the tables."""
    wanted = set(ScriptDirectory.from_config(_config(None, scripts)).get_heads())
    with _looking(database) as connection:
        return set(MigrationContext.configure(connection).get_current_heads()) == wanted


def differences(database: Database) -> list[Any]:
    """What Alembic finds different between `database` and the tables in the code; empty when they agree."""
    know_every_table()
    with _looking(database) as connection:
        found: list[Any] = compare_metadata(
            MigrationContext.configure(connection, opts={"compare_type": True}), Base.metadata
        )
        return found


def write_new_version(database: Database, title: str, *, scripts: Path = HERE) -> Path:
    """Write the step from `database` as it is to the tables in the code, to be read and corrected; its file."""
    know_every_table()
    with _alone(database) as connection:
        made = command.revision(_config(connection, scripts), title, autogenerate=True)
    if made is None or isinstance(made, list):
        raise RuntimeError("one step was expected")
    return Path(made.path)


def know_every_table() -> None:
    """Import every module of the bot, so that every table is known."""
    for module in pkgutil.walk_packages(bot.__path__, "bot."):
        if not module.name.startswith(("bot.__main__", "bot.migrations")):
            importlib.import_module(module.name)


def plain_types(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write our own column types as those of SQLAlchemy: an old step must not change when our code does."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False


def _config(connection: Connection | None, scripts: Path) -> Config:
    config = Config(attributes={"connection": connection})
    for name, value in (
        ("script_location", str(scripts)),
        ("path_separator", "os"),
        ("file_template", "%(year)d_%(month).2d_%(day).2d_%(slug)s"),
    ):
        config.set_main_option(name, value.replace("%", "%%"))
    return config


def _looking(database: Database) -> Connection:
    return database.engine.connect().execution_options(reading=True)


@contextmanager
def _alone(database: Database) -> Iterator[Connection]:
    """A connection in a transaction of its own in which no other process changes the tables."""
    with database.engine.connect() as connection:
        if not database.is_sqlite:
            with connection.begin():
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
                yield connection
            return
        # SQLite changes a table by copying it and dropping the old one; with foreign keys on, dropping would
        # delete what refers to it. The switch works only outside a transaction.
        raw: Any = connection.connection.driver_connection
        raw.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                yield connection
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    raise ForeignKeyBrokenError(
                        "a step of the migration left rows without what they refer to"
                    )
        finally:
            raw.execute("PRAGMA foreign_keys=ON")
