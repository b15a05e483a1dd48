"""Services of the Finnish Service Catalogue as entries of ours: real ones, and the odd things in them."""

import json
from collections import Counter
from datetime import date
from typing import Any

import pytest

from bot.guidance.entry import Hours
from bot.guidance.importing import ptv, ptv_channels, ptv_hours
from bot.guidance.importing.record import Note, Record
from tests.registers import registers

TODAY = date(2026, 11, 24)


def a_service(**changes: Any) -> dict[str, Any]:
    payload: dict[str, Any] = {
        "id": "00000000-0000-4000-8000-000000000001",
        "type": "Service",
        "serviceNames": [{"language": "fi", "value": "Perheohjaus", "type": "Name"}],
        "serviceDescriptions": [{"language": "fi", "value": "Ohjaaja kuuntelee.", "type": "Summary"}],
        "serviceClasses": [{"code": "P3.7"}],
        "targetGroups": [{"code": "KR1.2"}],
        "areaType": "LimitedType",
        "areas": [{"type": "Municipality", "municipalities": [{"code": "186"}]}],
        "organizations": [{"roleType": "Responsible", "organization": {"name": "Järvenpään kaupunki"}}],
        "serviceChannels": [],
    }
    return payload | changes


def a_phone(**changes: Any) -> dict[str, Any]:
    phone = {"type": "Phone", "prefixNumber": "+358", "number": "501234567", "language": "fi"}
    return {"id": "channel-1", "serviceChannelType": "Phone", "phoneNumbers": [phone | changes]}


def opening(day: str, start: str, end: str, to: str = "") -> dict[str, str]:
    return {"dayFrom": day, "dayTo": to, "from": f"{start}:00", "to": f"{end}:00"}


@pytest.fixture(scope="module")
def records() -> list[Record]:
    """Every service of the two registers."""
    found = []
    for name in ("ptv_2018", "ptv_2021_mikkeli"):
        lines = (
            (registers() / name / "servicechannels.scrubbed.jsonl").read_text(encoding="utf-8").splitlines()
        )
        channels = {one["id"]: one for one in map(json.loads, lines)}
        services = (registers() / name / "services.scrubbed.jsonl").read_text(encoding="utf-8").splitlines()
        found += [ptv.read(json.loads(line), channels, today=TODAY) for line in services]
    return found


def test_every_real_service_becomes_an_entry(records: list[Record]) -> None:
    assert len(records) == 476
    assert sum(bool(record.service.channels) for record in records) > 450
    assert all(record.service.plain() for record in records)


def test_of_the_real_services_those_of_families_are_told_apart(records: list[Record]) -> None:
    family = {record.service.name.fi for record in records if record.family}
    assert {
        "Lapsiperheiden kotipalvelu",
        "Lastensuojeluilmoitus",
        "Perheneuvolan palvelut",
        "Toimeentulotuki",
    } <= family
    assert not family & {"Rakennuslupa", "Venepaikat", "Koirapuistot", "Ikäihmisten palveluohjaus"}


def test_what_was_left_out_of_the_real_services_is_counted(records: list[Record]) -> None:
    fates = Counter(note.fate for record in records for note in record.notes)
    assert fates["fax"] > 0
    assert not any(Note("serviceChannels", "not_kept") in record.notes for record in records)
    assert fates["no_finnish"] == 1
    assert fates["unknown_place"] == 0


def test_a_service_is_read_whole() -> None:
    record = ptv.read(a_service(), {}, today=TODAY)
    service = record.service
    assert (service.name.fi, service.provider.fi) == ("Perheohjaus", "Järvenpään kaupunki")
    assert service.areas.municipalities == ("Järvenpää",)
    assert service.needs[0] == "upbringing"
    assert service.source is not None
    assert service.source.name == "Suomi.fi-palvelutietovaranto (DVV)"
    assert record.family == "class"
    assert record.notes == (Note("serviceChannels", "no_channel"),)


def test_a_long_summary_is_cut_between_words() -> None:
    told = [{"language": "fi", "value": "sana " * 60, "type": "Summary"}]
    record = ptv.read(a_service(serviceDescriptions=told), {}, today=TODAY)
    assert record.service.summary.fi.endswith("sana…")
    assert len(record.service.summary.fi) <= 150
    assert Note("serviceDescriptions", "shortened") in record.notes


def test_a_service_without_finnish_stands_in_swedish_and_says_so() -> None:
    names = [{"language": "sv", "value": "Familjehandledning", "type": "Name"}]
    record = ptv.read(a_service(serviceNames=names), {}, today=TODAY)
    assert record.service.name.fi == "Familjehandledning"
    assert Note("serviceNames", "no_finnish") in record.notes


@pytest.mark.parametrize(
    ("phone", "number"),
    [
        ({}, "+358501234567"),
        ({"number": "050 123 4567"}, "+358501234567"),
        ({"number": "116111", "prefixNumber": None, "isFinnishServiceNumber": True}, "116111"),
        ({"number": "0800 05005", "prefixNumber": None, "isFinnishServiceNumber": True}, "080005005"),
    ],
)
def test_numbers_are_written_as_they_are_rung(phone: dict[str, Any], number: str) -> None:
    (channel,), notes = ptv_channels.read(a_phone(**phone), TODAY)
    assert channel.number == number
    assert notes == ()


@pytest.mark.parametrize(
    ("phone", "fate"),
    [({"number": None}, "empty"), ({"type": "Fax"}, "fax"), ({"number": "12"}, "not_a_number")],
)
def test_what_cannot_be_rung_is_left_out_and_told(phone: dict[str, Any], fate: str) -> None:
    channels, notes = ptv_channels.read(a_phone(**phone), TODAY)
    assert channels == ()
    assert [note.fate for note in notes] == [fate]


def test_a_persons_own_address_is_dropped_and_an_offices_kept() -> None:
    place = {
        "id": "channel-2",
        "serviceChannelType": "ServiceLocation",
        "emails": [{"value": "maija.meikalainen@kunta.example"}, {"value": "perhe.palvelut@kunta.example"}],
    }
    channels, notes = ptv_channels.read(place, TODAY)
    assert [channel.email for channel in channels] == ["perhe.palvelut@kunta.example"]
    assert notes == (Note("emails", "personal_email"),)


def test_days_with_the_same_hours_are_one_rule() -> None:
    week = [opening(day, "09:00", "15:00") for day in ("Monday", "Tuesday", "Wednesday")]
    rule = {
        "serviceHourType": "DaysOfTheWeek",
        "openingHour": [*week, opening("Thursday", "12:00", "18:00", "Friday")],
    }
    hours, notes = ptv_hours.read([rule], "serviceHours", TODAY)
    assert hours == (
        Hours(days=("mon", "tue", "wed"), opens="09:00", closes="15:00"),
        Hours(days=("thu", "fri"), opens="12:00", closes="18:00"),
    )
    assert notes == ()


def test_hours_without_times_mean_always_and_are_marked_for_a_look() -> None:
    hours, notes = ptv_hours.read(
        [{"serviceHourType": "DaysOfTheWeek", "openingHour": []}], "serviceHours", TODAY
    )
    assert [rule.kind for rule in hours] == ["always"]
    assert notes == (Note("serviceHours", "always_open_guessed"),)


def test_a_closed_stretch_becomes_closed_days_and_what_is_over_is_left_out() -> None:
    coming = {
        "serviceHourType": "Exceptional", "isClosed": True, "validFrom": "2026-12-24T00:00:00",
        "validTo": "2026-12-26T00:00:00",
    }  # fmt: skip
    past = coming | {"validFrom": "2025-12-24", "validTo": "2025-12-26"}
    hours, notes = ptv_hours.read([coming, past], "serviceHours", TODAY)
    assert [(rule.date, rule.closed) for rule in hours] == [
        (date(2026, 12, day), True) for day in (24, 25, 26)
    ]
    assert notes == (Note("serviceHours", "past_hours"),)


def test_a_night_is_open_into_the_next_day() -> None:
    rule = {
        "serviceHourType": "OverMidnight",
        "openingHour": [opening("Friday", "20:00", "02:00", "Saturday")],
    }
    hours, _ = ptv_hours.read([rule], "serviceHours", TODAY)
    assert hours == (Hours(days=("fri",), opens="20:00", closes="02:00"),)


def test_hours_nobody_can_read_are_told_and_harm_no_others() -> None:
    rules: list[dict[str, Any]] = [
        {"serviceHourType": "Moonlight"},
        {"serviceHourType": "DaysOfTheWeek", "openingHour": [opening("Monday", "09:00", "10:00")]},
    ]
    hours, notes = ptv_hours.read(rules, "serviceHours", TODAY)
    assert len(hours) == 1
    assert notes == (Note("serviceHours", "unreadable_hours"),)


def test_a_service_s_own_hours_at_a_channel_stand_in_place_of_the_channel_s() -> None:
    def week(start: str) -> list[dict[str, Any]]:
        return [{"serviceHourType": "DaysOfTheWeek", "openingHour": [opening("Monday", start, "15:00")]}]

    link = {
        "serviceChannel": {"id": "channel-1"},
        "serviceHours": week("12:00"),
        "description": [{"language": "fi", "value": "Ensimmäinen kerros.", "type": "Description"}],
    }
    phone = a_phone() | {"serviceHours": week("08:00"), "languages": ["fi", "sgn-fi"]}
    (channel,) = ptv.read(
        a_service(serviceChannels=[link]), {"channel-1": phone}, today=TODAY
    ).service.channels
    assert [rule.opens for rule in channel.hours] == ["12:00"]
    assert channel.description is not None
    assert (channel.description.fi, channel.languages) == ("Ensimmäinen kerros.", ("fi", "sgn-fi"))


def test_hours_of_the_oldest_answers_are_read() -> None:
    for name in ("merged", "single", "unmodified"):
        file = registers() / "ptv_2021_mikkeli" / "servicehours" / f"ptv-{name}.json"
        rules = json.loads(file.read_text(encoding="utf-8"))
        hours, notes = ptv_hours.read(rules, "serviceHours", date(2017, 4, 1))
        assert hours
        assert Note("serviceHours", "unreadable_hours") not in notes
