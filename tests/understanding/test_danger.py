"""Danger that no rule names is still noticed, and nothing a rule said is made smaller."""

from datetime import UTC, datetime

import pytest

from bot.meaning import Guess
from bot.safety import Verdict
from bot.safety.evaluation import Sentence, sentences, verdict
from bot.settings import Settings
from bot.understanding import danger
from bot.understanding.danger import GENTLE, URGENT, second_look
from bot.understanding.understand import Understander
from tests.trained import trained_model

NOW = datetime(2027, 3, 3, 9, 0, tzinfo=UTC)
QUIET = Verdict("none", "none", "", "fi")


@pytest.fixture(scope="module")
def ear() -> Understander:
    return Understander.load(Settings().nlu_dir, trained_model())


def together(ear: Understander, sentence: Sentence) -> Verdict:
    return second_look(verdict(sentence), ear.understand(sentence.text, now=NOW).danger)


def test_a_likely_danger_gets_a_gentle_line_and_a_very_likely_one_the_crisis_card() -> None:
    assert second_look(QUIET, Guess("runaway", GENTLE - 0.01)) == QUIET
    assert second_look(QUIET, Guess("runaway", GENTLE)).urgency == "ask"
    raised = second_look(QUIET, Guess("runaway", URGENT))
    assert (raised.urgency, raised.category, raised.rule) == ("urgent", "runaway", danger.RULE)


@pytest.mark.parametrize("likely", [None, Guess("runaway", 0.0), Guess("runaway", 1.0)])
@pytest.mark.parametrize("urgency", ["immediate", "urgent"])
def test_what_a_rule_said_is_never_made_smaller(urgency: str, likely: Guess | None) -> None:
    said = Verdict(urgency, "suicide_self", "fi.x", "fi")  # type: ignore[arg-type]
    assert second_look(said, likely) == said


@pytest.mark.timeout(600)  # it may have to train the model
def test_the_second_look_hears_what_the_rules_do_not_and_stays_quiet_over_ordinary_lines(
    ear: Understander,
) -> None:
    folder = Settings().nlu_dir / "safety"
    found = [one for file in sorted(folder.glob("unseen*.tsv")) for one in sentences(file)]
    grave = [one for one in found if one.level == "immediate" and one.manner == "explicit"]
    rules = sum(verdict(one).urgency != "none" for one in grave)
    both = sum(together(ear, one).urgency != "none" for one in grave)
    assert both > rules
    assert both >= 0.93 * len(grave)
    calm = [one for one in found if one.level == "none"]
    assert sum(together(ear, one).interrupts for one in calm) <= 0.05 * len(calm)


@pytest.mark.timeout(600)
def test_words_without_letters_say_nothing_of_danger(ear: Understander) -> None:
    assert ear.understand("12345 …", now=NOW).danger is None
    assert ear.understand("/affirm", now=NOW).danger is None
