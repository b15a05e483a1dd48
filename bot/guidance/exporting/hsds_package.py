"""The rows of an export as a tabular data package: CSV files and the descriptor that says what they hold."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from bot.guidance.exporting.hsds_rows import Tables

FILES: Mapping[str, str] = {
    "organization": "organizations.csv", "service": "services.csv", "attribute": "attributes.csv",
    "service_at_location": "service_at_location.csv", "location": "locations.csv", "phone": "phones.csv",
    "address": "addresses.csv", "schedule": "schedules.csv", "service_area": "service_areas.csv",
    "language": "languages.csv", "accessibility": "accessibility.csv", "taxonomy_term": "taxonomy_terms.csv",
    "cost_option": "cost_options.csv", "taxonomy": "taxonomies.csv",
}  # fmt: skip
"""Tables in the order of HSDS, with the names it gives their files."""
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "organization": ("name", "description"),
    "service": (
        "organization_id", "name", "alternate_name", "description", "url", "email", "status", "application_process",
        "fees_description", "wait_time", "eligibility_description", "minimum_age", "maximum_age", "assured_date",
        "alert", "last_modified",
    ),
    "attribute": ("link_id", "taxonomy_term_id", "link_type", "link_entity", "value"),
    "service_at_location": ("service_id", "location_id", "description"),
    "location": ("location_type", "name"),
    "phone": ("service_id", "number", "type", "description"),
    "address": (
        "location_id", "address_1", "address_2", "city", "state_province", "postal_code", "country", "address_type",
    ),
    "schedule": (
        "service_id", "service_at_location_id", "valid_from", "valid_to", "freq", "byday", "description", "opens_at",
        "closes_at",
    ),
    "service_area": ("service_id", "name", "uri"),
    "language": ("service_id", "code"),
    "accessibility": ("location_id", "description"),
    "taxonomy_term": ("code", "name", "description", "taxonomy", "taxonomy_id", "term_uri"),
    "cost_option": ("service_id", "option", "amount_description"),
    "taxonomy": ("name", "description", "version"),
}  # fmt: skip
_REFERENCES = {
    "organization_id": "organization", "service_id": "service", "location_id": "location",
    "service_at_location_id": "service_at_location", "taxonomy_term_id": "taxonomy_term", "taxonomy_id": "taxonomy",
}  # fmt: skip
_TYPES = {
    "minimum_age": "number", "maximum_age": "number", "assured_date": "date", "valid_from": "date",
    "valid_to": "date", "opens_at": "time", "closes_at": "time", "last_modified": "datetime",
}  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for a formula at the beginning of a cell; telephone numbers keep their plus."""


def files(tables: Tables, *, name: str, language: str) -> Iterator[tuple[str, str]]:
    """Every file of the package with its text: `datapackage.json` and a CSV for each table, empty ones too."""
    yield "datapackage.json", json.dumps(_descriptor(name, language), ensure_ascii=False, indent=2) + "\n"
    for table, file in FILES.items():
        yield file, _table(tables, table)


def _table(tables: Tables, table: str) -> str:
    columns = ("id", *_COLUMNS[table])
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\r\n")
    writer.writeheader()
    for row in tables.of(table):
        writer.writerow({column: _safe(column, row.get(column, "")) for column in columns})
    return out.getvalue()


def _safe(column: str, value: object) -> object:
    if not isinstance(value, str) or column == "number" or not value.startswith(_FORMULA):
        return value
    return f"'{value}"


def _descriptor(name: str, language: str) -> dict[str, Any]:
    return {
        "name": name,
        "profile": "tabular-data-package",
        "title": f"Perheovi service catalogue ({language}), HSDS 3.0",
        "resources": [_resource(table) for table in FILES],
    }


def _resource(table: str) -> dict[str, Any]:
    fields = [
        {"name": "id", "type": "string", "format": "uuid", "constraints": {"required": True, "unique": True}}
    ]
    fields += [{"name": column, "type": _TYPES.get(column, "string")} for column in _COLUMNS[table]]
    keys = [
        {"fields": column, "reference": {"resource": _REFERENCES[column], "fields": "id"}}
        for column in _COLUMNS[table]
        if column in _REFERENCES
    ]
    return {
        "name": table,
        "path": FILES[table],
        "profile": "tabular-data-resource",
        "format": "csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, "primaryKey": "id", "foreignKeys": keys},
    }
