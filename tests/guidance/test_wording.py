"""How days are written for people in their own language."""

import datetime as dt

import pytest

from bot.guidance.wording import date_text


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("fi", "22.11.2026"),
        ("sv", "22.11.2026"),
        ("en", "22 November 2026"),
        ("et", "22. november 2026"),
        ("ru", "22 ноября 2026"),
        ("uk", "22 листопада 2026"),
    ],
)
def test_a_date_is_written_as_its_language_writes_it(language: str, written: str) -> None:
    assert date_text(dt.date(2026, 11, 22), language) == written
