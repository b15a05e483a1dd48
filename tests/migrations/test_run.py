"""The tools of migration, tried on steps of their own; and that the shipped steps make the tables of the code."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text

from bot.database import Base, Database
from bot.keys import Keys
from bot.migrations import run

FIRST = '''"""Two tables, one referring to the other."""

import sqlalchemy as sa
from alembic import op

revision = "first"
down_revision = None


def upgrade() -> None:
    op.create_table("family", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String(20)))
    op.create_table(
        "child",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("family_id", sa.Integer, sa.ForeignKey("family.id", ondelete="CASCADE"), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("child")
    op.drop_table("family")
'''

SECOND = '''"""A longer name: SQLite copies the table for it."""

import sqlalchemy as sa
from alembic import op

revision = "second"
down_revision = "first"


def upgrade() -> None:
    with op.batch_alter_table("family") as batch:
        batch.alter_column("name", existing_type=sa.String(20), type_=sa.String(80), nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("family") as batch:
        batch.alter_column("name", existing_type=sa.String(80), type_=sa.String(20), nullable=True)
'''

FAILING = '''"""It adds a table and then fails."""

import sqlalchemy as sa
from alembic import op

revision = "failing"
down_revision = "second"


def upgrade() -> None:
    op.create_table("half", sa.Column("id", sa.Integer, primary_key=True))
    op.execute("INSERT INTO nowhere VALUES (1)")
'''


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path, keys: Keys) -> Iterator[Database]:
    """A database without any table, of its own."""
    if request.param == "sqlite":
        database = Database(f"sqlite:///{tmp_path / 'empty.sqlite3'}", keys)
        yield database
        database.close()
        return
    url: str = request.getfixturevalue("postgres_url")
    server = create_engine(url, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS migrating"))
        connection.execute(text("CREATE DATABASE migrating"))
    database = Database(server.url.set(database="migrating").render_as_string(hide_password=False), keys)
    yield database
    database.close()
    with server.connect() as connection:
        connection.execute(text("DROP DATABASE migrating"))
    server.dispose()


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    """A folder of steps as ours is, with the first two steps above."""
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    for name in ("env.py", "script.py.mako"):
        shutil.copy(run.HERE / name, folder)
    (folder / "versions" / "one.py").write_text(FIRST)
    (folder / "versions" / "two.py").write_text(SECOND)
    return folder


def test_a_database_is_brought_forward_and_back(empty: Database, scripts: Path) -> None:
    assert not run.is_current(empty, scripts=scripts)
    run.upgrade(empty, "first", scripts=scripts)
    assert not run.is_current(empty, scripts=scripts)
    run.upgrade(empty, scripts=scripts)
    assert run.is_current(empty, scripts=scripts)
    run.upgrade(empty, scripts=scripts)  # again: nothing to do
    run.downgrade(empty, "base", scripts=scripts)
    assert tables(empty) == {"alembic_version"}


def test_changing_a_table_keeps_the_rows_that_refer_to_it(empty: Database, scripts: Path) -> None:
    run.upgrade(empty, "first", scripts=scripts)
    with empty.engine.begin() as connection:
        connection.execute(text("INSERT INTO family VALUES (1, 'Virta')"))
        connection.execute(text("INSERT INTO child VALUES (1, 1)"))
    run.upgrade(empty, scripts=scripts)
    run.downgrade(empty, "first", scripts=scripts)
    with empty.engine.begin() as connection:
        assert connection.scalar(text("SELECT count(*) FROM child")) == 1
        connection.execute(text("DELETE FROM family"))  # foreign keys are watched again
        assert connection.scalar(text("SELECT count(*) FROM child")) == 0


def test_a_step_that_fails_leaves_nothing_behind(empty: Database, scripts: Path) -> None:
    (scripts / "versions" / "three.py").write_text(FAILING)
    run.upgrade(empty, "second", scripts=scripts)
    with pytest.raises(Exception, match="nowhere"):
        run.upgrade(empty, scripts=scripts)
    assert tables(empty) == {"alembic_version", "family", "child"}
    assert not run.is_current(empty, scripts=scripts)


def test_replicas_that_start_at_once_migrate_once(empty: Database, scripts: Path) -> None:
    """Each replica has its own connection; Alembic keeps its present context in the process, so they take turns."""
    failed: list[BaseException] = []

    def start() -> None:
        try:
            run.upgrade(empty, scripts=scripts)
        except BaseException as error:  # noqa: BLE001  (told below)
            failed.append(error)

    replicas = [threading.Thread(target=start) for _ in range(2)]
    for replica in replicas:
        replica.start()
    for replica in replicas:
        replica.join()
    assert failed == []
    assert run.is_current(empty, scripts=scripts)


def test_differences_are_found_and_a_step_written_from_them_ends_them(empty: Database, scripts: Path) -> None:
    for step in (scripts / "versions").glob("*.py"):
        step.unlink()
    run.know_every_table()
    assert {change[1].name for change in run.differences(empty) if change[0] == "add_table"} == set(
        Base.metadata.tables
    )
    written = run.write_new_version(empty, "Every table", scripts=scripts)
    assert "bot.database" not in written.read_text()  # an old step must not change with our code
    run.upgrade(empty, scripts=scripts)
    assert run.differences(empty) == []
    run.downgrade(empty, "base", scripts=scripts)
    assert tables(empty) == {"alembic_version"}


def test_the_shipped_steps_make_the_tables_of_the_code_and_take_them_away_again(empty: Database) -> None:
    run.upgrade(empty)
    assert run.is_current(empty)
    assert run.differences(empty) == []
    migrated = triggers(empty)
    run.downgrade(empty, "base")
    assert tables(empty) == {"alembic_version"}
    Base.metadata.create_all(empty.engine)
    assert triggers(empty) == migrated  # a step that copies a table must not lose what guards it


def tables(database: Database) -> set[str]:
    with database.engine.connect() as connection:
        return set(inspect(connection).get_table_names())


def triggers(database: Database) -> set[str]:
    """The names of what the database does by itself."""
    found = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if not database.is_sqlite:
        found = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    with database.engine.connect() as connection:
        return set(connection.scalars(text(found)))
