"""A catalogue entry as one plain form, and back. Saved as it was shown, an entry stays what it was, whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from bot.console import service_hours
from bot.console.service_codes import read_codes, shown_codes
from bot.console.service_groups import read_groups, shown_groups
from bot.console.service_others import (
    read_organisations,
    read_persons,
    read_prices,
    shown_organisations,
    shown_persons,
    shown_prices,
)
from bot.console.service_parts import (
    Filled,
    read_words,
    separated,
    set_or_drop,
    shown_ages,
    shown_price,
    shown_words,
    spoken,
)
from bot.console.service_place import place_of
from bot.console.service_ways import read_ways, shown_ways
from bot.console.words import Words
from bot.guidance import translating
from bot.guidance.areas import Areas, find_county
from bot.guidance.catalogue import NAME_LIMIT, SUMMARY_LIMIT, Service

TEXTS = (
    "name", "aka", "summary", "description", "provider", "who_for", "not_for", "how_to_get", "wait", "client_note",
)  # fmt: skip
"""The texts of an entry, written in every language."""
TIMES = ("processing", "deadline", "validity")
_NEEDED = ("name", "summary", "provider")
_FLAGS = ("for_young", "self_service")
_CHOICES = ("kind", "referral", "makes_client", "anonymous", "urgency")
_DAYS = ("publish_at", "archive_at")
_LONGEST = 5000
_LIMITS = {"name": NAME_LIMIT, "summary": SUMMARY_LIMIT}


@dataclass(slots=True)
class Typed:
    """What came out of a form: the entry when it can be one, else what is wrong with which field."""

    service: Service | None = None
    errors: dict[str, str] = field(default_factory=dict)


def shown(service: Service | None, w: Words) -> dict[str, Any]:
    """The form's values for an entry; those of a new one without."""
    if service is None:
        unknown = dict.fromkeys(("cost_type", "referral", "makes_client", "anonymous"), "unknown")
        parts = dict.fromkeys(("ways", "groups", "prices", "persons"), "1")
        new = {"scope": "limited", "urgency": "none", "kind": "service"}
        return {**new, **unknown, **parts, "needs": (), "service_areas": (), "flags": (), "locks": ()}
    values: dict[str, Any] = {
        f"{name}_{code}": text
        for name in TEXTS
        if (words := getattr(service, name)) is not None
        for code, text in words.all().items()
    }
    if service.alert:
        values |= {f"alert_{code}": text for code, text in service.alert.text.all().items()}
        values["alert_until"] = service.alert.until.isoformat() if service.alert.until else ""
    values |= {name: getattr(service, name) for name in _CHOICES}
    values |= {name: day.isoformat() for name in _DAYS if (day := getattr(service, name))}
    values |= shown_words(service.times, "times", TIMES)
    values |= {
        "id": service.id,
        "scope": service.areas.scope,
        "municipalities": ", ".join(service.areas.municipalities),
        "counties": ", ".join(service.areas.counties),
        "service_areas": service.areas.service_areas,
        "needs": service.needs,
        "main_need": service.needs[0] if service.needs else "",
        "flags": tuple(name for name in _FLAGS if getattr(service, name)),
        "languages": spoken(service.languages),
        "hours": service_hours.written(service.hours, w),
    }
    values |= shown_price(service.cost, "cost") | shown_prices(service.cost.by_municipality)
    values |= shown_ages(service.ages, "age") | shown_organisations(service) | shown_codes(service)
    return values | shown_ways(service.channels, w) | shown_groups(service.groups, w) | shown_persons(service)


def read(form: Mapping[str, Any], base: Service | None, areas: Areas, w: Words) -> Typed:
    """The entry the form describes, on top of `base`."""
    typed = Typed()
    filled = Filled(form, typed.errors, w)
    data = base.plain() if base else {"id": form.get("id", "")}
    for name in TEXTS:
        _read_text(filled, data, name)
    data |= {name: form[name] for name in _CHOICES if name in form}
    data |= {name: name in form.get("flags", ()) for name in _FLAGS}
    for name in _DAYS:
        set_or_drop(data, name, filled.text(name))
    data["needs"] = _needs(form, data.get("needs", ()))
    data["areas"] = _areas(filled, data.get("areas", {}), areas)
    times = dict(data.get("times", {}))
    filled.words(times, "times", TIMES)
    set_or_drop(data, "times", times)
    filled.ages(data, "age")
    filled.languages(data, "languages")
    _read_alert(filled, data)
    read_organisations(filled, data)
    read_codes(filled, data)
    cost = filled.price(data.get("cost", {}), "cost")
    set_or_drop(cost, "by_municipality", read_prices(filled, cost.get("by_municipality", {}), areas))
    data["cost"] = cost
    places = {}
    data["channels"], places["channels"] = read_ways(filled, data.get("channels", ()))
    data["groups"], places["groups"] = read_groups(filled, data.get("groups", ()))
    data["contact_persons"] = read_persons(filled, data.get("contact_persons", ()))
    filled.hours(data, "hours", "hours")
    if not typed.errors:
        _validate(data, typed, places, w)
    if typed.service is not None:
        typed.service = translating.stamped(typed.service, base)
    return typed


def _read_text(filled: Filled, data: dict[str, Any], name: str) -> None:
    text = read_words(filled.form, data.get(name), name)
    if not text.get("fi") and (text or name in _NEEDED):
        key = "service.error_required" if name in _NEEDED else "service.error_finnish"
        filled.errors[f"{name}_fi"] = filled.w(key)
    limit = _LIMITS.get(name, _LONGEST)
    for code, words in text.items():
        if len(words) > limit:
            filled.errors[f"{name}_{code}"] = filled.w("service.error_long", limit=limit)
    set_or_drop(data, name, text)


def _read_alert(filled: Filled, data: dict[str, Any]) -> None:
    text = read_words(filled.form, data.get("alert", {}).get("text"), "alert")
    if text and not text.get("fi"):
        filled.errors["alert_fi"] = filled.w("service.error_finnish")
    until = filled.text("alert_until")
    set_or_drop(data, "alert", {"text": text, **({"until": until} if until else {})} if text else None)


def _needs(form: Mapping[str, Any], before: Sequence[str]) -> list[str]:
    """The ticked needs, the main one first, the others in the order they had."""
    ticked, main = form.get("needs", ()), form.get("main_need", "")
    unticked = main in before[:1] and main not in ticked
    kept = [need for need in before if need in ticked]
    return list(dict.fromkeys([*([main] if main and not unticked else ()), *kept, *ticked]))


def _areas(filled: Filled, before: Mapping[str, Any], areas: Areas) -> dict[str, Any]:
    if filled.text("scope") == "whole_country":
        return {"scope": "whole_country"}
    found: dict[str, list[str]] = {}
    for name, find, error in (
        ("municipalities", areas.name_of, "enter.municipality_bad"),
        ("counties", _county, "service.error_county"),
    ):
        was = before.get(name, ())
        places = [one if one in was else find(one) for one in separated(filled.text(name))]
        if None in places:
            filled.errors[name] = filled.w(error)
        found[name] = [place for place in places if place]
    ticked = filled.form.get("service_areas", ())
    kept = [one for one in before.get("service_areas", ()) if one in ticked]
    found["service_areas"] = list(dict.fromkeys([*kept, *ticked]))
    if not any(found.values()):
        filled.errors.setdefault("municipalities", filled.w("service.error_areas"))
    return {"scope": "limited", **{name: value for name, value in found.items() if value}}


def _county(name: str) -> str | None:
    return name if find_county(name) else None


def _validate(data: Mapping[str, Any], typed: Typed, places: Mapping[str, Sequence[str]], w: Words) -> None:
    try:
        typed.service = Service.model_validate(data)
    except ValidationError as error:
        for one in error.errors(include_url=False, include_input=False, include_context=False):
            name, key = place_of(one["loc"], data, places)
            typed.errors.setdefault(name, w(f"service.error_{key}"))
