"""Yes, no, "I would rather not say", and remarks about the talk itself."""

import pytest

from bot.understanding.remarks import asks_for_more, says_stop
from tests.understanding.reading import facts, values, wishes

YES = [
    ("fi", "joo"), ("fi", "joooo"), ("fi", "juu"), ("fi", "jep"), ("fi", "jees"), ("fi", "joo-o"), ("fi", "kyllä"),
    ("fi", "kylla"), ("fi", "Joo!"), ("fi", "joo just noin"), ("fi", "käy"), ("fi", "kay"), ("fi", "sopii"),
    ("fi", "sopii hyvin"), ("fi", "joo sopii mulle"), ("fi", "jep käy hyvin kiitos"), ("fi", "totta kai"),
    ("fi", "tottakai"), ("fi", "ok"), ("fi", "okei"), ("fi", "selvä"), ("fi", "ilman muuta"), ("fi", "no joo"),
    ("fi", "mikä ettei"), ("fi", "ei haittaa"), ("fi", "pitää paikkansa"), ("fi", "näin on"), ("fi", "on oikein"),
    ("fi", "👍"), ("fi", "ehdottomasti"), ("fi", "mielellään"), ("fi", "varatkaa vaan"), ("fi", "kyllä kiitos"),
    ("sv", "ja"), ("sv", "jo"), ("sv", "ja tack"), ("sv", "jovisst"), ("sv", "det går bra"), ("sv", "gärna"),
    ("sv", "det stämmer"), ("en", "yes"), ("en", "yeah sure"), ("en", "yep"), ("en", "sure"), ("en", "ok great"),
    ("en", "sounds good"), ("en", "that's right"), ("en", "yes please"), ("ru", "да"), ("ru", "хорошо"),
    ("uk", "так"),
    ("et", "jah"), ("ar", "نعم"), ("ar", "تمام"), ("so", "haa"),
]  # fmt: skip
NO = [
    ("fi", "ei"), ("fi", "ei kiitos"), ("fi", "en"), ("fi", "njoo ei"), ("fi", "joo ei"), ("fi", "nä"), ("fi", "nää"),
    ("fi", "eii"), ("fi", "ei tarvi"), ("fi", "ei tartte"), ("fi", "ei oo tarvetta"), ("fi", "en halua"),
    ("fi", "emmä"),
    ("fi", "ei nyt"), ("fi", "ei käy"), ("fi", "ei sovi"), ("fi", "mieluummin ei"), ("fi", "älkää"), ("fi", "väärin"),
    ("fi", "ei missään nimessä"), ("fi", "no ei"), ("sv", "nej"), ("sv", "nej tack"), ("sv", "nä"),
    ("sv", "helst inte"),
    ("en", "no"), ("en", "nope"), ("en", "no thanks"), ("en", "nah"), ("en", "not really"), ("en", "rather not"),
    ("ru", "нет"), ("uk", "ні"), ("et", "ei aitäh"), ("ar", "لا"), ("so", "maya"),
]  # fmt: skip
SKIP = [
    ("fi", "en halua sanoa"), ("fi", "ohita"), ("fi", "ei väliä"), ("fi", "ihan sama"), ("fi", "nimettömänä kiitos"),
    ("fi", "jätetään väliin"), ("fi", "en kerro"), ("sv", "vill inte säga"), ("sv", "hoppa över"),
    ("en", "prefer not to say"), ("en", "skip"), ("en", "doesn't matter"), ("ru", "неважно"), ("et", "pole vahet"),
]  # fmt: skip
NEITHER = ["vauva ei nuku", "en tiedä", "ehkä", "mitä se maksaa", "joku voisi soittaa", "no niin", "hei"]


@pytest.mark.parametrize(("language", "text"), YES)
def test_yes_in_many_forms(language: str, text: str) -> None:
    found = facts(text, language=language, asked="confirm")
    assert (found.affirm, found.deny, found.skip) == (True, False, False)


@pytest.mark.parametrize(("language", "text"), NO)
def test_no_in_many_forms(language: str, text: str) -> None:
    found = facts(text, language=language, asked="confirm")
    assert (found.affirm, found.deny, found.skip) == (False, True, False)


@pytest.mark.parametrize(("language", "text"), SKIP)
def test_rather_not_in_many_forms(language: str, text: str) -> None:
    found = facts(text, language=language, asked="name")
    assert (found.affirm, found.deny, found.skip) == (False, False, True)


@pytest.mark.parametrize("text", NEITHER)
def test_other_messages_answer_nothing(text: str) -> None:
    found = facts(text, asked="confirm")
    assert (found.affirm, found.deny, found.skip) == (False, False, False)


@pytest.mark.parametrize(
    ("text", "affirm"),
    [
        ("joo just noin, mut älkää jättäkö viestiä vastaajaan", True),
        ("joo huomenna sopii", True),
        ("kyllä, mut vasta huomenna", True),
        ("jep ja laittakaa vielä että asia koskee kuopusta", True),
        ("ei, numero on väärä", False),
        ("en mä halua että kukaan soittaa", False),
    ],
)
def test_a_longer_message_answers_with_its_opening_when_yes_or_no_was_asked(text: str, affirm: bool) -> None:
    found = facts(text, asked="confirm")
    assert (found.affirm, found.deny) == (affirm, not affirm)


def test_a_longer_message_answers_nothing_when_nothing_was_asked() -> None:
    found = facts("joo meillä on ollut vaikeaa lasten kanssa")
    assert not found.affirm
    assert not found.deny


def test_not_knowing_passes_a_question_about_facts_but_not_a_confirmation() -> None:
    assert facts("en tiedä", asked="child_age").skip
    assert not facts("en tiedä", asked="confirm").skip


def test_call_me_after_all_is_no_yes_to_cancelling_and_never_a_no() -> None:
    assert facts("no soittakaa sittenkin", asked="confirm").affirm
    for asked in (None, "cancel_confirm", "delete_confirm"):
        found = facts("no soittakaa sittenkin", asked=asked)
        assert (found.affirm, found.deny) == (False, False)


@pytest.mark.parametrize("asked", [None, "confirm", "time"])
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fi", "hei numero onkin väärä, se on 0501234567"),
        ("sv", "numret är fel, 0501234567"),
        ("en", "the number is wrong, it's 0501234567"),
        ("fi", "vanha 0407654321, uusi numero on 0501234567"),
        ("fi", "numero vaihtui, 0501234567"),
        ("sv", "mitt nya nummer är 0501234567"),
        ("en", "my number changed, it's 0501234567"),
    ],
)
def test_a_wrong_number_with_the_right_one_is_a_correction(
    asked: str | None, language: str, text: str
) -> None:
    assert facts(text, asked=asked, language=language).correction
    assert values("phone", text, asked=asked, language=language) == ["+358501234567"]


NEIGHBOURS = {
    "yes": [
        ("ru", "да, пожалуйста"), ("ru", "да, всё верно"), ("ru", "не против"), ("ru", "так и есть"), ("ru", "давайте"),
        ("uk", "так, звичайно"), ("uk", "так, будь ласка"), ("uk", "не проти"), ("uk", "все правильно"),
        ("et", "jah palun"), ("et", "jaa"), ("et", "kõik on õige"), ("et", "sobib hästi"), ("et", "ikka jah"),
        ("ar", "نعم من فضلك"), ("ar", "لا مانع"), ("ar", "بالتأكيد"), ("ar", "كل شيء صحيح"),
        ("so", "haa fadlan"), ("so", "dhib ma leh"), ("so", "haa waa sax"), ("so", "dabcan"),
    ],
    "no": [
        ("ru", "нет, спасибо"), ("ru", "не сейчас"), ("ru", "лучше не надо"), ("ru", "всё неправильно"),
        ("uk", "ні, дякую"), ("uk", "не зараз"), ("uk", "ні в якому разі"), ("et", "ei tänan"), ("et", "mitte praegu"),
        ("et", "ma ei soovi"), ("ar", "لا، شكرا"), ("ar", "ليس الآن"), ("ar", "غير صحيح"), ("so", "maya mahadsanid"),
        ("so", "hadda maya"), ("so", "sax ma aha"),
    ],
    "skip": [
        ("ru", "не хочу говорить"), ("ru", "не хочу отвечать"), ("ru", "дальше"), ("ru", "без имени"),
        ("ru", "не скажу"),
        ("uk", "не хочу говорити"), ("uk", "не хочу казати"), ("uk", "далі"), ("uk", "анонімно"),
        ("et", "ei soovi öelda"), ("et", "ma ei taha öelda"), ("et", "ei soovi vastata"), ("et", "jätan vahele"),
        ("et", "anonüümselt"), ("ar", "لا أريد الإجابة"), ("ar", "أفضل عدم القول"), ("ar", "بدون اسم"),
        ("ar", "التالي"),
        ("so", "ma rabo inaan sheego"), ("so", "ma doonayo inaan ka jawaabo"), ("so", "ka gudub"),
        ("so", "magac la'aan"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text", "answer"),
    [(language, text, answer) for answer, listed in NEIGHBOURS.items() for language, text in listed],
)
def test_five_more_languages_answer_in_their_own_words(language: str, text: str, answer: str) -> None:
    found = facts(text, language=language, asked="name" if answer == "skip" else "confirm")
    assert (found.affirm, found.deny, found.skip) == (answer == "yes", answer == "no", answer == "skip")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "не уверена"),
        ("uk", "не впевнена"),
        ("et", "ma ei tea"),
        ("ar", "لست متأكدة"),
        ("so", "ma hubo"),
    ],
)
def test_not_knowing_passes_a_question_in_five_more_languages(language: str, text: str) -> None:
    assert facts(text, language=language, asked="time").skip
    assert not facts(text, language=language, asked="confirm").skip


@pytest.mark.parametrize("text", ["хватит", "досить", "lõpetame", "توقف", "iska jooji"])
def test_stopping_is_heard_in_five_more_languages(text: str) -> None:
    assert says_stop(text)
    assert not asks_for_more(text)


@pytest.mark.parametrize(
    "text", ["другие варианты", "інші варіанти", "muud võimalused", "خيارات أخرى", "kuwo kale"]
)
def test_asking_for_more_is_heard_in_five_more_languages(text: str) -> None:
    assert asks_for_more(text)
    assert not says_stop(text)


@pytest.mark.parametrize(
    "text",
    ["что это значит?", "не розумію питання", "mida see tähendab?", "لم أفهم السؤال", "su'aasha ma fahmin"],
)
def test_asking_again_is_heard_in_five_more_languages(text: str) -> None:
    assert facts(text).repeat


CORRECTIONS = [
    "ei kun 0501234567", "eiku siis torstaina", "siis tarkoitin Mikkeliä", "piti olla 0407654321",
    "nej jag menade torsdag",
    "nej, jag menade torsdag", "no I meant Thursday", "sorry, i meant 3pm", "kirjoitin väärin",
]  # fmt: skip


@pytest.mark.parametrize("text", CORRECTIONS)
def test_taking_back_is_heard_and_is_not_a_no(text: str) -> None:
    found = facts(text, asked="confirm")
    assert found.correction
    assert not found.deny


@pytest.mark.parametrize("asked", ["message_allowed", "confirm"])
@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("fi", "eiku ylihuomenna", "2026-11-26"),
        ("fi", "ei vaan perjantaina klo 9", "2026-11-27 09:00-10:00"),
        ("fi", "ei, huomenna klo 9", "2026-11-25 09:00-10:00"),
        ("fi", "eikun klo 15", "15:00-16:00"),
        ("sv", "nej fredag kl 9", "2026-11-27 09:00-10:00"),
        ("sv", "nej, hellre på torsdag", "2026-11-26"),
        ("en", "no friday at 9", "2026-11-27 09:00-10:00"),
        ("en", "no, make it friday at 9", "2026-11-27 09:00-10:00"),
    ],
)
def test_a_no_with_a_new_time_takes_the_old_one_back(asked: str, language: str, text: str, day: str) -> None:
    found = facts(text, asked=asked, language=language)
    assert (found.correction, found.deny) == (True, False)
    assert wishes(text, asked=asked, language=language) == [day]
    assert values("message_allowed", text, asked=asked, language=language) == []


def test_a_wrong_time_is_taken_back_when_another_follows() -> None:
    assert facts("aika on väärä, kello 15", asked="confirm").correction
    assert facts("ei, aika on väärä", asked="confirm").deny


def test_a_no_with_a_new_number_takes_the_old_one_back() -> None:
    found = facts("ei, 0501234567", asked="confirm")
    assert (found.correction, found.deny) == (True, False)


@pytest.mark.parametrize("text", ["ei", "ei, soittakaa kolmen jälkeen", "ei perjantaina", "ei käy huomenna"])
def test_a_no_that_refuses_the_message_stays_a_no(text: str) -> None:
    assert facts(text, asked="message_allowed").deny
    assert values("message_allowed", text, asked="message_allowed") == [False]


@pytest.mark.parametrize(("language", "text"), [("en", "is it anonymous?"), ("fi", "anonyymi?")])
def test_a_question_passes_nothing(language: str, text: str) -> None:
    assert not facts(text, asked="time", language=language).skip


@pytest.mark.parametrize(
    "text",
    ["mitä?", "häh", "mitä tarkoitat", "sano uudestaan", "en ymmärrä", "voisitko toistaa", "mitä sä kysyit?",
     "va?", "vad menar du", "förstår inte", "what do you mean?", "can you repeat", "sorry what", "не понимаю"],
)  # fmt: skip
def test_asking_again_is_heard(text: str) -> None:
    assert facts(text).repeat


@pytest.mark.parametrize(
    "text",
    ["en ymmärrä miksi lapseni huutaa aina", "mitä voin tehdä kun lapsi ei nuku", "mitä neuvola maksaa"],
)
def test_a_matter_is_not_a_request_to_repeat(text: str) -> None:
    assert not facts(text).repeat


@pytest.mark.parametrize(
    "text", ["haista vittu", "vitun botti", "olet tyhmä", "jävla bot", "fuck you", "stupid bot"]
)
def test_insults_at_the_bot_are_heard(text: str) -> None:
    assert facts(text).abuse


@pytest.mark.parametrize(
    "text",
    ["vittu mä oon väsynyt", "mies sanoo että olen tyhmä", "poika huutaa mulle haista vittu", "ihan paska päivä",
     "lapsi haukkuu muita idiooteiksi"],
)  # fmt: skip
def test_distress_and_other_peoples_insults_are_not_abuse(text: str) -> None:
    assert not facts(text).abuse
