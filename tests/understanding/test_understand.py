"""What messages are understood to mean, by the model that is shipped."""

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from bot.meaning import Entity, Guess, TimeWish, Understanding
from bot.settings import Settings
from bot.understanding import fingerprint, model
from bot.understanding.parse_answer import flat_answer, parse_answer
from bot.understanding.understand import Understander

pytestmark = pytest.mark.timeout(600)  # the first of these may have to train the model

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def test_a_need_is_heard_in_spoken_finnish_without_dots(understander: Understander) -> None:
    assert understander.understand("meian vauva ei nuku oisin ollenkaan", now=NOW).need() == "infant_care"


@pytest.mark.parametrize(
    ("text", "need", "language"),
    [
        ("min man slår mig och barnen är rädda", "violence", "sv"),
        ("my teenage son smokes weed every day", "substance_use", "en"),
        ("муж бьёт меня, мне страшно", "violence", "ru"),
        ("ребёнок всё время плачет, ей два месяца", "infant_care", "ru"),
        ("дитина не хоче ходити до школи, з неї знущаються", "school", "uk"),
        ("زوجي يضربني أمام الأطفال", "violence", "ar"),
    ],
)
def test_a_need_is_heard_in_other_languages(
    understander: Understander, text: str, need: str, language: str
) -> None:
    result = understander.understand(text, now=NOW)
    assert (result.needs[0].name, result.language) == (need, language)


def test_a_matter_and_a_request_are_heard_in_one_message(understander: Understander) -> None:
    result = understander.understand("vauva ei nuku, voisko joku soittaa mulle huomenna", now=NOW)
    assert (result.need(), result.act()) == ("infant_care", "request_callback")


def test_what_is_not_ours_is_out_of_scope_and_has_no_need(understander: Understander) -> None:
    result = understander.understand("mikä on huomisen sää helsingissä", now=NOW)
    assert result.act() == "out_of_scope"
    assert result.need() is None


@pytest.mark.parametrize(
    ("text", "act"), [("joo", "affirm"), ("ei kiitos", "deny"), ("yes please", "affirm")]
)
def test_a_clear_yes_or_no_is_certain(understander: Understander, text: str, act: str) -> None:
    assert understander.understand(text, now=NOW).act(at_least=0.95) == act


def test_a_button_means_exactly_what_it_says(understander: Understander) -> None:
    both = understander.understand("/infant_care+request_callback", now=NOW, language="sv")
    assert both.needs == (Guess("infant_care", 1.0),)
    assert both.acts == (Guess("request_callback", 1.0),)
    assert both.language == "sv"
    assert understander.understand("/affirm", now=NOW).acts == (Guess("affirm", 1.0),)


def test_a_button_may_fill_slots(understander: Understander) -> None:
    pressed = understander.understand(
        '/SetSlots(municipality=Järvenpää, leave=true, why="a, \\"b\\"")', now=NOW
    )
    assert pressed.set_slots == {"municipality": "Järvenpää", "leave": True, "why": 'a, "b"'}


@pytest.mark.parametrize("text", ["/unknown_label", "/drop table", "/", "/SetSlots", "/infant_care vauva"])
def test_anything_else_after_a_slash_is_ordinary_text(understander: Understander, text: str) -> None:
    result = understander.understand(text, now=NOW)
    assert not result.set_slots
    assert all(guess.confidence < 1 or guess.name == "none" for guess in result.acts)


@pytest.mark.parametrize("text", ["", " ", "😭😭", "???", "ä" * 4000, "vauva " * 700, "\x00\u202e"])
def test_no_text_is_too_strange(understander: Understander, text: str) -> None:
    result = understander.understand(text, now=NOW, language="sv")
    assert result.text == text
    assert result.acts


@pytest.mark.parametrize("text", ["ok", "joo", "Anna", "Matti Virtanen", "0501234567", "4v", "hmm", "kiitos"])
def test_a_word_or_two_do_not_change_the_language(understander: Understander, text: str) -> None:
    assert understander.understand(text, now=NOW, language="sv").language == "sv"


@pytest.mark.parametrize(
    ("text", "language"), [("hej", "sv"), ("hello", "en"), ("привіт", "uk"), ("tere", "et")]
)
def test_an_unmistakable_word_changes_the_language(
    understander: Understander, text: str, language: str
) -> None:
    assert understander.understand(text, now=NOW, language="fi").language == language


def test_a_missing_or_broken_model_says_what_to_do(tmp_path: Path) -> None:
    broken = tmp_path / "model.npz"
    broken.write_bytes(b"not a model")
    for path in (broken, tmp_path / "none.npz"):
        with pytest.raises(model.ModelError, match="perheovi train"):
            model.load(path)
        assert not fingerprint.model_is_current(Settings().nlu_dir, path)


def _meant(**fields: Any) -> Understanding:
    return Understanding(text="x", language="fi", **fields)


def test_the_parse_answer_joins_need_and_act() -> None:
    answer = parse_answer(
        _meant(
            needs=(Guess("school", 0.8), Guess("upbringing", 0.1)),
            acts=(Guess("request_callback", 0.7), Guess("out_of_scope", 0.02)),
        ),
        "none",
        "none",
    )
    assert answer["intent"] == {"name": "school+request_callback", "confidence": 0.7}
    assert answer["intent_ranking"][0] == answer["intent"]
    assert answer["need"] == {"name": "school", "confidence": 0.8}
    assert {"name": "out_of_scope", "confidence": 0.02} in answer["acts"]


def test_no_need_is_null_and_no_act_is_none() -> None:
    greeting = parse_answer(
        _meant(needs=(Guess("school", 0.1),), acts=(Guess("greet", 0.9),)), "none", "none"
    )
    assert (greeting["need"], greeting["intent"]["name"]) == (None, "greet")
    telling = parse_answer(_meant(needs=(Guess("school", 0.9),), acts=(Guess("none", 0.9),)), "none", "none")
    assert (telling["act"]["name"], telling["intent"]["name"]) == ("none", "school")


def test_the_flat_answer_has_ages_and_times() -> None:
    wish = TimeWish(words="pe klo 14", day=date(2026, 11, 27), from_time=time(14))
    result = _meant(
        acts=(Guess("none", 1.0),),
        entities=(
            Entity(entity="child_age", value=4.0, start=0, end=2),
            Entity(entity="child_age", value=7.0, start=3, end=5),
            Entity(entity="time_window", value=wish, start=6, end=15),
            Entity(entity="phone", value="+358501234567", start=16, end=26),
        ),
    )
    flat = flat_answer(result, "none", "none", line_id="a1")
    assert flat["id"] == "a1"
    assert flat["child_age_years"] == [4.0, 7.0]
    assert (flat["time_from"], flat["time_to"]) == ("2026-11-27T14:00:00+02:00", "2026-11-27T16:00:00+02:00")
    assert flat["phone"] == "+358501234567"


@pytest.mark.parametrize(
    ("wish", "window"),
    [
        (
            TimeWish(words="ti", day=date(2026, 12, 1)),
            ("2026-12-01T08:00:00+02:00", "2026-12-01T16:00:00+02:00"),
        ),
        (TimeWish(words="klo 9", from_time=time(9)), ("09:00", None)),
        (TimeWish(words="milloin vain", anytime=True), (None, None)),
    ],
)
def test_a_wish_without_day_or_times_is_told_as_it_is(
    wish: TimeWish, window: tuple[str | None, str | None]
) -> None:
    result = _meant(entities=(Entity(entity="time_window", value=wish, start=0, end=2),))
    flat = flat_answer(result, "none", "none", line_id=1)
    assert (flat["time_from"], flat["time_to"]) == window
