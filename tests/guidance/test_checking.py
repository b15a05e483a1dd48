"""What the catalogue's check tells its writers."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.guidance.checking import check
from bot.texts import Texts
from tests.guidance.conftest import CATALOGUE

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)

ENTRY = """\
id: apu
name: {fi: Apu, sv: Hjälp, en: Help}
summary: {fi: Apua arkeen., sv: Hjälp i vardagen., en: Help in daily life.}
provider: {fi: Kunta}
areas: {scope: whole_country}
needs: [upbringing]
"""


def told(folder: Path, texts: Texts, text: str) -> list[str]:
    """What the check tells of one entry, without the needs it leaves uncovered."""
    (folder / "services").mkdir()
    shutil.copy(CATALOGUE / "areas.yaml", folder)
    (folder / "services" / "apu.yaml").write_text(text, encoding="utf-8")
    found = [
        problem
        for problem in check(folder, texts, NOW)
        if not problem.what.startswith("nothing for the need")
    ]
    return [f"{problem.line}: {problem.what}" for problem in found]


def test_the_shipped_catalogue_has_no_mistakes(shipped_texts: Texts) -> None:
    assert [str(problem) for problem in check(CATALOGUE, shipped_texts, NOW)] == []


def test_a_good_entry_has_no_mistakes(tmp_path: Path, shipped_texts: Texts) -> None:
    assert told(tmp_path, shipped_texts, ENTRY) == []


@pytest.mark.parametrize(
    ("change", "mistake"),
    [
        (
            ("{scope: whole_country}", "{scope: limited, municipalities: [Hukkala]}"),
            "5: no municipality 'Hukkala'",
        ),
        (("{scope: whole_country}", "{scope: limited, counties: [Itä-Savo]}"), "5: no county 'Itä-Savo'"),
        (("{scope: whole_country}", "{scope: limited, service_areas: [savo]}"), "5: no area 'savo'"),
        ((", sv: Hjälp,", ","), "2: the name is not written in 'sv'"),
        (("fi: Apua arkeen.", "fi: Apu."), "3: the summary in 'fi' repeats the name"),
        (("needs:", "fictional: true\nneeds:"), "5: made up, but offered in a real place"),
        (
            ("{scope: whole_country}", "{scope: limited, municipalities: [Esimerkkilä]}"),
            "5: offered in the fictional place, but not marked",
        ),
        (
            ("needs:", "channels:\n  - {kind: email, email: maija.meikalainen@kunta.fi}\nneeds:"),
            "7: this looks like a person's own address",
        ),
        (
            ("needs:", "channels:\n  - {kind: web, url: {fi: 'https://kunta.example'}}\nneeds:"),
            "7: an example address in a real entry",
        ),
        (("needs:", "how_to_get:\n  fi: Soita 050 1234567.\nneeds:"), "7: a number or address in the text"),
        (
            ("needs:", "hours:\n  - {days: [mon, mon], opens: '09:00', closes: '10:00'}\nneeds:"),
            "7: a day stands twice",
        ),
        (
            ("needs:", "hours:\n  - {days: [mon], opens: '09:00', closes: '09:00'}\nneeds:"),
            "7: opens and closes at the same time",
        ),
        (("needs:", "verified: {at: 2027-01-01}\nneeds:"), "6: checked on a day still to come"),
        (
            ("needs:", "cost:\n  by_municipality:\n    Hukkala: {type: free}\nneeds:"),
            "8: no municipality 'Hukkala'",
        ),
    ],
)
def test_a_mistake_is_found(
    tmp_path: Path, shipped_texts: Texts, change: tuple[str, str], mistake: str
) -> None:
    assert told(tmp_path, shipped_texts, ENTRY.replace(*change)) == [mistake]


def test_an_offices_address_is_not_a_persons(tmp_path: Path, shipped_texts: Texts) -> None:
    channel = "channels:\n  - {kind: email, email: perhe.neuvola@kunta.fi}\nneeds:"
    assert told(tmp_path, shipped_texts, ENTRY.replace("needs:", channel)) == []


def test_a_need_without_a_service_is_told_for_each_place(tmp_path: Path, shipped_texts: Texts) -> None:
    (tmp_path / "services").mkdir()
    shutil.copy(CATALOGUE / "areas.yaml", tmp_path)
    (tmp_path / "services" / "apu.yaml").write_text(ENTRY, encoding="utf-8")
    whats = {problem.what for problem in check(tmp_path, shipped_texts, NOW)}
    assert "nothing for the need 'finances' in Savonlinna" in whats
    assert "nothing for the need 'finances' in muu" in whats
    assert not any("upbringing" in what for what in whats)


def test_a_card_text_without_its_translation_is_told(tmp_path: Path, shipped_texts: Texts) -> None:
    fewer = Texts(
        {name: texts for name, texts in shipped_texts.responses.items() if name != "card_cost_free"}
    )
    assert told(tmp_path, fewer, ENTRY) == ["1: the response 'card_cost_free' is missing"]
