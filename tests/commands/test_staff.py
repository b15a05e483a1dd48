"""People and tokens from the command line: the first admin, a link for who is locked out, a token and its end."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from bot import audit
from bot.__main__ import app
from bot.callbacks import queue
from bot.callbacks.request import Actor, NewCallback
from bot.clock import system_clock
from bot.database import Database
from bot.keys import Keys
from bot.reach import EVERYWHERE
from bot.settings import SetupError
from bot.staff import accounts, resets, tokens
from tests.conftest import SECRET

EMAIL, PASSWORD = "saara@example.org", "kuusi-ja-lumi-2026"


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty installation, which the commands use."""
    monkeypatch.setenv("PERHEOVI_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("PERHEOVI_SECRET_KEY", SECRET.decode())
    monkeypatch.delenv("PERHEOVI_DATABASE_URL", raising=False)
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    return tmp_path


def run(*words: str) -> None:
    app(list(words), result_action="return_value")


def kept(installation: Path) -> Database:
    return Database(f"sqlite:///{installation / 'perheovi.sqlite3'}", Keys(SECRET))


def test_the_first_admin_is_made_listed_closed_only_beside_another_and_opened_again(
    installation: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run("staff", "add", EMAIL, "--role", "admin", "--name", "Saara Kivelä")
    with pytest.raises(SetupError, match="last admin"):
        run("staff", "disable", EMAIL)
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    run("staff", "add", "toinen@example.org", "--role", "admin", "--area", "Järvenpää")
    run("staff", "disable", EMAIL)
    capsys.readouterr()
    run("staff", "list")
    assert capsys.readouterr().out.splitlines() == [
        "toinen@example.org\tadmin\tjarvenpaa\tpassword only\topen",
        f"{EMAIL}\tadmin\tall areas\tpassword only\tclosed",
    ]
    run("staff", "enable", EMAIL)
    database = kept(installation)
    account = database.read_now(lambda session: accounts.by_email(session, EMAIL))
    database.close()
    assert account is not None
    assert account.active


def test_a_link_is_printed_for_who_is_locked_out(
    installation: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run("staff", "add", EMAIL, "--role", "admin")
    monkeypatch.setenv("PERHEOVI_PUBLIC_URL", "https://perheovi.example.org")
    capsys.readouterr()
    run("staff", "reset", EMAIL, "--remove-second-factor")
    link = capsys.readouterr().out.strip()
    assert link.startswith("https://perheovi.example.org/staff/reset?token=")
    database = kept(installation)
    token = link.partition("=")[2]
    found = database.read_now(lambda session: resets.holder(session, token, system_clock()))
    database.close()
    assert found is not None
    assert found.email == EMAIL


@pytest.mark.parametrize("command", ["disable", "enable", "reset"])
@pytest.mark.usefixtures("installation")
def test_who_has_no_account_is_told_of(command: str) -> None:
    with pytest.raises(SetupError, match="staff list"):
        run("staff", command, "kukaan@example.org")


@pytest.mark.usefixtures("installation")
def test_a_token_is_made_narrow_listed_without_itself_and_revoked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    narrowed = ("--scope", "callbacks:read", "--scope", "figures:read", "--area", "Askola")
    run("token", "add", "vaihde", "--role", "coordinator", *narrowed)
    token = capsys.readouterr().out.splitlines()[-1]
    run("token", "list")
    listed = capsys.readouterr().out
    assert token not in listed
    assert listed.startswith("vaihde\tcoordinator\tcallbacks:read,figures:read\t")
    assert listed.endswith("never used\tin use\n")
    run("token", "revoke", "vaihde")
    run("token", "list")
    assert capsys.readouterr().out.endswith("revoked\n")
    with pytest.raises(SetupError, match="token list"):
        run("token", "revoke", "vaihde")


@pytest.mark.usefixtures("installation")
def test_a_scope_or_an_area_nobody_knows_is_told() -> None:
    with pytest.raises(SetupError, match="callbacks:all"):
        run("token", "add", "vaihde", "--role", "advisor", "--scope", "callbacks:all")
    with pytest.raises(SetupError, match="Atlantis"):
        run("token", "add", "vaihde", "--role", "advisor", "--area", "Atlantis")


def test_what_the_command_line_does_stands_in_the_audit(installation: Path) -> None:
    run("staff", "add", EMAIL, "--role", "admin")
    run("token", "add", "vaihde", "--role", "advisor")
    database = kept(installation)
    rows = database.read_now(audit.latest)
    made = database.read_now(tokens.everything)
    database.close()
    assert [(row.actor, row.action, row.kind) for row in rows[:2]] == [
        ("command_line", "added", "token"),
        ("command_line", "added", "staff"),
    ]
    assert rows[0].ids == [made[0].id]


def test_what_a_closed_account_held_is_in_the_queue_again(
    installation: Path,
) -> None:
    run("staff", "add", EMAIL, "--role", "advisor", "--name", "Saara Kivelä")
    database = kept(installation)
    account = database.read_now(lambda session: accounts.by_email(session, EMAIL))
    assert account is not None
    saara, now = Actor(account.id, account.name, EVERYWHERE), system_clock()
    new = NewCallback(area="jarvenpaa", phone="+358501234567", need="upbringing", needs=("upbringing",))

    def claimed(session: Session) -> str:
        one = queue.book(session, new, now=now, promised_day=now.date()).id
        queue.claim(session, one, saara, now=now, lease=timedelta(minutes=30))
        return one

    one = database.write_now(claimed)
    run("staff", "disable", EMAIL)
    found = database.read_now(lambda session: queue.find(session, one, EVERYWHERE))
    database.close()
    assert found is not None
    assert (found.state, found.history[-1].detail["why"]) == ("waiting", "account_closed")
