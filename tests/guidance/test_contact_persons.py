"""The directory of contact persons: who is found by which words, and what its writer is told."""

from datetime import date
from pathlib import Path

import pytest

from bot.content import ContentError
from bot.guidance import contact_persons
from bot.guidance.areas import Areas
from bot.guidance.contact_persons import ContactPersons
from bot.guidance.contact_persons_checking import check
from tests.guidance.conftest import CATALOGUE

TODAY = date(2026, 11, 24)
ENTRY = """\
contact_persons:
  - municipality: Järvenpää
    kinds: [school]
    site: {fi: Mäen koulu, sv: Backskolan, en: Hill school}
    known_as: [maen]
    role: {fi: koulukuraattori, sv: skolkuratorn, en: the school social worker}
    reach: {fi: Kysy kansliasta., sv: Fråga på kansliet., en: Ask at the office.}
"""


@pytest.fixture(scope="module")
def directory() -> ContactPersons:
    return contact_persons.load(CATALOGUE)


@pytest.mark.parametrize(
    ("words", "municipality", "sites"),
    [
        ("Pellonpihan päiväkodissa", "Esimerkkilä", ["Pellonpihan päiväkoti"]),
        ("Olen opettaja Mansikkaharjun koululla Esimerkkilässä", None, ["Mansikkaharjun koulu"]),
        ("daghemmet Rantaleikki", "Esimerkkilä", ["Rantaleikin päiväkoti"]),
        ("seurakunnan kerho Esimerkkilässä", "Mikkeli", ["Esimerkkilän seurakunnan perhekerhot"]),
        ("Kartanon koulu", "Järvenpää", ["Järvenpään päiväkodit ja koulut"]),
        ("dagis i Träskända", "Järvenpää", ["Järvenpään päiväkodit ja koulut"]),
        ("päiväkodissa", "Esimerkkilä", ["Pellonpihan päiväkoti", "Rantaleikin päiväkoti"]),
        ("koulu", "Mikkeli", []),
        ("koulu", None, []),
        ("en halua sanoa", "Järvenpää", []),
    ],
)
def test_a_site_and_a_town_lead_to_the_contact_person(
    directory: ContactPersons, words: str, municipality: str | None, sites: list[str]
) -> None:
    assert [person.site.fi for person in directory.find(words, municipality)] == sites


def test_what_is_made_up_is_never_found_without_its_made_up_place(directory: ContactPersons) -> None:
    assert directory.find("Pellonpihan päiväkoti", None) == ()
    assert directory.find("Pellonpihan päiväkoti", "Kangasala") == ()


def told(folder: Path, areas: Areas, text: str) -> list[str]:
    (folder / contact_persons.FILE).write_text(text, encoding="utf-8")
    return [f"{one.line}: {one.what}" for one in check(folder, areas, {"koulukuraattori"}, TODAY)]


def test_a_good_entry_has_no_mistakes(tmp_path: Path, shipped_areas: Areas) -> None:
    assert told(tmp_path, shipped_areas, ENTRY) == []


@pytest.mark.parametrize(
    ("change", "mistake"),
    [
        (("Järvenpää", "Hukkala"), "2: no municipality 'Hukkala'"),
        (
            ("Järvenpää", "Esimerkkilä"),
            "2: what is made up stands in a real place, or is not marked in the fictional one",
        ),
        ((", sv: skolkuratorn", ""), "6: the role is not written in 'sv'"),
        (("fi: koulukuraattori", "fi: Maija Malli"), "6: this looks like a person's name"),
        (("Kysy kansliasta.", "Soita 050 1234567."), "7: a number or address in the text"),
        (("    known_as: [maen]\n", "    known_as: [maen]\n    service: hukka\n"), "6: no service 'hukka'"),
        (("[maen]", "[mae]"), "a name of fewer than 4 letters"),
        (("[school]", "[koulu]"), "3: 'kinds.0' cannot be 'koulu'"),
    ],
)
def test_a_mistake_is_told_with_its_line(
    tmp_path: Path, shipped_areas: Areas, change: tuple[str, str], mistake: str
) -> None:
    found = told(tmp_path, shipped_areas, ENTRY.replace(*change))
    assert any(mistake in one for one in found), found


def test_a_catalogue_without_a_directory_has_none(tmp_path: Path, shipped_areas: Areas) -> None:
    assert contact_persons.load(tmp_path).all == ()
    assert check(tmp_path, shipped_areas, set(), TODAY) == []


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / contact_persons.FILE).write_text("people: []\n", encoding="utf-8")
    with pytest.raises(ContentError, match="no contact persons"):
        contact_persons.load(tmp_path)
