"""A catalogue entry as one plain form, and back. What the form does not show stays as it was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from bot.console import service_hours
from bot.console.service_hours import HoursLineError
from bot.console.words import Words
from bot.guidance.areas import Areas
from bot.guidance.catalogue import NAME_LIMIT, SUMMARY_LIMIT, Service

LANGUAGES = ("fi", "sv", "en")
_TRANSLATED = {"name": "name", "summary": "summary"}
_FINNISH = {"provider": "provider", "not_for": "not_for", "how_to_get": "how_to_get"}
_WAYS = {"phone": ("phone", "number"), "email": ("email", "email"), "web": ("web", "url")}
_LIMITS = {"name": NAME_LIMIT, "summary": SUMMARY_LIMIT}
_FIELD_OF = {
    "id": "id", "name": "name_fi", "summary": "summary_fi", "provider": "provider", "areas": "municipalities",
    "ages": "age_min", "needs": "needs", "hours": "hours", "cost": "cost_text",
}  # fmt: skip
_ERROR_OF = {"id": "id", "areas": "areas", "ages": "ages"}
_ERROR_OF_WAY = {"phone": "number", "email": "email", "web": "url"}


@dataclass(slots=True)
class Typed:
    """What came out of a form: the entry when it can be one, else what is wrong with which field."""

    service: Service | None = None
    errors: dict[str, str] = field(default_factory=dict)


def shown(service: Service | None, w: Words) -> dict[str, Any]:
    """The form's values for an entry; those of a new one without."""
    if service is None:
        new = {"scope": "limited", "cost_type": "unknown", "referral": "unknown", "makes_client": "unknown"}
        return {**new, "needs": (), "service_areas": ()}
    values: dict[str, Any] = {
        f"{name}_{code}": getattr(service, name).get(code) or "" for name in _TRANSLATED for code in LANGUAGES
    }
    for name in _FINNISH:
        found = getattr(service, name)
        values[name] = found.fi if found else ""
    values |= {
        "id": service.id,
        "cost_type": service.cost.type,
        "cost_text": service.cost.text.fi if service.cost.text else "",
        "referral": service.referral,
        "makes_client": service.makes_client,
        "scope": service.areas.scope,
        "municipalities": ", ".join(service.areas.municipalities),
        "counties": ", ".join(service.areas.counties),
        "service_areas": service.areas.service_areas,
        "needs": service.needs,
        "age_min": _age(service.ages.min),
        "age_max": _age(service.ages.max),
        "hours": service_hours.written(service.hours, w),
    }
    for name, (kind, _) in _WAYS.items():
        channel = next((one for one in service.channels if one.kind == kind), None)
        values[name] = (
            (channel.number or channel.email or (channel.url.fi if channel.url else "")) if channel else ""
        )
    return values


def read(form: Mapping[str, Any], base: Service | None, areas: Areas, w: Words) -> Typed:
    """The entry the form describes, on top of `base`."""
    typed = Typed()
    data = base.plain() if base else {"id": form.get("id", "")}
    for name in _TRANSLATED:
        data[name] = _words(data.get(name), {code: form.get(f"{name}_{code}", "") for code in LANGUAGES})
        if not data[name]:
            typed.errors[f"{name}_fi"] = w("service.error_required")
        for code, text in (data[name] or {}).items():
            if len(text) > _LIMITS[name]:
                typed.errors[f"{name}_{code}"] = w("service.error_long", limit=_LIMITS[name])
    for name in _FINNISH:
        _set(data, name, _finnish(data.get(name), form.get(name, "")))
    if not data.get("provider"):
        typed.errors["provider"] = w("service.error_required")
    data["cost"] = {**data.get("cost", {}), "type": form.get("cost_type", "unknown")}
    _set(data["cost"], "text", _finnish(data["cost"].get("text"), form.get("cost_text", "")))
    data |= {name: form.get(name, "unknown") for name in ("referral", "makes_client")}
    data["needs"] = list(form.get("needs", ()))
    data["areas"] = _areas(form, areas, typed.errors, w)
    _read_numbers(form, data, typed.errors, w)
    data["channels"] = _channels(data.get("channels", ()), form)
    _read_hours(form, data, base, typed.errors, w)
    if not typed.errors:
        _validate(data, typed, w)
    return typed


def _validate(data: Mapping[str, Any], typed: Typed, w: Words) -> None:
    try:
        typed.service = Service.model_validate(data)
    except ValidationError as error:
        for one in error.errors(include_url=False, include_input=False, include_context=False):
            name, key = _place(one["loc"], data)
            typed.errors.setdefault(name, w(f"service.error_{key}"))


def _place(loc: Sequence[int | str], data: Mapping[str, Any]) -> tuple[str, str]:
    """The field of the form that a mistake at `loc` belongs to, and the key of its words."""
    top = str(loc[0]) if loc else ""
    if top == "channels" and len(loc) > 1:
        kind = data["channels"][loc[1]]["kind"]
        return (kind if kind in _WAYS else "phone"), _ERROR_OF_WAY.get(kind, "other")
    return _FIELD_OF.get(top, "name_fi"), _ERROR_OF.get(top, "other")


def _words(before: Mapping[str, str] | None, texts: Mapping[str, str]) -> dict[str, str] | None:
    """The texts by language, with those languages kept that the form does not show."""
    merged = {**(before or {}), **texts}
    kept = {code: text for code, text in merged.items() if text}
    return kept if kept.get("fi") else None


def _finnish(before: Mapping[str, str] | None, text: str) -> dict[str, str] | None:
    """The Finnish text; translations of a sentence that is no longer there are dropped, not shown as true."""
    if not text:
        return None
    return dict(before) if before and before.get("fi") == text else {"fi": text}


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


def _channels(before: Sequence[Mapping[str, Any]], form: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The ways to reach it: the first of each kind as typed, the others as they were."""
    channels = [dict(channel) for channel in before]
    for name, (kind, part) in _WAYS.items():
        value = str(form.get(name, "")).replace(" ", "")
        first = next((channel for channel in channels if channel["kind"] == kind), None)
        if not value:
            channels = [channel for channel in channels if channel is not first]
            continue
        if first is None:
            first = {"kind": kind}
            channels.append(first)
        url = first.get("url", {})
        first[part] = value if part != "url" else (url if url.get("fi") == value else {"fi": value})
    return channels


def _read_hours(
    form: Mapping[str, Any], data: dict[str, Any], base: Service | None, errors: dict[str, str], w: Words
) -> None:
    try:
        rules = service_hours.read(form.get("hours", ""), w)
    except HoursLineError as error:
        errors["hours"] = w("service.error_hours", line=error.line)
        return
    kept = [rule for rule in (base.hours if base else ()) if not service_hours.is_plain(rule)]
    data["hours"] = [rule.model_dump(mode="json", exclude_defaults=True) for rule in (*rules, *kept)]


def _set(data: dict[str, Any], name: str, value: Any) -> None:
    if value:
        data[name] = value
    else:
        data.pop(name, None)


def _listed(text: str) -> list[str]:
    return [part for piece in text.replace("\n", ",").split(",") if (part := piece.strip())]


def _age(years: float | None) -> str:
    return "" if years is None else f"{years:g}".replace(".", ",")
