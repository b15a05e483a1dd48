"""Children's ages, and what only looks like one."""

import pytest

from tests.understanding.cases import Case, cases
from tests.understanding.reading import values

FINNISH = [
    ("Tyttö 14 on alkanut pukeutua ihan kuin joku toinen", [14]),
    ("lapsenlapseni 15 on ajautunut ikävään porukkaan", [15]),
    ("tuhrii housuun, 4 vuotta", [4]),
    ("mistä kännykkäsäännöt kymmenvuotiaalle", [10]),
    ("3v", [3]),
    ("4 v poika ei nuku", [4]),
    ("3-vuotias raivoaa", [3]),
    ("kolmevuotias", [3]),
    ("kolmevee", [3]),
    ("puolivuotias ei nuku", [0.5]),
    ("7 kk vauva", [0.58]),
    ("1v 3kk", [1.25]),
    ("puolitoistavuotias", [1.5]),
    ("vitosluokkalainen ei mene kouluun", [11]),
    ("ekaluokkalainen", [7]),
    ("eskari alkoi huonosti", [6]),
    ("lapset 15 ja 9", [15, 9]),
    ("2 kk ikäinen", [0.17]),
    ("olen 15-vuotiaan pojan äiti", [15]),
    ("olen 12-vuotias tyttö", [12]),
    ("poika on neljä", [4]),
    ("tyttö on 4.", [4]),
    ("3 lasta, 4, 6 ja 8v", [4, 6, 8]),
    ("3- ja 5-vuotiaat", [3, 5]),
    ("3v ja 5v", [3, 5]),
    ("lapset on 3, 5 ja 7", [3, 5, 7]),
    ("2,5v", [2.5]),
    ("kaksi ja puoli vuotias", [2.5]),
    ("1v3kk", [1.25]),
    ("kaksivuotias", [2]),
    ("nelivuotias", [4]),
    ("kolmikuinen vauva", [0.25]),
    ("3 kuukauden ikäinen", [0.25]),
    ("6 viikkoinen", [0.11]),
    ("3 viikon ikäinen", [0.06]),
    ("vuoden ikäinen", [1]),
    ("yksivuotias", [1]),
    ("kolmasluokkalainen", [9]),
    ("3. luokalla", [9]),
    ("poika tokalla", [8]),
    ("8lk", [14]),
    ("tytär ysillä", [15]),
    ("seiskaluokkalainen", [13]),
    ("14 vuotias", [14]),
    ("14vuotias", [14]),
    ("kaksoset 3v", [3]),
    ("vauva 5 kk", [0.42]),
    ("lapseni on 4 vuotta", [4]),
    ("poika täyttää kohta 4", [4]),
    ("äiti 41v, lapsi 6v", [6]),
    ("17-vuotias", [17]),
    ("18-vuotias tytär", [18]),
    ("12 v tyttö ja 9 v poika", [12, 9]),
    ("tytöt 4 ja 6", [4, 6]),
    ("poika 5 tyttö 3", [5, 3]),
    ("viisi vuotias", [5]),
    ("vajaa 2-vuotias", [2]),
    ("puolivuotiaan äiti", [0.5]),
    ("2-3 vuotias", [2, 3]),
    ("lapsen ikä 6", [6]),
    ("3,5-vuotias", [3.5]),
    ("kuusivuotias poika ja kaksivuotias tyttö", [6, 2]),
    ("vastasyntynyt", [0]),
    ("9-luokkalainen", [15]),
    ("vitosella oleva poika", [11]),
    ("10kk ikäinen", [0.83]),
    ("15-vuotiaani", [15]),
    ("neljän vanha", [4]),
    ("kolmen ikäinen", [3]),
    ("lapset 2v, 4v ja 7v", [2, 4, 7]),
    ("poika 7kk ja tyttö 3v", [0.58, 3]),
    ("11 vuotta täyttänyt poika", [11]),
]
SWEDISH = [
    ("kissar på sig på natten, 6 år", [6]),
    ("min son går i fyran", [10]),
    ("fyra år gammal", [4]),
    ("barnet är fyra år", [4]),
    ("5-åring", [5]),
    ("treåring", [3]),
    ("7 månader", [0.58]),
    ("femteklassare", [11]),
    ("åk 5", [11]),
    ("13-årig son", [13]),
]
ENGLISH = [
    ("my 13yo", [13]),
    ("13 and 10 year olds", [13, 10]),
    ("she is 7 and won't sleep", [7]),
    ("4-year-old", [4]),
    ("3 years old", [3]),
    ("18 month old", [1.5]),
    ("fourth grader", [10]),
    ("my son is in 4th grade", [10]),
    ("aged 5 and 8", [5, 8]),
    ("my kids are 3 and 6", [3, 6]),
]
OTHERS = [
    ("ru", "ребёнку 3 года", [3]),
    ("ru", "сыну 5 лет", [5]),
    ("et", "3-aastane", [3]),
    ("uk", "5 років", [5]),
    ("ar", "عمره 3 سنوات", [3]),
    ("so", "3 jir", [3]),
]
NOT_A_CHILDS_AGE = [
    ("fi", "herää 45 min välein öisin"),
    ("fi", "lapsi viettää 9 tuntia päiväkodissa"),
    ("fi", "rv 34 ja pelottaa"),
    ("fi", "me tulimme Somaliasta, lapset neljä"),
    ("fi", "soittakaa vasta 14"),
    ("en", "call me at 4"),
    ("et", "vajan abi koju"),
    ("fi", "teini ei puhu"),
    ("fi", "raskausviikko 20"),
    ("fi", "olen 34-vuotias äiti"),
    ("fi", "oon 28v ja ihan poikki"),
    ("fi", "naimisissa 12 vuotta"),
    ("fi", "erosimme 3 vuotta sitten"),
    ("fi", "oltu 12v yhdessä"),
    ("fi", "klo 3"),
    ("fi", "maksoi 3 euroa"),
    ("fi", "mulla on 3 lasta"),
    ("en", "I'm 34"),
    ("en", "I am a 34 year old mother"),
    ("en", "we've been married for 10 years"),
    ("sv", "jag är 34 år"),
    ("sv", "vi har varit gifta i 8 år"),
    ("fi", "0501234567"),
    ("fi", "huomenna kello 3"),
    ("fi", "isä 45 v"),
    ("fi", "lapsi ollut kotona 2 vuotta"),
    ("fi", "olemme asuneet täällä 4 vuotta"),
    ("fi", "jonossa 5 kk"),
    ("fi", "odotettu 7 kk"),
    ("fi", "3kk sitten"),
    ("fi", "vauvavuosi on rankka"),
    ("fi", "vauva huutaa koko yön"),
    ("sv", "bebisen skriker"),
]
ASKED = [
    ("olen 12", [12]),
    ("4", [4]),
    ("4 ja 7", [4, 7]),
    ("neljä", [4]),
    ("vauva", [0.5]),
]


@pytest.mark.parametrize(("text", "expected"), FINNISH)
def test_finnish_ages_are_read(text: str, expected: list[float]) -> None:
    assert values("child_age", text) == expected


@pytest.mark.parametrize(("text", "expected"), SWEDISH)
def test_swedish_ages_are_read(text: str, expected: list[float]) -> None:
    assert values("child_age", text, language="sv") == expected


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_english_ages_are_read(text: str, expected: list[float]) -> None:
    assert values("child_age", text, language="en") == expected


@pytest.mark.parametrize(("language", "text", "expected"), OTHERS)
def test_plain_ages_of_the_other_languages_are_read(language: str, text: str, expected: list[float]) -> None:
    assert values("child_age", text, language=language) == expected


@pytest.mark.parametrize(("language", "text"), NOT_A_CHILDS_AGE)
def test_what_is_not_a_childs_age_is_left_alone(language: str, text: str) -> None:
    assert values("child_age", text, language=language) == []


@pytest.mark.parametrize(("text", "expected"), ASKED)
def test_when_it_was_asked_a_bare_number_is_enough(text: str, expected: list[float]) -> None:
    assert values("child_age", text, asked="child_age") == expected


def test_a_bare_number_means_nothing_when_it_was_not_asked() -> None:
    assert values("child_age", "4") == values("child_age", "4", asked="time") == []


@pytest.mark.parametrize("case", cases("ages"), ids=str)
def test_the_listed_ages_are_read_and_nothing_is_made_up(case: Case) -> None:
    ages = [float(age) for told in case.told for age in told.split(",")]
    assert values("child_age", case.text, asked=case.asked, language=case.language) == ages
