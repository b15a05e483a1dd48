"""What somebody tells of safe calling by itself, and what only sounds like it."""

import re
from pathlib import Path

import pytest

from bot.understanding.letters import Written
from bot.understanding.safe_calls import find_safe_calls

ROOT = Path(__file__).parents[2]
ONLY_ME = [
    "soittakaa ke klo 10 050 555 66 77, mut vaan mulle, äiti asuu meillä eikä saa tietää",
    "älkää sanoko miehelle mistä soitatte", "älkää kertoko muille kuka soittaa", "vain minä saan vastata",
    "vaan mä saan vastata puhelimeen", "kukaan muu ei saa vastata", "mies ei saa vastata puhelimeen",
    "puhukaa vain minulle", "jos mies vastaa, sulkekaa puhelu", "jos joku muu vastaa niin sanokaa että väärä numero",
    "ette saa sanoa miehelleni miksi soitatte", "mut älkää sanoko kellekään muulle mistä soitatte jooko",
    "säg inte åt min man vem som ringer", "bara jag får svara", "om min man svarar, lägg på",
    "berätta inte för någon annan varifrån ni ringer", "tala bara med mig",
    "please don't tell my husband who is calling", "only I can answer", "only talk to me",
    "if my husband answers, hang up", "do not say where you are calling from",
]  # fmt: skip
ONLY_ME_IN_A_BOOKING = [
    "älkää kertoko miehelle",
    "älä kerro äidille",
    "säg inget åt min man",
    "please don't tell my mum",
]
ANYONE = ["kuka vain saa vastata", "mieskin voi vastata", "vem som helst får svara", "anyone can answer"]
HIDDEN = [
    "soittakaa salaisesta numerosta", "numero ei saa näkyä", "piilottakaa numeronne kiitos", "niin ettei numero näy",
    "ring från hemligt nummer", "numret får inte synas", "dölj numret", "please hide your number",
    "call from a private number", "your number must not show",
]  # fmt: skip
SHOWN = ["numero saa näkyä", "numeronne saa kyllä näkyä", "numret får synas", "your number can show"]
CODE_WORD = [
    ("tunnussana mansikka", "mansikka"), ("tunnussana on Mansikka", "Mansikka"),
    ("tunnussana: sininen kissa", "sininen kissa"),
    ("sovitaan tunnussanaksi vaikka leipä", "leipä"), ("tunnussana voisi olla kesäilta", "kesäilta"),
    ('tunnussana "kolme pientä porsasta"', "kolme pientä porsasta"),
    ("tunnussana mansikka ja soittakaa aamulla", "mansikka"),
    ("tunnussana on Salo", "Salo"), ("kodord smultron", "smultron"), ("kodordet är smultron tack", "smultron"),
    ("code word strawberry", "strawberry"), ("the code word is blue cat please", "blue cat"),
    ("кодовое слово клубника", "клубника"),
]  # fmt: skip
NO_CODE_WORD = [
    "mikä tunnussana on?", "onko tunnussana pakollinen", "unohdin tunnussanan", "mikä tunnussana", "tunnussana",
    "tunnussana kuulostaa hyvältä", "vad är ett kodord", "code word?", "what is a code word for",
]  # fmt: skip
WATCHED = [
    "mies kyttää mun puhelinta", "mieheni lukee mun viestit", "ukko ei saa tietää tästä", "exä vahtii kaikkea",
    "min man kollar min telefon", "my husband checks my phone", "soittakaa varovasti", "ring försiktigt",
]  # fmt: skip
NOTHING = [
    "mies ei kuuntele mua yhtään", "mulla on salainen numero 0401234567", "numeroni on 0401234567",
    "poika ei vastaa kun soitan", "äiti ei vastaa mulle", "kuka mulle soittaa", "voiko joku vastata",
    "en osaa sanoa mistä tää alkoi", "en halua kertoa enempää", "älä viitsi", "vain minä hoidan lapsia",
    "vain minä tiedän tästä", "jos lapsi vastaa pahasti niin suutun", "saako hän puhua siitä koulussa",
    "jag kan inte säga var det började", "bara jag sköter barnen", "my son doesn't answer when I call",
    "only I take care of the kids", "the number of my son is 0401234567", "näkyykö numero?",
    "ringer ni från dolt nummer",
    "mies tarkistaa läksyt", "poika kyttää siskoaan", "vahdin lapsen puhelinta",
]  # fmt: skip


def heard(text: str, asked: str | None = None) -> dict[str, object]:
    return {one.entity: one.value for one in find_safe_calls(Written(text), asked=asked)}


@pytest.mark.parametrize("text", ONLY_ME)
def test_that_nobody_else_is_to_know_is_heard(text: str) -> None:
    assert heard(text)["who_may_answer"] == "only_me"


@pytest.mark.parametrize("text", ONLY_ME_IN_A_BOOKING)
def test_secrecy_is_about_the_call_while_one_is_agreed(text: str) -> None:
    assert heard(text, "time") == {"who_may_answer": "only_me"}
    assert "who_may_answer" not in heard(text)


@pytest.mark.parametrize("text", ANYONE)
def test_that_anybody_may_answer_is_heard(text: str) -> None:
    assert heard(text) == {"who_may_answer": "anyone"}


@pytest.mark.parametrize(("texts", "shown"), [(HIDDEN, False), (SHOWN, True)])
def test_whether_our_number_may_show_is_heard(texts: list[str], shown: bool) -> None:
    assert {text: heard(text) for text in texts} == {text: {"show_number": shown} for text in texts}


@pytest.mark.parametrize(("text", "word"), CODE_WORD)
def test_a_code_word_is_heard_as_it_is_written(text: str, word: str) -> None:
    assert heard(text)["code_word"] == word


@pytest.mark.parametrize("text", NO_CODE_WORD)
def test_talk_of_a_code_word_is_none(text: str) -> None:
    assert "code_word" not in heard(text)


@pytest.mark.parametrize(
    "text", ["ei tunnussanaa", "en tarvitse tunnussanaa", "inget kodord", "no code word"]
)
def test_a_code_word_is_declined(text: str) -> None:
    assert heard(text, "code_word") == {"code_word": ""}


@pytest.mark.parametrize("text", WATCHED)
def test_a_call_with_care_is_heard(text: str) -> None:
    assert heard(text)["careful"] is True


@pytest.mark.parametrize("text", NOTHING)
def test_what_only_sounds_like_it_is_not_taken_for_it(text: str) -> None:
    assert heard(text) == {}
    assert heard(text, "time") == {}


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("vain minä", "only_me"), ("vaan mä", "only_me"), ("minä", "only_me"), ("ei mies", "only_me"),
        ("vain minä, mies ei saa kuulla", "only_me"), ("bara jag", "only_me"), ("only me please", "only_me"),
        ("только я", "only_me"), ("kuka vaan", "anyone"), ("ei väliä", "anyone"), ("mieskin saa", "anyone"),
        ("joo kuka vaan saa vastata", "anyone"), ("vem som helst", "anyone"), ("anyone", "anyone"),
        ("joo", None), ("ei", None), ("hä?", None), ("vauva ei nuku", None),
    ],
)  # fmt: skip
def test_the_question_who_may_answer_is_answered(text: str, who: str | None) -> None:
    assert heard(text, "who_may_answer").get("who_may_answer") == who


@pytest.mark.parametrize(
    ("text", "word"),
    [("mansikka", "mansikka"), ("Sininen kissa!", "Sininen kissa"), ("vaikka 7 veljestä", "7 veljestä"),
     ("mikä se on?", None), ("en minä oikein tiedä mikä se voisi olla", None), ("1234", None)]
)  # fmt: skip
def test_a_bare_word_answers_the_question_of_a_code_word(text: str, word: str | None) -> None:
    assert heard(text, "code_word").get("code_word") == word
    assert "code_word" not in heard(text)


def test_nothing_ordinary_in_the_training_sentences_is_taken_for_it() -> None:
    said = [
        re.sub(r"\[([^\]]+)\](\([^)]*\)|\{[^}]*\})", r"\1", line[1])
        for path in sorted((ROOT / "nlu_data").rglob("*.yml"))
        for line in re.finditer(r"(?m)^\s*- (.+)$", path.read_text(encoding="utf-8"))
    ]
    assert len(said) > 30_000
    taken = {text: told for text in said if (told := heard(text))}
    about_the_call = {text for text, told in taken.items() if told.keys() - {"careful"}}
    assert about_the_call == {
        "My son 16 has begun to strike me, I want to speak by phone, hidden number please"
    }
    assert len(taken) <= 15
    assert len([text for text in said if heard(text, "time").keys() - {"careful"}]) <= 5
