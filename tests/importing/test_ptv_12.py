"""Services of version 12 as entries of ours. The examples are ours, written after its published description."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.content import ContentError
from bot.guidance.entry import Hours
from bot.guidance.importing import taking_in
from bot.guidance.importing.incoming import Incoming
from bot.guidance.importing.registers import REGISTERS
from bot.guidance.importing.spool import Spool

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
SERVICE: dict[str, Any] = {
    "contentId": "s-1",
    "serviceType": "Service",
    "organizationContentId": "o-1",
    "otherResponsibleOrganizations": [],
    "producers": {
        "selfProducedProducers": {"organizations": ["o-1"]},
        "procuredProducers": {"organizations": [], "other": [{"name": {"fi": "Perhetyö Esimerkki Oy"}}]},
        "otherProducers": {"organizations": [], "other": []},
    },
    "serviceClasses": ["P3.7"],
    "targetGroups": ["KR1.2"],
    "lifeEvents": [],
    "industrialClasses": [],
    "ontologyTerms": ["http://www.yso.fi/onto/koko/p1"],
    "area": {"areaType": "LimitedArea", "municipalities": ["186"], "regions": ["05"], "wellbeingServicesCounties": []},
    "chargeType": "Free",
    "serviceLanguages": ["fi", "sgn-fi"],
    "generalDescriptionContentId": None,
    "publishedAt": "2026-10-01T10:00:00Z",
    "languageVersions": {
        "fi": {
            "name": "Perheohjaus", "alternativeName": None, "summary": "Ohjaaja kuuntelee.",
            "description": "## Kotiin\n* Ohjaaja tulee **kotiin**.\n\n[Lue lisää](https://perhe.example/)",
            "userInstructions": "Soita ensin.", "conditions": None,
            "freelyAssignedKeywords": ["arki"], "chargeTypeAdditionalInformation": None,
        },
        "sv": {"name": "Familjehandledning", "summary": "Handledaren lyssnar."},
    },
}  # fmt: skip


def day(*times: tuple[str, str], status: str = "Open", repetition: str = "Weekly") -> dict[str, Any]:
    return {
        "hours": [
            {
                "start": start,
                "end": end,
                "openingStatus": status,
                "repetition": repetition,
                "additionalInformation": {},
            }
            for start, end in times
        ]
    }


HOURS: dict[str, Any] = {
    "hours": [
        {
            "type": "WeeklyUntilFurtherNoticeServiceHour",
            "heading": {},
            "additionalInformation": {},
            "weeklyHours": {"monday": day(("09:00", "15:00")), "tuesday": day(("09:00", "15:00"))},
        },
        {
            "type": "ExceptionalDateRangeServiceHour",
            "fromDate": "2026-12-30",
            "toDate": "2026-12-31",
            "weeklyHours": {"thursday": day(("00:00", "00:00"), status="Closed")},
        },
    ],
    "holidayServiceHours": {
        "repetition": {"type": "RepetitionEveryYear"},
        "holidays": [
            {"holidayName": "ChristmasEve", "hours": day(("00:00", "00:00"), status="Closed")["hours"]},
            {"holidayName": "MidsummerEve", "hours": day(("09:00", "12:00"))["hours"]},
        ],
    },
}
PHONE: dict[str, Any] = {
    "contentId": "c-1",
    "serviceChannelType": "TelephoneService",
    "languageVersions": {
        "fi": {
            "name": "Perheohjauksen puhelin",
            "summary": "Vastaamme arkisin.",
            "webAddress": {"url": None, "name": None},
            "supportEmails": [{"email": "perhe@kunta.example"}],
            "phoneNumbers": [
                {
                    "type": "InternationalPhone",
                    "dialCode": "+358",
                    "number": "501234567",
                    "chargeType": "Charged",
                },
                {"type": "DomesticPhone", "number": "0800123456", "chargeType": "Free"},
                {"type": "DomesticPhone", "number": "0401234567", "chargeType": "Charged"},
                {"type": "Fax", "dialCode": "+358", "number": "91234567", "chargeType": "Charged"},
            ],
        }
    },
    "serviceHours": HOURS,
}
PLACE: dict[str, Any] = {
    "contentId": "c-2",
    "serviceChannelType": "ServiceLocation",
    "languageVersions": {"fi": {"name": "Perhetalo", "contactEmails": [], "contactPhoneNumbers": []}},
    "location": {
        "foreignAddresses": [],
        "otherAddresses": [{"postalCode": None, "coordinates": [], "additionalInformation": {}}],
        "streetAddresses": [
            {
                "streetName": {"fi": "Esimerkkitie", "sv": "Exempelvägen"},
                "addressDetail": "3 A",
                "postalCode": "07500",
                "coordinates": [
                    {"system": "EPSG:3067", "source": "NLS", "easting": 420000.5, "northing": 6712000}
                ],
                "additionalInformation": {"fi": "Sisäpiha"},
            }
        ],
    },
    "serviceHours": {"hours": [], "holidayServiceHours": None},
}
E_SERVICE: dict[str, Any] = {
    "contentId": "c-3",
    "serviceChannelType": "EService",
    "electronicIdentification": "Required",
    "languageVersions": {
        "fi": {"name": "Asiointi", "webAddress": {"url": "https://asiointi.example/", "name": "Asiointi"}},
        "sv": {"name": "Ärenden", "webAddress": {"url": "https://asiointi.example/sv", "name": "Ärenden"}},
    },
}
LINK = {"serviceContentId": "s-1", "channelContentId": "c-1"}
ORGANISATION = {
    "contentId": "o-1",
    "organizationType": "Municipality",
    "languageVersions": {"fi": {"name": "Järvenpään kaupunki"}},
}


def imported(folder: Path, *payloads: dict[str, Any]) -> Incoming:
    (folder / "answer.json").write_text(json.dumps({"page": 1, "items": payloads}), encoding="utf-8")
    spool = Spool()
    counts, problems = taking_in.understand(
        REGISTERS["ptv"], [folder], spool, now=NOW, everything=False, progress=lambda *_: None
    )
    assert (counts.kept, problems) == (1, [])
    (found,) = spool.some_entries(0, 2)
    return Incoming(key=found["key"], entry=found["entry"], notes=found["notes"], why=found["why"])


def test_a_service_comes_with_its_organisation_and_the_channels_it_is_connected_to(tmp_path: Path) -> None:
    found = imported(tmp_path, SERVICE, PHONE, LINK, ORGANISATION)
    entry = found.entry
    assert found.why == "class"
    assert entry["id"] == "ptv-s-1"
    assert entry["name"] == {"fi": "Perheohjaus", "sv": "Familjehandledning"}
    assert entry["provider"] == {"fi": "Järvenpään kaupunki"}
    assert entry["areas"]["municipalities"] == ["Järvenpää"]
    assert entry["cost"] == {"type": "free"}
    assert entry["keywords"] == {"fi": ["arki"]}
    assert entry["producers"] == [{"fi": "Perhetyö Esimerkki Oy"}]
    assert entry["areas"]["counties"] == ["Kanta-Häme"]
    assert entry["languages"] == ["fi", "sgn-fi"]
    assert (
        entry["description"]["fi"] == "Kotiin\n- Ohjaaja tulee kotiin.\n\nLue lisää (https://perhe.example/)"
    )


def test_each_number_is_kept_as_it_is_rung(tmp_path: Path) -> None:
    found = imported(tmp_path, SERVICE, PHONE, LINK)
    ways = [one.get("number") or one.get("email") for one in found.entry["channels"]]
    assert ways == ["+358501234567", "0800123456", "+358401234567", "perhe@kunta.example"]
    assert [tuple(note) for note in found.notes] == [("phoneNumbers", "fax")]


def test_places_and_e_services_come_with_address_and_sign_in(tmp_path: Path) -> None:
    links = [LINK | {"channelContentId": one["contentId"]} for one in (PLACE, E_SERVICE)]
    found = imported(tmp_path, SERVICE, PLACE, E_SERVICE, *links)
    place, service = found.entry["channels"]
    assert place["address"] == {
        "street": "Esimerkkitie 3 A",
        "postcode": "07500",
        "municipality": "Askola",
        "detail": {"fi": "Sisäpiha"},
        "coordinates": {"easting": 420000.5, "northing": 6712000.0},
    }
    assert (service["kind"], service["sign_in"]) == ("e_service", "yes")
    assert service["url"] == {"fi": "https://asiointi.example/", "sv": "https://asiointi.example/sv"}
    assert [tuple(note) for note in found.notes] == [("addresses", "not_kept")]


def test_what_a_connection_says_goes_before_what_its_channel_says(tmp_path: Path) -> None:
    number = {
        "type": "InternationalPhone",
        "dialCode": "+358",
        "number": "507654321",
        "chargeType": "Charged",
    }
    weekly = HOURS["hours"][0] | {"weeklyHours": {"friday": day(("12:00", "14:00"))}}
    link = LINK | {
        "languageVersions": {
            "fi": {"description": "Kysy **perheohjaajaa**.", "contactPhoneNumbers": [number]}
        },
        "serviceHours": {"hours": [weekly], "holidayServiceHours": None},
    }
    first, second, *_ = imported(tmp_path, SERVICE, PHONE, link).entry["channels"]
    assert (first["number"], second["number"]) == ("+358507654321", "+358501234567")
    assert second["description"] == {"fi": "Kysy perheohjaajaa."}
    assert second["hours"] == [{"days": ["fri"], "opens": "12:00", "closes": "14:00"}]


def test_its_hours_and_those_of_holidays_become_ours(tmp_path: Path) -> None:
    entry = imported(tmp_path, SERVICE, PHONE, LINK).entry
    hours = tuple(Hours.model_validate(rule) for rule in entry["channels"][0]["hours"])
    assert hours == (
        Hours(days=("mon", "tue"), opens="09:00", closes="15:00"),
        Hours.model_validate({"kind": "exception", "date": "2026-12-31", "closed": True}),
        Hours(kind="holidays", holiday="christmas_eve", closed=True),
        Hours(kind="holidays", holiday="midsummer_eve", opens="09:00", closes="12:00"),
    )


def test_hours_without_a_pause_and_those_we_have_no_rule_for(tmp_path: Path) -> None:
    hours = [
        {
            "type": "ContinuousWeekdaysUntilFurtherNoticeServiceHour", "openingStatus": "Open",
            "fromDay": "Monday", "toDay": "Wednesday", "fromTime": "08:00", "toTime": "16:00",
        },
        {
            "type": "WeeklyUntilFurtherNoticeServiceHour",
            "weeklyHours": {"friday": day(("09:00", "12:00"), repetition="OddWeeks")},
        },
    ]  # fmt: skip
    phone = PHONE | {"serviceHours": {"hours": hours, "holidayServiceHours": None}}
    found = imported(tmp_path, SERVICE, phone, LINK)
    assert [
        (rule["days"], rule["opens"], rule["closes"]) for rule in found.entry["channels"][0]["hours"]
    ] == [
        (["mon"], "08:00", "24:00"),
        (["tue"], "00:00", "24:00"),
        (["wed"], "00:00", "16:00"),
    ]
    assert ("serviceHours", "unreadable_hours") in [tuple(note) for note in found.notes]


def test_a_general_description_is_no_service(tmp_path: Path) -> None:
    file = tmp_path / "answer.json"
    file.write_text(json.dumps(SERVICE | {"generalDescriptionTypes": []}), encoding="utf-8")
    with pytest.raises(ContentError, match=r"answer\.json:1: neither a service"):
        REGISTERS["ptv"].gather([file], Spool())


def test_a_service_without_connections_says_that_it_has_no_channel(tmp_path: Path) -> None:
    found = imported(tmp_path, SERVICE, PHONE)
    assert [tuple(note) for note in found.notes] == [("serviceChannels", "no_channel")]
