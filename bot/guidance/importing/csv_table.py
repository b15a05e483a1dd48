"""A table of services in our own columns: what somebody without a register keeps in a spreadsheet.

One service on each row, the names of the columns on the first; a comma, a semicolon or a tab between them, as the
spreadsheet writes it. Several values of one column are parted by `;` or, where that parts the columns, by `|`.
"""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from bot.content import ContentError, Problem
from bot.guidance.catalogue import Service
from bot.guidance.importing import numbers
from bot.guidance.importing.files import Found
from bot.guidance.importing.localized import OURS, words
from bot.guidance.importing.needs import proposed_needs
from bot.guidance.importing.personal import is_personal
from bot.guidance.importing.record import Note, Record

SYSTEM = "csv"
_TEXTS = ("name", "summary", "description", "provider", "who_for", "not_for", "how_to_get", "cost_text")
_SINGLE = (
    "municipalities", "counties", "service_areas", "min_age", "max_age", "cost", "referral", "makes_client",
    "languages", "needs", "search_terms", "phone", "email", "web", "street", "postcode", "place", "hours",
)  # fmt: skip
COLUMNS = ("id", *(f"{name}_{code}" for name in _TEXTS for code in OURS), *_SINGLE)
"""Every column; `id`, `name_fi` and `provider_fi` are needed. docs/ptv.md tells them one by one."""
WHOLE_COUNTRY = "koko maa"
_NEEDED = ("id", "name_fi", "provider_fi")
_MOST_CHARACTERS = 20_000
_OPENING = re.compile(r"^([a-z]{3})(?:-([a-z]{3}))? (\d{1,2}[:.]\d\d)-(\d{1,2}[:.]\d\d)$")
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")
"""How a cell begins that a spreadsheet would reckon with; a `'` before it keeps it a text, and is taken off here."""


def rows(name: str, text: str) -> Iterator[Found]:
    """Each row as column → text. Raises `ContentError` for a table that cannot be read."""
    first = text.split("\n", 1)[0]
    parted = max(",;\t", key=first.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=parted, strict=True)
    columns: list[str] = []
    try:
        for cells in lines:
            if not columns:
                columns = _columns(name, cells)
                continue
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) > len(columns) or any(len(cell) > _MOST_CHARACTERS for cell in cells):
                raise _refused(
                    name, lines.line_num, "more cells than columns, or a cell too long", "look at it"
                )
            row = {
                column: said for column, cell in zip(columns, cells, strict=False) if (said := _cell(cell))
            }
            yield Found(name, lines.line_num, row)
    except csv.Error as error:
        raise _refused(name, lines.line_num, f"not a table: {error}", "save it as CSV anew") from error


def read(row: Mapping[str, str], *, today: dt.date) -> Record:
    """One row as an entry. Raises `KeyError` or `ValueError` (pydantic's too)."""
    missing = [column for column in _NEEDED if not row.get(column)]
    if missing:
        raise ValueError(f"no {' and no '.join(missing)}")
    notes: list[Note] = []
    data = {
        "id": row["id"],
        **{name: _words(row, name) for name in _TEXTS if name != "cost_text"},
        "summary": _words(row, "summary") or _words(row, "name"),
        "areas": _areas(row),
        "ages": {end: _years(row[f"{end}_age"]) for end in ("min", "max") if row.get(f"{end}_age")},
        "cost": {"type": row.get("cost", "unknown"), "text": _words(row, "cost_text")},
        "referral": row.get("referral", "unknown"),
        "makes_client": row.get("makes_client", "unknown"),
        "languages": _several(row, "languages"),
        "needs": _several(row, "needs") or proposed_needs(row["name_fi"], ()),
        "search_terms": _several(row, "search_terms"),
        "channels": list(_channels(row, notes)),
        "hours": [_opening(rule) for rule in _several(row, "hours")],
        "external": [{"scheme": SYSTEM, "id": row["id"]}],
        "source": {"name": row["provider_fi"], "system": SYSTEM, "fetched_at": today},
    }
    if not data["channels"]:
        notes.append(Note("phone, email, web, street", "no_channel"))
    service = Service.model_validate({field: value for field, value in data.items() if value is not None})
    return Record(key=row["id"], service=service, notes=tuple(notes), family="table")


def _columns(name: str, cells: list[str]) -> list[str]:
    columns = [cell.strip().casefold() for cell in cells]
    unknown = [column for column in columns if column and column not in COLUMNS]
    if unknown:
        raise _refused(name, 1, f"no such column: {', '.join(unknown)[:100]}", f"use {', '.join(COLUMNS)}")
    if len(set(columns)) < len(columns):
        raise _refused(name, 1, "a column stands twice", "keep one of them")
    missing = [column for column in _NEEDED if column not in columns]
    if missing:
        raise _refused(name, 1, f"no column {', '.join(missing)}", "add it")
    return columns


def _words(row: Mapping[str, str], name: str) -> Any:
    return words({code: row[f"{name}_{code}"] for code in OURS if row.get(f"{name}_{code}")})


def _several(row: Mapping[str, str], column: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;|]", row.get(column, "")) if part.strip()]


def _areas(row: Mapping[str, str]) -> dict[str, Any]:
    listed = {column: _several(row, column) for column in ("municipalities", "counties", "service_areas")}
    if not any(listed.values()):
        raise ValueError("no municipalities and no counties (write them, or `koko maa`)")
    if [place.casefold() for place in listed["municipalities"]] == [WHOLE_COUNTRY]:
        return {"scope": "whole_country"}
    return {"scope": "limited", **listed}


def _channels(row: Mapping[str, str], notes: list[Note]) -> Iterator[dict[str, Any]]:
    for phone in _several(row, "phone"):
        yield {"kind": "phone", "number": numbers.kept(phone)}
    for email in _several(row, "email"):
        if is_personal(email):
            notes.append(Note("email", "personal_email"))
        else:
            yield {"kind": "email", "email": email.lower()}
    for page in _several(row, "web"):
        yield {"kind": "web", "url": {"fi": page}}
    if row.get("street"):
        place = row.get("place") or _several(row, "municipalities")[0]
        address = {"street": row["street"], "postcode": row.get("postcode", ""), "municipality": place}
        yield {"kind": "visit", "address": address}


def _cell(text: str) -> str:
    """What a cell says, without the mark that keeps it from being reckoned with."""
    said = text.strip()
    return said[1:] if said.startswith("'") and said[1:].startswith(FORMULA) else said


def _years(text: str) -> int | float:
    years = float(text.replace(",", "."))
    return int(years) if years.is_integer() else years


def _opening(rule: str) -> dict[str, Any]:
    found = _OPENING.match(rule)
    if found is None or not {found[1], found[2] or found[1]} <= set(WEEK):
        raise ValueError(f"hours '{rule[:40]}' (write `mon-fri 9:00-15:00`)")
    first, last = WEEK.index(found[1]), WEEK.index(found[2] or found[1])
    opens, closes = (f"{time.replace('.', ':'):0>5}" for time in (found[3], found[4]))
    return {"days": WEEK[first : last + 1], "opens": opens, "closes": closes}


def _refused(name: str, line: int, what: str, remedy: str) -> ContentError:
    return ContentError(Problem(name, line, what, remedy))
