"""The facts of a catalogue entry in the words staff use, and what differs between two versions of it.

Entries come in as `Service.plain()` gives them. Codes become names, days and hours the lines an editor writes, each
text tells its language.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic import ValidationError

from bot.console import service_hours
from bot.console.entry_matching import matched
from bot.console.moments import language_words
from bot.console.service_groups import meeting
from bot.console.service_hours import dotted
from bot.console.service_parts import age
from bot.console.words import Words
from bot.guidance.areas import find_county
from bot.guidance.catalogue import Service
from bot.guidance.entry import Hours
from bot.guidance.groups import GroupSession
from bot.guidance.ptv_names import named
from bot.meaning import LANGUAGES
from bot.phone_numbers import readable

HIDDEN = frozenset(
    {"id", "verified", "translations", "source", "external", "status", "ownership", "fictional"}
)
"""Fields that are kept up by steps of their own, or say nothing to who reads."""
_GROUPS = {
    "referral": ("service.referral_",), "makes_client": ("service.client_",), "anonymous": ("service.client_",),
    "sign_in": ("service.client_",), "urgency": ("service.urgency_",), "type": ("service.cost_",),
    "scope": ("service.",), "kind": ("service.kind.", "service.group.", "service.entry_kind_"), "needs": ("need.",),
}  # fmt: skip
"""Where the words of codes stand."""
_PARTS = ("channels", "groups", "contact_persons")
_SAYS_ITSELF = frozenset({"scope", "type"})
_NEEDS_ITS_NAME = frozenset({"sign_in", "coordinates", "places", "sign_up_by", "easting", "northing"})
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
Lines = tuple[str, ...]


def _county(text: str) -> str:
    county = find_county(text)
    return county.name.fi if county else text


_NAMED = {
    **dict.fromkeys(("classes", "target_groups", "life_events"), named),
    "languages": language_words, "counties": _county, "number": readable,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fact:
    """One field: its code, its name and what it says, line by line."""

    code: str
    name: str
    lines: Lines


@dataclass(frozen=True, slots=True)
class Difference:
    """What one place of an entry said before and says after; empty where there was or is nothing."""

    name: str
    before: Lines
    after: Lines


@dataclass(frozen=True, slots=True)
class EntryWords:
    """Says entries in words. `areas`: names of our own areas by id."""

    w: Words
    areas: Mapping[str, str] = field(default_factory=dict)

    def facts(self, entry: Mapping[str, Any], first: Sequence[str] = ()) -> tuple[Fact, ...]:
        """Everything an entry says, in the order of its fields, those of `first` before the others."""
        names = dict.fromkeys((*first, *Service.model_fields))
        shown = (name for name in names if name not in HIDDEN and name in entry)
        return tuple(Fact(name, self.name(name), self.said(name, entry[name])) for name in shown)

    def differences(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Difference, ...]:
        """What differs, in the order of the fields."""
        names = (name for name in Service.model_fields if name not in HIDDEN)
        return tuple(
            one
            for name in names
            for one in self._differ(self.name(name), name, before.get(name), after.get(name))
        )

    def name(self, code: str) -> str:
        """The name of a field of an entry."""
        return self.w.known("entry.field", code, code)

    def part(self, code: str) -> str:
        """The name of a part of a field; of a place, its own."""
        return self.w.known("entry.part", code, language_words(code) if code in LANGUAGES else code)

    def said(self, code: str, value: Any) -> Lines:
        """What a field says, line by line: a text by language, a list one on each line."""
        if value in (None, "", [], {}):
            return ()
        if _is_text(value):
            several = len(value) > 1
            return tuple(
                f"{language_words(one)}: {text}" if several else str(text) for one, text in value.items()
            )
        if isinstance(value, list):
            return self._listed(code, value)
        if isinstance(value, Mapping):
            return (self._ages(value),) if code == "ages" else tuple(self._named_parts(value))
        return (self._scalar(code, value),)

    def _listed(self, code: str, value: Sequence[Any]) -> Lines:
        if code in {"hours", "weekly"}:
            return tuple(_line(Hours, one, lambda rule: service_hours.line(rule, self.w)) for one in value)
        if code == "sessions":
            return tuple(_line(GroupSession, one, lambda time: meeting(time, self.w)) for one in value)
        if all(isinstance(one, str) for one in value):
            return (", ".join(self._scalar(code, one) for one in value),)
        return tuple(self._joined(code, one) for one in value)

    def _joined(self, code: str, value: Any) -> str:
        """A part in one line."""
        if _is_text(value):
            return self._text(value)
        if not isinstance(value, Mapping):
            return ", ".join(self.said(code, value))
        if code == "ages":
            return self._ages(value)
        inner = (self._inner(name, one) for name, one in value.items() if name not in {"id", "external"})
        return " · ".join(text for text in inner if text)

    def _inner(self, name: str, value: Any) -> str:
        """A part of a part, with its name where it does not say itself what it is."""
        if isinstance(value, bool):
            return self.part(name) if value else ""
        text = self._joined(name, value)
        return f"{self.part(name)}: {text}" if name in _NEEDS_ITS_NAME else text

    def _text(self, value: Mapping[str, str]) -> str:
        rest = "; ".join(f"{language_words(code)}: {text}" for code, text in value.items() if code != "fi")
        text = value.get("fi", "")
        return f"{text} ({rest})" if rest and text else text or rest

    def _named_parts(self, value: Mapping[str, Any]) -> Iterator[str]:
        """The parts of a field, each with its name before it where it does not say itself what it is."""
        for name, one in value.items():
            if (name, one) == ("scope", "limited"):
                continue  # the places that follow say so
            if name == "by_municipality":
                yield from (f"{place}: {self._joined('cost', price)}" for place, price in one.items())
                continue
            title, text = self.part(name), self._joined(name, one)
            yield text if name in _SAYS_ITSELF else f"{title[:1].upper()}{title[1:]}: {text}"

    def _scalar(self, code: str, value: Any) -> str:
        text = str(value)
        if isinstance(value, bool):
            return self.w("service.client_yes" if value else "service.client_no")
        if code in _NAMED:
            return _NAMED[code](text)
        keys = [f"{group}{text}" for group in _GROUPS.get(code, ())]
        if code == "service_areas":
            return self.areas.get(text, text)
        if _ISO.fullmatch(text):
            return dotted(date.fromisoformat(text))
        return next((self.w.sentences[key] for key in keys if key in self.w.sentences), text)

    def _ages(self, ages: Mapping[str, Any]) -> str:
        return self.w("entry.ages", first=age(ages.get("min")), last=age(ages.get("max")))

    def _differ(self, name: str, code: str, before: Any, after: Any) -> Iterator[Difference]:
        """What differs in one field, under its name."""
        if before == after:
            return
        if code in _PARTS:
            yield from self._parts_differ(name, code, before or [], after or [])
        elif code in {"hours", "weekly", "sessions"}:
            old, new = self.said(code, before), self.said(code, after)
            yield Difference(
                name, tuple(one for one in old if one not in new), tuple(one for one in new if one not in old)
            )
        elif _is_text(before or after):
            yield from self._texts_differ(name, before or {}, after or {})
        elif isinstance(before or after, Mapping) and code != "ages":
            was, now = before or {}, after or {}
            for one in dict.fromkeys((*was, *now)):
                inner = self.part(one)
                yield from self._differ(self._under(name, inner), one, was.get(one), now.get(one))
        elif _is_list(before) and _is_list(after) and set(before or ()) != set(after or ()):
            was, now = before or [], after or []
            sides = ([one for one in side if one not in other] for side, other in ((was, now), (now, was)))
            yield Difference(name, *(tuple(self._scalar(code, one) for one in side) for side in sides))
        else:
            yield Difference(name, self.said(code, before), self.said(code, after))

    def _texts_differ(
        self, name: str, before: Mapping[str, str], after: Mapping[str, str]
    ) -> Iterator[Difference]:
        for code in LANGUAGES:
            old, new = before.get(code), after.get(code)
            if old != new:
                title = name if code == "fi" else self._under(name, language_words(code))
                yield Difference(title, (old,) if old else (), (new,) if new else ())

    def _parts_differ(
        self, name: str, code: str, before: Sequence[Any], after: Sequence[Any]
    ) -> Iterator[Difference]:
        for old, new in matched(before, after):
            if old is None or new is None:
                yield Difference(name, *((self._joined(code, one),) if one else () for one in (old, new)))
                continue
            title = self._title(old)
            for one in dict.fromkeys((*old, *new)):
                inner = self.part(one)
                if one != "id":
                    yield from self._differ(self._under(title, inner), one, old.get(one), new.get(one))
        same = sorted(map(str, before)) == sorted(map(str, after))
        if same:
            titles = (tuple(self._title(one) for one in side) for side in (before, after))
            yield Difference(self.w("entry.order", field=name), *titles)

    def _title(self, part: Mapping[str, Any]) -> str:
        """What a part is called: a group by its name, a way by its kind and label."""
        own = part.get("name") or part.get("site")
        if own:
            return str(own.get("fi", ""))
        kind = self._scalar("kind", part.get("kind", ""))
        number = part.get("number")
        told = readable(number) if number else part.get("label", {}).get("fi", "")
        return f"{kind} {told}".strip()

    def _under(self, name: str, inner: str) -> str:
        return self.w("entry.under", field=name, part=inner)


def _line(kind: Any, plain: Any, write: Any) -> str:
    """A rule or a meeting as its line; as it is kept when this version cannot read it."""
    try:
        return str(write(kind.model_validate(plain)))
    except ValidationError:
        return str(plain)


def _is_list(value: Any) -> bool:
    """Whether it is a list of codes or words, or nothing yet."""
    return value is None or (isinstance(value, list) and all(isinstance(one, str) for one in value))


def _is_text(value: Any) -> bool:
    """Whether it is one text in several languages."""
    return (
        isinstance(value, Mapping)
        and bool(value)
        and all(code in LANGUAGES and isinstance(text, str) for code, text in value.items())
    )
