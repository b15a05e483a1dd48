"""Questions about a matter itself, told apart from a story and from other questions."""

import pytest

from bot.conversation.guidance_asked import asked_kind, marked
from bot.meaning import Guess, Understanding


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("onko tämä normaalia?", "ordinary"),
        ("no onks tää ihan normaalia", "ordinary"),
        ("3v saa raivareita joka päivä, onko se tavallista?", "ordinary"),
        ("onko normaalia että kolmevuotias raivoaa joka päivä", "ordinary"),
        ("kuuluuko tää ikään", "ordinary"),
        ("är det här normalt?", "ordinary"),
        ("is this normal", "ordinary"),
        ("mitä voin tehdä tänään", "tonight"),
        ("mut mitä mä nyt voisin tehdä", "tonight"),
        ("Vauva ei nuku. Mitä tässä pitäisi tehdä?", "tonight"),
        ("mikä auttaa", "tonight"),
        ("vad kan jag göra i kväll", "tonight"),
        ("what can I do tonight?", "tonight"),
        ("milloin pitää hakea apua", "seek_help"),
        ("koska tästä pitäis mennä lääkäriin", "seek_help"),
        ("milloin kannattaa huolestua?", "seek_help"),
        ("pitääkö mun huolestua", "seek_help"),
        ("milloin pitäisi ottaa yhteyttä lääkäriin", "seek_help"),
        ("koska lääkäriin pitää mennä", "seek_help"),
        ("när ska man söka hjälp", "seek_help"),
        ("when should I get help", "seek_help"),
        ("kerro lisää", "more"),
        ("berätta mer", "more"),
        ("tell me more please", None),
        ("tell me more", "more"),
    ],
)
def test_a_question_about_the_matter_is_heard(words: str, kind: str | None) -> None:
    assert asked_kind(words) == kind


@pytest.mark.parametrize(
    "words",
    [
        "en tiedä enää mitä voin tehdä",
        "lapsi ei ole ihan normaali",
        "haluan normaalin arjen",
        "milloin te soitatte",
        "milloin haetaan paikkaa syksyksi",
        "millon neuvolaan pitää ottaa yhteyttä plussan jälkeen",
        "when must I contact the neuvola first time",
        "milloin neuvola on auki",
        "mitä maksaa",
        "onko teillä aikaa huomenna",
        "kerron lisää puhelimessa",
        "kerro lisää neuvolasta",
        "när ringer ni",
        "when will you call",
        "",
    ],
)
def test_other_words_ask_for_none(words: str) -> None:
    assert asked_kind(words) is None


def test_a_bare_question_names_no_matter_and_a_story_keeps_its_own() -> None:
    guess = (Guess("infant_care", 0.9),)
    assert marked(Understanding(text="onko tämä normaalia", language="fi", needs=guess)).needs == ()
    told = marked(Understanding(text="vauva itkee koko yön, onko tämä normaalia", language="fi", needs=guess))
    assert told.needs == guess
    assert told.set_slots == {"guide": "ordinary"}


def test_a_call_asked_for_in_the_same_message_goes_before() -> None:
    heard = Understanding(
        text="voisitteko soittaa? mitä voin tehdä tänään",
        language="fi",
        acts=(Guess("request_callback", 0.9),),
    )
    assert marked(heard) == heard
