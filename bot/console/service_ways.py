"""The ways to reach a service as fields of its form, and back: `way_0_kind`, `way_0_value` and so on."""

from collections.abc import Mapping, Sequence
from typing import Any, get_args

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from bot.console import service_hours
from bot.console.service_parts import (
    Filled,
    numbered,
    set_or_drop,
    shown_links,
    shown_words,
    spoken,
)
from bot.console.words import Words
from bot.guidance.service_channel import Address, Channel
from bot.phone_numbers import readable

KINDS: tuple[str, ...] = get_args(Channel.model_fields["kind"].annotation)
_VALUE = {"phone": "number", "email": "email"}
"""Where what is typed belongs; the page's address (`url`) for the other kinds, and a visit has an address."""
_WORDS = ("label", "charge", "description", "accessibility")
_ADDRESS = ("street", "postcode", "municipality")
_POINT = ("easting", "northing")


def shown_ways(channels: Sequence[Channel], w: Words) -> dict[str, Any]:
    """The form's values for the ways to reach a service, with one empty way after them."""
    values: dict[str, Any] = {"ways": str(len(channels) + 1)}
    for place, one in enumerate(channels):
        at = f"way_{place}"
        url = one.url.fi if one.url else ""
        values |= {
            f"{at}_kind": one.kind,
            f"{at}_place": str(place + 1),
            f"{at}_value": readable(one.number) if one.number else one.email or url,
            f"{at}_hours": service_hours.written(one.hours, w),
            f"{at}_languages": spoken(one.languages),
            f"{at}_sign_in": one.sign_in,
            f"{at}_sms": "yes" if one.sms else "no",
        }
        values |= (
            shown_words(one, at, _WORDS) | shown_links(one.url, f"{at}_url") | _shown_address(one.address, at)
        )
    return values


def read_ways(filled: Filled, before: Sequence[Mapping[str, Any]]) -> tuple[list[dict[str, Any]], list[str]]:
    """The ways as data in the order asked for, and each one's place in the form; one without a kind is left out."""
    found = []
    for number, (at, was) in enumerate(numbered(filled.form, "ways", "way", before), start=1):
        kind = filled.text(f"{at}_kind")
        if kind in KINDS:
            wished = filled.text(f"{at}_place")
            wanted = int(wished) if wished.isdigit() else number
            # At a place that another has, one that moved up stands before it, and one that moved down after it.
            moved = (wanted > number) - (wanted < number)
            found.append((wanted, moved, number, at, _way(filled, at, kind, was)))
    found.sort(key=lambda one: one[:3])
    return [one[-1] for one in found], [one[-2] for one in found]


def _way(filled: Filled, at: str, kind: str, was: Mapping[str, Any]) -> dict[str, Any]:
    way = {**(was if was.get("kind") == kind else {}), "kind": kind}
    if kind == "visit":
        way["address"] = _address(filled, at, way.get("address", {}))
    elif kind in _VALUE:
        value = filled.text(f"{at}_value").replace(" ", "")
        way[_VALUE[kind]] = _dialled(value, way.get("number")) if kind == "phone" else value
    else:
        way["url"] = filled.links(f"{at}_url", f"{at}_value")
    filled.words(way, at, _WORDS)
    filled.hours(way, f"{at}_hours", "hours")
    filled.languages(way, f"{at}_languages")
    way["sign_in"] = filled.text(f"{at}_sign_in") or "unknown"
    way["sms"] = filled.text(f"{at}_sms") == "yes"
    return way


def _dialled(typed: str, before: str | None) -> str:
    """A number of a subscriber as it is dialled from anywhere (`0401234567` → `+358401234567`); others unchanged."""
    if before and typed == readable(before).replace(" ", ""):
        return before
    number = typed.replace("-", "")
    try:
        parsed = phonenumbers.parse(number, "FI")
    except NumberParseException:
        return number
    subscriber = {phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE}
    if not number.startswith("0") or phonenumbers.number_type(parsed) not in subscriber:
        return number
    return phonenumbers.format_number(parsed, PhoneNumberFormat.E164)


def _shown_address(address: Address | None, at: str) -> dict[str, str]:
    if address is None:
        return {}
    values = {f"{at}_{name}": getattr(address, name) for name in _ADDRESS} | shown_words(
        address, at, ("detail",)
    )
    if address.coordinates:
        values |= {f"{at}_{name}": f"{getattr(address.coordinates, name):.15g}" for name in _POINT}
    return values


def _address(filled: Filled, at: str, was: Mapping[str, Any]) -> dict[str, Any]:
    address = {**was, **{name: filled.text(f"{at}_{name}") for name in _ADDRESS}}
    filled.words(address, at, ("detail",))
    typed = {name: filled.text(f"{at}_{name}").replace(" ", "").replace(",", ".") for name in _POINT}
    before = was.get("coordinates", {})
    if {name: f"{number:.15g}" for name, number in before.items()} != typed:
        set_or_drop(address, "coordinates", typed if any(typed.values()) else None)
    return address
