"""Every field of the real records has its fate in docs/ptv.md, and every row there is of a field that exists."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.registers import registers

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "ptv.md"
LANGUAGES = {"fi", "sv", "en"}
LEAVES = ("value", "language", "type")
PTV = ("ptv_2018", "ptv_2021_mikkeli")
FILES = {
    "A service of PTV": [*(f"{one}/services.scrubbed.jsonl" for one in PTV), "auroraai/etalukio_service.json"],
    "A service channel of PTV": [
        *(f"{one}/servicechannels.scrubbed.jsonl" for one in PTV), "auroraai/otava_service_channel.json",
    ],
    "An organisation of PTV": [f"{one}/organizations.scrubbed.jsonl" for one in PTV],
    "A general description of PTV": ["ptv_general_descriptions/gd_plain.jsonl"],
    "A service of Helsinki": ["helsinki_2025/services_2025-09-25.scrubbed.json"],
    "An errand service of Helsinki": ["helsinki_2025/errandservices_2025-09-27.scrubbed.json"],
}  # fmt: skip
"""The headings of docs/ptv.md, and the real records each is about."""


def fields(value: Any, path: str = "") -> Iterator[str]:
    """The path of every field that holds no object: `areas.municipalities.code`."""
    if isinstance(value, list):
        for item in value:
            yield from fields(item, path)
    elif isinstance(value, dict):
        for key, item in value.items():
            below = f"{path}.{key}" if path else key
            if not (isinstance(item, dict) and item) and not (
                isinstance(item, list) and any(isinstance(one, dict) for one in item)
            ):
                yield below
            yield from fields(item, below)


def real_fields(heading: str) -> set[str]:
    found: set[str] = set()
    for name in FILES[heading]:
        text = (registers() / name).read_text(encoding="utf-8")
        records = [json.loads(line) for line in text.splitlines()] if name.endswith("l") else json.loads(text)
        for record in records if isinstance(records, list) else [records]:
            if "Helsinki" in heading:
                found |= {"id", *(path for code in LANGUAGES & set(record) for path in fields(record[code]))}
            else:
                found |= set(fields(record))
    if heading == "A service channel of PTV":
        for file in sorted((registers() / "ptv_2021_mikkeli" / "servicehours").glob("ptv-*.json")):
            found |= set(fields({"serviceHours": json.loads(file.read_text(encoding="utf-8"))}))
    return found


def rows(heading: str) -> set[str]:
    """What the first column of the table under a heading names."""
    below = DOCUMENT.read_text(encoding="utf-8").partition(f"\n### {heading}\n")[2]
    table = re.split(r"\n#+ ", below)[0]
    first = [line.split("|")[1] for line in table.splitlines() if line.startswith("| ")]
    return {field for cell in first for field in re.findall(r"`([^`]+)`", cell)}


def covers(row: str, field: str) -> bool:
    if row.endswith(".*"):
        return field == row[:-2] or field.startswith(row[:-1])
    return field == row or field in {f"{row}.{leaf}" for leaf in LEAVES}


@pytest.mark.parametrize("heading", FILES)
def test_every_field_of_the_real_records_has_its_row(heading: str) -> None:
    found, named = real_fields(heading), rows(heading)
    # An empty list of objects is a field with a fate as soon as what lies in it has one.
    forgotten = {
        field
        for field in found
        if not any(covers(row, field) or row.startswith(f"{field}.") for row in named)
    }
    assert sorted(forgotten) == []
    assert sorted(row for row in named if not any(covers(row, field) for field in found)) == []
