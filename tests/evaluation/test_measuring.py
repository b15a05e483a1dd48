"""What an evaluation tells, of an ear whose answers are known, and of the shipped one."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.content import ContentError
from bot.evaluation import facts, measuring, page, whole
from bot.evaluation.registers import registers
from bot.evaluation.report import in_terminal
from bot.meaning import Entity, Guess, Understanding
from bot.settings import Settings
from bot.understanding.training_data import Example
from bot.understanding.understand import Understander
from tests.trained import trained_model

_MEANT = {
    "vauva ei nuku": ("infant_care", "none", "fi"),
    "barnet gråter hela natten": ("infant_care", "none", "sv"),
    "mikä on sää": ("", "out_of_scope", "fi"),
    "voisitteko soittaa": ("", "request_callback", "fi"),
}


def _half_deaf(text: str, _now: datetime) -> Understanding:
    """Hears Finnish right, and takes everything else for school and Finnish."""
    need, act, language = _MEANT[text] if _MEANT[text][2] == "fi" else ("school", "none", "fi")
    needs = (Guess(need, 0.9), Guess("infant_care", 0.05)) if need else ()
    return Understanding(text=text, language=language, needs=needs, acts=(Guess(act, 0.8),))


@pytest.fixture
def nlu_dir(tmp_path: Path) -> Path:
    lines: dict[str, list[str]] = {"fi": [], "sv": []}
    for text, (need, act, language) in _MEANT.items():
        lines[language].append(f"  - intent: {need or act}\n    examples: |\n      - {text}\n")
    for language, items in lines.items():
        folder = tmp_path / language / "unseen"
        folder.mkdir(parents=True)
        (folder / "all.yml").write_text('version: "3.1"\nnlu:\n' + "".join(items), encoding="utf-8")
    return tmp_path


def test_each_language_has_its_own_figures(nlu_dir: Path) -> None:
    report = whole.measure(nlu_dir, _half_deaf, engine="half-deaf")
    finnish, swedish = report.languages["fi"], report.languages["sv"]
    assert (finnish.need_first.right, finnish.need_first.of) == (1, 1)
    assert (finnish.no_need.right, finnish.no_need.of) == (2, 2)
    assert (finnish.out_of_scope_auroc, finnish.rejected.right) == (1.0, 0)
    assert (swedish.need_first.right, swedish.need_in_three.right, swedish.need_first.of) == (0, 1, 1)
    assert (swedish.language.right, swedish.language.of) == (0, 1)
    assert report.everything.calibration_error == pytest.approx(0.4)


def test_what_was_missed_is_listed_and_drawn(nlu_dir: Path, tmp_path: Path) -> None:
    report = whole.measure(nlu_dir, _half_deaf, engine="half-deaf", remarks=("It hears on one ear.",))
    lines = list(in_terminal(report, with_misses=True))
    assert "  sv infant_care taken for school+none: barnet gråter hela natten" in lines
    page.write(report, tmp_path / "out" / "half.html")
    drawn = (tmp_path / "out" / "half.html").read_text(encoding="utf-8")
    assert "<title>infant_care taken for school: 1 of 2</title>" in drawn
    assert "It hears on one ear." in drawn


def test_what_the_crisis_layer_says_to_labelled_sentences_is_told(nlu_dir: Path) -> None:
    (nlu_dir / "safety").mkdir()
    by_rule, by_ear, calm = "mies hakkaa minua joka viikko", "kaikki on nyt jo järjestetty", "vauva ei nuku"
    lines = [f"urgent\tviolence_partner\tfi\t{by_rule}", f"urgent\tsuicide_self\tfi\t{by_ear}"]
    lines.append(f"none\tnone\tfi\t{calm}")
    (nlu_dir / "safety" / "unseen.tsv").write_text("\n".join(lines), encoding="utf-8")

    def ear(text: str, now: datetime) -> Understanding:
        if text in _MEANT:
            return _half_deaf(text, now)
        likely = Guess("suicide_self", 0.5 if text == by_ear else 0.1)
        return Understanding(text=text, language="fi", danger=likely)

    report = whole.measure(nlu_dir, ear, engine="half-deaf")
    told = [one for one in in_terminal(report, with_misses=False) if one.startswith("danger")]
    nothing = "none got a card 0.0% (0-79) of 1, crisis card 0"
    assert told == [
        f"danger, unseen, rules alone: urgent caught 50.0% (9-91) of 2, crisis card 1; {nothing}",
        f"danger, unseen: urgent caught 100.0% (34-100) of 2, crisis card 1; {nothing}",
    ]


def test_words_in_the_page_are_never_markup(nlu_dir: Path, tmp_path: Path) -> None:
    report = whole.measure(nlu_dir, _half_deaf, engine="<script>alert(1)</script>")
    page.write(report, tmp_path / "page.html")
    assert "<script" not in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_a_fact_counts_only_when_it_is_exact(tmp_path: Path) -> None:
    file = tmp_path / "facts.jsonl"
    told = [
        {
            "language": "fi",
            "text": "Kangasalla, 3v ja 5v",
            "municipality": "Kangasala",
            "child_age_years": [5, 3],
        },
        {"language": "fi", "text": "Kangasalla", "municipality": "Tuusula"},
        {"language": "fi", "text": "moi"},
    ]
    file.write_text("\n".join(json.dumps(one) for one in told), encoding="utf-8")

    def ear(text: str, _now: datetime) -> Understanding:
        ages = tuple(
            Entity(entity="child_age", value=age, start=0, end=1) for age in (3.0, 5.0) if "v" in text
        )
        place = Entity(entity="municipality", value="Kangasala", start=0, end=1)
        return Understanding(text=text, language="fi", entities=(place, *ages))

    found = facts.measure(facts.read(file), ear)
    assert (found["municipality"].exact.right, found["municipality"].exact.of) == (1, 2)
    assert (found["municipality"].invented.right, found["municipality"].invented.of) == (1, 1)
    assert (found["age"].exact.right, found["age"].exact.of) == (1, 1)


def test_times_are_the_same_moment_however_they_are_written(tmp_path: Path) -> None:
    file = tmp_path / "facts.jsonl"
    line = {"language": "fi", "now": "2026-11-24T10:00+02:00", "text": "huomenna klo 14"}
    line |= {"time_from": "2026-11-25T12:00+00:00", "time_to": "2026-11-25T13:00+00:00"}
    file.write_text(json.dumps(line), encoding="utf-8")
    ear = Understander.load(Settings().nlu_dir, trained_model())
    found = facts.measure(facts.read(file), lambda text, now: ear.understand(text, now=now))
    assert found["time wish"].missed == ()


def test_a_line_of_facts_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    file = tmp_path / "facts.jsonl"
    file.write_text('{"language": "fi", "text": "x"}\n{"language": "fi", "text": "x", "town": "y"}\n')
    with pytest.raises(ContentError, match=r":2: .*unknown field town"):
        facts.read(file)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("ei jaksa", "fi", {"short"}),
        (
            "en oo nukkunu viikkoon kunnolla ja pinna on kireella",
            "fi",
            {"middle", "spoken", "without dots"},
        ),
        ("Barnet vill inte gå till dagis på morgnarna", "sv", {"middle"}),
        ("e" + " pitkä" * 30, "fi", {"long"}),
    ],
)
def test_registers_are_told_from_the_text(text: str, language: str, expected: set[str]) -> None:
    example = Example(text=text, label="school", language=language, unseen=True, file="x", line=1)
    assert set(registers(example)) == expected


@pytest.mark.timeout(600)  # it may have to train the model
def test_the_shipped_ear_is_good_enough_in_each_complete_language() -> None:
    ear = Understander.load(Settings().nlu_dir, trained_model())
    at = datetime(2027, 3, 3, 9, 0, tzinfo=UTC)
    heard = measuring.hear(measuring.unseen(Settings().nlu_dir), lambda text: ear.understand(text, now=at))
    languages = measuring.by_language(heard)
    for language in ("fi", "sv", "en"):
        found = languages[language]
        assert found.need_first.value >= 0.75, language
        assert found.need_in_three.value >= 0.87, language
        assert found.act_first.value >= 0.85, language
        assert found.language.value >= 0.95, language
