"""Every family of rules is needed: without it the development sentences would notice."""

from collections.abc import Iterable

import pytest

from bot.safety import CATEGORIES, LANGUAGES, assess, data, grammar
from bot.safety.evaluation import Sentence
from tests.safety.sentences import of_set

DEVELOPMENT = of_set("development")
SPARED = 0.02
"""Missed at most by the tests of recall; a family is needed when more is missed without it."""
FEWEST = 4
"""Languages with fewer sentences of a category say little about it."""


def of_family(category: str, language: str) -> list[Sentence]:
    return [
        s
        for s in DEVELOPMENT
        if s.level in ("immediate", "urgent") and (s.category, s.language) == (category, language)
    ]


def without(category: str, language: str) -> Iterable[grammar.Grammar]:
    """The rules without those of one category in one language."""
    for each in data.grammars():
        if each.language != language:
            yield each
        else:
            text = data.read(f"rules.{language}.txt")
            kept = [line for line in text.splitlines() if line.split()[1:2] != [category]]
            yield grammar.read(language, "\n".join(kept))


FAMILIES = [
    (category, language)
    for category in CATEGORIES
    for language in LANGUAGES
    if len(of_family(category, language)) >= FEWEST
]


def test_every_category_of_danger_is_tried() -> None:
    assert {category for category, _ in FAMILIES} == set(CATEGORIES) - {"none"}
    assert len(FAMILIES) >= 40


@pytest.mark.parametrize(("category", "language"), FAMILIES)
def test_a_family_of_rules_taken_away_is_missed(
    category: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data.own_words()  # kept from the whole rules, for the tests that run after this one
    rules = tuple(without(category, language))
    sentences = of_family(category, language)
    with monkeypatch.context() as patch:
        patch.setattr(data, "grammars", lambda: rules)
        found = [assess(s.text, language=language).interrupts for s in sentences]
    assert sum(found) < (1 - SPARED) * len(found)
