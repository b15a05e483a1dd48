"""Catalogue files and entries, both ways: YAML to model with every mistake at its line, and back in one order."""

from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot import content
from bot.content import ContentError, Document, Problem
from bot.guidance.catalogue import Service

_REMEDIES = {
    "missing": ("'{field}' is missing", "add it"),
    "extra_forbidden": ("'{field}' is not a field here", "correct its name or remove it"),
    "literal_error": ("'{field}' cannot be '{value}'", "use one of {expected}"),
    "string_type": ("'{field}' must be text", "put it in quotes"),
    "string_pattern_mismatch": ("'{field}' cannot be '{value}'", "write it in the form {pattern}"),
    "string_too_long": ("'{field}' is too long", "at most {max_length} characters"),
    "string_too_short": ("'{field}' is empty", "write it or leave the field out"),
    "too_short": ("'{field}' is empty", "write at least one"),
    "tuple_type": ("'{field}' must be a list", "write it as [a, b] or one per line with a dash"),
    "model_type": ("'{field}' must have named parts", "write them as `name: value`"),
    "bool_type": ("'{field}' must be true or false", "write true or false"),
    "value_error": ("{error}", "correct '{field}'"),
}
_OTHERWISE = ("'{field}': {message}", "correct it")


def services_in(catalogue_dir: Path) -> list[Path]:
    """The entry files of a catalogue folder, in a stable order."""
    return content.yaml_files(catalogue_dir / "services")


def read_service(path: Path) -> Service:
    """One entry file; raises `ContentError` with every mistake in it."""
    document = content.read(path)
    service = parse_service(document)
    if service.id != path.stem:
        raise ContentError(
            document.problem(f"id '{service.id}' differs from the file's name", "rename one", "id")
        )
    return service


def parse_service(document: Document) -> Service:
    """An entry from a read document; raises `ContentError` with every mistake in it."""
    if not isinstance(document.data, dict):
        raise ContentError(document.problem("the file holds no entry", "write its fields as `name: value`"))
    try:
        return Service.model_validate(document.data)
    except ValidationError as error:
        raise ContentError(
            *(_problem(document, detail) for detail in error.errors(include_url=False))
        ) from error


def read_services(catalogue_dir: Path) -> tuple[Service, ...]:
    """Every entry of a catalogue folder; raises `ContentError` with the mistakes of all files together."""
    services: list[Service] = []
    problems: list[Problem] = []
    for path in services_in(catalogue_dir):
        try:
            services.append(read_service(path))
        except ContentError as error:
            problems += error.problems
    if problems:
        raise ContentError(*problems)
    return tuple(services)


def export(service: Service) -> str:
    """The entry as YAML in the model's own order; reading it gives the same entry."""
    return content.write(service.plain())


def export_all(services: tuple[Service, ...], catalogue_dir: Path) -> None:
    """Write every entry to `services/<id>.yaml`; a file whose entry has not changed is left as it was written."""
    folder = catalogue_dir / "services"
    folder.mkdir(parents=True, exist_ok=True)
    for service in services:
        path = folder / f"{service.id}.yaml"
        if not path.exists() or read_service(path) != service:
            path.write_text(export(service), encoding="utf-8")


def _problem(document: Document, detail: ErrorDetails) -> Problem:
    what, remedy = _REMEDIES.get(detail["type"], _OTHERWISE)
    where = detail["loc"]
    facts: dict[str, Any] = {
        "field": ".".join(str(part) for part in where) or "entry",
        "value": detail["input"],
        "message": detail["msg"],
        "expected": "",
        **detail.get("ctx", {}),
    }
    return document.problem(what.format_map(facts), remedy.format_map(facts), *where)
