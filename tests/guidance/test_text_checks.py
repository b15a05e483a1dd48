"""The checks of an entry's texts and facts: each has one entry it marks and one it leaves alone."""

from datetime import date
from typing import Any

import pytest

from bot.console.words import words
from bot.guidance import reading
from bot.guidance.text_checks import Finding, checks_of
from bot.guidance.translating import source_hash
from tests.guidance.conftest import CATALOGUE, MakeService

TODAY = date(2026, 11, 24)
PHONE = {"kind": "phone", "number": "+358401234567"}
LONG = "Ohjaaja " + "ja ohjaaja " * 12 + "kuuntelee."


def text(said: str) -> dict[str, Any]:
    return {"description": {"fi": said}}


def web(address: str) -> dict[str, Any]:
    return {"channels": [{"kind": "web", "url": {"fi": address}}]}


def weekly(*rules: tuple[str, str, str]) -> dict[str, Any]:
    return {"hours": [{"days": [day], "opens": opens, "closes": closes} for day, opens, closes in rules]}


CASES = {
    "contact_in_text": (text("Soita 040 1234567."), text("Soita meille.")),
    "hours_in_text": (text("Avoinna ma–pe."), text("Lapselle, joka on 0–6 vuotta.")),
    "year_in_text": (text("Ryhmä alkaa 1.9.2026."), text("Hinta on 12.50 euroa.")),
    "law_in_text": (text("Sosiaalihuoltolain palvelu."), text("Oikeus palveluun on kaikilla.")),
    "passive": (
        text("Aika varataan ja asia käsitellään."),
        text("Hän tuli vastaan perhettään mielellään alueellaan."),
    ),
    "long_sentence": (text(LONG), text("Ohjaaja kuuntelee.")),
    "long_paragraph": (text("Tule. " * 5), text("Tule. " * 4 + "\n" + "Tule.")),
    "officialese": (text("Palvelun puitteissa autamme."), text("Autamme.")),
    "capitals": (text("TERVETULOA kaikki."), text("Apua antaa HUS tai VASEK.")),
    "exclamation": (text("Tervetuloa!"), text("Tervetuloa.")),
    "click_here": (text("Klikkaa tästä."), text("Katso perhekeskuksen sivu.")),
    "markup": (text("<b>Tule</b> käymään."), text("Tule, jos ikä on < 6 vuotta.")),
    "summary_is_name": (
        {"summary": {"fi": "Nimi perheohjaus.", "sv": "Hjälp.", "en": "Help."}},
        {"summary": {"fi": "Apua arkeen.", "sv": "Hjälp.", "en": "Help."}},
    ),
    "other_language": (text("Du kan ringa och fråga."), text("Voit soittaa ja kysyä, ja on ok.")),
    "sign_in_address": (web("https://tunnistautuminen.suomi.fi/x"), web("https://www.suomi.fi/x")),
    "personal_address": (
        {"channels": [{"kind": "email", "email": "maija.meikalainen@kunta.fi"}]},
        {"channels": [{"kind": "email", "email": "perhe.neuvola@kunta.fi"}]},
    ),
    "number_too_short": (
        {"channels": [{"kind": "phone", "number": "0401"}]},
        {"channels": [PHONE, {"kind": "phone", "number": "112"}, {"kind": "phone", "number": "116111"}]},
    ),
    "no_channel": ({"channels": []}, {"channels": [PHONE]}),
    "too_many_classes": ({"classes": ["P3.1", "P3.2", "P3.3", "P3.4", "P3.5"]}, {"classes": ["P3.1"]}),
    "no_subclass": ({"classes": ["P3"]}, {"classes": ["P3", "P3.6"]}),
    "too_many_terms": (
        {"ontology": [f"http://www.yso.fi/onto/koko/p{number}" for number in range(11)]},
        {"ontology": ["http://www.yso.fi/onto/koko/p1"]},
    ),
    "hours_past": (
        {"hours": [{"kind": "exception", "date": "2026-11-23", "closed": True}]},
        {"hours": [{"kind": "exception", "date": "2026-11-24", "closed": True}]},
    ),
    "hours_overlap": (
        weekly(("mon", "09:00", "12:00"), ("mon", "11:00", "15:00")),
        weekly(("mon", "09:00", "12:00"), ("mon", "12:00", "15:00"), ("tue", "09:00", "12:00")),
    ),
    "alert_past": (
        {"alert": {"text": {"fi": "Suljettu."}, "until": "2026-11-23"}},
        {"alert": {"text": {"fi": "Suljettu."}, "until": "2026-11-24"}},
    ),
    "group_past": (
        {"groups": [{"name": {"fi": "Ryhmä"}, "sessions": [{"date": "2026-11-23", "time": "17:00"}]}]},
        {"groups": [{"name": {"fi": "Ryhmä"}, "sessions": [{"date": "2026-11-24", "time": "17:00"}]}]},
    ),
}


def codes(found: tuple[Finding, ...]) -> set[str]:
    return {one.code for one in found}


@pytest.mark.parametrize("code", CASES)
def test_a_check_marks_the_bad_and_leaves_the_good(make_service: MakeService, code: str) -> None:
    bad, good = CASES[code]
    assert code in codes(checks_of(make_service(**bad), TODAY))
    assert code not in codes(checks_of(make_service(**good), TODAY))


def test_a_translation_is_out_of_date_when_the_finnish_text_has_changed(make_service: MakeService) -> None:
    first = make_service(wait={"fi": "Viikko."})
    stamped = {"translations": {"sv": {"from_hash": source_hash(first)}}}
    assert "translation_outdated" not in codes(
        checks_of(make_service(wait={"fi": "Viikko."}, **stamped), TODAY)
    )
    found = checks_of(make_service(wait={"fi": "Kuukausi."}, **stamped), TODAY)
    assert [(one.field, one.language) for one in found if one.code == "translation_outdated"] == [
        ("translations", "sv")
    ]


def test_hours_of_a_night_meet_those_of_the_next_morning(make_service: MakeService) -> None:
    night = weekly(("sun", "22:00", "06:00"), ("mon", "05:00", "08:00"))
    assert "hours_overlap" in codes(checks_of(make_service(**night), TODAY))


def test_hours_of_a_season_may_overlap_those_of_the_year(make_service: MakeService) -> None:
    year, summer = weekly(("mon", "09:00", "15:00"), ("mon", "10:00", "12:00"))["hours"]
    summer |= {"valid_from": "2027-06-01", "valid_to": "2027-08-31"}
    assert "hours_overlap" not in codes(checks_of(make_service(hours=[year, summer]), TODAY))


def test_errors_come_first_and_say_where_they_are(make_service: MakeService) -> None:
    found = checks_of(make_service(**text("Tervetuloa! Soita 040 1234567.")), TODAY)
    assert [one.severity for one in found[:2]] == ["error", "advice"]
    assert found[0].place == ("description", "fi")


def test_every_finding_has_its_sentence(make_service: MakeService) -> None:
    w = words()
    for bad, _ in CASES.values():
        for one in checks_of(make_service(**bad), TODAY):
            assert w(f"checks.{one.code}", shown=one.shown)


def test_the_shipped_entries_have_no_errors_and_little_to_advise() -> None:
    found = [
        one
        for service in reading.read_services(CATALOGUE)
        for one in checks_of(service, TODAY)
        if one.code != "no_channel"  # known, and left so until the organisations have told their numbers
    ]
    assert [one for one in found if one.severity == "error"] == []
    assert len(found) <= 20
