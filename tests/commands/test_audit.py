"""`perheovi audit verify`, as somebody who keeps the seals elsewhere runs it."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bot import audit
from bot.audit import chain, guarding
from bot.database import Database
from bot.keys import Keys
from bot.migrations import run
from tests.commands.test_bad_installations import perheovi

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
SECRET = "a secret for tests only, at least 32 bytes"


def test_the_command_says_that_the_chain_holds_and_then_where_it_was_broken(tmp_path: Path) -> None:
    file = tmp_path / "perheovi.sqlite3"
    database = Database(f"sqlite:///{file}", Keys(SECRET.encode()))
    run.upgrade(database)
    row = partial(audit.record, actor="aino", action="read", kind="callback", now=NOW)
    for number in range(3):
        database.write_now(partial(row, ids=[str(number)]))
    database.write_now(lambda s: chain.seal_more(s, NOW, lambda *_: {}))
    end = database.read_now(chain.last_seal)
    database.close()
    settings = {"database_url": f"sqlite:///{file}", "secret_key": SECRET, "data_dir": str(tmp_path)}

    whole = perheovi("audit", "verify", f"{end.id}:{end.seal}", **settings)
    assert (whole.returncode, whole.stdout) == (
        0, f"The chain holds: 3 rows sealed, 0 waiting. It ends at 3:{end.seal}\n",
    )  # fmt: skip

    with closing(sqlite3.connect(file)) as connection:
        for statement in guarding.taking_away("sqlite"):
            connection.execute(statement)
        connection.execute("UPDATE audit SET actor = 'eve' WHERE id = 2")
        connection.execute("DELETE FROM audit WHERE id = 3")
        connection.commit()
    broken = perheovi("audit", "verify", f"{end.id}:{end.seal}", **settings)
    assert broken.returncode == 1
    assert broken.stdout.splitlines()[:3] == [
        "row 2 was changed after it was sealed",
        "the rows after 3 were cut off",
        "row 3 has not the seal that you kept",
    ]
    assert "does NOT hold" in broken.stdout


def test_an_anchor_that_is_none_is_told_in_one_sentence(tmp_path: Path) -> None:
    result = perheovi("audit", "verify", "nonsense", data_dir=str(tmp_path))
    assert result.returncode == 1
    assert (
        result.stderr == "'nonsense' is not an anchor (write it as NUMBER:SEAL, as the audit page shows it)\n"
    )
