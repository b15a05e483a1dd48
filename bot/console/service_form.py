"""A catalogue entry as one plain form, and back. What the form does not show stays as it was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from bot.console import service_hours
from bot.console.service_parts import (
    Filled,
    read_groups,
    read_ways,
    read_words,
    set_or_drop,
    shown_groups,
    shown_ways,
)
from bot.console.words import Words
from bot.guidance import translating
from bot.guidance.areas import Areas
from bot.guidance.catalogue import NAME_LIMIT, SUMMARY_LIMIT, Service

TEXTS = (
    "name",
    "summary",
    "description",
    "provider",
    "who_for",
    "not_for",
    "how_to_get",
    "wait",
    "client_note",
)
"""The texts of an entry, written in every language."""
_NEEDED = ("name", "summary", "provider")
_LISTS = ("languages", "search_terms", "classes", "target_groups", "life_events")
_FLAGS = ("for_young", "self_service")
_CHOICES = ("referral", "makes_client", "anonymous", "urgency")
_LONGEST = 5000
_LIMITS = {"name": NAME_LIMIT, "summary": SUMMARY_LIMIT}
_FIELD_OF = {
    "id": "id", "name": "name_fi", "summary": "summary_fi", "provider": "provider_fi", "alert": "alert_fi",
    "areas": "municipalities",
    "ages": "age_min", "needs": "needs", "hours": "hours", "cost": "cost_text_fi",
    **{name: name for name in (*_LISTS, *_CHOICES)},
}  # fmt: skip
_ERROR_OF = {"id": "id", "areas": "areas", "ages": "ages"}
_ERROR_OF_WAY = {"phone": "number", "email": "email", "visit": "address"}


@dataclass(slots=True)
class Typed:
    """What came out of a form: the entry when it can be one, else what is wrong with which field."""

    service: Service | None = None
    errors: dict[str, str] = field(default_factory=dict)


def shown(service: Service | None, w: Words) -> dict[str, Any]:
    """The form's values for an entry; those of a new one without."""
    if service is None:
        unknown = dict.fromkeys(("cost_type", "referral", "makes_client", "anonymous"), "unknown")
        new = {"scope": "limited", "urgency": "none", "ways": "1", "groups": "1"}
        return {**new, **unknown, "needs": (), "service_areas": (), "flags": ()}
    texts = {**{name: getattr(service, name) for name in TEXTS}, "cost_text": service.cost.text}
    texts["alert"] = service.alert.text if service.alert else None
    values: dict[str, Any] = {
        f"{name}_{code}": text for name, words in texts.items() if words for code, text in words.all().items()
    }
    values |= {name: getattr(service, name) for name in _CHOICES}
    values |= {name: ", ".join(getattr(service, name)) for name in _LISTS}
    values |= {
        "id": service.id,
        "cost_type": service.cost.type,
        "scope": service.areas.scope,
        "municipalities": ", ".join(service.areas.municipalities),
        "counties": ", ".join(service.areas.counties),
        "service_areas": service.areas.service_areas,
        "needs": service.needs,
        "flags": tuple(name for name in _FLAGS if getattr(service, name)),
        "age_min": _age(service.ages.min),
        "age_max": _age(service.ages.max),
        "hours": service_hours.written(service.hours, w),
        "alert_until": service.alert.until.isoformat() if service.alert and service.alert.until else "",
    }
    return values | shown_ways(service.channels, w) | shown_groups(service.groups, w)


def read(form: Mapping[str, Any], base: Service | None, areas: Areas, w: Words) -> Typed:
    """The entry the form describes, on top of `base`."""
    typed = Typed()
    filled = Filled(form, typed.errors, w)
    data = base.plain() if base else {"id": form.get("id", "")}
    for name in TEXTS:
        _read_text(filled, data, name)
    cost = {**data.get("cost", {}), "type": form.get("cost_type", "unknown")}
    _read_text(filled, cost, "text", at="cost_text")
    data["cost"] = cost
    data |= {name: form[name] for name in _CHOICES if name in form}
    data |= {name: _listed(form[name]) for name in _LISTS if name in form}
    data |= {name: name in form.get("flags", ()) for name in _FLAGS}
    data["needs"] = list(form.get("needs", ()))
    data["areas"] = _areas(form, areas, typed.errors, w)
    _read_numbers(form, data, typed.errors, w)
    _read_alert(form, data, typed.errors, w)
    places = {}
    data["channels"], places["channels"] = read_ways(filled, data.get("channels", ()))
    data["groups"], places["groups"] = read_groups(filled, data.get("groups", ()))
    filled.hours(data, "hours", "hours")
    if not typed.errors:
        _validate(data, typed, places, w)
    if typed.service is not None:
        typed.service = translating.stamped(typed.service, base)
    return typed


def _read_text(filled: Filled, data: dict[str, Any], name: str, at: str = "") -> None:
    at, form, errors, w = at or name, filled.form, filled.errors, filled.w
    text = read_words(form, data.get(name), at)
    if not text.get("fi") and (text or name in _NEEDED):
        errors[f"{at}_fi"] = w("service.error_required" if name in _NEEDED else "service.error_finnish")
    for code, words in text.items():
        if len(words) > _LIMITS.get(name, _LONGEST):
            errors[f"{at}_{code}"] = w("service.error_long", limit=_LIMITS.get(name, _LONGEST))
    set_or_drop(data, name, text)


def _read_alert(form: Mapping[str, Any], data: dict[str, Any], errors: dict[str, str], w: Words) -> None:
    text = read_words(form, data.get("alert", {}).get("text"), "alert")
    if text and not text.get("fi"):
        errors["alert_fi"] = w("service.error_finnish")
    until = form.get("alert_until")
    set_or_drop(data, "alert", {"text": text, **({"until": until} if until else {})} if text else None)


def _validate(data: Mapping[str, Any], typed: Typed, places: Mapping[str, Sequence[str]], w: Words) -> None:
    try:
        typed.service = Service.model_validate(data)
    except ValidationError as error:
        for one in error.errors(include_url=False, include_input=False, include_context=False):
            name, key = _place(one["loc"], data, places)
            typed.errors.setdefault(name, w(f"service.error_{key}"))


def _place(
    loc: Sequence[int | str], data: Mapping[str, Any], places: Mapping[str, Sequence[str]]
) -> tuple[str, str]:
    """The field of the form that a mistake at `loc` belongs to, and the key of its words."""
    top = str(loc[0]) if loc else ""
    if top == "channels" and len(loc) > 1:
        at, kind = places[top][int(loc[1])], data["channels"][loc[1]]["kind"]
        part = {"visit": "street"}.get(kind, "value")
        inner = str(loc[-1]) if kind == "visit" and loc[-1] in {"postcode", "municipality"} else part
        return f"{at}_{inner}", _ERROR_OF_WAY.get(kind, "url")
    if top == "groups" and len(loc) > 1:
        inner = str(loc[2]) if len(loc) > 2 else "name_fi"  # noqa: PLR2004  (list, place, field)
        known = {"sign_up_url", "sign_up_by", "places", "sessions", "weekly"}
        return f"{places[top][int(loc[1])]}_{inner if inner in known else 'name_fi'}", "other"
    return _FIELD_OF.get(top, "name_fi"), _ERROR_OF.get(top, "other")


def _areas(form: Mapping[str, Any], areas: Areas, errors: dict[str, str], w: Words) -> dict[str, Any]:
    if form.get("scope") == "whole_country":
        return {"scope": "whole_country"}
    typed = _listed(form.get("municipalities", ""))
    places = [areas.name_of(name) or "" for name in typed]
    if "" in places:
        errors["municipalities"] = w("enter.municipality_bad")
    found = {
        "municipalities": places,
        "counties": _listed(form.get("counties", "")),
        "service_areas": list(form.get("service_areas", ())),
    }
    if not any(found.values()):
        errors["municipalities"] = w("service.error_areas")
    return {"scope": "limited", **{name: value for name, value in found.items() if value}}


def _read_numbers(form: Mapping[str, Any], data: dict[str, Any], errors: dict[str, str], w: Words) -> None:
    try:
        ages = {
            name: float(text.replace(",", "."))
            for name in ("min", "max")
            if (text := form.get(f"age_{name}"))
        }
    except ValueError:
        errors["age_min"] = w("service.error_ages")
        ages = {}
    data["ages"] = ages


def _listed(text: str) -> list[str]:
    return [part for piece in text.replace("\n", ",").split(",") if (part := piece.strip())]


def _age(years: float | None) -> str:
    return "" if years is None else f"{years:g}".replace(".", ",")
