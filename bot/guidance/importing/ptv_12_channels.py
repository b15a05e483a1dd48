"""Service channels of version 12 in the shape of version 11: what one can be reached by stands by language there."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot import postcodes
from bot.guidance.importing import numbers, ptv_12_hours
from bot.guidance.importing.localized import OURS
from bot.guidance.importing.markdown import plain

Payload = Mapping[str, Any]
_KINDS = {"EService": "EChannel", "TelephoneService": "Phone"}
_EASTING_NORTHING = "EPSG:3067"


def as_before(channel: Payload) -> dict[str, Any]:
    """One channel. Raises `KeyError` for one without a content id."""
    versions = channel.get("languageVersions") or {}
    pages = [*_addresses_of_pages(versions), *_listed(versions, "contactWebPages", _page)]
    return {
        "id": channel["contentId"],
        "serviceChannelType": _KINDS.get(str(channel["serviceChannelType"]), channel["serviceChannelType"]),
        "serviceChannelNames": list(_texts(versions, "name", "Name")),
        "serviceChannelDescriptions": list(_texts(versions, "summary", "Summary")),
        "languages": channel.get("serviceLanguages"),
        "requiresAuthentication": channel.get("electronicIdentification") == "Required",
        "webPages": pages,
        "channelUrls": _listed(versions, "formFiles", _page),
        "phoneNumbers": [
            phone
            for field in ("phoneNumbers", "contactPhoneNumbers", "contactFaxNumbers")
            for phone in _listed(versions, field, _phone)
        ],
        "emails": _listed(versions, "contactEmails", _email),
        "supportPhones": _listed(versions, "supportPhoneNumbers", _phone),
        "supportEmails": _listed(versions, "supportEmails", _email),
        "addresses": list(_addresses(channel.get("location") or {})),
        "serviceHours": ptv_12_hours.as_before(channel.get("serviceHours")),
        "holidayHours": ptv_12_hours.holidays(channel.get("serviceHours")),
    }


def contact(versions: Payload) -> dict[str, Any]:
    """What a connection adds for its service alone, from its language versions."""
    return {
        "phoneNumbers": _listed(versions, "contactPhoneNumbers", _phone),
        "emails": _listed(versions, "contactEmails", _email),
        "webPages": _listed(versions, "contactWebPages", _page),
    }


def _texts(versions: Payload, field: str, kind: str) -> Iterator[dict[str, str]]:
    for code in OURS:
        if text := (versions.get(code) or {}).get(field):
            yield {"language": code, "value": plain(text), "type": kind}


def _listed(versions: Payload, field: str, read: Any) -> list[dict[str, Any]]:
    return [
        read(item, code, place)
        for code in OURS
        for place, item in enumerate((versions.get(code) or {}).get(field) or ())
    ]


def _addresses_of_pages(versions: Payload) -> Iterator[dict[str, Any]]:
    """The channel's own page, `webAddress`; a telephone may have one without an address."""
    for code in OURS:
        page = (versions.get(code) or {}).get("webAddress") or {}
        if page.get("url"):
            yield _page(page, code, -1)


def _page(page: Payload, code: str, place: int) -> dict[str, Any]:
    return {"language": code, "url": page["url"], "orderNumber": str(place)}


def _email(email: Payload, code: str, _place: int) -> dict[str, Any]:
    return {"language": code, "value": email["email"]}


def _phone(phone: Payload, code: str, _place: int) -> dict[str, Any]:
    """A number with its dial code, or one that is rung in Finland as it stands (`DomesticPhone`)."""
    abroad = phone.get("dialCode")
    return {
        "type": phone["type"] if phone["type"] in ("Fax", "Sms") else "Phone",
        "prefixNumber": abroad,
        **({} if abroad else _domestic(phone["number"])),
        **({"number": phone["number"]} if abroad else {}),
        "language": code,
        "additionalInformation": phone.get("additionalInformation"),
        "chargeDescription": phone.get("chargeDescription"),
    }


def _domestic(number: str) -> dict[str, Any]:
    kept = numbers.kept(number)
    if kept.startswith("+358"):
        return {"prefixNumber": "+358", "number": kept.removeprefix("+358")}
    return {"isFinnishServiceNumber": True, "number": kept}


def _addresses(location: Payload) -> Iterator[dict[str, Any]]:
    """Where one goes. Version 12 names no municipality: the postcode tells it."""
    for place in location.get("streetAddresses") or ():
        street = place["streetName"]
        yield {
            "type": "Location",
            "streetAddress": {
                "street": [{"language": code, "value": street[code]} for code in OURS if street.get(code)],
                "streetNumber": place.get("addressDetail"),
                "postalCode": place["postalCode"],
                "municipality": {"name": [_municipality(place["postalCode"])]},
                "additionalInformation": [
                    {"language": code, "value": text}
                    for code, text in (place.get("additionalInformation") or {}).items()
                ],
                **_coordinates(place.get("coordinates") or ()),
            },
        }
    for kind in ("otherAddresses", "foreignAddresses"):
        for _ in location.get(kind) or ():
            yield {"type": "Other"}


def _municipality(postcode: str) -> dict[str, str]:
    return {"language": "fi", "value": postcodes.municipalities().get(postcode, "")}


def _coordinates(given: Any) -> dict[str, Any]:
    """The first point in our system, as versions before named its parts."""
    point = next((one for one in given if one.get("system") == _EASTING_NORTHING), None)
    if point is None:
        return {}
    return {"coordinateState": "Ok", "longitude": point["easting"], "latitude": point["northing"]}
