"""Services of the Finnish Service Catalogue (PTV), versions 7 to 11, as entries of ours. docs/ptv.md tells every field.

Source of the field names: PTV's Open API models; of what the versions mean: docs/ptv.md.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.guidance.areas import Municipality, municipality_of_code
from bot.guidance.catalogue import NAME_LIMIT, SUMMARY_LIMIT, Service
from bot.guidance.entry import Words
from bot.guidance.importing import ptv_channels
from bot.guidance.importing.family import why_family
from bot.guidance.importing.localized import OURS, languages, shortened, texts, words
from bot.guidance.importing.needs import proposed_needs
from bot.guidance.importing.record import Note, Record
from bot.guidance.service_channel import Channel

SYSTEM = "ptv"
SOURCE = "Suomi.fi-palvelutietovaranto (DVV)"
_LICENCE = "CC BY 4.0"
"""Older pages of the register say so, newer ones CC0 1.0; naming the source meets both."""
_CHARGE = {"FreeOfCharge": "free", "Chargeable": "paid", "Other": "varies"}
_KINDS = {"Service": "service", "PermitOrObligation": "permit_or_obligation"}
_CODE = {
    "classes": re.compile(r"^P\d{1,2}(\.\d{1,2})?$"),
    "groups": re.compile(r"^KR\d(\.\d{1,2}){0,2}$"),
    "events": re.compile(r"^KE\d{1,2}(\.\d{1,2})?$"),
}
Payload = Mapping[str, Any]


def read(payload: Payload, channels: Mapping[str, Payload], *, today: dt.date) -> Record:
    """One service with its channels.

    Args:
        payload: The service, as the register's Open API gives it.
        channels: The register's service channels, by id.
        today: The local day; hours that are over by then are left out.

    Raises:
        KeyError, ValueError: It has no id or no name in any of our languages (`pydantic.ValidationError` is one).
    """
    notes: list[Note] = []
    name, summary = _name(payload, notes), _summary(payload, notes)
    found, channel_notes = _channels(payload, channels, today)
    codes = _codes(payload)
    finnish_name = name.get("fi") or next(iter(name.values()))
    if not found:
        notes.append(Note("serviceChannels", "no_channel"))
    data = {
        "name": words(name),
        "aka": _another_name(payload),
        "summary": words(summary) or words(name),
        "areas": _areas(payload, notes),
        "channels": found,
        "needs": proposed_needs(finnish_name, codes["classes"]),
        "classes": codes["classes"],
        "target_groups": codes["groups"],
        "life_events": codes["events"],
        **_told(payload),
        **_organisations(payload),
        **_origin(payload, today),
    }
    service = Service.model_validate({field: value for field, value in data.items() if value is not None})
    return Record(
        key=str(payload["id"]),
        service=service,
        notes=tuple(dict.fromkeys([*notes, *channel_notes])),
        family=_why(payload, finnish_name, summary, codes),
    )


def _why(
    payload: Payload, name: str, summary: Mapping[str, str], codes: Mapping[str, list[str]]
) -> str | None:
    said = " ".join([*summary.values(), *_keywords(payload).get("fi", ())])
    return why_family(
        name=name, words=said, classes=codes["classes"], groups=codes["groups"], events=codes["events"]
    )


def _name(payload: Payload, notes: list[Note]) -> dict[str, str]:
    names = texts(payload.get("serviceNames"), "Name")
    if not names:
        raise ValueError("no name in Finnish, Swedish or English")
    if "fi" not in names:
        notes.append(Note("serviceNames", "no_finnish"))
    return _short(names, NAME_LIMIT, "serviceNames", notes)


def _another_name(payload: Payload) -> Words | None:
    return words(shortened(texts(payload.get("serviceNames"), "AlternativeName"), NAME_LIMIT))


def _told(payload: Payload) -> dict[str, Any]:
    """The texts beside name and summary, and what is told in codes."""
    return {
        "kind": _KINDS.get(str(payload.get("type")), "service"),
        "description": _described(payload, "Description"),
        "how_to_get": _described(payload, "UserInstruction"),
        "who_for": words(texts(payload.get("requirements"))),
        "times": {
            "deadline": _described(payload, "DeadLine"),
            "processing": _described(payload, "ProcessingTime"),
            "validity": _described(payload, "ValidityTime"),
        },
        "cost": {
            "type": _CHARGE.get(str(payload.get("serviceChargeType")), "unknown"),
            "text": _described(payload, "ChargeTypeAdditionalInfo"),
        },
        "languages": languages(payload.get("languages")),
        "ontology": [term["uri"] for term in payload.get("ontologyTerms") or () if term.get("uri")],
        "keywords": _keywords(payload),
    }


def _origin(payload: Payload, today: dt.date) -> dict[str, Any]:
    """Our id of it, its ids there, and where it comes from."""
    return {
        "id": f"ptv-{payload['id']}",
        "external": [{"scheme": SYSTEM, "id": payload["id"]}, *_source_id(payload)],
        "general_description": _general(payload),
        "source": {
            "name": SOURCE,
            "system": SYSTEM,
            "licence": _LICENCE,
            "fetched_at": today,
            "upstream_modified": payload.get("modified"),
        },
    }


def _short(found: dict[str, str], limit: int, field: str, notes: list[Note]) -> dict[str, str]:
    if any(len(text) > limit for text in found.values()):
        notes.append(Note(field, "shortened"))
    return shortened(found, limit)


def _summary(payload: Payload, notes: list[Note]) -> dict[str, str]:
    told = payload.get("serviceDescriptions")
    found = texts(told, "Summary") or texts(told, "ShortDescription")
    return _short(found, SUMMARY_LIMIT, "serviceDescriptions", notes)


def _described(payload: Payload, kind: str) -> Any:
    return words(texts(payload.get("serviceDescriptions"), kind))


def _keywords(payload: Payload) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for keyword in payload.get("keywords") or ():
        text, language = (keyword.get("value") or "").strip(), keyword.get("language")
        if text and language in OURS:
            found.setdefault(language, []).append(text[:150])
    return found


def _codes(payload: Payload) -> dict[str, list[str]]:
    fields = {"classes": "serviceClasses", "groups": "targetGroups", "events": "lifeEvents"}
    return {
        kind: list(
            dict.fromkeys(
                str(item["code"])
                for item in payload.get(field) or ()
                if item.get("code") and _CODE[kind].match(str(item["code"]))
            )
        )
        for kind, field in fields.items()
    }


def _organisations(payload: Payload) -> dict[str, Any]:
    by_role: dict[str, list[str]] = {}
    for one in payload.get("organizations") or ():
        organisation = one.get("organization") or {}
        name = organisation.get("name") or next(iter(texts(one.get("additionalInformation")).values()), "")
        if name:
            by_role.setdefault(str(one.get("roleType")), []).append(name)
    responsible = by_role.get("Responsible", [])
    others = [*responsible[1:], *by_role.get("OtherResponsible", [])]
    producers = [name for name in dict.fromkeys(by_role.get("Producer", [])) if name not in responsible]
    return {
        "provider": {"fi": responsible[0] if responsible else SOURCE},
        "other_responsible": [{"fi": name} for name in dict.fromkeys(others)],
        "producers": [{"fi": name} for name in producers],
    }


def _areas(payload: Payload, notes: list[Note]) -> dict[str, Any]:
    if payload.get("areaType") in ("Nationwide", "NationwideExceptAlandIslands", "WholeCountry"):
        return {"scope": "whole_country"}
    places: list[Municipality] = []
    counties: list[str] = []
    for area in payload.get("areas") or ():
        if area.get("type") == "WellbeingServiceCounties" and area.get("code"):
            counties.append(str(area["code"]))
            continue
        for municipality in area.get("municipalities") or ():
            place = municipality_of_code(str(municipality.get("code") or ""))
            if place is None:
                notes.append(Note("areas", "unknown_place"))
            else:
                places.append(place)
    if not places and not counties:
        notes.append(Note("areas", "unknown_place"))
        return {"scope": "whole_country"}
    return {
        "scope": "limited",
        "municipalities": list(dict.fromkeys(place.fi for place in places)),
        "counties": list(dict.fromkeys(counties)),
    }


def _channels(
    payload: Payload, channels: Mapping[str, Payload], today: dt.date
) -> tuple[Sequence[Channel], Iterable[Note]]:
    found: list[Channel] = []
    notes: list[Note] = []
    for link in payload.get("serviceChannels") or ():
        own, own_notes = ptv_channels.connection(link, today)
        channel = channels.get(str(link["serviceChannel"]["id"]))
        general, general_notes = ptv_channels.read(channel, today) if channel else ((), ())
        used, used_notes = ptv_channels.of_service(tuple(general) or own, link, today)
        found += [one for one in ((*own, *used) if general else used) if one not in found]
        notes += [*own_notes, *general_notes, *used_notes]
        if channel is None and not own:
            notes.append(Note("serviceChannels", "not_kept"))
    return found, notes


def _source_id(payload: Payload) -> list[dict[str, str]]:
    return [{"scheme": "ptv-source", "id": str(payload["sourceId"])}] if payload.get("sourceId") else []


def _general(payload: Payload) -> dict[str, str] | None:
    return {"id": str(payload["generalDescriptionId"])} if payload.get("generalDescriptionId") else None
