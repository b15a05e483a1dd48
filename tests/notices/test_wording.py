"""Whoever reads a notice on somebody else's screen learns nothing: no name of ours, no matter, no family."""

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from bot.callbacks.notices import TIMELESS, Kind, When
from bot.channels.notices.wording import worded
from bot.meaning import LANGUAGES, NEEDS, Window
from bot.texts import Texts
from tests.callbacks.scenes import at
from tests.hearing import ROOT, content

WINDOW = Window(at("2026-11-26 13:00"), at("2026-11-26 16:00"))
WHENS = (When(WINDOW, date(2026, 11, 26)), When(None, date(2026, 11, 27)))
LONGEST_SMS = {"fi": 160, "sv": 160, "en": 160, "et": 160, "so": 160, "ru": 134, "uk": 134, "ar": 134}
"""One message of the alphabet that GSM phones share; two of any other."""

REVEALS = {
    "fi": r"perhe|laps|lapse|vanhem|äiti|isä|vauva|neuvo|ohjaaj|sosiaali|hyvinvoint|tuki|tukea|apu|väkival|kriisi|soit"
          r"|asiasi|lastensuoj|terve|kunta|palvelu",
    "sv": r"famil|barn|föräld|mamma|pappa|råd|handled|social|välbefinn|stöd|hjälp|våld|kris|ring|ärende|skydd|hälso"
          r"|tjänst|kommun",
    "en": r"famil|child|kid|parent|mother|father|baby|advi[sc]|social|wellbeing|support|help|violen|cris|call\b|matter"
          r"|servic|health|protect|counsel",
    "ru": r"сем|дет|ребен|ребён|родител|мам|пап|совет|консульт|социал|помо|поддерж|насил|криз|звон|служб|здоров|опек",
    "et": r"pere|laps|vanem|ema\b|isa\b|beebi|nõu|sotsiaal|heaolu|tugi|abi\b|abist|vägival|kriis|helista|kõne"
          r"|teenus|tervis",
    "ar": r"أسر|عائل|طفل|أطفال|والد|أم\b|أب\b|رضيع|مستشار|مشور|اجتماع|رفاه|دعم|مساعد|عنف|أزم|مكالم|نتصل|خدم|صح",
    "so": r"qoys|carru|ilma|ilmo|waalid|hooyo|aabbe|dhallaan|talo|bulsho|taageer|caawi|gargaar|rabsho|xad-?gudub|wac"
          r"|adeeg|caafimaad",
    "uk": r"сім|дит|діт|батьк|мам|тат|порад|консульт|соціал|допомо|підтрим|насил|криз|дзвін|телефону|служб|здоров|опік",
}  # fmt: skip
"""Stems that would tell of a family, a child, a need, an office or a call."""
OURS = re.compile(r"perheovi|https?:|www\.|/my|\b[0-9A-Z]{4}-[0-9A-Z]{4}", re.IGNORECASE)


def written() -> Texts:
    return content().texts


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", Kind)
def test_a_notice_reveals_nothing(language: str, kind: Kind) -> None:
    for when in WHENS:
        said = worded(written(), kind, when, language)
        assert said.language == language
        for shown in (said.subject, said.text):
            found = re.search(REVEALS[language], shown, re.IGNORECASE) or OURS.search(shown)
            assert found is None, f"{shown}: {found}"
            assert "!" not in shown
        plain = re.sub("[\u2066-\u2069\u200e\u200f]", "", said.text)
        assert len(plain) <= LONGEST_SMS[language], plain


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_test_knows_what_it_must_not_find(language: str) -> None:
    """The names of our needs and the questions of a booking are full of such words."""
    texts = written()
    named = ("need_child_mood", "need_parental_exhaustion", "utter_explain_callback", "utter_booked_promise")
    assert NEEDS
    for name in named:
        assert re.search(REVEALS[language], texts.text(name, language, day=""), re.IGNORECASE), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_notice_says_when_and_names_no_other_language(language: str) -> None:
    texts = written()
    said = {kind: worded(texts, kind, WHENS[0], language).text for kind in Kind}
    assert all("13" in said[kind] and "26" in said[kind] for kind in Kind if kind not in TIMELESS)
    assert len(set(said.values())) == len(Kind)
    names = [name for name in texts.responses if name.startswith("utter_notice_")]
    assert len(names) == 12
    assert all(language in texts.languages(name) for name in names)
    if language != "fi":
        assert all(
            texts.text(name, language, **_filled()) != texts.text(name, "fi", **_filled()) for name in names
        )


def test_easy_finnish_is_finnish_and_a_language_we_do_not_write_is_english() -> None:
    assert worded(written(), Kind.CANCELLED, WHENS[0], "fi-x-easy").language == "fi"
    assert worded(written(), Kind.CANCELLED, WHENS[0], "fa").language == "en"


def test_the_notices_stand_in_a_file_of_the_core() -> None:
    """So no language is offered before it has them all."""
    path = Path(ROOT / "dialogues/responses/notices.yml")
    names = set(yaml.safe_load(path.read_text(encoding="utf-8"))["responses"])
    assert names <= written().core


def _filled() -> dict[str, str]:
    return {"when": "x", "day": "x"}
