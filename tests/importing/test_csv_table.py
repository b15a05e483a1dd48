"""A table of our own columns."""

import datetime as dt

import pytest

from bot.content import ContentError
from bot.guidance.importing import csv_table

TODAY = dt.date(2026, 11, 24)
TABLE = """id;name_fi;provider_fi;municipalities;phone;hours;min_age;cost
perhekahvila-askola;Perhekahvila;Seurakunta;Askola|Porvoo;019 123 4567;"mon-tue 9:00-12.30|fri 10:00-12:00";0;free
"""


def test_a_row_becomes_an_entry() -> None:
    (row,) = csv_table.rows("table.csv", TABLE)
    service = csv_table.read(row.data, today=TODAY).service
    assert (service.id, service.name.fi, row.line) == ("perhekahvila-askola", "Perhekahvila", 2)
    assert service.areas.municipalities == ("Askola", "Porvoo")
    assert service.channels[0].number == "+358191234567"
    assert [(rule.days, rule.opens, rule.closes) for rule in service.hours] == [
        (("mon", "tue"), "09:00", "12:30"),
        (("fri",), "10:00", "12:00"),
    ]
    assert service.cost.type == "free"


@pytest.mark.parametrize(
    ("table", "what"),
    [
        ("id,name_fi,provider_fi,colour\n", "table.csv:1: no such column: colour"),
        ("id,name_fi\n", "no column provider_fi"),
        ("id,id,name_fi,provider_fi\n", "a column stands twice"),
        ("id,name_fi,provider_fi\na,b,c\na,b,c,d\n", "table.csv:3: more cells than columns"),
        ('id,name_fi,provider_fi\n"a\n', "not a table"),
    ],
)
def test_a_table_nobody_can_read_is_refused_at_its_line(table: str, what: str) -> None:
    with pytest.raises(ContentError) as error:
        list(csv_table.rows("table.csv", table))
    assert what in str(error.value)


@pytest.mark.parametrize("cell", ["mon 9-15", "monday 9:00-15:00", "mon-xyz 9:00-15:00"])
def test_hours_that_are_not_written_as_told_are_refused(cell: str) -> None:
    row = {"id": "a", "name_fi": "A", "provider_fi": "B", "municipalities": "Askola", "hours": cell}
    with pytest.raises(ValueError, match="write `mon-fri 9:00-15:00`"):
        csv_table.read(row, today=TODAY)
