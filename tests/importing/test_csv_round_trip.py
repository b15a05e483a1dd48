"""A table that was written by us is read again without a difference, and what was changed in it is proposed alone."""

import csv
import datetime as dt
import io
from pathlib import Path

import pytest

from bot.clock import SettableClock
from bot.database import Database
from bot.guidance import reading, store
from bot.guidance.catalogue import Service
from bot.guidance.exporting import csv_table as exporting
from bot.guidance.importing import csv_table, proposals, running, taking_in
from bot.guidance.importing.registers import REGISTERS
from bot.guidance.importing.spool import Spool
from bot.guidance.importing.taking_in import Counts
from tests.guidance.conftest import CATALOGUE

RICH = Service.model_validate(
    {
        "id": "ptv-1",
        "name": {"fi": "=HYPERLINK(1)", "sv": "@familj"},
        "summary": {"fi": "'Perhe' ensin;\nsitten muu."},
        "provider": {"fi": "Seurakunta"},
        "areas": {"scope": "limited", "counties": ["Etelä-Savo"], "service_areas": ["keski"]},
        "ages": {"min": 0.5, "max": 6},
        "needs": ["home_help"],
        "channels": [
            {"kind": "phone", "number": "+358501234567", "label": {"fi": "Päivystys"}, "charge": {"fi": "Maksuton"}},
            {"kind": "phone", "number": "+4681234567"},
            {"kind": "phone", "number": "080005005", "external": {"scheme": "ptv", "id": "a"}},
            {"kind": "web", "url": {"fi": "https://perhe.example/?a=1;b=2", "sv": "https://familj.example/"}},
        ],
        "hours": [
            {"days": ["mon", "tue", "fri"], "opens": "09:00", "closes": "24:00"},
            {"kind": "exception", "date": "2026-12-07", "closed": True},
        ],
        "external": [{"scheme": "ptv", "id": "1"}],
    }
)  # fmt: skip


def shipped() -> list[Service]:
    return [one for one in reading.read_services(CATALOGUE) if one.status == "published"]


def imported(database: Database, clock: SettableClock, file: Path, *, apply: bool = True) -> Counts:
    spool, register = Spool(), REGISTERS["csv"]
    counts, problems = taking_in.understand(
        register, [file], spool, now=clock(), everything=False, progress=lambda *_: None
    )
    assert problems == []
    run = running.run_id("csv", spool, apply=apply)
    running.store(
        database, register, spool, counts, run=run, apply=apply, now=clock(), progress=lambda *_: None
    )
    spool.close()
    return counts


def test_our_own_table_brings_no_difference_and_a_changed_cell_one(
    database: Database, clock: SettableClock, tmp_path: Path
) -> None:
    entries = [*shipped(), RICH]
    database.write_now(lambda session: store.seed(session, entries, now=clock()))
    text, file = exporting.table(entries), tmp_path / "services.csv"
    file.write_text(text, encoding="utf-8", newline="")
    counts = imported(database, clock, file)
    assert counts.fates == {"same": sum(not one.fictional for one in entries)}
    file.write_text(text.replace("'@familj", "Familj"), encoding="utf-8", newline="")
    assert imported(database, clock, file, apply=False).fates["changed"] == 1
    (asked,) = database.read_now(proposals.waiting)
    _, merged = database.read_now(lambda session: proposals.proposal(session, asked.id))
    assert [change.field for change in merged.changes] == ["name"]
    assert merged.result["channels"] == RICH.plain()["channels"]


def test_an_empty_catalogue_gets_from_a_table_all_that_stands_in_it(
    database: Database, clock: SettableClock, tmp_path: Path
) -> None:
    database.write_now(lambda session: store.seed(session, [], now=clock()))
    text, file = exporting.table([*shipped(), RICH]), tmp_path / "services.csv"
    file.write_text(text, encoding="utf-8", newline="")
    assert imported(database, clock, file).created == text.count("\r\n") - 1
    entries = {one.id: one.service for one in database.read_now(store.entries) if one.service}
    order = [row["id"] for row in csv.DictReader(io.StringIO(text.lstrip("\ufeff")), delimiter=";")]
    assert exporting.table(entries[one] for one in order) == text
    assert [channel.number for channel in entries["ptv-1"].channels if channel.number] == [
        channel.number for channel in RICH.channels if channel.number
    ]


def test_no_cell_begins_like_a_formula() -> None:
    cells = next(csv.reader(io.StringIO(exporting.table([RICH]).partition("\r\n")[2]), delimiter=";"))
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))] == []
    assert {"'=HYPERLINK(1)", "'@familj"} <= set(cells)
    assert "050 1234567|+4681234567|0800 05005" in cells


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("'+46 8 123 4567", "+4681234567"),
        ("050 123 4567", "+358501234567"),
        ("0800 05005", "080005005"),
        ("0295 123 456", "0295123456"),
        ("116 111", "116111"),
    ],
)
def test_a_number_is_kept_as_it_is_rung(written: str, kept: str) -> None:
    text = f"id;name_fi;provider_fi;municipalities;phone\na;A;B;Askola;{written}\n"
    (found,) = csv_table.rows("table.csv", text)
    assert csv_table.read(found.data, today=dt.date(2026, 11, 24)).service.channels[0].number == kept
