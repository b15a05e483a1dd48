"""When a family hopes to be called, in their words, on a Tuesday (24 November 2026, ten o'clock)."""

import pytest

from tests.understanding.reading import facts, wishes

FINNISH = [
    ("huomenna", "2026-11-25"),
    ("huomenna iltapäivällä", "2026-11-25 12:00-16:00"),
    ("huomen aamul", "2026-11-25 08:00-10:00"),
    ("huomisaamuna", "2026-11-25 08:00-10:00"),
    ("huomenna ap", "2026-11-25 08:00-12:00"),
    ("ylihuomenna aamulla", "2026-11-26 08:00-10:00"),
    ("ylihuomisiltapäivänä", "2026-11-26 12:00-16:00"),
    ("tänään", "2026-11-24"),
    ("tänään vielä", "2026-11-24"),
    ("tänä iltana", "2026-11-24 16:00-18:00"),
    ("tänään ennen kolmea", "2026-11-24 -15:00"),
    ("ens tiistaina kahen jälkeen", "2026-12-01 14:00-"),
    ("ensi perjantaina", "2026-12-04"),
    ("perjantaina", "2026-11-27"),
    ("tiistaina", "2026-12-01"),
    ("keskiviikko", "2026-11-25"),
    ("seuraavana maanantaina", "2026-11-30"),
    ("torstaiaamuna", "2026-11-26 08:00-10:00"),
    ("perjantai-iltapäivällä", "2026-11-27 12:00-16:00"),
    ("pe ip", "2026-11-27 12:00-16:00"),
    ("ti klo 14", "2026-12-01 14:00-15:00"),
    ("ke tai to aamupäivällä", "2026-11-25..2026-11-26 08:00-12:00"),
    ("maanantaina ja keskiviikkona iltapäivällä", "2026-11-25..2026-11-30 12:00-16:00 on 0,2"),
    ("huomenna tai ylihuomenna", "2026-11-25..2026-11-26"),
    ("maanantaista keskiviikkoon", "2026-11-30..2026-12-02"),
    ("ma-pe 9-15", "09:00-15:00 every on 0,1,2,3,4"),
    ("ti-to aamupäivällä", "2026-12-01..2026-12-03 08:00-12:00"),
    ("ensi viikolla", "2026-11-30..2026-12-04"),
    ("vasta ensi viikolla", "2026-11-30..2026-12-04"),
    ("ensi viikon maanantaina", "2026-11-30"),
    ("maanantaina ensi viikolla", "2026-11-30"),
    ("ensi viikon torstai tai perjantai", "2026-12-03..2026-12-04"),
    ("ensi viikon alussa", "2026-11-30..2026-12-01"),
    ("tällä viikolla", "2026-11-24..2026-11-27"),
    ("loppuviikosta", "2026-11-26..2026-11-27"),
    ("viikolla 50", "2026-12-07..2026-12-11"),
    ("viikonloppuna", "2026-11-28..2026-11-29"),
    ("viikonlopun jälkeen", "2026-11-30"),
    ("seuraavana arkipäivänä", "2026-11-25"),
    ("kolmen päivän päästä", "2026-11-27"),
    ("viikon päästä", "2026-12-01"),
    ("viikon päästä tiistaina", "2026-12-08"),
    ("kahden viikon kuluttua", "2026-12-08"),
    ("tunnin päästä", "2026-11-24 11:00-"),
    ("puolen tunnin päästä", "2026-11-24 10:30-"),
    ("15.12. klo 9.30", "2026-12-15 09:30-10:30"),
    ("15.12", "2026-12-15"),
    ("10.12", "2026-12-10"),
    ("3. joulukuuta", "2026-12-03"),
    ("3.12. iltapäivällä", "2026-12-03 12:00-16:00"),
    ("8.1.", "2027-01-08"),
    ("tammikuussa", "2027-01-01..2027-01-31"),
    ("kuun lopussa", "2026-11-24..2026-11-30"),
    ("ensi vuoden puolella", "2027-01-04"),
    ("ke 2.12", "2026-12-02"),
    ("15.12 tai 16.12", "2026-12-15..2026-12-16"),
    ("huomenna klo 10 tai 11", "2026-11-25 10:00-12:00"),
    ("kymmenen jälkeen mutta ennen kahtatoista", "10:00-12:00"),
    ("milloin vain", "anytime"),
    ("ihan millon vaan", "anytime"),
    ("ei väliä milloin", "anytime"),
    ("kaikki ajat käy", "anytime"),
    ("heti", "asap"),
    ("mahdollisimman pian", "asap"),
    ("nyt", "asap"),
    ("huomenna milloin vain", "2026-11-25"),
    ("milloin vain kahden jälkeen", "14:00-"),
    ("puol kolmen aikaan", "14:00-15:00"),
    ("joskus kahden maissa", "13:30-14:30"),
    ("klo 10 aikaan", "09:30-10:30"),
    ("klo 14-16", "14:00-16:00"),
    ("klo14", "14:00-15:00"),
    ("klo 8.15-9", "08:15-09:00"),
    ("14", "14:00-15:00"),
    ("kahdelta", "14:00-15:00"),
    ("9.30", "09:30-10:30"),
    ("14:30", "14:30-15:30"),
    ("huomenna 14", "2026-11-25 14:00-15:00"),
    ("huomenna puoli yhdeksältä", "2026-11-25 08:30-09:30"),
    ("varttia vaille kolme", "14:45-15:45"),
    ("varttia yli kahden jälkeen", "14:15-"),
    ("kello kahden ja neljän välillä", "14:00-16:00"),
    ("kaheksan ja kymmenen välillä", "08:00-10:00"),
    ("kymmenestä kahteen", "10:00-14:00"),
    ("ennen kymmentä", "-10:00"),
    ("kymmeneen mennessä", "-10:00"),
    ("klo 12 asti", "-12:00"),
    ("kahdesta eteenpäin", "14:00-"),
    ("klo 14:n jälkeen", "14:00-"),
    ("neljän jälkeen huomenna", "2026-11-25 16:00-"),
    ("puolenpäivän jälkeen", "12:00-"),
    ("töiden jälkeen", "16:00-"),
    ("virka-aikana", "08:00-16:00"),
    ("aamusta", "08:00-10:00"),
    ("heti aamusta", "08:00-10:00"),
    ("päivällä", "10:00-14:00"),
    ("illalla kuudelta", "18:00-19:00"),
    ("aamulla seitsemältä", "07:00-08:00"),
    ("aamulla ennen yhdeksää", "08:00-09:00"),
    ("aamupäivällä tai iltapäivällä", "08:00-16:00"),
    ("keskiviikkoisin", "every on 2"),
    ("tiistaisin ja torstaisin", "every on 1,3"),
    ("maanantaiaamuisin", "08:00-10:00 every on 0"),
    ("keskiviikolle", "2026-11-25"),
    ("iltapäivisin", "12:00-16:00 every"),
    ("iltapäivisin paitsi keskiviikkona", "12:00-16:00 every not 2"),
    ("arkisin kolmen jälkeen", "15:00- every on 0,1,2,3,4"),
    ("joka arkipäivä klo 10-12", "10:00-12:00 every on 0,1,2,3,4"),
    ("arkiaamuisin", "08:00-10:00 every on 0,1,2,3,4"),
    ("en maanantaina", "not 0"),
    ("ei maanantaina eikä tiistaina", "not 0,1"),
    ("ei aamulla", "10:00-"),
    ("ei iltapäivällä", "-12:00"),
    ("ei ennen kymmentä", "10:00-"),
    ("ei neljän jälkeen", "-16:00"),
    ("ei huomenna vaan ylihuomenna", "2026-11-26"),
    ("maanantaina en pääse, tiistaina käy", "2026-12-01"),
    ("perjantai ei käykään, sopisko maanantai", "2026-11-30"),
    ("mikä tahansa päivä paitsi perjantai", "every not 4"),
    ("siirtäkää tiistailta torstaille", "2026-11-26"),
    ("ylihuomenna iltapaivala", "2026-11-26 12:00-16:00"),
    ("huommenna aamupaivalla", "2026-11-25 08:00-12:00"),
    ("en tiedä, joskus aamupäivällä ehkä", "08:00-12:00"),
    ("kun lapset on koulussa eli 9-13", "09:00-13:00"),
]
SWEDISH = [
    ("i morgon förmiddag", "2026-11-25 08:00-12:00"),
    ("imorgon bitti", "2026-11-25 08:00-10:00"),
    ("i övermorgon", "2026-11-26"),
    ("i eftermiddag", "2026-11-24 12:00-16:00"),
    ("nästa tisdag efter två", "2026-12-01 14:00-"),
    ("på måndag klockan tio", "2026-11-30 10:00-11:00"),
    ("fredag em", "2026-11-27 12:00-16:00"),
    ("på eftermiddagarna utom onsdag", "12:00-16:00 every not 2"),
    ("på måndagar", "every on 0"),
    ("nästa vecka", "2026-11-30..2026-12-04"),
    ("när som helst", "anytime"),
    ("så snart som möjligt", "asap"),
    ("halv tre", "14:30-15:30"),
    ("kvart i tre", "14:45-15:45"),
    ("mellan två och fyra", "14:00-16:00"),
    ("före tio", "-10:00"),
    ("kl 14-16", "14:00-16:00"),
    ("om tre dagar", "2026-11-27"),
    ("om en vecka", "2026-12-01"),
    ("inte på måndag", "not 0"),
    ("den 15 december", "2026-12-15"),
    ("vardagar efter tre", "15:00- every on 0,1,2,3,4"),
    ("efter helgen", "2026-11-30"),
]
ENGLISH = [
    ("tomorrow after 3", "2026-11-25 15:00-"),
    ("tomorrow morning", "2026-11-25 08:00-12:00"),
    ("the day after tomorrow", "2026-11-26"),
    ("this afternoon", "2026-11-24 12:00-16:00"),
    ("next week mornings", "2026-11-30..2026-12-04 08:00-12:00"),
    ("early next week", "2026-11-30..2026-12-01"),
    ("any weekday after 3", "15:00- every on 0,1,2,3,4"),
    ("weekdays except Friday", "every on 0,1,2,3"),
    ("anytime", "anytime"),
    ("asap", "asap"),
    ("Tuesday afternoon", "2026-12-01 12:00-16:00"),
    ("next Tuesday at 2", "2026-12-01 14:00-15:00"),
    ("Thursday 2pm", "2026-11-26 14:00-15:00"),
    ("mon or wed morning", "2026-11-25..2026-11-30 08:00-12:00 on 0,2"),
    ("between 2 and 4", "14:00-16:00"),
    ("from 2 to 4 pm", "14:00-16:00"),
    ("before 10", "-10:00"),
    ("half past two", "14:30-15:30"),
    ("in three days", "2026-11-27"),
    ("in a week", "2026-12-01"),
    ("any day but Friday", "every not 4"),
    ("next week except Wednesday", "2026-11-30..2026-12-04 not 2"),
    ("December 15", "2026-12-15"),
    ("15th of December at 10am", "2026-12-15 10:00-11:00"),
    ("not on Monday", "not 0"),
    ("around noon", "11:00-13:00"),
]
OTHERS = [
    ("ru", "завтра утром", "2026-11-25 08:00-12:00"),
    ("ru", "в понедельник", "2026-11-30"),
    ("et", "homme hommikul", "2026-11-25 08:00-12:00"),
    ("uk", "завтра після обіду", "2026-11-25 12:00-16:00"),
    ("ar", "غدا", "2026-11-25"),
    ("so", "berri", "2026-11-25"),
]


@pytest.mark.parametrize(("words", "expected"), FINNISH)
def test_finnish_wishes_are_read(words: str, expected: str) -> None:
    assert wishes(words, asked="time") == [expected]


@pytest.mark.parametrize(("words", "expected"), SWEDISH)
def test_swedish_wishes_are_read(words: str, expected: str) -> None:
    assert wishes(words, asked="time", language="sv") == [expected]


@pytest.mark.parametrize(("words", "expected"), ENGLISH)
def test_english_wishes_are_read(words: str, expected: str) -> None:
    assert wishes(words, asked="time", language="en") == [expected]


@pytest.mark.parametrize(("language", "words", "expected"), OTHERS)
def test_day_words_of_the_other_languages_are_read(language: str, words: str, expected: str) -> None:
    assert wishes(words, asked="time", language=language) == [expected]


def test_two_different_times_are_two_wishes() -> None:
    found = wishes("tiistaina kahden jälkeen tai torstaina aamulla", asked="time")
    assert found == ["2026-12-01 14:00-", "2026-11-26 08:00-10:00"]


def test_a_day_that_does_not_exist_is_no_wish() -> None:
    assert wishes("31.2.", asked="time") == []


STORIES = [
    "heräsi kolmelta yöllä",
    "eilen soitin neuvolaan",
    "vauva huutaa iltaisin",
    "poika tulee kotiin vasta kymmeneltä illalla",
    "viime viikolla kävin neuvolassa",
    "huomenna on neuvola ja jännittää",
    "lapsi on päiväkodissa maanantaista perjantaihin",
    "kaksi viikkoa sitten alkoi raivoaminen",
    "neljävuotias ei nuku päivällä",
    "olen töissä ma-pe 8-16",
    "mies on vuorotöissä ja minä yksin iltaisin lasten kanssa",
    "isä hakee lapset perjantaisin",
    "koulu alkaa kello 9 eikä hän nouse",
    "erosimme joulun jälkeen",
    "poika täyttää ensi viikolla 5",
]


@pytest.mark.parametrize("story", STORIES)
def test_times_in_a_story_are_not_wishes(story: str) -> None:
    assert wishes(story) == []


IN_A_MESSAGE = [
    ("Voisitteko soittaa ens tiistaina kahen jälkeen?", "2026-12-01 14:00-"),
    ("Vauva huutaa iltaisin. Voiko joku soittaa huomenna?", "2026-11-25"),
    (
        "vauva itkee iltaisin ja olen ihan poikki voiko joku soittaa huomenna iltapäivällä",
        "2026-11-25 12:00-16:00",
    ),
    ("0501234567 huomenna", "2026-11-25"),
    ("mies huutaa iltaisin soittakaa 0501234567 aamupäivällä", "08:00-12:00"),
    ("soittakaa tiistaina, ei kun keskiviikkona", "2026-11-25"),
    ("huomenna iltapäivällä", "2026-11-25 12:00-16:00"),
    ("mulle sopisi parhaiten torstai", "2026-11-26"),
    ("Kan ni ringa i morgon förmiddag?", "2026-11-25 08:00-12:00"),
    ("could somebody call me tomorrow after 3", "2026-11-25 15:00-"),
    ("huomenna iltapäivällä, vauva ei nuku yöllä yhtään", "2026-11-25 12:00-16:00"),
    ("huomenna iltapäivällä, 4v ei nuku yöllä", "2026-11-25 12:00-16:00"),
]


@pytest.mark.parametrize(("message", "expected"), IN_A_MESSAGE)
def test_a_time_beside_a_call_is_a_wish_without_being_asked(message: str, expected: str) -> None:
    language = "sv" if "ringa" in message else "en" if "could" in message else "fi"
    assert wishes(message, language=language) == [expected]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fi", "huomenna klo 14 nro 0401234567", "2026-11-25 14:00-15:00"),
        ("fi", "klo 10-12 numeroon 040 123 4567", "10:00-12:00"),
        ("fi", "huomenna iltapäivällä, numeroni on 0401234567", "2026-11-25 12:00-16:00"),
        ("fi", "perjantaina puh. 0401234567", "2026-11-27"),
        ("sv", "i morgon kl 14 nr 0401234567", "2026-11-25 14:00-15:00"),
        ("en", "tomorrow at 2 pm, my number is 0401234567", "2026-11-25 14:00-15:00"),
    ],
)
def test_a_time_beside_a_number_and_its_word_is_a_wish(language: str, text: str, expected: str) -> None:
    assert wishes(text, language=language) == [expected]


@pytest.mark.parametrize(
    ("asked", "language", "text", "expected"),
    [
        (None, "fi", "ei tiistaina, keskiviikko käy", "2026-11-25"),
        ("time", "fi", "en pääse maanantaina, tiistai klo 10", "2026-12-01 10:00-11:00"),
        ("time", "fi", "en pääse maanantaina tai tiistaina, keskiviikkona klo 10", "2026-11-25 10:00-11:00"),
        ("time", "sv", "inte imorgon, övermorgon", "2026-11-26"),
        (None, "sv", "fredag passar inte, går det på måndag klockan tolv", "2026-11-30 12:00-13:00"),
        (None, "en", "not friday, monday at 12 instead", "2026-11-30 12:00-13:00"),
        ("time", "fi", "mieluummin iltapäivällä kuin aamulla", "12:00-16:00"),
        ("confirm", "sv", "ja men kl 15", "15:00-16:00"),
        ("confirm", "fi", "päivä väärin, piti olla torstai", "2026-11-26"),
    ],
)
def test_the_time_after_a_refused_one_is_the_wish(
    asked: str | None, language: str, text: str, expected: str
) -> None:
    assert wishes(text, asked=asked, language=language) == [expected]


def test_the_swedish_one_after_klockan_is_an_hour() -> None:
    assert wishes("nästa torsdag efter klockan ett", asked="time", language="sv") == ["2026-12-03 13:00-"]
    assert wishes("i morgon kl ett", language="sv") == ["2026-11-25 13:00-14:00"]


def test_the_familys_own_words_are_kept_with_their_place() -> None:
    text = "Voisitteko soittaa ens tiistaina kahen jälkeen?"
    found = next(one for one in facts(text).entities if one.entity == "time_window")
    assert found.value.words == "ens tiistaina kahen jälkeen" == text[found.start : found.end]
