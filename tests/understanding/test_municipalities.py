"""Municipalities as families write them: inflected, spoken, in Swedish, by postcode, with slips of the pen."""

import pytest

from bot.understanding.gazetteer import gazetteer
from bot.understanding.letters import one_slip
from tests.understanding.cases import Case, cases
from tests.understanding.reading import facts, values

SURE = [
    ("asun Järvenpäässä", "Järvenpää"),
    ("Järvenpään neuvola", "Järvenpää"),
    ("jarvenpaassa 4v", "Järvenpää"),
    ("järvenpääs asutaan", "Järvenpää"),
    ("järvenpääläinen yh-äiti", "Järvenpää"),
    ("Kangasalla", "Kangasala"),
    ("muutettiin just kangasalle", "Kangasala"),
    ("Mikkelistä", "Mikkeli"),
    ("mikkelist päivää", "Mikkeli"),
    ("Pieksämäelle", "Pieksämäki"),
    ("pieksamaella asutaan", "Pieksämäki"),
    ("Savonlinnassa lapsen kanssa", "Savonlinna"),
    ("Askolassa", "Askola"),
    ("askolan perheneuvola", "Askola"),
    ("hesassa", "Helsinki"),
    ("stadissa", "Helsinki"),
    ("hki", "Helsinki"),
    ("Itä-Helsingissä", "Helsinki"),
    ("mansessa asutaan", "Tampere"),
    ("tampereel", "Tampere"),
    ("tampereelta", "Tampere"),
    ("jkl", "Jyväskylä"),
    ("vantaalla", "Vantaa"),
    ("tikkurilassa", "Vantaa"),
    ("espoosta", "Espoo"),
    ("asun Uudessakaupungissa", "Uusikaupunki"),
    ("Iisalmessa", "Iisalmi"),
    ("hyvinkäällä", "Hyvinkää"),
    ("Riihimäellä", "Riihimäki"),
    ("Rovaniemeltä", "Rovaniemi"),
    ("Tuusulassa", "Tuusula"),
    ("Hyrylästä", "Tuusula"),
    ("Mänttä-Vilppulassa", "Mänttä-Vilppula"),
    ("Koski Tl:ssä", "Koski Tl"),
    ("Pornaisissa", "Pornainen"),
    ("Paraisilla", "Parainen"),
    ("Ristiinassa", "Mikkeli"),
    ("Kerimäeltä", "Savonlinna"),
    ("jag bor i Träskända", "Järvenpää"),
    ("i träskända", "Järvenpää"),
    ("från St Michel", "Mikkeli"),
    ("i S:t Michel", "Mikkeli"),
    ("vi bor i Esbo", "Espoo"),
    ("bor i Borgå", "Porvoo"),
    ("Helsingfors", "Helsinki"),
    ("i Vanda", "Vantaa"),
    ("i Åbo", "Turku"),
    ("Jag bor i Nyslott", "Savonlinna"),
    ("Tammerfors", "Tampere"),
    ("I live in Kangasala", "Kangasala"),
    ("we live in Helsinki", "Helsinki"),
    ("04400 Järvenpää", "Järvenpää"),
    ("postinumero on 76100", "Pieksämäki"),
    ("36200", "Kangasala"),
    # Ordinary words that are told to be places
    ("asun lahdessa", "Lahti"),
    ("oon salosta", "Salo"),
    ("ollaan Turusta", "Turku"),
    ("asumme Nokialla", "Nokia"),
    ("kotikunta on Kotka", "Kotka"),
    ("muutettiin poriin", "Pori"),
    ("voiko Salossa saada apua", "Salo"),
    ("mitä apua Lahdessa on", "Lahti"),
    ("salon kaupunki", "Salo"),
    ("24100 Salo", "Salo"),
    ("asun Sallassa", "Salla"),
    # A slip of the pen beside a cue
    ("asun jarvenpaasa", "Järvenpää"),
    ("asun Kangaslala", "Kangasala"),
]
MAYBE = [
    ("Lahdessa", "Lahti"),
    ("apua salossa", "Salo"),
    ("kotka", "Kotka"),
]
NONE = [
    "lapsi ei nuku",
    "saa soittaa",
    "tyttö lähti eikä vastaa puhelimeen",
    "muutto toiselle paikkakunnalle eron jälkeen",
    "pitää lähteä hakemaan lapset",
    "har inga krafter kvar",
    "waxaan u baahanahay waqti ii gaar ah",
    "om tre dagar",
    "äiti on väsynyt",
    "maksoi 12000 euroa",
    "kahden kunnan välissä",
    "vaasi meni rikki",
    "soittakaa 050 123 4567",
]


@pytest.mark.parametrize(("text", "expected"), SURE)
def test_a_municipality_is_found(text: str, expected: str) -> None:
    assert values("municipality", text) == [expected]
    assert values("municipality_maybe", text) == []


@pytest.mark.parametrize(("text", "expected"), MAYBE)
def test_an_ordinary_word_is_only_perhaps_a_municipality(text: str, expected: str) -> None:
    assert values("municipality", text) == []
    assert values("municipality_maybe", text) == [expected]


@pytest.mark.parametrize("text", NONE)
def test_no_municipality_is_made_up(text: str) -> None:
    assert values("municipality", text) + values("municipality_maybe", text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Salo", "Salo"), ("lahti", "Lahti"), ("kotka", "Kotka"), ("jarvenpaasa", "Järvenpää"), ("mikeli", "Mikkeli"),
     ("04400", "Järvenpää"), ("stadi", "Helsinki"), ("kangasla", "Kangasala"), ("Savonlina", "Savonlinna")],
)  # fmt: skip
def test_when_it_was_asked_a_bare_word_is_enough(text: str, expected: str) -> None:
    assert values("municipality", text, asked="municipality") == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("muutimme Joensuusta Pieksämäelle", ["Pieksämäki"]),
        ("Mummo on Turusta mutta me asutaan Mikkelissä", ["Mikkeli"]),
        ("Mikkeli, ei kun Pieksämäki", ["Pieksämäki"]),
        ("Tampereella tai Kangasalla", ["Tampere", "Kangasala"]),
    ],
)
def test_home_is_told_apart_from_other_places(text: str, expected: list[str]) -> None:
    assert values("municipality", text) == expected


def test_every_municipality_is_known_by_its_name_and_has_postcodes() -> None:
    known = gazetteer()
    with_codes = set(known.postcodes.values())
    assert len(with_codes) == 309
    named = {name.municipality for _, name in known.forms.items()}
    assert named == with_codes


@pytest.mark.parametrize(
    ("form", "word", "same"),
    [("kangasala", "kangaslala", True), ("kangasala", "kagnasala", True), ("kangasala", "kangasal", True),
     ("kangasala", "kangasali", True), ("kangasala", "kankasale", False), ("kangasala", "kangas", False)],
)  # fmt: skip
def test_one_slip_is_one_letter_and_no_more(form: str, word: str, same: bool) -> None:
    assert one_slip(form, word) is same


@pytest.mark.parametrize("case", cases("towns"), ids=str)
def test_the_listed_towns_are_found_and_none_is_made_up(case: Case) -> None:
    found = [
        one
        for one in facts(case.text, asked=case.asked, language=case.language).entities
        if one.entity in ("municipality", "municipality_maybe")
    ]
    assert [("?" if one.entity == "municipality_maybe" else "") + one.value for one in found] == case.told
