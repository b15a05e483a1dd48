"""The shipped training data is sound, and what is wrong with data is told with its place."""

from pathlib import Path

import pytest

from bot.content import ContentError
from bot.settings import Settings
from bot.understanding import labels, training_data


def _file(folder: Path, name: str, label: str, *sentences: str, version: str = "3.1") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [
        f'version: "{version}"',
        "nlu:",
        f"  - intent: {label}",
        "    examples: |",
        *(f"      {sentence}" for sentence in sentences),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _told(folder: Path) -> list[str]:
    return [str(problem).removeprefix(str(folder) + "/") for problem in training_data.check(folder)]


def test_the_shipped_sentences_have_no_fault() -> None:
    assert [str(problem) for problem in training_data.check(Settings().nlu_dir)] == []


def test_every_need_and_act_has_sentences_in_finnish_swedish_and_english() -> None:
    examples = training_data.load(Settings().nlu_dir)
    for language in ("fi", "sv", "en"):
        found = {part for one in examples if one.language == language for part in (one.need, one.act)}
        assert set(labels.NEEDS + labels.ACTS) <= found


def test_every_language_speaks_of_every_need() -> None:
    examples = training_data.load(Settings().nlu_dir)
    for language in ("ru", "et", "ar", "so", "uk"):
        assert {one.need for one in examples if one.language == language} >= set(labels.NEEDS)


def test_unseen_sentences_cover_every_need() -> None:
    unseen = training_data.load(Settings().nlu_dir, unseen=True)
    for language in ("fi", "sv", "en"):
        assert {one.need for one in unseen if one.language == language} >= set(labels.NEEDS)


def test_an_unknown_label_is_told_with_its_line(tmp_path: Path) -> None:
    _file(tmp_path, "fi/needs/sleep.yml", "sleep", "- ei nuku")
    assert _told(tmp_path) == ["fi/needs/sleep.yml:3: unknown label 'sleep' (use needs and acts as listed)"]


def test_one_sentence_under_two_labels_is_a_fault_whatever_its_spelling(tmp_path: Path) -> None:
    _file(tmp_path, "fi/needs/a.yml", "infant_care", "- Vauva ei nuku.")
    _file(tmp_path, "fi/needs/b.yml", "upbringing", "- toinen lause", "- vauva  EI nuku")
    (told,) = _told(tmp_path)
    assert told.startswith("fi/needs/b.yml:6: 'vauva  EI nuku' stands at ")


def test_a_trained_sentence_among_the_unseen_is_a_fault(tmp_path: Path) -> None:
    _file(tmp_path, "fi/needs/a.yml", "infant_care", "- vauva ei nuku")
    _file(tmp_path, "fi/unseen/a.yml", "infant_care", "- vauva ei nuku")
    (told,) = _told(tmp_path)
    assert told.startswith("fi/unseen/a.yml:5")
    assert "must not be trained on" in told


def test_letters_of_two_alphabets_in_a_word_are_a_fault(tmp_path: Path) -> None:
    _file(tmp_path, "fi/acts/greet.yml", "greet", "- m\u043ei kaikki")
    assert "mixes alphabets" in _told(tmp_path)[0]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('version: "3.1"\nnlu: []\n', "no sentences"),
        ('version: "2.0"\nnlu:\n  - intent: greet\n    examples: |\n      - hei\n', "no Rasa version"),
        ('version: "3.1"\nnlu:\n  - intent: greet\n    examples: |\n      hei\n', "not a sentence"),
        ('version: "3.1"\nnlu:\n  - intent: greet\n', "not an intent with examples"),
        ("version: [\n", "not valid YAML"),
    ],
)
def test_a_broken_file_is_told(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "fi" / "acts" / "greet.yml"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    assert any(told in str(problem) for problem in training_data.check(tmp_path))


def test_no_sentences_at_all_is_told(tmp_path: Path) -> None:
    assert "no training sentences" in _told(tmp_path)[0]
    with pytest.raises(ContentError):
        training_data.load(tmp_path)


def test_rasas_marks_of_entities_are_read_as_plain_words(tmp_path: Path) -> None:
    _file(
        tmp_path,
        "fi/needs/a.yml",
        "infant_care",
        '- meidän [4kk](child_age) ei nuku [Lahdessa]{"entity": "x"}',
    )
    assert [one.text for one in training_data.load(tmp_path)] == ["meidän 4kk ei nuku Lahdessa"]


def test_the_fingerprint_follows_the_trained_sentences_only(tmp_path: Path) -> None:
    _file(tmp_path, "fi/needs/a.yml", "infant_care", "- vauva ei nuku")
    before = training_data.fingerprint(tmp_path)
    _file(tmp_path, "fi/unseen/a.yml", "infant_care", "- pikkuinen valvoo")
    assert training_data.fingerprint(tmp_path) == before
    _file(tmp_path, "fi/needs/b.yml", "upbringing", "- raivareita")
    assert training_data.fingerprint(tmp_path) != before
