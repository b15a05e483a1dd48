"""The repeated parts of an entry's form, and back: ways to reach it and groups, each numbered (`way_0_kind`)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from bot.console import service_hours
from bot.console.service_hours import HoursLineError
from bot.console.words import Words
from bot.guidance.groups import Group, GroupSession
from bot.guidance.service_channel import Channel
from bot.meaning import LANGUAGES

KINDS: tuple[str, ...] = get_args(Channel.model_fields["kind"].annotation)
GROUP_KINDS: tuple[str, ...] = get_args(Group.model_fields["kind"].annotation)
_VALUE = {"phone": "number", "email": "email"}
"""Where what is typed belongs; the page's address (`url`) for the other kinds, and a visit has an address."""
_WAY_WORDS, _GROUP_WORDS = ("label", "charge", "description"), ("name", "description", "place", "sign_up")
_ADDRESS = ("street", "postcode", "municipality")


@dataclass(frozen=True, slots=True)
class Filled:
    """A form that came back; what is wrong with it is gathered in `errors`."""

    form: Mapping[str, Any]
    errors: dict[str, str]
    w: Words

    def words(self, data: dict[str, Any], at: str, names: Sequence[str]) -> None:
        """Take texts in every language into `data`."""
        for name in names:
            text = read_words(self.form, data.get(name), f"{at}_{name}")
            if text and not text.get("fi"):
                self.errors[f"{at}_{name}_fi"] = self.w("service.error_finnish")
            set_or_drop(data, name, text)

    def hours(self, data: dict[str, Any], at: str, name: str) -> None:
        """Take hours written as lines into `data`."""
        try:
            data[name] = service_hours.merged(self.form.get(at, ""), data.get(name, ()), self.w)
        except HoursLineError as error:
            self.errors[at] = self.w("service.error_hours", line=error.line)


def shown_ways(channels: Sequence[Channel], w: Words) -> dict[str, Any]:
    """The form's values for the ways to reach a service, with one empty way after them."""
    values: dict[str, Any] = {"ways": str(len(channels) + 1)}
    for place, one in enumerate(channels):
        at = f"way_{place}"
        url = one.url.fi if one.url else ""
        values |= {f"{at}_kind": one.kind, f"{at}_value": one.number or one.email or url}
        values |= {f"{at}_{name}": getattr(one.address, name, "") for name in _ADDRESS}
        values |= _shown_words(one, at, _WAY_WORDS)
        values[f"{at}_hours"] = service_hours.written(one.hours, w)
    return values


def read_ways(filled: Filled, before: Sequence[Mapping[str, Any]]) -> tuple[list[dict[str, Any]], list[str]]:
    """The ways as data, and each one's place in the form; one whose kind is empty is left out."""
    form, found, places = filled.form, [], []
    for at, was in _numbered(form, "ways", "way", before):
        kind = form.get(f"{at}_kind", "")
        if kind not in KINDS:
            continue
        kept = dict(was) if was.get("kind") == kind else {}
        way = {**kept, "kind": kind}
        if kind == "visit":
            way["address"] = {**kept.get("address", {}), **{n: form.get(f"{at}_{n}", "") for n in _ADDRESS}}
        else:
            value = form.get(f"{at}_value", "")
            url = kept.get("url", {})
            if kind in _VALUE:
                way[_VALUE[kind]] = value.replace(" ", "")
            else:
                way["url"] = url if url.get("fi") == value else {"fi": value}
        filled.words(way, at, _WAY_WORDS)
        filled.hours(way, f"{at}_hours", "hours")
        found.append(way)
        places.append(at)
    return found, places


def shown_groups(groups: Sequence[Group], w: Words) -> dict[str, Any]:
    """The form's values for the groups, with one empty group after them."""
    values: dict[str, Any] = {"groups": str(len(groups) + 1)}
    for place, one in enumerate(groups):
        at = f"group_{place}"
        values |= _shown_words(one, at, _GROUP_WORDS)
        values |= {
            f"{at}_kind": one.kind,
            f"{at}_weekly": service_hours.written(one.weekly, w),
            f"{at}_sessions": "\n".join(_meeting(one_time, w) for one_time in one.sessions),
            f"{at}_sign_up_url": one.sign_up_url.fi if one.sign_up_url else "",
            f"{at}_sign_up_by": one.sign_up_by.isoformat() if one.sign_up_by else "",
            f"{at}_places": str(one.places or ""),
        }
    return values


def read_groups(
    filled: Filled, before: Sequence[Mapping[str, Any]]
) -> tuple[list[dict[str, Any]], list[str]]:
    """The groups as data, and each one's place in the form; one without a kind is left out."""
    form, found, places = filled.form, [], []
    for at, was in _numbered(form, "groups", "group", before):
        if form.get(f"{at}_kind", "") not in GROUP_KINDS:
            continue
        group = {**was, "kind": form[f"{at}_kind"]}
        filled.words(group, at, _GROUP_WORDS)
        if not group.get("name"):
            filled.errors.setdefault(f"{at}_name_fi", filled.w("service.error_required"))
        filled.hours(group, f"{at}_weekly", "weekly")
        group["sessions"] = _sessions(filled, was, f"{at}_sessions")
        url, was_url = form.get(f"{at}_sign_up_url", ""), was.get("sign_up_url", {})
        set_or_drop(
            group, "sign_up_url", (was_url if was_url.get("fi") == url else {"fi": url}) if url else None
        )
        set_or_drop(group, "sign_up_by", form.get(f"{at}_sign_up_by"))
        set_or_drop(group, "places", form.get(f"{at}_places"))
        found.append(group)
        places.append(at)
    return found, places


def read_words(form: Mapping[str, Any], before: Mapping[str, str] | None, at: str) -> dict[str, str]:
    """A text in every language of the form, with those kept that it does not have."""
    typed = {code: form[f"{at}_{code}"].replace("\r\n", "\n") for code in LANGUAGES if f"{at}_{code}" in form}
    return {code: text for code, text in {**(before or {}), **typed}.items() if text}


def _numbered(
    form: Mapping[str, Any], counter: str, name: str, before: Sequence[Mapping[str, Any]]
) -> list[tuple[str, Mapping[str, Any]]]:
    count = int(form[counter]) if str(form.get(counter, "")).isdigit() else 0
    return [(f"{name}_{i}", before[i] if i < len(before) else {}) for i in range(min(count, 100))]


def _shown_words(part: Any, at: str, names: Sequence[str]) -> dict[str, str]:
    return {
        f"{at}_{name}_{code}": text
        for name in names
        if (words := getattr(part, name)) is not None
        for code, text in words.all().items()
    }


def _sessions(filled: Filled, was: Mapping[str, Any], at: str) -> list[dict[str, Any]]:
    known = {(one["date"], one["time"]): one for one in was.get("sessions", ())}
    found = []
    for line in filter(None, (part.strip() for part in filled.form.get(at, "").splitlines())):
        read = service_hours.meeting(line, filled.w("service.cancelled"))
        if read is None:
            filled.errors[at] = filled.w("service.error_sessions", line=line)
            return []
        kept = {k: v for k, v in known.get((read["date"], read["time"]), {}).items() if k == "place"}
        found.append({**kept, **read})
    return found


def set_or_drop(data: dict[str, Any], name: str, value: Any) -> None:
    """Keep a value, or leave the field out when there is none."""
    if value:
        data[name] = value
    else:
        data.pop(name, None)


def _meeting(one: GroupSession, w: Words) -> str:
    until = f"-{one.until}" if one.until else ""
    return f"{_day(one.date)} {one.time}{until}" + (f" {w('service.cancelled')}" if one.cancelled else "")


def _day(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"
