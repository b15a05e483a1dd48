"""The catalogue searched from the command line."""

import json
from pathlib import Path

import pytest

from bot.__main__ import app
from bot.clock import system_clock
from bot.database import Base, Database
from bot.guidance import store
from bot.keys import Keys
from bot.settings import SetupError
from tests.conftest import SECRET
from tests.entries import entry


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation without a trained model, with three services."""
    monkeypatch.setenv("PERHEOVI_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("PERHEOVI_SECRET_KEY", SECRET.decode())
    monkeypatch.setenv("PERHEOVI_MODEL_PATH", str(tmp_path / "model.npz"))
    monkeypatch.delenv("PERHEOVI_DATABASE_URL", raising=False)
    services = [
        entry("perhekahvila", "Perhekahvila", cost={"type": "free"}, ages={"max": 6}),
        entry("nuorten-kahvila", "Nuorten kahvila", ages={"min": 13, "max": 17}, languages=["fi", "ru"]),
        entry("kaukana", "Perhekahvila", areas={"scope": "limited", "municipalities": ["Inari"]}),
    ]
    database = Database(f"sqlite:///{tmp_path / 'perheovi.sqlite3'}", Keys(SECRET))
    Base.metadata.create_all(database.engine)
    database.write_now(lambda session: store.seed(session, services, now=system_clock()))
    database.close()
    return tmp_path


def found(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, str]]:
    capsys.readouterr()
    app(["catalog", "search", *words, "--json"], result_action="return_value")
    rows: list[dict[str, str]] = json.loads(capsys.readouterr().out)
    return rows


@pytest.mark.usefixtures("installation")
def test_services_are_printed_with_their_reason_and_reach(capsys: pytest.CaptureFixture[str]) -> None:
    assert found(capsys, "perhekahvilan aika", "--municipality", "askola", "--limit", "1") == [
        {"id": "perhekahvila", "name": "Perhekahvila", "reason": "name", "reach": "municipality"}
    ]


@pytest.mark.usefixtures("installation")
@pytest.mark.parametrize(
    ("options", "service_id"),
    [
        (["--age", "3"], "perhekahvila"),
        (["--age", "14"], "nuorten-kahvila"),
        (["--language", "ru"], "nuorten-kahvila"),
        (["--free"], "perhekahvila"),
    ],
)
def test_options_narrow_what_is_found(
    capsys: pytest.CaptureFixture[str], options: list[str], service_id: str
) -> None:
    rows = found(capsys, "kahvila", "--municipality", "Askola", *options)
    assert [row["id"] for row in rows] == [service_id]


@pytest.mark.usefixtures("installation")
def test_services_without_hours_are_not_closed(capsys: pytest.CaptureFixture[str]) -> None:
    assert len(found(capsys, "kahvila", "--municipality", "Askola", "--open-now")) == 2


@pytest.mark.usefixtures("installation")
def test_an_unknown_municipality_is_told() -> None:
    with pytest.raises(SetupError, match="no municipality Atlantis"):
        app(["catalog", "search", "kahvila", "--municipality", "Atlantis"], result_action="return_value")
