"""Services of version 12 as entries of ours. The examples are ours, written after its published description."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

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
    "producers": [],
    "serviceClasses": ["P3.7"],
    "targetGroups": ["KR1.2"],
    "lifeEvents": [],
    "industrialClasses": [],
    "ontologyTerms": ["http://www.yso.fi/onto/koko/p1"],
    "area": {"areaType": "LimitedArea", "municipalities": ["186"], "wellbeingServicesCounties": []},
    "chargeType": "FreeOfCharge",
    "serviceLanguages": ["fi", "sv"],
    "generalDescriptionContentId": None,
    "publishedAt": "2026-10-01T10:00:00Z",
    "languageVersions": {
        "fi": {
            "name": "Perheohjaus", "alternativeName": None, "summary": "Ohjaaja kuuntelee.",
            "description": "Ohjaaja tulee kotiin.", "userInstructions": "Soita ensin.", "conditions": None,
            "freelyAssignedKeywords": ["arki"], "chargeTypeAdditionalInformation": None,
        },
        "sv": {"name": "Familjehandledning", "summary": "Handledaren lyssnar."},
    },
}  # fmt: skip
PHONE: dict[str, Any] = {
    "contentId": "c-1",
    "serviceChannelType": "TelephoneService",
    "languageVersions": {
        "fi": {
            "name": "Perheohjauksen puhelin",
            "summary": "Vastaamme arkisin.",
            "phoneNumbers": [{"countryCode": "358", "number": "501234567"}],
        }
    },
    "serviceHours": {
        "hours": [
            {
                "type": "WeeklyUntilFurtherNoticeServiceHour",
                "openingStatus": "Open",
                "weeklyHours": {
                    "monday": [{"fromTime": "09:00", "toTime": "15:00"}],
                    "tuesday": [{"fromTime": "09:00", "toTime": "15:00"}],
                },
            },
            {"type": "ExceptionalDateRangeServiceHour", "openingStatus": "Closed", "fromDate": "2026-12-31"},
        ],
        "holidayServiceHours": [
            {"holiday": "ChristmasEve", "openingStatus": "Closed"},
            {"holiday": "MidsummerEve", "fromTime": "09:00", "toTime": "12:00"},
            {"holiday": "MayDay", "repetition": "RepetitionInSelectedYears", "openingStatus": "Closed"},
        ],
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
    (phone,) = entry["channels"]
    assert (phone["kind"], phone["number"]) == ("phone", "+358501234567")


def test_its_hours_and_those_of_holidays_become_ours(tmp_path: Path) -> None:
    entry = imported(tmp_path, SERVICE, PHONE, LINK).entry
    hours = tuple(Hours.model_validate(rule) for rule in entry["channels"][0]["hours"])
    assert hours == (
        Hours(days=("mon", "tue"), opens="09:00", closes="15:00"),
        Hours.model_validate({"kind": "exception", "date": "2026-12-31", "closed": True}),
        Hours(kind="holidays", holiday="christmas_eve", closed=True),
        Hours(kind="holidays", holiday="midsummer_eve", opens="09:00", closes="12:00"),
    )


def test_a_service_without_connections_says_that_it_has_no_channel(tmp_path: Path) -> None:
    found = imported(tmp_path, SERVICE, PHONE)
    assert [tuple(note) for note in found.notes] == [("serviceChannels", "no_channel")]
