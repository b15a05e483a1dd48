"""Catalogue files and entries, both ways: YAML to model with every mistake at its line, and back in one order."""

from pathlib import Path

from pydantic import ValidationError

from bot import content
from bot.content import ContentError, Document, Problem
from bot.guidance import problems
from bot.guidance.catalogue import Service


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
        raise ContentError(*problems.of(error, document)) from error


def read_services(catalogue_dir: Path) -> tuple[Service, ...]:
    """Every entry of a catalogue folder; raises `ContentError` with the mistakes of all files together."""
    services: list[Service] = []
    found: list[Problem] = []
    for path in services_in(catalogue_dir):
        try:
            services.append(read_service(path))
        except ContentError as error:
            found += error.problems
    if found:
        raise ContentError(*found)
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
