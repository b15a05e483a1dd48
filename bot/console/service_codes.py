"""How an entry is classed and searched, and who decides over imported fields, as fields of its form, and back."""

import re
from collections.abc import Sequence
from typing import Any

from bot.console.service_parts import Filled, separated, set_or_drop
from bot.guidance.catalogue import Service
from bot.guidance.ptv_names import named

CODED = ("classes", "target_groups", "life_events")
"""Codes of PTV, one a line with its name behind it."""
KEYWORD_LANGUAGES = ("fi", "sv", "en")
LOCKABLE = (
    "name", "aka", "summary", "description", "provider", "other_responsible", "producers", "areas", "who_for", "cost",
    "times", "languages", "how_to_get", "channels", "hours", "classes", "target_groups", "life_events", "ontology",
    "keywords",
)  # fmt: skip
"""The fields a register may bring; what is locked of them it does not change."""
_CODE = re.compile(r"\b(?:P|KR|KE)\d[\d.]*\b")


def shown_codes(service: Service) -> dict[str, Any]:
    """The form's values."""
    values: dict[str, Any] = {name: _lines(getattr(service, name)) for name in CODED}
    values |= {f"keywords_{code}": ", ".join(getattr(service.keywords, code)) for code in KEYWORD_LANGUAGES}
    values |= {
        "search_terms": ", ".join(service.search_terms),
        "ontology": "\n".join(service.ontology),
        "locks": tuple(name for name in LOCKABLE if service.ownership.get(name) == "locked"),
    }
    return values


def read_codes(filled: Filled, data: dict[str, Any]) -> None:
    """Take the codes, the words to search by and the locks into `data`."""
    for name in CODED:
        if name in filled.form and filled.text(name).split() != _lines(data.get(name, ())).split():
            set_or_drop(data, name, _codes(filled.text(name)))
    _take_listed(filled, data, "search_terms", "search_terms")
    _take_listed(filled, data, "ontology", "ontology", between="\n")
    keywords = dict(data.get("keywords", {}))
    for code in KEYWORD_LANGUAGES:
        _take_listed(filled, keywords, f"keywords_{code}", code)
    set_or_drop(data, "keywords", keywords)
    if "lockable" in filled.form:
        _read_locks(filled, data)


def _take_listed(filled: Filled, data: dict[str, Any], at: str, name: str, between: str = ", ") -> None:
    """Take words between commas or on lines into `data`, unless they are those that stand there."""
    if at in filled.form and filled.text(at).replace("\r\n", "\n") != between.join(data.get(name, ())):
        set_or_drop(data, name, separated(filled.text(at)))


def _read_locks(filled: Filled, data: dict[str, Any]) -> None:
    ticked = set(filled.form.get("locks", ()))
    owners = {
        name: owner
        for name, owner in data.get("ownership", {}).items()
        if owner != "locked" or name in ticked or name not in LOCKABLE
    }
    owners |= {name: "locked" for name in LOCKABLE if name in ticked and owners.get(name) != "locked"}
    set_or_drop(data, "ownership", owners)


def _lines(codes: Sequence[str]) -> str:
    return "\n".join(named(code) for code in codes)


def _codes(text: str) -> list[str]:
    """The codes of each line; a line without one as it is, so that it is told."""
    found = [
        code for line in text.splitlines() if line.strip() for code in _CODE.findall(line) or [line.strip()]
    ]
    return list(dict.fromkeys(found))
