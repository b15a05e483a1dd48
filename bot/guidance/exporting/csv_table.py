"""The catalogue as a table that `perheovi catalog import csv` reads again: a row for each entry, for a spreadsheet.

A semicolon between columns and a byte order mark, as spreadsheets in Finland open it; `|` between several values. No
cell is reckoned with: one that begins like a formula gets a `'`. docs/ptv.md tells what a table cannot carry.
"""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

import phonenumbers

from bot.guidance.catalogue import Service
from bot.guidance.entry import Hours
from bot.guidance.importing import numbers
from bot.guidance.importing.csv_table import COLUMNS, FORMULA, WEEK, WHOLE_COUNTRY, read
from bot.guidance.importing.localized import OURS
from bot.guidance.service_channel import Channel

_BETWEEN = "|"
_TEXTS = ("name", "summary", "description", "provider", "who_for", "not_for", "how_to_get")
_PLAIN_HOURS = {"days", "opens", "closes"}


def table(services: Iterable[Service]) -> str:
    """The file's text. Made-up entries are left out, as a table cannot say that they are."""
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, COLUMNS, restval="", delimiter=";")
    writer.writeheader()
    for service in services:
        if not service.fictional:
            writer.writerow({column: _safe(text) for column, text in row(service).items()})
    return "\ufeff" + written.getvalue()


def row(service: Service) -> dict[str, str]:
    """One entry as column → text; empty cells left out."""
    words = {name: getattr(service, name) for name in _TEXTS} | {"cost_text": service.cost.text}
    cells = {
        f"{name}_{code}": text.get(code) or ""
        for name, text in words.items()
        for code in OURS
        if text is not None
    }
    cells |= {
        "id": service.id,
        "min_age": _said(service.ages.min),
        "max_age": _said(service.ages.max),
        "cost": service.cost.type,
        "referral": service.referral,
        "makes_client": service.makes_client,
        "languages": _joined(service.languages),
        "needs": _joined(service.needs),
        "search_terms": _joined(service.search_terms),
        "hours": _joined(run for rule in service.hours for run in _runs(rule)),
    }
    return {column: text for column, text in (cells | _areas(service) | _ways(service)).items() if text}


def told(entry: Mapping[str, Any]) -> dict[str, Any]:
    """An entry as a table would tell it: what is left of it after being written to a row and read again."""
    cells = row(Service.model_validate(entry))
    return read(cells, today=dt.date.min).service.plain()


def _areas(service: Service) -> dict[str, str]:
    areas = service.areas
    if areas.scope == "whole_country":
        return {"municipalities": WHOLE_COUNTRY}
    return {
        "municipalities": _joined(areas.municipalities),
        "counties": _joined(areas.counties),
        "service_areas": _joined(areas.service_areas),
    }


def _ways(service: Service) -> dict[str, str]:
    """The first place to go to, and every number, address and page."""

    def of(kind: str) -> list[Channel]:
        return [channel for channel in service.channels if channel.kind == kind]

    place = next((channel.address for channel in of("visit") if channel.address), None)
    return {
        "phone": _joined(_rung(channel.number) for channel in of("phone") if channel.number),
        "email": _joined(channel.email for channel in of("email") if channel.email),
        "web": _joined(_parted(channel.url.fi) for channel in of("web") if channel.url),
        "street": place.street if place else "",
        "postcode": place.postcode if place else "",
        "place": place.municipality if place else "",
    }


def _rung(kept: str) -> str:
    """A number with spaces, as a spreadsheet leaves it alone; as it is kept where that would be read as another."""
    parsed = phonenumbers.parse(kept, "FI")
    spaced = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
    return spaced if numbers.kept(spaced) == kept else kept


def _runs(rule: Hours) -> list[str]:
    """Hours of every week, a part for each run of days; other hours have no place in a table."""
    if rule.kind != "weekly" or rule.model_fields_set - {"kind"} - _PLAIN_HOURS:
        return []
    days = sorted(WEEK.index(day) for day in set(rule.days))
    runs = [
        [day for _, day in run] for _, run in groupby(enumerate(days), key=lambda pair: pair[1] - pair[0])
    ]
    return [f"{_run(run)} {rule.opens}-{rule.closes}" for run in runs]


def _run(days: Sequence[int]) -> str:
    return WEEK[days[0]] if len(days) == 1 else f"{WEEK[days[0]]}-{WEEK[days[-1]]}"


def _joined(values: Iterable[str]) -> str:
    return _BETWEEN.join(value.replace(";", ",").replace(_BETWEEN, ",") for value in values)


def _parted(address: str) -> str:
    return address.replace(";", "%3B").replace(_BETWEEN, "%7C")


def _said(years: float | None) -> str:
    return "" if years is None else str(years)


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text
