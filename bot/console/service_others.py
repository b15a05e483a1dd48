"""Prices by municipality, contact persons and other organisations of an entry as fields of its form, and back."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.console.service_lines import listed, unlisted
from bot.console.service_parts import Filled, numbered, set_or_drop, shown_price, shown_words
from bot.guidance.areas import Areas
from bot.guidance.catalogue import Service
from bot.guidance.entry import Price
from bot.guidance.entry import Words as Texts
from bot.meaning import LANGUAGES

ORGANISATIONS = ("other_responsible", "producers")
_PERSON = ("site", "role")


def shown_prices(prices: Mapping[str, Price]) -> dict[str, Any]:
    """The form's values for the municipalities with a price of their own, with one empty one after them."""
    values: dict[str, Any] = {"prices": str(len(prices) + 1)}
    for place, (municipality, price) in enumerate(prices.items()):
        values |= {f"price_{place}_municipality": municipality, **shown_price(price, f"price_{place}")}
    return values


def read_prices(filled: Filled, before: Mapping[str, Mapping[str, Any]], areas: Areas) -> dict[str, Any]:
    """The prices by municipality; one whose municipality is empty is left out."""
    found: dict[str, Any] = {}
    for at, _ in numbered(filled.form, "prices", "price", [{} for _ in before]):
        typed = filled.text(f"{at}_municipality")
        if not typed:
            continue
        place = typed if typed in before else areas.name_of(typed)
        if place is None:
            filled.errors[f"{at}_municipality"] = filled.w("enter.municipality_bad")
        else:
            found[place] = filled.price(before.get(place, {}), at)
    return found


def shown_persons(service: Service) -> dict[str, Any]:
    """The form's values for the contact persons, with one empty one after them."""
    values: dict[str, Any] = {"persons": str(len(service.contact_persons) + 1)}
    for place, one in enumerate(service.contact_persons):
        values |= shown_words(one, f"person_{place}", _PERSON)
    return values


def read_persons(filled: Filled, before: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The contact persons; one of whom nothing is written is left out."""
    found = []
    for at, was in numbered(filled.form, "persons", "person", before):
        person = dict(was)
        filled.words(person, at, _PERSON)
        if not person:
            continue
        for name in _PERSON:
            if name not in person:
                filled.errors.setdefault(f"{at}_{name}_fi", filled.w("service.error_required"))
        found.append(person)
    return found


def shown_organisations(service: Service) -> dict[str, str]:
    """The form's values for other organisations, one a line."""
    return {
        f"{name}_{code}": listed(getattr(service, name), code) for name in ORGANISATIONS for code in LANGUAGES
    }


def read_organisations(filled: Filled, data: dict[str, Any]) -> None:
    """Take other organisations into `data`."""
    for name in ORGANISATIONS:
        known = [Texts.model_validate(one) for one in data.get(name, ())]
        typed = {code: filled.text(f"{name}_{code}").replace("\r\n", "\n") for code in LANGUAGES}
        if typed == {code: listed(known, code) for code in LANGUAGES}:
            continue
        found = unlisted(typed)
        if any("fi" not in one for one in found):
            filled.errors[f"{name}_fi"] = filled.w("service.error_finnish")
        set_or_drop(data, name, found)
