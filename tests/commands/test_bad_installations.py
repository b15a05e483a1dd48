"""What goes wrong outside the program ends in one clear sentence and a failed exit, never in a traceback."""

import json
import os
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


def perheovi(*words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PERHEOVI_")}
    environment |= {f"PERHEOVI_{name.upper()}": value for name, value in settings.items()}
    command = [sys.executable, "-m", "bot", *words]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=110, input=""
    )


def says(result: subprocess.CompletedProcess[str], *words: str) -> None:
    assert result.returncode != 0
    assert "Traceback" not in result.stderr, result.stderr
    for word in words:
        assert word in result.stderr


def test_a_taken_port_is_named_with_the_way_out(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        says(perheovi("serve", "--port", port, data_dir=str(tmp_path)), f"Port {port} is taken", "--port")


def test_a_missing_database_is_named_without_its_password(tmp_path: Path) -> None:
    result = perheovi(
        "db",
        "upgrade",
        data_dir=str(tmp_path),
        database_url="postgresql+psycopg://me:hunter2@127.0.0.1:1/nothing",
        secret_key="x" * 40,
    )
    says(result, "does not answer", "PERHEOVI_DATABASE_URL")
    assert "hunter2" not in result.stderr


def test_a_database_of_another_version_is_told(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "perheovi.sqlite3")) as newer, newer:
        newer.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
        newer.execute("INSERT INTO alembic_version VALUES ('of-next-year')")
    result = perheovi("db", "upgrade", data_dir=str(tmp_path))
    says(result, "another version of Perheovi", "PERHEOVI_DATA_DIR")


def test_a_production_database_without_a_key_is_refused(tmp_path: Path) -> None:
    result = perheovi(
        "db", "upgrade", data_dir=str(tmp_path), database_url="postgresql+psycopg://127.0.0.1:1/x"
    )
    says(result, "PERHEOVI_SECRET_KEY is not set")


def test_a_key_that_is_too_short_is_refused(tmp_path: Path) -> None:
    says(
        perheovi("db", "upgrade", data_dir=str(tmp_path), secret_key="short"),
        "PERHEOVI_SECRET_KEY is too short",
    )


def test_a_setting_with_a_wrong_value_is_named(tmp_path: Path) -> None:
    says(perheovi("db", "upgrade", data_dir=str(tmp_path), lease_minutes="soon"), "PERHEOVI_LEASE_MINUTES")


@pytest.mark.parametrize("broken", ["flows:\n  x: [\n", "responses:\n  utter_x:\n    - txt: hei\n"])
def test_a_broken_content_file_is_named_with_its_line(tmp_path: Path, broken: str) -> None:
    dialogues = tmp_path / "dialogues"
    dialogues.mkdir()
    (dialogues / "broken.yml").write_text(broken)
    result = perheovi("check", data_dir=str(tmp_path), dialogues_dir=str(dialogues))
    assert result.returncode == 1
    assert "broken.yml:" in result.stdout
    assert "Traceback" not in result.stderr


def test_the_first_admin_is_made_on_the_command_line(tmp_path: Path) -> None:
    environment = {**os.environ, "PERHEOVI_DATA_DIR": str(tmp_path)}
    command = [sys.executable, "-m", "bot", "staff", "add", "paula@example.org", "--role", "admin"]
    made = subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        input="a long enough password\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    assert "paula@example.org may now sign in as admin" in made.stdout
    again = subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        input="a long enough password\n",
        capture_output=True,
        text=True,
        check=False,
    )
    says(again, "paula@example.org")


def test_a_token_is_printed_alone_on_the_last_line(tmp_path: Path) -> None:
    result = perheovi("token", "add", "front desk", "--role", "advisor", data_dir=str(tmp_path))
    assert result.returncode == 0, result.stderr
    assert " " not in result.stdout.splitlines()[-1]


def test_understanding_a_file_that_is_not_json_lines_names_the_line(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text('{"id": 1, "text": "hei"}\nnot json\n')
    model = ROOT / "var" / "model.npz"
    result = perheovi("understand", str(source), str(tmp_path / "out.jsonl"), "--model", str(model))
    says(result, "in.jsonl:2")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('{"id": 1, "text": "hei", "now": "2026-12-01T10:15"}', "has no zone"),
        ('{"id": 1, "text": "hei", "now": "huomenna"}', "not a time"),
        ('{"id": 1, "text": 5}', "not a text"),
        ("[]", '"id" and "text"'),
    ],
)
def test_a_line_that_cannot_be_understood_is_named(tmp_path: Path, line: str, told: str) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text(line + "\n")
    model = ROOT / "var" / "model.npz"
    result = perheovi("understand", str(source), str(tmp_path / "out.jsonl"), "--model", str(model))
    says(result, "in.jsonl:1", told)


def test_separators_and_halves_of_emoji_stay_inside_their_line(tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"id": 1, "text": "vauva\u2028ei nuku \\ud83d"}\r\n\n', encoding="utf-8")
    model = ROOT / "var" / "model.npz"
    result = perheovi("understand", str(source), str(target), "--model", str(model))
    assert result.returncode == 0, result.stderr
    answers = target.read_text(encoding="utf-8").rstrip("\n").split("\n")
    assert [json.loads(line)["need"]["name"] for line in answers] == ["infant_care"]


def test_an_area_is_known_by_a_municipality_and_a_wrong_one_is_told(tmp_path: Path) -> None:
    asked = ("staff", "add", "paula@example.org", "--role", "advisor", "--area")
    says(perheovi(*asked, "Narnia", data_dir=str(tmp_path)), "'Narnia' is not an area", "jarvenpaa")
    # Once the area is known, what is left to say is that there is no password on standard input.
    says(perheovi(*asked, "Mikkeli", data_dir=str(tmp_path)), "password")
