"""What differs between two versions of an entry is told in the words staff use, never in codes or field paths."""

from typing import Any

from bot.console.entry_words import EntryWords
from bot.console.words import words
from bot.guidance.catalogue import Service
from tests.console.test_whole_entry import SAMPLE

SAYS = EntryWords(words(), {"jarvenpaa": "Järvenpää"})


def told(**changes: Any) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    before = SAMPLE.plain()
    after = Service.model_validate({**before, **changes}).plain()
    return [(one.name, one.before, one.after) for one in SAYS.differences(before, after)]


def test_a_text_tells_its_language_and_a_code_its_name() -> None:
    summary = {**SAMPLE.plain()["summary"], "sv": "Ett ställe för familjer."}
    assert told(summary=summary) == [
        ("Tiivistelmä, ruotsi", (SAMPLE.summary.sv,), ("Ett ställe för familjer.",)),
    ]
    assert told(classes=["P3.7", "P3.1"], languages=["fi", "so"], referral="needed") == [
        ("Lähete", ("Ei",), ("Kyllä",)),
        ("Palvelukielet", ("ruotsi", "englanti", "arabia"), ("somali",)),
        ("Palveluluokat", ("P3.6 Lapsiperheiden sosiaalipalvelut",), ("P3.1 Parisuhde",)),
    ]
    assert told(areas={"scope": "limited", "counties": ["Etelä-Savo"], "service_areas": ["jarvenpaa"]}) == [
        ("Alue, kunnat", ("Esimerkkilä",), ()),
        ("Alue, hyvinvointialueet", (), ("Etelä-Savon hyvinvointialue",)),
        ("Alue, Perheoven alueet", (), ("Järvenpää",)),
    ]


def test_hours_are_told_as_they_are_said_and_only_those_that_changed() -> None:
    hours = [
        {"days": ["mon", "tue", "wed", "thu"], "opens": "10:00", "closes": "15:30"},
        *SAMPLE.plain()["hours"][1:],
    ]
    assert told(hours=hours) == [("Aukiolo", ("ma-to 9-16",), ("ma-to 10-15.30",))]


def test_a_way_to_reach_it_is_known_by_what_it_is_whatever_its_place() -> None:
    phone, *others = SAMPLE.plain()["channels"]
    assert told(channels=[phone | {"number": "+358507654321", "sms": True}, *others]) == [
        ("Puhelin 050 123 4567, numero", ("050 123 4567",), ("050 765 4321",)),
        ("Puhelin 050 123 4567, tekstiviestit", (), ("Kyllä",)),
    ]
    (moved,) = told(channels=[*others, phone])
    assert moved[0] == "Yhteystavat, järjestys"
    assert (moved[1][0], moved[2][-1]) == ("Puhelin 050 123 4567", "Puhelin 050 123 4567")
    (gone,) = told(channels=others)
    assert gone[0] == "Yhteystavat"
    assert gone[1][0].startswith("Puhelin · Perheohjaajan puhelin")


def test_a_price_of_one_municipality_and_a_meeting_are_told_where_they_are() -> None:
    cost = SAMPLE.plain()["cost"]
    free = cost["by_municipality"]["Esimerkkilä"]
    assert told(cost={**cost, "by_municipality": {"Esimerkkilä": free | {"type": "paid"}}}) == [
        ("Hinta, kunnittain, Esimerkkilä, laji", ("Maksuton",), ("Maksullinen",)),
    ]
    group, other = SAMPLE.plain()["groups"]
    off = [*group["sessions"][:1], group["sessions"][1] | {"cancelled": True}, *group["sessions"][2:]]
    assert told(groups=[group | {"sessions": off}, other]) == [
        ("Uhmaikäisten vanhempien ryhmä, kerrat", ("8.12.2026 17.30",), ("8.12.2026 17.30 peruttu",)),
    ]


def test_no_fact_of_the_sample_is_told_by_its_code() -> None:
    facts = SAYS.facts(SAMPLE.plain())
    assert {one.name for one in facts if one.name == one.code} == set()
    assert all(one.lines for one in facts)
    said = "\n".join(line for one in facts for line in one.lines)
    for code in (
        "parental_exhaustion",
        "unknown",
        "not_needed",
        "e_service",
        "+35850",
        "open_meeting_place",
        "None",
    ):
        assert code not in said
