"""Mistakes in a content file, said by line and in plain words, from what the model's checks found."""

from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.content import Document, Problem

_WORDING = {
    "missing": ("'{field}' is missing", "add it"),
    "extra_forbidden": ("'{field}' is not a field here", "correct its name or remove it"),
    "literal_error": ("'{field}' cannot be '{value}'", "use one of {expected}"),
    "string_type": ("'{field}' must be text", "put it in quotes"),
    "string_pattern_mismatch": ("'{field}' cannot be '{value}'", "write it as {form}"),
    "string_too_long": ("'{field}' is too long", "at most {max_length} characters"),
    "string_too_short": ("'{field}' is empty", "write it or leave the field out"),
    "too_short": ("'{field}' is empty", "write at least one"),
    "tuple_type": ("'{field}' must be a list", "write it as [a, b] or one per line with a dash"),
    "model_type": ("'{field}' must have named parts", "write them as `name: value`"),
    "bool_type": ("'{field}' must be true or false", "write true or false"),
    "date_from_datetime_parsing": ("'{field}' cannot be '{value}'", "write the date as 2026-11-24"),
    "value_error": ("'{field}': {error}", "correct it"),
}
_FORMS = {
    "id": "lower-case words with dashes",
    "opens": "09:00, in quotes",
    "closes": "16:00, in quotes",
    "time": "17:30, in quotes",
    "postcode": "five digits, in quotes",
    "email": "name@place.fi",
    "languages": "fi, sv, en",
}
_WEB_ADDRESS = "https://…"
_OTHERWISE = ("'{field}': {message}", "correct it")


def of(error: ValidationError, document: Document, *within: str | int) -> list[Problem]:
    """Every mistake of a validation, with the line of the part it concerns; `within` is where the part stands."""
    return [_problem(document, within, detail) for detail in error.errors(include_url=False)]


def _problem(document: Document, within: tuple[str | int, ...], detail: ErrorDetails) -> Problem:
    what, remedy = _WORDING.get(detail["type"], _OTHERWISE)
    names = [part for part in detail["loc"] if isinstance(part, str)]
    facts: dict[str, Any] = {
        "form": next((_FORMS[name] for name in reversed(names) if name in _FORMS), _WEB_ADDRESS),
        "field": ".".join(str(part) for part in detail["loc"]) or "entry",
        "value": detail["input"],
        "message": detail["msg"],
        **detail.get("ctx", {}),
    }
    return document.problem(what.format_map(facts), remedy.format_map(facts), *within, *detail["loc"])
