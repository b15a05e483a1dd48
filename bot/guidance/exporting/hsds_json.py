"""The rows of an export as HSDS's nested JSON: one object for each service, with everything that belongs to it."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from bot.guidance.exporting.hsds_rows import Row, Tables

_BELOW_SERVICE = {
    "phone": "phones", "schedule": "schedules", "service_area": "service_areas", "language": "languages",
    "cost_option": "cost_options",
}  # fmt: skip


def services(tables: Tables) -> Iterator[dict[str, Any]]:
    """Every service as `service.json` of HSDS 3.0 has it."""
    organisations = {row["id"]: row for row in tables.of("organization")}
    below = {name: _by(tables.of(table), "service_id") for table, name in _BELOW_SERVICE.items()}
    attributes, places = _attributes(tables), _places(tables)
    for row in tables.of("service"):
        nested: dict[str, Any] = {**row, "organization": organisations[row["organization_id"]]}
        for name, rows in below.items():
            nested[name] = rows.get(row["id"], [])
        nested["service_at_locations"] = places.get(row["id"], [])
        nested["attributes"] = attributes.get(row["id"], [])
        yield nested


def _by(rows: list[Row], column: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if column in row:
            found[row[column]].append({name: value for name, value in row.items() if name != column})
    return found


def _attributes(tables: Tables) -> dict[str, list[Row]]:
    taxonomies = {row["id"]: row for row in tables.of("taxonomy")}
    terms = {
        row["id"]: {**row, "taxonomy_detail": taxonomies[row["taxonomy_id"]]}
        for row in tables.of("taxonomy_term")
    }
    found: dict[str, list[Row]] = defaultdict(list)
    for row in tables.of("attribute"):
        found[row["link_id"]].append({**row, "taxonomy_term": terms[row["taxonomy_term_id"]]})
    return found


def _places(tables: Tables) -> dict[str, list[Row]]:
    addresses = _by(tables.of("address"), "location_id")
    accessible = _by(tables.of("accessibility"), "location_id")
    schedules = _by(tables.of("schedule"), "service_at_location_id")
    locations = {
        row["id"]: {
            **row,
            "addresses": addresses.get(row["id"], []),
            "accessibility": accessible.get(row["id"], []),
        }
        for row in tables.of("location")
    }
    found: dict[str, list[Row]] = defaultdict(list)
    for row in tables.of("service_at_location"):
        nested = {"location": locations[row["location_id"]], "schedules": schedules.get(row["id"], [])}
        kept = {name: value for name, value in row.items() if name not in ("service_id", "location_id")}
        found[row["service_id"]].append({**kept, **nested})
    return found
