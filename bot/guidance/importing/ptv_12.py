"""Version 12 of the Finnish Service Catalogue's answers, turned into the shape of the versions before it.

In version 12 texts stand by language (`languageVersions`), classes are codes alone, and what ties a service to a
channel is a record of its own (a connection). No real answers of it were at hand: this follows its published
description (OpenAPI 3.1, version 0.1.0 of the beta). docs/ptv.md tells every field.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.guidance.importing import ptv_12_hours
from bot.guidance.importing.localized import OURS

Payload = Mapping[str, Any]
_TEXTS = {
    "Summary": "summary", "Description": "description", "UserInstruction": "userInstructions",
    "DeadLine": "deadlineAdditionalInformation", "ProcessingTime": "processingTimeAdditionalInformation",
    "ValidityTime": "validityTimeAdditionalInformation", "ChargeTypeAdditionalInfo": "chargeTypeAdditionalInformation",
}  # fmt: skip
"""Kinds of descriptions before, and the fields of a language version now."""
_NAMES = {"Name": "name", "AlternativeName": "alternativeName"}
_KINDS = {"PermitOrOtherObligation": "PermitOrObligation"}
_CHANNELS = {"EService": "EChannel", "TelephoneService": "Phone"}


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
        KeyError: It has no content id.
    """
    versions, links = service["languageVersions"], list(links)
    ids = [str(link.get("channelContentId") or link.get("serviceChannelContentId")) for link in links]
    before = {
        "id": service["contentId"],
        "sourceId": service.get("externalId"),
        "type": _KINDS.get(str(service.get("serviceType")), service.get("serviceType")),
        "serviceNames": [text for kind, field in _NAMES.items() for text in _texts(versions, field, kind)],
        "serviceDescriptions": [
            text for kind, field in _TEXTS.items() for text in _texts(versions, field, kind)
        ],
        "requirements": _texts(versions, "conditions", "Requirements"),
        "keywords": list(_keywords(versions)),
        "languages": _languages(service.get("serviceLanguages")),
        "serviceChargeType": service.get("chargeType"),
        **_codes(service),
        "generalDescriptionId": service.get("generalDescriptionContentId"),
        "modified": service.get("publishedAt"),
        "organizations": list(_organisations(service, organisations)),
        "serviceChannels": [_link(id_, link) for id_, link in zip(ids, links, strict=True)],
        **_area(service.get("area") or {}),
    }
    return before, {id_: _channel(channels[id_]) for id_ in ids if id_ in channels}


def _codes(service: Payload) -> dict[str, list[dict[str, str]]]:
    """Classifications: codes and addresses now, objects before."""
    return {
        "serviceClasses": [{"code": code} for code in service.get("serviceClasses") or ()],
        "targetGroups": [{"code": code} for code in service.get("targetGroups") or ()],
        "lifeEvents": [{"code": code} for code in service.get("lifeEvents") or ()],
        "ontologyTerms": [{"uri": uri} for uri in service.get("ontologyTerms") or ()],
    }


def _link(channel_id: str, link: Payload) -> dict[str, Any]:
    return {"serviceChannel": {"id": channel_id}, "contactDetails": _contact(link)}


def _all_texts(versions: Payload, fields: Mapping[str, str]) -> list[dict[str, str]]:
    return [text for kind, field in fields.items() for text in _texts(versions, field, kind)]


def _texts(versions: Payload, field: str, kind: str) -> list[dict[str, str]]:
    return [
        {"language": code, "value": text, "type": kind}
        for code in OURS
        if isinstance(text := (versions.get(code) or {}).get(field), str) and text.strip()
    ]


def _keywords(versions: Payload) -> Iterator[dict[str, str]]:
    for code in OURS:
        for word in (versions.get(code) or {}).get("freelyAssignedKeywords") or ():
            yield {"language": code, "value": word}


def _languages(given: Any) -> list[str]:
    """Codes, given as a list or within an object that says which languages."""
    listed = given.get("languages") if isinstance(given, Mapping) else given
    return [str(code) for code in listed or ()]


def _organisations(service: Payload, organisations: Mapping[str, Payload]) -> Iterator[dict[str, Any]]:
    producers = service.get("producers")
    listed = producers.get("organizationContentIds") if isinstance(producers, Mapping) else producers
    by_role = {
        "Responsible": [service.get("organizationContentId")],
        "OtherResponsible": service.get("otherResponsibleOrganizations") or [],
        "Producer": listed or [],
    }
    for role, ids in by_role.items():
        for id_ in ids:
            versions = organisations.get(str(id_), {}).get("languageVersions") or {}
            name = next((found for code in OURS if (found := (versions.get(code) or {}).get("name"))), None)
            if name:
                yield {"roleType": role, "organization": {"name": name}}


def _area(area: Payload) -> dict[str, Any]:
    places = [
        {
            "type": "Municipality",
            "municipalities": [{"code": code} for code in area.get("municipalities") or ()],
        }
    ]
    counties = [
        {"type": "WellbeingServiceCounties", "code": code}
        for code in area.get("wellbeingServicesCounties") or ()
    ]
    kind = area.get("areaType")
    before = {"WholeCountry": "Nationwide", "WholeCountryExceptAland": "NationwideExceptAlandIslands"}
    return {"areaType": before.get(str(kind), "LimitedType"), "areas": [*places, *counties]}


def _channel(channel: Payload) -> dict[str, Any]:
    """A service channel in the shape of version 11."""
    versions = channel.get("languageVersions") or {}
    kind = _CHANNELS.get(str(channel.get("serviceChannelType")), channel.get("serviceChannelType"))
    pages = _pages(versions)
    return {
        "id": channel["contentId"],
        "serviceChannelType": kind,
        "serviceChannelNames": _texts(versions, "name", "Name"),
        "serviceChannelDescriptions": _texts(versions, "summary", "Summary"),
        "languages": _languages(channel.get("serviceLanguages") or channel.get("languages")),
        "requiresAuthentication": channel.get("requiresAuthentication"),
        "webPages": pages,
        "channelUrls": pages,
        **_contact({**channel, "languageVersions": versions}),
        "addresses": [found for place in _places(channel) if (found := _address(place))],
        "serviceHours": ptv_12_hours.as_before(channel.get("serviceHours")),
        "holidayHours": ptv_12_hours.holidays(channel.get("serviceHours")),
    }


def _contact(given: Payload) -> dict[str, Any]:
    """Telephones and e-mail addresses: by language, or in one list each with its language."""
    versions = given.get("languageVersions") or {}
    phones = [*(given.get("phoneNumbers") or ()), *_by_language(versions, "phoneNumbers")]
    emails = [*(given.get("emails") or ()), *_by_language(versions, "emails")]
    return {
        "phoneNumbers": [_phone(one) for one in phones if isinstance(one, Mapping)],
        "emails": [
            one if isinstance(one, Mapping) and "value" in one else {"value": _plain(one)} for one in emails
        ],
    }


def _by_language(versions: Payload, field: str) -> Iterator[Any]:
    for code in OURS:
        for one in (versions.get(code) or {}).get(field) or ():
            yield {"language": code, **one} if isinstance(one, Mapping) else one


def _phone(phone: Payload) -> dict[str, Any]:
    prefix = phone.get("countryCode") or phone.get("prefixNumber")
    return {
        "type": phone.get("type") or phone.get("phoneNumberType") or "Phone",
        "prefixNumber": f"+{str(prefix).lstrip('+0')}" if prefix else None,
        "isFinnishServiceNumber": not prefix,
        "number": phone.get("number") or phone.get("phoneNumber"),
        "language": phone.get("language") or "fi",
        "additionalInformation": phone.get("additionalInformation"),
        "chargeDescription": phone.get("chargeDescription"),
    }


def _plain(email: Any) -> str:
    return str(email.get("email") or email.get("address") or "") if isinstance(email, Mapping) else str(email)


def _pages(versions: Payload) -> list[dict[str, str]]:
    found = []
    for code in OURS:
        version = versions.get(code) or {}
        pages = [*(version.get("webPages") or ()), *([version["webPage"]] if version.get("webPage") else [])]
        for order, page in enumerate(pages):
            url = page.get("url") if isinstance(page, Mapping) else page
            found.append({"language": code, "url": str(url or ""), "orderNumber": str(order)})
    return found


def _places(channel: Payload) -> list[Payload]:
    """Street addresses: of one location, or of several."""
    location = channel.get("location") or {}
    return [*(location.get("streetAddresses") or ()), *(channel.get("locations") or ())]


def _address(place: Payload) -> dict[str, Any] | None:
    street = place.get("streetAddress") or place
    names = street.get("streetName") or street.get("street")
    if not names:
        return None
    texts = [{"language": code, "value": names[code]} for code in OURS if names.get(code)]
    return {
        "type": "Location",
        "streetAddress": {
            "street": texts,
            "streetNumber": street.get("streetNumber"),
            "postalCode": street.get("postalCode"),
            "municipality": {"code": street.get("municipality") or street.get("municipalityCode")},
        },
    }
