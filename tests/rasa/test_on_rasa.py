"""The bot on a real, small Rasa: it may understand less, and must still be safe and lead somewhere."""

import json
import re
import subprocess
from collections import Counter
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from bot.actions.crisis import trouble_reply
from bot.clock import HELSINKI, SettableClock
from bot.commands import learn
from bot.database import Database
from bot.messages import Answer, IncomingMessage
from bot.settings import Settings
from bot.turn import Turns
from bot.understanding import training_data
from bot.understanding.rasa_engine import Ranking, Rasa, RasaUnderstander
from rasa_beside import environment
from tests.conversations import transcript
from tests.conversations.conftest import Ground, ground, turns_on
from tests.rasa.scenes import TEN
from tests.trained import trained_model

__all__ = ["ground"]

ROOT = Path(__file__).parents[2]
CHECK = ROOT / "rasa_beside" / "in_rasa" / "check_content.py"
LONG = 30.0


@pytest.mark.parametrize("path", TEN, ids=lambda path: f"{path.parent.name}-{path.stem}")
async def test_on_rasa_a_scene_is_safe_and_has_no_dead_end(
    path: Path, rasa_url: str, ground: Ground, sqlite_database: Database, clock: SettableClock
) -> None:
    asked: list[str] = []
    rasa = Rasa(rasa_url, LONG)

    def ask(text: str) -> Ranking:
        asked.append(text)
        return rasa(text)

    ear = RasaUnderstander.beside(Settings().nlu_dir, trained_model(), ask)
    on_rasa = replace(ground, content=replace(ground.content, understander=ear))
    await play(path, turns_on(on_rasa, sqlite_database, clock), clock)
    assert asked


async def play(path: Path, turns: Turns, clock: SettableClock) -> None:
    """What the family wrote in a scene, to the end; a button that is not offered is said in words."""
    _, lines = transcript.read(path)
    language, buttons, answer, led = "fi", dict[str, str](), Answer(replies=()), True
    for line in lines:
        match line.kind:
            case "Language":
                language = line.text
            case "Now":
                clock.set(datetime.strptime(line.text, "%Y-%m-%d %H:%M").replace(tzinfo=HELSINKI))
            case "Parent":
                pressed = re.fullmatch(r"\[(.+)\]", line.text)
                text = buttons.get(pressed[1], pressed[1]) if pressed else line.text
                answer = await turns.take(
                    IncomingMessage(
                        channel="web",
                        sender=path.stem,
                        text=text,
                        message_id=f"{path.stem}-{line.number}",
                        received_at=clock(),
                        language=language,
                    )
                )
                buttons |= {one.title: one.payload for reply in answer.replies for one in reply.buttons}
                assert trouble_reply(answer.language, clock()) not in answer.replies, line.number
                led, before = leads_on(answer), led
                assert led or before, f"{path.stem}:{line.number}: the second answer without a way on"
            case "Urgency":
                assert answer.urgency == line.text, f"{path.stem}:{line.number}"


def leads_on(answer: Answer) -> bool:
    """Whether it asks, offers, shows or has booked something: "all right, I am here" alone does not."""
    offers = any(reply.buttons or reply.card or "?" in reply.text for reply in answer.replies)
    return bool(offers or answer.asks or answer.services or answer.callback)


def test_rasa_reads_our_content_without_a_fault_and_as_we_do(rasa_python: Path) -> None:
    settings = Settings()
    command = [rasa_python, CHECK, settings.nlu_dir, settings.dialogues_dir]
    told = subprocess.run(command, env=environment.variables(), capture_output=True, text=True, check=True)
    found = json.loads(told.stdout.splitlines()[-1])
    assert found["problems"] == []
    ours = [one for part in (False, True) for one in training_data.load(settings.nlu_dir, unseen=part)]
    assert found["intents"] == dict(Counter(one.label for one in ours))


@pytest.fixture
def few_sentences(tmp_path: Path) -> Path:
    file = tmp_path / "data" / "fi" / "unseen" / "few.yml"
    file.parent.mkdir(parents=True)
    file.write_text(
        'version: "3.1"\nnlu:\n  - intent: greet\n    examples: |\n      - heippa\n      - moikka\n'
    )
    return tmp_path / "data"


def test_rasa_is_measured_with_the_same_table(
    rasa_url: str, few_sentences: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PERHEOVI_RASA_URL", rasa_url)
    learn.evaluate(
        engine="rasa", data=few_sentences, model=trained_model(), page=few_sentences.parent / "page.html"
    )
    assert "rasa" in capsys.readouterr().out
