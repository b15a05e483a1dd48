"""Version 12 of the Finnish Service Catalogue's answers, turned into the shape of the versions before it.

In version 12 texts stand by language (`languageVersions`), the longer ones in Markdown; classes are codes alone, and
what ties a service to a channel is a record of its own (a connection). No real answers of it were at hand: this follows
its published description (OpenAPI 3.1, version 0.1.0 of the beta). docs/ptv.md tells every field.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.guidance.importing import ptv_12_channels, ptv_12_hours
from bot.guidance.importing.localized import OURS
from bot.guidance.importing.markdown import plain

Payload = Mapping[str, Any]
_TEXTS = {
    "Summary": "summary", "Description": "description", "UserInstruction": "userInstructions",
    "DeadLine": "deadlineAdditionalInformation", "ProcessingTime": "processingTimeAdditionalInformation",
    "ValidityTime": "validityTimeAdditionalInformation", "ChargeTypeAdditionalInfo": "chargeTypeAdditionalInformation",
}  # fmt: skip
"""Kinds of descriptions before, and the fields of a language version now."""
_NAMES = {"Name": "name", "AlternativeName": "alternativeName"}
_KINDS = {"PermitOrOtherObligation": "PermitOrObligation"}
_CHARGES = {"Free": "FreeOfCharge", "Charged": "Chargeable"}
_SCOPES = {"WholeCountry": "Nationwide", "WholeCountryExceptAland": "NationwideExceptAlandIslands"}
_UUSIMAA = ("Itä-Uusimaa", "Keski-Uusimaa", "Länsi-Uusimaa", "Vantaa ja Kerava", "Helsinki")
_REGIONS: Mapping[str, tuple[str, ...]] = {
    "01": _UUSIMAA, "02": ("Varsinais-Suomi",), "04": ("Satakunta",), "05": ("Kanta-Häme",), "06": ("Pirkanmaa",),
    "07": ("Päijät-Häme",), "08": ("Kymenlaakso",), "09": ("Etelä-Karjala",), "10": ("Etelä-Savo",),
    "11": ("Pohjois-Savo",), "12": ("Pohjois-Karjala",), "13": ("Keski-Suomi",), "14": ("Etelä-Pohjanmaa",),
    "15": ("Pohjanmaa",), "16": ("Keski-Pohjanmaa",), "17": ("Pohjois-Pohjanmaa",), "18": ("Kainuu",),
    "19": ("Lappi",), "21": ("Ahvenanmaa",),
}  # fmt: skip
"""Regions by their codes (Statistics Finland), and the wellbeing services counties that lie in them."""


def as_before(
    service: Payload,
    links: Iterable[Payload],
    channels: Mapping[str, Payload],
    organisations: Mapping[str, Payload],
) -> tuple[Payload, Mapping[str, Payload]]:
    """A service and its channels in the shape of version 11.

    Args:
        service: As version 12 gives it.
        links: Its connections.
        channels: Service channels by content id.
        organisations: Organisations by content id, as far as they were in the files; else a service names none.

    Raises:
        KeyError: It has no content id, or a connection names no channel.
    """
    versions, links = service["languageVersions"], list(links)
    ids = [str(link["channelContentId"]) for link in links]
    before = {
        "id": service["contentId"],
        "type": _KINDS.get(str(service.get("serviceType")), service.get("serviceType")),
        "serviceNames": _all_texts(versions, _NAMES),
        "serviceDescriptions": _all_texts(versions, _TEXTS),
        "requirements": _texts(versions, "conditions", "Requirements"),
        "keywords": list(_keywords(versions)),
        "languages": service.get("serviceLanguages"),
        "serviceChargeType": _CHARGES.get(str(service.get("chargeType"))),
        **_codes(service),
        "generalDescriptionId": service.get("generalDescriptionContentId"),
        "modified": service.get("publishedAt"),
        "organizations": list(_organisations(service, organisations)),
        "serviceChannels": [_link(id_, link) for id_, link in zip(ids, links, strict=True)],
        **_area(service.get("area") or {}),
    }
    return before, {id_: ptv_12_channels.as_before(channels[id_]) for id_ in ids if id_ in channels}


def _link(channel_id: str, link: Payload) -> dict[str, Any]:
    versions = link.get("languageVersions") or {}
    return {
        "serviceChannel": {"id": channel_id},
        "description": _texts(versions, "description", "Description"),
        "contactDetails": ptv_12_channels.contact(versions),
        "serviceHours": ptv_12_hours.as_before(link.get("serviceHours")),
    }


def _codes(service: Payload) -> dict[str, list[dict[str, str]]]:
    """Classifications: codes and addresses now, objects before."""
    return {
        "serviceClasses": [{"code": code} for code in service.get("serviceClasses") or ()],
        "targetGroups": [{"code": code} for code in service.get("targetGroups") or ()],
        "lifeEvents": [{"code": code} for code in service.get("lifeEvents") or ()],
        "ontologyTerms": [{"uri": uri} for uri in service.get("ontologyTerms") or ()],
    }


def _all_texts(versions: Payload, fields: Mapping[str, str]) -> list[dict[str, str]]:
    return [text for kind, field in fields.items() for text in _texts(versions, field, kind)]


def _texts(versions: Payload, field: str, kind: str) -> list[dict[str, str]]:
    return [
        {"language": code, "value": plain(text), "type": kind}
        for code in OURS
        if isinstance(text := (versions.get(code) or {}).get(field), str) and text.strip()
    ]


def _keywords(versions: Payload) -> Iterator[dict[str, str]]:
    for code in OURS:
        for word in (versions.get(code) or {}).get("freelyAssignedKeywords") or ():
            yield {"language": code, "value": word}


def _organisations(service: Payload, organisations: Mapping[str, Payload]) -> Iterator[dict[str, Any]]:
    kinds = (service.get("producers") or {}).values()
    by_role = {
        "Responsible": [service.get("organizationContentId")],
        "OtherResponsible": service.get("otherResponsibleOrganizations") or [],
        "Producer": [id_ for kind in kinds for id_ in (kind or {}).get("organizations") or ()],
    }
    named = [
        (role, _name(organisations.get(str(id_), {}).get("languageVersions") or {}))
        for role, ids in by_role.items()
        for id_ in ids
    ]
    others = [other for kind in kinds for other in (kind or {}).get("other") or ()]
    named += [
        ("Producer", next((other["name"][code] for code in OURS if other["name"].get(code)), None))
        for other in others
    ]
    for role, name in named:
        if name:
            yield {"roleType": role, "organization": {"name": name}}


def _name(versions: Payload) -> str | None:
    """What an organisation goes by, in the first of our languages it has a name in."""
    for code in OURS:
        version = versions.get(code) or {}
        other = version.get("alternativeName") if version.get("isAlternativeNamePrimary") else None
        if name := other or version.get("name"):
            return str(name)
    return None


def _area(area: Payload) -> dict[str, Any]:
    counties = [
        *(area.get("wellbeingServicesCounties") or ()),
        *(county for code in area.get("regions") or () for county in _REGIONS.get(code, ())),
    ]
    places = [{"code": code} for code in area.get("municipalities") or ()]
    return {
        "areaType": _SCOPES.get(str(area.get("areaType")), "LimitedType"),
        "areas": [
            {"type": "Municipality", "municipalities": places},
            *({"type": "WellbeingServiceCounties", "code": county} for county in counties),
        ],
    }
