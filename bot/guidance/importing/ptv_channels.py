"""Service channels of the Finnish Service Catalogue, versions 7 to 11, as ours: one of theirs may become several."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from bot.guidance.areas import municipality_of_code
from bot.guidance.entry import Hours
from bot.guidance.importing import ptv_hours
from bot.guidance.importing.localized import OURS, languages, texts, words
from bot.guidance.importing.personal import is_personal
from bot.guidance.importing.record import Fate, Note
from bot.guidance.service_channel import Channel, Coordinates

_FAX, _SMS = "Fax", "Sms"
Payload = Mapping[str, Any]


@dataclass(slots=True)
class _Reader:
    """Reads one channel; `notes` gathers what could not be taken along."""

    payload: Payload
    today: dt.date
    notes: list[Note] = field(default_factory=list)
    found: list[Channel] = field(default_factory=list)

    def add(self, name: str, fate: Fate, **parts: Any) -> None:
        """Add a channel, or note `fate` of the register's field `name` when it cannot be one."""
        try:
            channel = Channel.model_validate({**self.shared, **parts})
        except ValidationError:
            self.notes.append(Note(name, fate))
            return
        if channel not in self.found:
            self.found.append(channel)

    @property
    def shared(self) -> dict[str, Any]:
        """What every channel made of this one has."""
        return {
            "label": words(texts(self.payload.get("serviceChannelNames"), "Name")),
            "external": {"scheme": "ptv", "id": self.payload["id"]},
            "languages": languages(self.payload.get("languages")),
        }


def read(payload: Payload, today: dt.date) -> tuple[tuple[Channel, ...], tuple[Note, ...]]:
    """The channels in one service channel of the register, with what could not be taken along."""
    reader = _Reader(payload, today)
    hours, notes = ptv_hours.read(payload.get("serviceHours"), "serviceHours", today)
    hours += tuple(Hours.model_validate(rule) for rule in payload.get("holidayHours") or ())
    reader.notes += notes
    kind = payload.get("serviceChannelType")
    description = words(texts(payload.get("serviceChannelDescriptions"), "Summary"))
    if kind == "Phone":
        _phones(reader, payload.get("phoneNumbers"), hours=hours, description=description)
    elif kind == "ServiceLocation":
        _addresses(reader, hours=hours, description=description)
        _phones(reader, payload.get("phoneNumbers"))
        _emails(reader, payload.get("emails"))
    elif kind in ("EChannel", "EService"):
        sign_in = "yes" if payload.get("requiresAuthentication") else "unknown"
        _pages(
            reader,
            "e_service",
            payload.get("webPages"),
            hours=hours,
            description=description,
            sign_in=sign_in,
        )
    elif kind == "PrintableForm":
        _pages(reader, "form", payload.get("channelUrls"), description=description)
    elif kind == "WebPage":
        _pages(reader, "web", payload.get("webPages"), description=description)
    else:
        reader.notes.append(Note("serviceChannelType", "unknown_kind"))
    if kind in ("Phone", "ServiceLocation"):
        _pages(reader, "web", payload.get("webPages"))
    _phones(reader, payload.get("supportPhones"), field="supportPhones")
    _emails(reader, payload.get("supportEmails"), field="supportEmails")
    return tuple(reader.found), tuple(dict.fromkeys(reader.notes))


def connection(payload: Payload, today: dt.date) -> tuple[tuple[Channel, ...], tuple[Note, ...]]:
    """The contact details that hold only for one service's use of a channel (`contactDetails` of a connection)."""
    details = payload.get("contactDetails") or {}
    reader = _Reader({**details, "id": payload["serviceChannel"]["id"]}, today)
    _phones(reader, details.get("phoneNumbers"))
    _emails(reader, details.get("emails"))
    _pages(reader, "web", details.get("webPages"))
    return tuple(reader.found), tuple(dict.fromkeys(reader.notes))


def of_service(
    channels: tuple[Channel, ...], link: Payload, today: dt.date
) -> tuple[tuple[Channel, ...], tuple[Note, ...]]:
    """Channels as one service uses them: the hours and description of its connection go before the channel's own.

    They are said of the channel's main way, the first: of a location they are not those of its telephone.
    """
    hours, notes = ptv_hours.read(link.get("serviceHours"), "serviceChannels.serviceHours", today)
    said = {"hours": hours, "description": words(texts(link.get("description"), "Description"))}
    own = {name: value for name, value in said.items() if value}
    return tuple(
        one.model_copy(update=own) if own and one.kind == channels[0].kind else one for one in channels
    ), notes


def _phones(reader: _Reader, phones: Any, *, field: str = "phoneNumbers", **parts: Any) -> None:
    for phone in phones or ():
        if phone.get("type") == _FAX:
            reader.notes.append(Note(field, "fax"))
            continue
        number = _number(phone)
        if number is None:
            reader.notes.append(Note(field, "empty"))
            continue
        label = words({phone.get("language") or "fi": phone.get("additionalInformation") or ""})
        charge = words({phone.get("language") or "fi": phone.get("chargeDescription") or ""})
        given = {"label": label, "charge": charge} if label else {"charge": charge}
        same = next((one for one in reader.found if one.kind == "phone" and one.number == number), None)
        if same is None:
            reader.add(
                field,
                "not_a_number",
                kind="phone",
                number=number,
                sms=phone.get("type") == _SMS,
                **parts,
                **given,
            )


def _number(phone: Payload) -> str | None:
    """A number as it is rung: with its country code, or a short or service number as it is."""
    digits = "".join(char for char in str(phone.get("number") or "") if char.isdigit())
    prefix = str(phone.get("prefixNumber") or "").strip()
    if not digits:
        return None
    if phone.get("isFinnishServiceNumber") or not prefix:
        return digits
    return f"+{prefix.lstrip('+0')}{digits.lstrip('0')}"


def _emails(reader: _Reader, emails: Any, *, field: str = "emails") -> None:
    for email in emails or ():
        address = str(email.get("value") or "").strip().lower()
        if not address:
            reader.notes.append(Note(field, "empty"))
        elif is_personal(address):
            reader.notes.append(Note(field, "personal_email"))
        else:
            reader.add(field, "not_an_address", kind="email", email=address)


def _pages(reader: _Reader, kind: str, pages: Any, **parts: Any) -> None:
    """Pages of one channel in several languages are one link."""
    for group in _by_order(pages):
        links = {page["language"]: page["address"] for page in reversed(group)}
        first = next((links[code] for code in OURS if links.get(code)), None)
        if first is None:
            reader.notes.append(Note("webPages", "empty"))
            continue
        known = {code: address for code, address in links.items() if code in OURS}
        reader.add(
            "webPages", "not_an_address", kind=kind, url={**known, "fi": known.get("fi", first)}, **parts
        )


def _by_order(pages: Any) -> Iterator[list[dict[str, str]]]:
    groups: dict[str, list[dict[str, str]]] = {}
    for page in pages or ():
        address = str(page.get("url") or page.get("value") or "").strip().replace(" ", "%20")
        if address and "://" not in address:
            address = f"https://{address}"
        found = {"language": page.get("language") or "fi", "address": address}
        if address:
            groups.setdefault(str(page.get("orderNumber") or "0"), []).append(found)
    for group in groups.values():
        # Several pages of one language and number are several links.
        while group:
            seen: dict[str, dict[str, str]] = {}
            for page in list(group):
                if page["language"] not in seen:
                    seen[page["language"]] = page
                    group.remove(page)
            yield list(seen.values())


def _addresses(reader: _Reader, **parts: Any) -> None:
    for address in reader.payload.get("addresses") or ():
        street = address.get("streetAddress")
        if address.get("type") == "Postal" or not street:
            reader.notes.append(Note("addresses", "not_kept"))
            continue
        name = texts(street.get("street")).get("fi") or next(iter(texts(street.get("street")).values()), "")
        reader.add(
            "addresses",
            "not_an_address",
            kind="visit",
            address={
                "street": f"{name} {street.get('streetNumber') or ''}".strip(),
                "postcode": street.get("postalCode") or "",
                "municipality": _municipality(street),
                "detail": words(texts(street.get("additionalInformation"))),
                "coordinates": _coordinates(street),
            },
            **parts,
        )


def _municipality(street: Payload) -> str:
    """The Finnish name of the municipality; that of the post office where none is given."""
    given = street.get("municipality") or {}
    known = municipality_of_code(str(given.get("code") or ""))
    office = texts(street.get("postOffice")).get("fi") or ""
    return known.fi if known else texts(given.get("name")).get("fi") or office.capitalize()


def _coordinates(street: Payload) -> dict[str, float] | None:
    if street.get("coordinateState") not in ("Ok", "EnteredByUser"):
        return None
    try:
        # PTV calls the northing of EPSG:3067 latitude and its easting longitude.
        place = Coordinates(easting=float(street["longitude"]), northing=float(street["latitude"]))
    except (KeyError, TypeError, ValueError):
        return None
    return place.model_dump()
