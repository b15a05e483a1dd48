"""With Rasa as the ear and no Rasa there, every scene goes exactly as it does on our own model."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.clock import SettableClock
from bot.database import Database
from bot.settings import Settings
from bot.understanding.rasa_engine import Patient, Rasa, RasaUnderstander
from tests.conversations import transcript
from tests.conversations.conftest import Ground, ground, turns_on
from tests.rasa.listening_servers import never_answering
from tests.rasa.scenes import TEN
from tests.trained import trained_model

__all__ = ["ground"]


@pytest.mark.parametrize("path", TEN, ids=lambda path: f"{path.parent.name}-{path.stem}")
async def test_a_scene_goes_as_written_and_rasa_is_waited_for_once(
    path: Path, ground: Ground, sqlite_database: Database, clock: SettableClock
) -> None:
    _, lines = transcript.read(path)
    with never_answering() as rasa:
        ear = RasaUnderstander.beside(
            Settings().nlu_dir, trained_model(), Patient(Rasa(rasa.url), clock=lambda: 0.0)
        )
        on_rasa = replace(ground, content=replace(ground.content, understander=ear))
        turns = turns_on(on_rasa, sqlite_database, clock)
        _, differs = await transcript.Player(turns, sqlite_database, clock, path.stem).play(lines)
    assert not differs, "\n\n".join(differs)
    assert len(rasa.asked) == 1
