"""A running server takes up better content and never worse."""

import os
import shutil
from datetime import datetime
from pathlib import Path

import pytest

from bot.app.live_content import LiveContent
from bot.content import ContentError
from bot.meaning import Understanding

ROOT = Path(__file__).resolve().parent.parent.parent


class _Ear:
    def understand(
        self, text: str, *, now: datetime, language: str | None = None, asked: str | None = None
    ) -> Understanding:
        return Understanding(text=text, language=language or "fi", set_slots={"asked": asked, "now": now})


@pytest.fixture
def dialogues(tmp_path: Path) -> Path:
    return shutil.copytree(ROOT / "dialogues", tmp_path / "dialogues")


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    later = path.stat().st_mtime + 10
    os.utime(path, (later, later))


def test_a_changed_sentence_is_said_without_a_restart(dialogues: Path) -> None:
    live = LiveContent(dialogues, _Ear())
    before = live.now().texts.text("utter_goodbye", "fi")
    rewrite(dialogues / "responses" / "talk.yml", before, "Nähdään taas.")
    live.refresh()
    assert live.now().texts.text("utter_goodbye", "fi") == "Nähdään taas."


@pytest.mark.parametrize(
    "broken", ["responses: [", "flows:\n  odd:\n    description: x\n    steps: [{action: nothing}]\n"]
)
def test_a_mistake_leaves_the_last_good_content_in_use(dialogues: Path, broken: str) -> None:
    live = LiveContent(dialogues, _Ear())
    good = live.now()
    (dialogues / "broken.yml").write_text(broken)
    live.refresh()
    assert live.now() is good


def test_a_server_does_not_start_on_broken_content(dialogues: Path) -> None:
    (dialogues / "broken.yml").write_text("responses: [")
    with pytest.raises(ContentError, match=r"broken\.yml:"):
        LiveContent(dialogues, _Ear())


def test_a_mistake_in_one_language_leaves_the_last_good_content_in_use(dialogues: Path) -> None:
    live = LiveContent(dialogues, _Ear())
    good = live.now()
    rewrite(dialogues / "translations" / "ar.yml", "utter_goodbye:", "utter_godbye:")
    live.refresh()
    assert live.now() is good


def test_a_server_starts_without_the_language_that_has_a_mistake(dialogues: Path) -> None:
    rewrite(dialogues / "translations" / "ar.yml", "utter_goodbye:", "utter_godbye:")
    written = LiveContent(dialogues, _Ear()).now().texts.written
    assert "ar" not in written
    assert {"fi", "sv", "en", "ru"} <= set(written)


def test_a_new_language_is_spoken_without_a_restart(dialogues: Path) -> None:
    path = dialogues / "translations" / "so.yml"
    somali = path.read_bytes()
    path.unlink()
    live = LiveContent(dialogues, _Ear())
    assert "so" not in live.now().texts.written
    path.write_bytes(somali)
    live.refresh()
    assert "so" in live.now().texts.written
