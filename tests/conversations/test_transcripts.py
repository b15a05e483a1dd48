"""Plays every transcript in this folder; `pytest --record` writes the bot's words anew."""

from pathlib import Path

import pytest

from bot.clock import SettableClock
from bot.database import Database
from bot.turn import Turns
from tests.conversations import transcript
from tests.conversations.conftest import Ground, turns_on

HERE = Path(__file__).parent
SCENES = sorted(HERE.glob("*/*.txt"))
ON_BOTH = [
    HERE / "fi" / name for name in ("all_in_one_message.txt", "move_and_cancel.txt", "delete_my_data.txt")
]


@pytest.mark.parametrize("path", SCENES, ids=lambda path: f"{path.parent.name}-{path.stem}")
async def test_a_scene_goes_as_written(
    path: Path, turns: Turns, sqlite_database: Database, clock: SettableClock, pytestconfig: pytest.Config
) -> None:
    title, lines = transcript.read(path)
    now, differs = await transcript.Player(turns, sqlite_database, clock, path.stem).play(lines)
    if pytestconfig.getoption("--record"):
        transcript.write(path, title, now)
        differs = [one for one in differs if "the bot says otherwise" not in one]
    assert not differs, f"{path.relative_to(HERE)}\n" + "\n\n".join(differs)


@pytest.mark.parametrize("path", ON_BOTH, ids=lambda path: path.stem)
async def test_a_scene_goes_the_same_on_postgresql(
    path: Path, ground: Ground, postgres_database: Database, clock: SettableClock
) -> None:
    _, lines = transcript.read(path)
    turns = turns_on(ground, postgres_database, clock)
    _, differs = await transcript.Player(turns, postgres_database, clock, path.stem).play(lines)
    assert not differs, "\n\n".join(differs)


def test_there_are_scenes_enough_in_each_language() -> None:
    counts = {language: len(list((HERE / language).glob("*.txt"))) for language in ("fi", "sv", "en")}
    assert counts["fi"] >= 65
    assert counts["sv"] >= 30
    assert counts["en"] >= 30
    for language in ("ru", "uk", "et", "ar", "so"):
        assert len(list((HERE / language).glob("*.txt"))) >= 6, language
    assert len(list((HERE / "other").glob("*.txt"))) >= 3
