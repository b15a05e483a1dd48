"""Services and errand services of the City of Helsinki's service register, as entries of ours.

A record holds one object for each language. The register has no target area: everything is given in Helsinki.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from bot.guidance.catalogue import NAME_LIMIT, SUMMARY_LIMIT, Service
from bot.guidance.importing.family import why_family
from bot.guidance.importing.localized import OURS, languages, shortened, words
from bot.guidance.importing.needs import proposed_needs
from bot.guidance.importing.personal import is_personal
from bot.guidance.importing.record import Note, Record
from bot.guidance.service_channel import Channel

SYSTEM = "helsinki"
SOURCE = "Helsingin kaupungin palvelurekisteri"
_LICENCE = "CC BY 4.0"
_PLACE = "Helsinki"
_PROVIDER = {"fi": "Helsingin kaupunki", "sv": "Helsingfors stad", "en": "City of Helsinki"}
_GROUPS = {"CHILDREN_AND_FAMILIES": "KR1.2", "YOUTH": "KR1.3", "INDIVIDUALS": "KR1", "DISABLED": "KR1.6"}
_EVENTS = {"HAVING_CHILD": "KE1", "ADOPTION": "KE1.1", "DIVORCE": "KE7"}
_KINDS = {
    "WEBPAGE": "web", "ESERVICE": "e_service", "TELEPHONE": "phone", "EMAIL": "email", "PRINTABLE_FORM": "form",
    "CHAT": "chat", "LOCAL": "visit",
}  # fmt: skip
"""Letters are told, not kept. Hours stand there as sentences, which become the description of their channel."""
Payload = Mapping[str, Any]


def read(payload: Payload, *, today: dt.date) -> Record:
    """One service or errand service. Raises `KeyError` or `ValueError` for a record without an id or a name."""
    notes: list[Note] = []
    names = _texts(payload, "title") or _texts(payload, "name")
    if not names:
        raise ValueError("no name in Finnish, Swedish or English")
    if "fi" not in names:
        notes.append(Note("title", "no_finnish"))
    told = _texts(payload, "description_short") or _texts(payload, "description")
    if any(len(text) > SUMMARY_LIMIT for text in told.values()):
        notes.append(Note("description_short", "shortened"))
    name = shortened(names, NAME_LIMIT)
    channels = list(dict.fromkeys([*_channels(payload, notes), *_links(payload, notes)]))
    groups = [code for one in _listed(payload, "target_groups") if (code := _GROUPS.get(one))]
    events = [code for one in _listed(payload, "life_events") if (code := _EVENTS.get(one))]
    synonyms = {code: _parted(text) for code, text in _texts(payload, "name_synonyms").items()}
    finnish_name = name.get("fi") or next(iter(name.values()))
    if not channels:
        notes.append(Note("channels", "no_channel"))
    data = {
        "name": words(name),
        "summary": words(shortened(told, SUMMARY_LIMIT)) or words(name),
        "description": words(_texts(payload, "description_long") or told),
        "channels": channels,
        "needs": proposed_needs(finnish_name, ()),
        "target_groups": list(dict.fromkeys(groups)),
        "life_events": list(dict.fromkeys(events)),
        "keywords": synonyms,
        **_told(payload),
        **_origin(payload, today),
    }
    said = " ".join([*told.values(), *synonyms.get("fi", ())])
    service = Service.model_validate({field: value for field, value in data.items() if value is not None})
    why = why_family(name=finnish_name, words=said, classes=(), groups=groups, events=events)
    return Record(key=service.id, service=service, notes=tuple(dict.fromkeys(notes)), family=why)


def _told(payload: Payload) -> dict[str, Any]:
    return {
        "how_to_get": words(_texts(payload, "process_description")),
        "who_for": words(_texts(payload, "prerequisites")),
        "cost": {"type": "unknown", "text": words(_texts(payload, "costs"))},
        "times": {
            "processing": words(_texts(payload, "processing_time")),
            "validity": words(_texts(payload, "expiration_time")),
        },
        "languages": languages(_first(payload).get("provided_languages")),
    }


def _origin(payload: Payload, today: dt.date) -> dict[str, Any]:
    errand = "errand-" if "channels" in _first(payload) else ""
    return {
        "id": f"helsinki-{errand}{payload['id']}",
        "provider": _PROVIDER,
        "areas": {"scope": "limited", "municipalities": [_PLACE]},
        "external": [{"scheme": "helsinki-tpr", "id": str(payload["id"])}],
        "general_description": _general(payload),
        "source": {"name": SOURCE, "system": SYSTEM, "licence": _LICENCE, "fetched_at": today},
    }


def _texts(payload: Payload, field: str) -> dict[str, str]:
    found = {code: (payload.get(code) or {}).get(field) for code in OURS}
    return {
        code: text.strip()[:5000] for code, text in found.items() if isinstance(text, str) and text.strip()
    }


def _first(payload: Payload) -> Payload:
    return next((payload[code] for code in OURS if payload.get(code)), {})


def _listed(payload: Payload, field: str) -> list[str]:
    return [str(one) for one in _first(payload).get(field) or ()]


def _parted(text: str) -> list[str]:
    return [part.strip()[:150] for part in text.split(",") if part.strip()]


def _channels(payload: Payload, notes: list[Note]) -> Iterator[Channel]:
    for channel in _first(payload).get("channels") or ():
        kind = _KINDS.get(str(channel.get("type")))
        if kind is None:
            notes.append(Note("channels", "not_kept"))
            continue
        label = words(_said(payload, channel.get("id"), "name"))
        told = words(_said(payload, channel.get("id"), "availability_summary"))
        charge = words(_said(payload, channel.get("id"), "call_charge_info"))
        served = languages(channel.get("provided_languages"))
        shared = {"kind": kind, "label": label, "description": told, "charge": charge, "languages": served}
        sign_in = "yes" if channel.get("requires_authentication") else "unknown"
        for parts in _values(kind, channel, notes):
            try:
                yield Channel.model_validate({**shared, "sign_in": sign_in, **parts})
            except ValidationError:
                notes.append(Note("channels", "not_an_address"))


def _said(payload: Payload, channel_id: Any, field: str) -> dict[str, str]:
    """A text of one channel, by language."""
    found: dict[str, str] = {}
    for code in OURS:
        for channel in (payload.get(code) or {}).get("channels") or ():
            if channel.get("id") == channel_id and channel.get(field):
                found[code] = str(channel[field]).strip()[:300]
    return found


def _values(kind: str, channel: Payload, notes: list[Note]) -> Iterator[dict[str, Any]]:
    if kind == "phone":
        digits = "".join(char for char in str(channel.get("phone") or "") if char in "+0123456789")
        if not digits:
            notes.append(Note("channels", "empty"))
            return
        yield {"number": f"+358{digits[1:]}" if digits.startswith("0") and len(digits) > 6 else digits}  # noqa: PLR2004
    elif kind == "visit":
        city = str(channel.get("personal_service_city") or "").strip("\u200b ")
        street = str(channel.get("personal_service_street_addr") or "").strip()
        yield {
            "address": {
                "street": street,
                "postcode": str(channel.get("personal_service_postal_code") or ""),
                "municipality": city,
            }
        }
    elif kind == "email":
        address = str(channel.get("email") or "").strip().lower()
        if is_personal(address):
            notes.append(Note("channels", "personal_email"))
        elif address:
            yield {"email": address}
    else:
        links = [link["url"] for link in channel.get("links") or () if link.get("url")]
        if not links:
            notes.append(Note("channels", "empty"))
        for link in links:
            yield {"url": {"fi": str(link).strip().replace(" ", "%20")}}


def _links(payload: Payload, notes: list[Note]) -> Iterator[Channel]:
    for link in _first(payload).get("links") or ():
        address, title = (
            str(link.get("url") or "").strip().replace(" ", "%20"),
            str(link.get("title") or "").strip(),
        )
        kind = "form" if link.get("type") == "FORM" else "web"
        try:
            label = {"fi": title[:300]} if title else None
            yield Channel.model_validate({"kind": kind, "label": label, "url": {"fi": address}})
        except ValidationError:
            notes.append(Note("links", "not_an_address"))


def _general(payload: Payload) -> dict[str, str] | None:
    found = _first(payload).get("general_description_id")
    return {"id": str(found)} if found else None
