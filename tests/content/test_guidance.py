"""Every need has guidance of every kind, in short sentences, in the three languages that stand side by side."""

import re
from itertools import combinations
from pathlib import Path

import pytest

from bot import texts
from bot.conversation.guidance_asked import KINDS
from bot.meaning import NEEDS
from bot.texts import COMPLETE, Texts

DIALOGUES = Path(__file__).parents[2] / "dialogues"
MOST_WORDS = 15
MOST_SENTENCES = 3
_END = re.compile(r"(?<=[.?!])\s+")
_PLACES = {
    "fi": "neuvola|terveydenhuol|terveysasem|päivysty|sosiaal|kotipalvel|koulu|hoitopaik|synnytyssair|päihdepalv"
    "|lastensuoj|lastenvalv|nollalinj|varhaiskasv|kunna",
    "sv": "rådgivning|hälsovård|hälsostation|jour|social|hemservice|skola|vårdenhet|förlossningssj|beroendevård"
    "|barnskydd|barnatill|nollinj|småbarns|kommun",
    "en": "clinic|health|helpline|social|home service|school|care unit|hospital|substance|child protection|welfare"
    "|nollalinja|counselling|special needs|municipal",
}
"""Where help is, by the beginnings of words."""


@pytest.fixture(scope="module")
def written() -> Texts:
    return texts.load(DIALOGUES)


def _sentences(text: str) -> list[str]:
    return _END.split(text)


def _words(sentence: str) -> int:
    """A telephone number is one word."""
    return len(re.sub(r"(?<=\d) (?=\d)", "", sentence).split())


@pytest.mark.parametrize("need", NEEDS)
def test_each_need_is_heard_in_three_ways_and_advised_in_every_kind(need: str, written: Texts) -> None:
    assert len(written.responses[f"utter_heard_{need}"]) >= 3
    for name in (f"utter_tip_{need}", *(f"utter_{kind}_{need}" for kind in KINDS)):
        assert set(COMPLETE) <= written.languages(name)


@pytest.mark.parametrize("need", NEEDS)
def test_a_tired_reader_gets_at_most_three_short_sentences(need: str, written: Texts) -> None:
    for kind in KINDS:
        for text in (written.text(f"utter_{kind}_{need}", language) for language in COMPLETE):
            assert len(_sentences(text)) <= MOST_SENTENCES, text
            assert [one for one in _sentences(text) if _words(one) > MOST_WORDS] == []
            assert "!" not in text
    for name in (f"utter_heard_{need}", f"utter_tip_{need}"):
        for variant in written.responses[name]:
            for text in (variant.texts[language] for language in COMPLETE):
                assert [one for one in _sentences(text) if _words(one) > MOST_WORDS] == []


@pytest.mark.parametrize("need", NEEDS)
def test_when_to_seek_help_names_signs_and_a_place(need: str, written: Texts) -> None:
    for language, signs in (("fi", "jos|kun"), ("sv", "om|när|vid"), ("en", "if|when|for|in")):
        text = written.text(f"utter_seek_help_{need}", language).casefold()
        assert re.search(rf"\b(?:{signs})\b", text), text
        assert re.search(_PLACES[language], text), text


def test_only_the_two_national_numbers_are_named(written: Texts) -> None:
    for need in NEEDS:
        for kind in KINDS:
            for language in COMPLETE:
                text = written.text(f"utter_{kind}_{need}", language)
                assert set(re.findall(r"\d[\d ]*\d", text)) <= {"112", "116 117"}, text


def test_no_two_needs_are_heard_or_advised_in_the_same_words(written: Texts) -> None:
    said = {
        name: {variant.texts[language] for variant in written.responses[name] for language in COMPLETE}
        for name in written.responses
        if name.startswith(("utter_heard_", "utter_tip_", *(f"utter_{kind}_" for kind in KINDS)))
    }
    for one, other in combinations(sorted(said), 2):
        assert not said[one] & said[other], (one, other)
