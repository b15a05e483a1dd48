"""The engine learns from anybody's sentences in the same layout, whatever their labels."""

import json
from pathlib import Path

import pytest

from bot.commands import learn
from bot.content import ContentError
from bot.understanding import training

SENTENCES = {
    "book_flight": "fly to Paris|a ticket to Rome please|a plane to Oslo|book me a flight home|two seats to Berlin",
    "lamp_on": "switch on the lamp|lights on please|it is too dark here|turn on the light in the hall|make it bright",
    "weather": "will it rain|how cold is it outside|is it sunny tomorrow|do I need an umbrella|what is the weather",
}


def _data(folder: Path, sentences: dict[str, str]) -> Path:
    for label, lines in sentences.items():
        file = folder / "en" / "needs" / f"{label}.yml"
        file.parent.mkdir(parents=True, exist_ok=True)
        examples = "".join(f"      - {line}\n" for line in lines.split("|"))
        file.write_text(
            f'version: "3.1"\nnlu:\n  - intent: {label}\n    examples: |\n{examples}', encoding="utf-8"
        )
    return folder


@pytest.mark.parametrize("number", [1, 2, 3])
def test_labels_that_are_not_ours_are_learned_as_needs(tmp_path: Path, number: int) -> None:
    data, trained = _data(tmp_path / "data", dict(list(SENTENCES.items())[:number])), tmp_path / "model.npz"
    learn.train(data=data, model=trained)
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"id": 1, "text": "a flight to Stockholm please"}\n', encoding="utf-8")
    learn.understand(source, target, model=trained)
    answer = json.loads(target.read_text(encoding="utf-8"))
    assert (answer["intent"]["name"], answer["need"]["name"]) == ("book_flight", "book_flight")


def test_our_own_data_may_hold_no_strange_label(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="book_flight"):
        training.train(_data(tmp_path / "data", SENTENCES), tmp_path / "model.npz")
