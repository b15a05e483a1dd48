"""Rasa's environment and its sentences: found or told, chosen the same every time."""

import subprocess
from collections import Counter
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.understanding import training_data
from bot.understanding.training_data import Example
from rasa_beside import environment, sentences


def examples(language: str, label: str, count: int) -> list[Example]:
    return [
        Example(
            text=f"{language} {label} {number}",
            label=label,
            language=language,
            unseen=False,
            file="a.yml",
            line=1,
        )
        for number in range(count)
    ]


def test_a_named_python_that_is_none_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PERHEOVI_PYTHON310", str(tmp_path / "nowhere"))
    with pytest.raises(environment.NoPython310Error, match="PERHEOVI_PYTHON310 names"):
        environment.find_python310()


def test_another_python_than_310_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PERHEOVI_PYTHON310", "python3")
    version = subprocess.run(["python3", "--version"], capture_output=True, text=True, check=True).stdout
    if "3.10." in version:
        assert environment.find_python310()
        return
    with pytest.raises(environment.NoPython310Error, match="which is no Python"):
        environment.find_python310()


def test_every_label_and_language_gets_its_share_of_few_sentences() -> None:
    everything = [*examples("fi", "school", 80), *examples("sv", "school", 40), *examples("fi", "grief", 20)]
    found = sentences.chosen(everything, 14)
    assert Counter((one.language, one.label) for one in found) == {
        ("fi", "school"): 8,
        ("sv", "school"): 4,
        ("fi", "grief"): 2,
    }


def test_the_same_sentences_are_chosen_in_whatever_order_they_are_read() -> None:
    everything = training_data.load(Settings().nlu_dir)
    chosen = sentences.chosen(everything, 300)
    assert len(chosen) == 300
    assert sentences.chosen(everything[::-1], 300) == chosen
    assert sentences.chosen(everything, None) == everything


def test_what_rasa_reads_is_what_we_wrote(tmp_path: Path) -> None:
    everything = training_data.load(Settings().nlu_dir)
    sentences.write(everything, tmp_path / "fi" / "all.yml")
    read = training_data.load(tmp_path)
    assert {(one.label, one.text) for one in read} == {(one.label, one.text) for one in everything}
