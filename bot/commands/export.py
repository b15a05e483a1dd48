"""`perheovi catalog export`: the published catalogue as files for ourselves or for others."""

import json
from pathlib import Path

from sqlalchemy.orm import Session

from bot.app.parts import open_database
from bot.commands.settings import read_settings
from bot.guidance import areas, reading
from bot.guidance.catalogue import Catalogue
from bot.guidance.exporting import csv_table, hsds_json, hsds_package, hsds_rows
from bot.guidance.store import entries, load
from bot.settings import SetupError

_LANGUAGES = ("fi", "sv", "en")
_KINDS = ("yaml", "csv", "hsds")


def export(kind: str, folder: Path, /) -> None:
    """Write the published catalogue to FOLDER.

    Args:
        kind: `yaml`, the form of services_catalog/; `csv`, one table for a spreadsheet; or `hsds`, Open Referral's
            HSDS 3.0: for each language a folder with a tabular data package and `services.json`.
        folder: Where to write; made when it is not there.
    """
    if kind not in _KINDS:
        raise SetupError(f"unknown kind '{kind}' (use one of {', '.join(_KINDS)})")
    settings = read_settings()
    known = areas.load(settings.catalogue_dir)
    database = open_database(settings)

    def read(session: Session) -> tuple[Catalogue, hsds_rows.Moments]:
        return load(session, known), {entry.id: entry.updated_at for entry in entries(session)}

    try:
        catalogue, modified = database.read_now(read)
    finally:
        database.close()
    if kind == "yaml":
        reading.export_all(catalogue.services, folder)
    elif kind == "csv":
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "services.csv").write_text(
            csv_table.table(catalogue.services), encoding="utf-8", newline=""
        )
    else:
        for language in _LANGUAGES:
            _write_hsds(catalogue, language, modified, folder / language)
    print(f"{len(catalogue.services)} services written to {folder}")


def _write_hsds(catalogue: Catalogue, language: str, modified: hsds_rows.Moments, folder: Path) -> None:
    real = [service for service in catalogue.services if not service.fictional]
    tables = hsds_rows.tables(real, language=language, areas=catalogue.areas, modified=modified)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in hsds_package.files(tables, name=f"perheovi-{language}", language=language):
        (folder / name).write_text(text, encoding="utf-8", newline="")
    whole = json.dumps(list(hsds_json.services(tables)), ensure_ascii=False, indent=1)
    (folder / "services.json").write_text(whole + "\n", encoding="utf-8")
