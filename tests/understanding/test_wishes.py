"""Wishes about the call, who is writing, and the name."""

import pytest

from tests.understanding.cases import Case, cases
from tests.understanding.reading import facts, values

LANGUAGE = [
    ("fi", "puhun ruotsia", ["sv"]), ("fi", "soittakaa ruotsiksi", ["sv"]), ("fi", "somaliksi kiitos", ["so"]),
    ("fi", "haluaisin puhua venäjää", ["ru"]), ("fi", "äidinkieleni on arabia", ["ar"]),
    ("fi", "tarvitaan arabian tulkki", ["ar"]), ("fi", "en puhu suomea, puhun vain somalia", ["so"]),
    ("fi", "suomen kielellä kiitos", ["fi"]), ("sv", "på svenska tack", ["sv"]),
    ("sv", "jag talar bara engelska", ["en"]),
    ("en", "in English please", ["en"]), ("en", "I only speak Russian", ["ru"]),
    ("ru", "по-русски пожалуйста", ["ru"]),
    ("et", "eesti keeles palun", ["et"]), ("ar", "بالعربية من فضلك", ["ar"]), ("so", "af soomaali", ["so"]),
    ("uk", "українською будь ласка", ["uk"]),
    ("fi", "en puhu hyvin suomea", []), ("fi", "lapsi ei opi ruotsia koulussa", []), ("fi", "mieheni on Virosta", []),
    ("sv", "vi talar finska hemma", []), ("en", "my son is learning Swedish", []),
]  # fmt: skip
INTERPRETER = [
    ("fi", "tarvitsen tulkin", True), ("fi", "tulkki ois hyvä", True), ("fi", "en tarvitse tulkkia", False),
    ("fi", "ilman tulkkia pärjään", False), ("sv", "jag behöver tolk", True), ("sv", "behöver inte tolk", False),
    ("en", "I need an interpreter", True), ("en", "no interpreter needed", False), ("ru", "нужен переводчик", True),
    ("et", "vajan tõlki", True), ("ar", "أحتاج مترجم", True), ("so", "waxaan rabaa turjubaan", True),
]  # fmt: skip
MESSAGE = [
    ("fi", "älkää jättäkö viestiä", False), ("fi", "ei viestiä vastaajaan", False),
    ("fi", "saa laittaa tekstarin", True),
    ("fi", "voitte jättää viestin", True), ("fi", "mies ei saa tietää", False),
    ("sv", "lämna inte meddelande", False),
    ("sv", "ni får lämna meddelande", True), ("en", "don't leave a message", False), ("en", "you can text me", True),
]  # fmt: skip
CONTACT = [
    ("fi", "en voi puhua puhelimessa", "text"), ("fi", "mieluummin tekstiviestillä", "text"),
    ("fi", "olen huonokuuloinen", "text"), ("fi", "olen kuuro", "video_interpreting"),
    ("fi", "äidinkieleni on viittomakieli", "video_interpreting"), ("sv", "jag är döv", "video_interpreting"),
    ("sv", "kan inte prata i telefon", "text"), ("en", "I'm deaf", "video_interpreting"),
    ("en", "I can't talk on the phone", "text"),
]  # fmt: skip
ROLE = [
    ("fi", "olen 12 ja mua kiusataan", "child"), ("fi", "mun äiti lyö mua", "child"),
    ("fi", "oon 14v tyttö", "child"),
    ("fi", "olen mummo ja huolissani lapsenlapsesta", "relative"), ("fi", "siskoni lapset jää yksin", "relative"),
    ("fi", "olen opettaja", "professional"), ("fi", "olen luokanopettaja ja huolissani oppilaasta", "professional"),
    ("fi", "päiväkodista hei, huoli perheestä", "professional"),
    ("fi", "olen neuvolan terveydenhoitaja", "professional"),
    ("fi", "olen 34-vuotias äiti", "parent"), ("fi", "olen kahden lapsen isä", "parent"),
    ("sv", "jag är lärare", "professional"),
    ("sv", "jag är mormor", "relative"), ("sv", "jag går i sexan", "child"), ("en", "my mom hits me", "child"),
    ("en", "I am a teacher at a school", "professional"), ("en", "my grandson won't sleep", "relative"),
    ("en", "I'm a single mom", "parent"),
]  # fmt: skip
NO_ROLE = [
    "mun äiti auttaa lasten kanssa",
    "olen väsynyt",
    "äiti ja isä on eronneet",
    "olen opettaja ja oma lapseni oireilee",
]
NAME = [
    ("fi", "nimi on Anna", "Anna"), ("fi", "nimeni on anna", "anna"), ("fi", "Voisiko joku soittaa? t. Anna", "Anna"),
    ("fi", "terveisin Anna Virtanen", "Anna Virtanen"), ("fi", "Anna tässä hei", "Anna"),
    ("fi", "mun nimi on Anna-Maija", "Anna-Maija"), ("sv", "jag heter Anna", "Anna"),
    ("en", "my name is Anna Smith", "Anna Smith"),
    ("en", "this is Anna", "Anna"), ("ru", "меня зовут Анна", "Анна"),
]  # fmt: skip
NO_NAME = [
    ("fi", "pojan nimi on Ville"), ("fi", "olen väsynyt"), ("fi", "Olen Mikkelistä"), ("en", "call me tomorrow"),
    ("en", "call me after 3"), ("en", "this is important"), ("fi", "t. väsynyt äiti"), ("fi", "anna mulle neuvo"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), LANGUAGE)
def test_the_language_of_the_call_is_heard(language: str, text: str, expected: list[str]) -> None:
    assert values("language", text, language=language) == expected


@pytest.mark.parametrize(("language", "text", "expected"), INTERPRETER)
def test_the_need_of_an_interpreter_is_heard(language: str, text: str, expected: bool) -> None:
    assert values("interpreter", text, language=language) == [expected]


@pytest.mark.parametrize(("language", "text", "expected"), MESSAGE)
def test_whether_a_message_may_be_left_is_heard(language: str, text: str, expected: bool) -> None:
    assert values("message_allowed", text, language=language) == [expected]


@pytest.mark.parametrize(("language", "text", "expected"), CONTACT)
def test_not_being_able_to_talk_is_heard(language: str, text: str, expected: str) -> None:
    assert values("contact_mode", text, language=language) == [expected]


def test_a_deaf_child_says_nothing_of_how_the_parent_can_be_reached() -> None:
    assert values("contact_mode", "lapseni on kuuro") == []


@pytest.mark.parametrize(("language", "text", "expected"), ROLE)
def test_who_writes_is_heard(language: str, text: str, expected: str) -> None:
    assert values("sender_role", text, language=language) == [expected]


@pytest.mark.parametrize("text", NO_ROLE)
def test_who_writes_is_not_guessed(text: str) -> None:
    assert values("sender_role", text) == []


@pytest.mark.parametrize(("language", "text", "expected"), NAME)
def test_an_offered_name_is_heard(language: str, text: str, expected: str) -> None:
    assert values("name", text, language=language) == [expected]


@pytest.mark.parametrize(("language", "text"), NO_NAME)
def test_a_name_is_not_made_up(language: str, text: str) -> None:
    assert values("name", text, language=language) == []


@pytest.mark.parametrize(
    ("asked", "text", "entity", "expected"),
    [
        ("name", "Anna", "name", ["Anna"]), ("name", "olen Anna Virtanen", "name", ["Anna Virtanen"]),
        ("name", "ei", "name", []), ("name", "en halua sanoa", "name", []), ("language", "suomi", "language", ["fi"]),
        ("language", "Ruotsi", "language", ["sv"]), ("interpreter", "ei", "interpreter", [False]),
        ("interpreter", "joo kiitos", "interpreter", [True]), ("message_allowed", "joo", "message_allowed", [True]),
        ("message_allowed", "mieluummin ei", "message_allowed", [False]),
        ("message_allowed", "joo just noin, mut älkää jättäkö viestiä vastaajaan", "message_allowed", [False]),
        ("confirm", "joo", "message_allowed", []), ("confirm", "ei", "interpreter", []),
    ],
)  # fmt: skip
def test_a_bare_answer_counts_for_what_was_asked(
    asked: str, text: str, entity: str, expected: list[object]
) -> None:
    assert values(entity, text, asked=asked) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("olen kuuro, tekstiviesti kiitos", "text"),
        ("olen kuuro", "video_interpreting"),
        ("olen kuuro, viittomakielen tulkki", "video_interpreting"),
        ("voitteko laittaa tekstiviestin", "text"),
        ("mieluummin viestillä", "text"),
        ("kan ni skicka sms", "text"),
        ("could you text me instead", "text"),
    ],
)
def test_a_wish_for_writing_is_heard_also_from_one_who_is_deaf(text: str, expected: str) -> None:
    assert values("contact_mode", text) == [expected]


def test_a_message_may_be_left_gladly() -> None:
    assert values("message_allowed", "lämna gärna ett meddelande", language="sv") == [True]


@pytest.mark.parametrize(
    ("asked", "text", "entity", "expected"),
    [
        (None, "emme asu enää Mikkelissä vaan Kuopiossa", "municipality", ["Kuopio"]),
        (None, "asun Kuopiossa, en Mikkelissä", "municipality", ["Kuopio"]),
        ("municipality", "inte Vasa utan Jakobstad", "municipality", ["Pietarsaari"]),
        ("child_age", "ei 4 vaan 5", "child_age", [5]),
        (None, "tarkoitin 0407654321 en 0501234567", "phone", ["+358407654321"]),
    ],
)
def test_a_fact_said_not_to_be_so_gives_way_to_the_right_one(
    asked: str | None, text: str, entity: str, expected: list[object]
) -> None:
    assert values(entity, text, asked=asked) == expected


def test_everything_can_stand_in_one_message() -> None:
    found = facts(
        "Hei, 4v ei nuku ja oon ihan poikki. Asun Järvenpäässä. Soittakaa 050 123 4567 huomenna iltapäivällä, "
        "ei viestiä vastaajaan kiitos. t. Anna"
    )
    shown = {one.entity: one.value for one in found.entities if one.entity != "time_window"}
    assert shown == {
        "phone": "+358501234567", "municipality": "Järvenpää",
    "child_age": 4, "message_allowed": False, "name": "Anna"
    }  # fmt: skip
    assert any(one.entity == "time_window" for one in found.entities)


@pytest.mark.parametrize(
    "text", ["", " ", "😀😀", "?" * 50, "a" * 4000, "1" * 4000, "ja, " * 1000, "İstanbul", "\u0301", "ﷺ" * 20]
)
def test_odd_messages_break_nothing(text: str) -> None:
    assert not facts(text).abuse


_SHOWN = {
    "language": "language",
    "interpreter": "interpreter",
    "message_allowed": "message",
    "contact_mode": "mode",
}
_YES = {True: "yes", False: "no"}


@pytest.mark.parametrize("case", cases("calls"), ids=str)
def test_the_listed_wishes_about_a_call_are_heard(case: Case) -> None:
    found = facts(case.text, asked=case.asked, language=case.language).entities
    shown = [
        f"{_SHOWN[one.entity]} {_YES.get(one.value, one.value)}" for one in found if one.entity in _SHOWN
    ]
    assert sorted(shown) == sorted(case.told)
