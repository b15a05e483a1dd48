"""Texts of the Finnish Service Catalogue: lists of `{language, value, type}`, as versions 7 to 11 give them."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from bot.guidance.entry import Words

OURS = ("fi", "sv", "en")
_LONGEST = 5000
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z]{2})?")


def texts(items: Iterable[Mapping[str, Any]] | None, kind: str | None = None) -> dict[str, str]:
    """The texts of one kind by language, trimmed; empty ones and other languages left out."""
    found: dict[str, str] = {}
    for item in items or ():
        value, language = item.get("value"), item.get("language")
        if not isinstance(value, str) or not value.strip() or language not in OURS:
            continue
        if kind is None or item.get("type") == kind:
            found.setdefault(str(language), value.strip()[:_LONGEST])
    return found


def languages(codes: Iterable[Any] | None) -> list[str]:
    """Codes of languages a service is given in, `fi`, `sgn-fi`; what is none left out."""
    return [str(code) for code in codes or () if _LANGUAGE.fullmatch(str(code))]


def words(found: Mapping[str, str]) -> Words | None:
    """The texts as ours: without Finnish the Swedish or English stands in its place; None without any text."""
    first = next((found[code] for code in OURS if found.get(code)), None)
    return Words.model_validate({**found, "fi": first}) if first else None


def shortened(found: Mapping[str, str], limit: int) -> dict[str, str]:
    """Each text cut to `limit` characters at the end of a word."""
    return {code: text if len(text) <= limit else _cut(text, limit) for code, text in found.items()}


def _cut(text: str, limit: int) -> str:
    kept = text[: limit - 1]
    end = kept.rfind(" ")
    return (kept[:end] if end > limit // 2 else kept).rstrip(" ,;:–-") + "…"
