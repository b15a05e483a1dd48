"""What the parts of an entry's form have in common: texts by language, numbered parts (`way_0_kind`), ages, prices.

What came back from the form as it was shown is kept as it was in the entry, so that saving loses nothing.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.console import service_hours
from bot.console.moments import language_code, language_words
from bot.console.service_hours import HoursLineError
from bot.console.words import Words
from bot.guidance.entry import Ages, Links, Price
from bot.meaning import LANGUAGES

COSTS = ("free", "paid", "varies", "unknown")
LINKED = ("sv", "en")
"""The languages a page may have an address of its own in, besides Finnish."""
_MOST_PARTS = 100


@dataclass(frozen=True, slots=True)
class Filled:
    """A form that came back; what is wrong with it is gathered in `errors`."""

    form: Mapping[str, Any]
    errors: dict[str, str]
    w: Words

    def text(self, name: str) -> str:
        """One field; empty when it is not there."""
        return str(self.form.get(name, ""))

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
            data[name] = service_hours.merged(self.text(at), data.get(name, ()), self.w)
        except HoursLineError as error:
            self.errors[at] = self.w("service.error_hours", line=error.line)

    def ages(self, data: dict[str, Any], at: str) -> None:
        """Take the ages into `data`."""
        before = data.get("ages", {})
        ages: dict[str, int | float] = {}
        for end in ("min", "max"):
            text = self.text(f"{at}_{end}")
            if text == age(before.get(end)):
                ages |= {end: before[end]} if end in before else {}
                continue
            try:
                years = float(text.replace(",", "."))
            except ValueError:
                self.errors[f"{at}_min"] = self.w("service.error_ages")
                continue
            ages[end] = int(years) if years.is_integer() else years
        set_or_drop(data, "ages", ages)

    def languages(self, data: dict[str, Any], at: str) -> None:
        """Take languages, written by name or by code, into `data`."""
        if at not in self.form or self.text(at) == spoken(data.get("languages", ())):
            return
        codes = {name: language_code(name) for name in separated(self.text(at))}
        unknown = [name for name, code in codes.items() if code is None]
        if unknown:
            self.errors[at] = self.w("service.error_language", name=unknown[0])
        set_or_drop(data, "languages", list(dict.fromkeys(code for code in codes.values() if code)))

    def price(self, data: Mapping[str, Any], at: str) -> dict[str, Any]:
        """A price on top of what it was: its type and its text."""
        price = {**data, "type": self.text(f"{at}_type") or "unknown"}
        self.words(price, at, ("text",))
        return price

    def links(self, at: str, first: str) -> dict[str, str]:
        """A page's addresses by language; that of the Finnish page stands in the field `first`."""
        typed = {"fi": self.text(first), **{code: self.text(f"{at}_{code}") for code in LINKED}}
        return {code: url for code, url in typed.items() if url}


def shown_words(part: Any, at: str, names: Sequence[str]) -> dict[str, str]:
    """The form's values for texts of a part."""
    return {
        f"{at}_{name}_{code}": text
        for name in names
        if (words := getattr(part, name)) is not None
        for code, text in words.all().items()
    }


def shown_ages(ages: Ages, at: str) -> dict[str, str]:
    """The form's values for ages."""
    return {f"{at}_min": age(ages.min), f"{at}_max": age(ages.max)}


def shown_price(price: Price | None, at: str) -> dict[str, str]:
    """The form's values for a price."""
    if price is None:
        return {f"{at}_type": "unknown"}
    return {f"{at}_type": price.type, **shown_words(price, at, ("text",))}


def shown_links(links: Links | None, at: str) -> dict[str, str]:
    """The form's values for a page's addresses besides the Finnish one."""
    return {f"{at}_{code}": getattr(links, code) or "" for code in LINKED} if links else {}


def read_words(form: Mapping[str, Any], before: Mapping[str, str] | None, at: str) -> dict[str, str]:
    """A text in every language of the form, with those kept that it does not have."""
    typed = {code: form[f"{at}_{code}"].replace("\r\n", "\n") for code in LANGUAGES if f"{at}_{code}" in form}
    return {code: text for code, text in {**(before or {}), **typed}.items() if text}


def numbered(
    form: Mapping[str, Any], counter: str, name: str, before: Sequence[Mapping[str, Any]]
) -> list[tuple[str, Mapping[str, Any]]]:
    """The parts of a form by the beginning of their fields' names, each with what it was in the entry."""
    count = int(form[counter]) if str(form.get(counter, "")).isdigit() else 0
    most = max(_MOST_PARTS, len(before) + 1)
    return [(f"{name}_{i}", before[i] if i < len(before) else {}) for i in range(min(count, most))]


def separated(text: str) -> list[str]:
    """What stands between commas or on lines of its own."""
    return [part for piece in re.split(r"[,\n]", text) if (part := piece.strip())]


def spoken(codes: Sequence[str]) -> str:
    """Languages by name, `suomi, ruotsi`."""
    return ", ".join(language_words(code) for code in codes)


def age(years: float | None) -> str:
    """Years as they are written; empty when not known."""
    return "" if years is None else f"{years:g}".replace(".", ",")


def set_or_drop(data: dict[str, Any], name: str, value: Any) -> None:
    """Keep a value, or leave the field out when there is none."""
    if value:
        data[name] = value
    else:
        data.pop(name, None)
