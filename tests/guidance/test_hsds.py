"""The catalogue as HSDS: what others' programs would say of it."""

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from frictionless import validate
from jsonschema import Draft202012Validator, FormatChecker

from bot.guidance import areas, reading
from bot.guidance.areas import Areas
from bot.guidance.catalogue import Service
from bot.guidance.exporting import hsds_json, hsds_package, hsds_rows
from bot.guidance.importing import ptv
from tests.guidance.conftest import CATALOGUE, MakeService
from tests.registers import registers

NOW = datetime(2026, 11, 24, 8, 5, 3, 120_000, tzinfo=UTC)


@pytest.fixture(scope="module")
def everything() -> list[Service]:
    """The shipped entries and 446 services of PTV."""
    folder = registers()
    found = list(reading.read_services(CATALOGUE))
    for register in ("ptv_2018", "ptv_2021_mikkeli"):
        channels = {one["id"]: one for one in _lines(folder / register / "servicechannels.scrubbed.jsonl")}
        payloads = _lines(folder / register / "services.scrubbed.jsonl")
        found += [ptv.read(payload, channels, today=NOW.date()).service for payload in payloads]
    return list({service.id: service for service in found}.values())


@pytest.fixture(scope="module")
def known_areas() -> Areas:
    return areas.load(CATALOGUE)


def _lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def _tables(services: list[Service], known: Areas, language: str = "fi") -> hsds_rows.Tables:
    modified = {service.id: NOW for service in services}
    return hsds_rows.tables(services, language=language, areas=known, modified=modified)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_package_is_valid_by_its_own_description(
    everything: list[Service], known_areas: Areas, tmp_path: Path, language: str
) -> None:
    tables = _tables(everything, known_areas, language)
    for name, text in hsds_package.files(tables, name="perheovi", language=language):
        (tmp_path / name).write_text(text, encoding="utf-8", newline="")
    report = validate(str(tmp_path / "datapackage.json"))
    assert report.flatten(["title", "fieldName", "message"]) == []
    assert len(tables.of("service")) > 100


def test_the_package_is_valid_by_the_description_of_hsds(
    everything: list[Service], known_areas: Areas, tmp_path: Path
) -> None:
    described = json.loads((registers() / "hsds_3.0" / "datapackage.json").read_text(encoding="utf-8"))
    ours = dict(hsds_package.files(_tables(everything, known_areas), name="perheovi", language="fi"))
    for resource in described["resources"]:
        # A package of HSDS has every table with every column; what we leave out is empty there.
        columns = [field["name"] for field in resource["schema"]["fields"]]
        rows = list(csv.DictReader(io.StringIO(ours.get(resource["path"], ""))))
        with (tmp_path / resource["path"]).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(rows)
    (tmp_path / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")
    report = validate(str(tmp_path / "datapackage.json"))
    assert report.flatten(["title", "fieldName", "message"]) == []


def test_every_service_is_valid_by_the_schema_of_hsds(everything: list[Service], known_areas: Areas) -> None:
    schema = json.loads((registers() / "hsds_3.0/schema/compiled/service.json").read_text(encoding="utf-8"))
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    whole = list(hsds_json.services(_tables(everything, known_areas)))
    mistakes = [f"{one['name']}: {error.message}" for one in whole for error in validator.iter_errors(one)]
    assert mistakes == []
    assert len(whole) == len(everything)


def test_a_service_is_told_whole(known_areas: Areas) -> None:
    sample = reading.read_service(CATALOGUE / "services" / "esimerkkila-perhetupa.yaml")
    (told,) = hsds_json.services(_tables([sample], known_areas, "sv"))
    assert (told["name"], told["organization"]["name"]) == ("Familjestugan Rönnen", "Esimerkkilä kommun")
    assert (told["minimum_age"], told["maximum_age"], told["assured_date"]) == (0, 12, "2026-11-12")
    assert told["last_modified"] == "2026-11-24T08:05:03.120Z"
    assert [phone["number"] for phone in told["phones"]] == ["+358501234567"]
    assert told["service_at_locations"][0]["location"]["addresses"][0]["address_1"] == "Pihlajakuja 1"
    codes = {one["taxonomy_term"]["code"]: one.get("value") for one in told["attributes"]}
    assert codes["facts:makes_client"] == "no"
    assert "ptv-class:P3.7" in codes
    assert "needs:parental_exhaustion" in codes


def test_ids_stay_from_one_export_to_the_next(make_service: MakeService, known_areas: Areas) -> None:
    first, again = (_tables([make_service()], known_areas) for _ in range(2))
    assert first.rows == again.rows


def test_what_a_spreadsheet_would_run_is_only_text(make_service: MakeService, known_areas: Areas) -> None:
    service = make_service(summary={"fi": "=HYPERLINK(0)", "sv": "x", "en": "x"})
    files = dict(hsds_package.files(_tables([service], known_areas), name="x", language="fi"))
    (row,) = csv.DictReader(io.StringIO(files["services.csv"]))
    assert row["description"] == "'=HYPERLINK(0)"
