"""Entries as rows of the Human Services Data Specification 3.0 (HSDS, Open Referral): one language at a time.

HSDS has no texts in several languages, so each language is a package of its own, holding the services written in it.
Ids are made from our own, so that the same thing keeps its id in every export. What HSDS has no field for stands in
attributes; what is lost is told in docs/hsds.md.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.guidance.areas import Areas, county_of, find_county
from bot.guidance.catalogue import Service
from bot.guidance.entry import Day, Hours, Price, Words
from bot.guidance.service_channel import Channel

Row = dict[str, Any]
Moments = Mapping[str, dt.datetime]
"""When each entry was last changed (aware), by its id."""
_NAMESPACE = uuid.UUID("6f0f6b4e-1c1b-5d0e-9a4e-7b8f7d1f2c30")
"""Of our own making; what matters is that it never changes."""
_BYDAY: Mapping[Day, str] = {
    "mon": "MO", "tue": "TU", "wed": "WE", "thu": "TH", "fri": "FR", "sat": "SA", "sun": "SU",
}  # fmt: skip
_STATUS = {"published": "active", "draft": "inactive", "archived": "defunct"}
_COUNTRY = "FI"
TAXONOMIES = {
    "needs": "What families need, as Perheovi's conversation knows it",
    "ptv-class": "Service classes of the Finnish Service Catalogue (PTV)",
    "ptv-target-group": "Target groups of the Finnish Service Catalogue (PTV)",
    "ptv-life-event": "Life events of the Finnish Service Catalogue (PTV)",
    "koko": "Terms of the Finnish ontology KOKO",
    "facts": "Facts of a service that HSDS has no field for",
}


def stable_id(*parts: object) -> str:
    """The id of a thing, a version 5 UUID: the same for the same parts."""
    return str(uuid.uuid5(_NAMESPACE, "|".join(map(str, parts))))


@dataclass(slots=True)
class Tables:
    """The rows of a package by the name of their table, each id once."""

    rows: dict[str, dict[str, Row]] = field(default_factory=dict)

    def add(self, table: str, *key: object, **columns: Any) -> str:
        """Add a row unless it is there; gives its id. What is None is left out."""
        row_id = stable_id(table, *key)
        row = {"id": row_id, **{name: value for name, value in columns.items() if value is not None}}
        self.rows.setdefault(table, {}).setdefault(row_id, row)
        return row_id

    def of(self, table: str) -> list[Row]:
        """The rows of a table, in the order they came."""
        return list(self.rows.get(table, {}).values())


def tables(
    services: Iterable[Service],
    *,
    language: str,
    areas: Areas,
    modified: Moments | None = None,
) -> Tables:
    """The rows of every service that is written in `language`.

    Args:
        services: The entries.
        language: `fi`, `sv` or `en`.
        areas: To name the municipalities of an area of ours.
        modified: When entries were last changed; those without a moment carry no `last_modified`.
    """
    found = Tables()
    for service in services:
        if service.name.get(language):
            _service(found, service, language, areas, (modified or {}).get(service.id))
    return found


def _service(
    found: Tables, service: Service, language: str, areas: Areas, modified: dt.datetime | None
) -> None:
    provider = service.provider.get(language) or service.provider.fi
    organisation = found.add("organization", provider, name=provider, description=provider)
    service_id = found.add(
        "service", service.id,
        organization_id=organisation,
        name=service.name.get(language),
        alternate_name=_said(service.aka, language),
        description=_joined(_said(service.summary, language), _said(service.description, language)),
        url=next((one.url.get(language) for one in service.channels if one.kind == "web" and one.url), None),
        email=next((one.email for one in service.channels if one.email), None),
        status=_STATUS[service.status],
        application_process=_said(service.how_to_get, language),
        fees_description=_said(service.cost.text, language),
        wait_time=_said(service.wait, language) or _said(service.times.processing, language),
        eligibility_description=_joined(_said(service.who_for, language), _said(service.not_for, language)),
        minimum_age=service.ages.min,
        maximum_age=service.ages.max,
        assured_date=service.verified.at.isoformat() if service.verified.at else None,
        alert=_said(service.alert.text, language) if service.alert else None,
        last_modified=_moment(modified) if modified else None,
    )  # fmt: skip
    for code in service.languages:
        found.add("language", service.id, code, service_id=service_id, code=code)
    for place, uri in _places(service, areas):
        found.add("service_area", service.id, place, service_id=service_id, name=place, uri=uri)
    for place, price in _prices(service):
        option = f"{price.type} ({place})" if place else price.type
        found.add(
            "cost_option", service.id, place, service_id=service_id, option=option,
            amount_description=_said(price.text, language),
        )  # fmt: skip
    _schedules(found, service.hours, service.id, language, service_id=service_id)
    for number, channel in enumerate(service.channels):
        _channel(found, channel, f"{service.id}|{number}", service_id, language)
    for taxonomy, term, value in _attributes(service, language):
        _attribute(found, service_id, taxonomy, term, value)


def _channel(found: Tables, channel: Channel, key: str, service_id: str, language: str) -> None:
    label = _said(channel.label, language)
    if channel.kind == "phone" and channel.number:
        told = _joined(label, _said(channel.charge, language))
        kind = "sms" if channel.sms else "voice"
        found.add("phone", key, service_id=service_id, number=channel.number, type=kind, description=told)
    elif channel.address is not None:
        _location(found, channel, key, service_id, language)
        return  # its hours are those of the place
    elif channel.url is not None and channel.kind != "web":
        _attribute(found, service_id, "facts", f"{channel.kind}_url", channel.url.get(language), label=label)
    _schedules(found, channel.hours, key, language, service_id=service_id, description=label)


def _location(found: Tables, channel: Channel, key: str, service_id: str, language: str) -> None:
    address = channel.address
    if address is None:
        return
    place = (address.street, address.postcode, address.municipality)
    name = _said(channel.label, language) or f"{address.street}, {address.municipality}"
    location = found.add("location", *place, location_type="physical", name=name)
    county = county_of(address.municipality)
    found.add(
        "address", *place,
        location_id=location,
        address_1=address.street,
        address_2=_said(address.detail, language),
        city=address.municipality,
        state_province=county.name.get(language) or county.name.fi if county else address.municipality,
        postal_code=address.postcode,
        country=_COUNTRY,
        address_type="physical",
    )  # fmt: skip
    if accessible := _said(channel.accessibility, language):
        found.add("accessibility", *place, location_id=location, description=accessible)
    at = found.add(
        "service_at_location", service_id, location, service_id=service_id, location_id=location,
        description=_said(channel.description, language),
    )  # fmt: skip
    _schedules(found, channel.hours, key, language, service_at_location_id=at)


def _schedules(found: Tables, hours: Iterable[Hours], key: str, language: str, **columns: str | None) -> None:
    for number, rule in enumerate(hours):
        told = _joined(columns.get("description"), _said(rule.note, language), _kind(rule))
        dated = rule.date.isoformat() if rule.date else None
        found.add(
            "schedule", key, number,
            **{**columns, "description": told},
            freq="WEEKLY" if rule.kind == "weekly" else None,
            byday=",".join(_BYDAY[day] for day in rule.days) or None,
            opens_at=None if rule.closed else _clock(rule.opens),
            closes_at=None if rule.closed else _clock(rule.closes),
            valid_from=dated or (rule.valid_from.isoformat() if rule.valid_from else None),
            valid_to=dated or (rule.valid_to.isoformat() if rule.valid_to else None),
        )  # fmt: skip


def _kind(rule: Hours) -> str | None:
    if rule.closed:
        return f"closed: {rule.holiday or rule.kind}"
    return None if rule.kind == "weekly" else rule.holiday or rule.kind


def _clock(text: str | None) -> str | None:
    """`HH:MM:SS`, the only form the tabular package takes; the midnight that ends a day is its last second."""
    return None if text is None else "23:59:59" if text == "24:00" else f"{text}:00"


def _places(service: Service, areas: Areas) -> Iterator[tuple[str, str | None]]:
    if service.areas.scope == "whole_country":
        yield "Suomi", None
    for name in service.areas.municipalities:
        yield name, None
    for area in service.areas.service_areas:
        for name in areas.by_id[area].municipalities if area in areas.by_id else ():
            yield name, None
    for name in service.areas.counties:
        county = find_county(name)
        yield (county.name.fi, county.url) if county else (name, None)


def _prices(service: Service) -> Iterator[tuple[str, Price]]:
    if service.cost.type != "unknown" or service.cost.text:
        yield "", service.cost
    yield from service.cost.by_municipality.items()


def _attributes(service: Service, language: str) -> Iterator[tuple[str, str, str | None]]:
    yield from (("needs", need, None) for need in service.needs)
    yield from (("ptv-class", code, None) for code in service.classes)
    yield from (("ptv-target-group", code, None) for code in service.target_groups)
    yield from (("ptv-life-event", code, None) for code in service.life_events)
    yield from (("koko", uri, None) for uri in service.ontology)
    facts = {
        "summary": _said(service.summary, language),
        "kind": service.kind,
        "referral": service.referral,
        "makes_client": service.makes_client,
        "client_note": _said(service.client_note, language),
        "anonymous": service.anonymous,
        "urgency": service.urgency,
        "for_young": "yes" if service.for_young else None,
        "deadline": _said(service.times.deadline, language),
        "validity": _said(service.times.validity, language),
        "source": service.source.name if service.source else None,
    }
    yield from (
        ("facts", name, value) for name, value in facts.items() if value not in (None, "unknown", "none")
    )
    yield from (("facts", f"id-{one.scheme}", one.id) for one in service.external)


def _attribute(
    found: Tables, link: str, taxonomy: str, term: str, value: str | None, *, label: str | None = None
) -> None:
    taxonomy_id = found.add(
        "taxonomy", taxonomy, name=taxonomy, description=TAXONOMIES[taxonomy], version="1"
    )
    is_uri = term.startswith("http")
    term_id = found.add(
        "taxonomy_term", taxonomy, term,
        code=f"{taxonomy}:{term}", name=term, description=TAXONOMIES[taxonomy], taxonomy=taxonomy,
        taxonomy_id=taxonomy_id, term_uri=term if is_uri else None,
    )  # fmt: skip
    found.add(
        "attribute", link, taxonomy, term, value,
        link_id=link, taxonomy_term_id=term_id, link_type=taxonomy, link_entity="service",
        value=_joined(label, value),
    )  # fmt: skip


def _said(words: Words | None, language: str) -> str | None:
    return words.get(language) if words else None


def _joined(*texts: str | None) -> str | None:
    return "\n\n".join(text for text in texts if text) or None


def _moment(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03}Z"
