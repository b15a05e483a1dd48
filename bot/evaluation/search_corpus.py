"""A corpus of real services to search in: the public registers in the folder of test data, each name once.

Everything is taken, not only what is for families: a search must find the family's service among the others.
"""

import csv
import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.guidance.areas import Areas
from bot.guidance.catalogue import NAME_LIMIT, SUMMARY_LIMIT, Catalogue, Service
from bot.guidance.importing import helsinki, ptv
from bot.guidance.importing.localized import shortened, words
from bot.guidance.importing.needs import proposed_needs

_PTV = ("ptv_2018", "ptv_2021_mikkeli")
_GENERAL = "ptv_general_descriptions/gd_plain.jsonl"
_SUMMARIES = "auroraai"
_TODAY = dt.date(2026, 1, 1)
"""Hours play no part in the search; any day will do."""
_EVERYWHERE = {"scope": "whole_country"}


class CorpusAbsentError(Exception):
    """The folder with the registers is not there."""


def load(folder: Path, areas: Areas) -> Catalogue:
    """The registers of `folder` as one catalogue, all of them offered in the whole country.

    Raises:
        CorpusAbsentError: There is no such folder.
    """
    if not (folder / _GENERAL).exists():
        raise CorpusAbsentError(
            f"no registers in {folder}: put them there, or name another with PERHEOVI_TEST_DATA"
        )
    kept: dict[str, Service] = {}
    for service in _all(folder):
        known = kept.get(service.name.fi.casefold())
        if known is None or (known.description is None and service.description is not None):
            kept[service.name.fi.casefold()] = service
    everywhere = (one.model_copy(update={"areas": _coverage()}) for one in kept.values())
    return Catalogue(areas, tuple(everywhere))


def _coverage() -> Any:
    return Service.model_fields["areas"].annotation.model_validate(_EVERYWHERE)  # type: ignore[union-attr]


def _all(folder: Path) -> Iterator[Service]:
    for register in _PTV:
        lines = (
            (folder / register / "servicechannels.scrubbed.jsonl").read_text(encoding="utf-8").splitlines()
        )
        channels = {one["id"]: one for one in map(json.loads, lines)}
        for line in (folder / register / "services.scrubbed.jsonl").read_text(encoding="utf-8").splitlines():
            yield ptv.read(json.loads(line), channels, today=_TODAY).service
    yield from _general(folder / _GENERAL)
    for file in sorted((folder / "helsinki_2025").glob("*.json")):
        for payload in json.loads(file.read_text(encoding="utf-8")):
            if payload.get("fi"):
                yield helsinki.read(payload, today=_TODAY).service
    for file in sorted((folder / _SUMMARIES).glob("palvelut_*.csv")):
        yield from _summaries(file)


def _general(file: Path) -> Iterator[Service]:
    for line in file.read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        if told["name"].get("fi"):
            described = told["description"].get("fi") or told["background"].get("fi")
            yield _entry(
                f"general-{told['id']}",
                told["name"],
                told["summary"],
                {"fi": described} if described else {},
                [term["Value"] for term in told["ontology_terms"]],
            )


def _summaries(file: Path) -> Iterator[Service]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            name, summary = (row.get("Name") or "").strip(), (row.get("serviceSummary") or "").strip()
            if not name:
                continue
            try:
                yield _entry(f"summary-{row['id'].lower()}", {"fi": name}, {"fi": summary or name}, {}, [])
            except ValidationError:
                continue


def _entry(
    entry_id: str, name: dict[str, str], summary: dict[str, str], told: dict[str, str], terms: list[str]
) -> Service:
    ours = {code: text for code, text in name.items() if code in ("fi", "sv", "en") and text}
    short = {code: text for code, text in summary.items() if code in ("fi", "sv", "en") and text}
    return Service.model_validate(
        {
            "id": entry_id,
            "name": words(shortened(ours, NAME_LIMIT)),
            "summary": words(shortened(short, SUMMARY_LIMIT)) or words(shortened(ours, NAME_LIMIT)),
            "description": words(told),
            "provider": {"fi": "Julkinen palvelu"},
            "areas": _EVERYWHERE,
            "needs": proposed_needs(ours["fi"], ()),
            "keywords": {"fi": terms},
        }
    )
