"""Numbers as people write them."""

import pytest

from bot.phone_numbers import hidden, readable


@pytest.mark.parametrize(
    ("number", "written", "covered"),
    [
        ("+358501234567", "050 123 4567", "050 ••• ••67"),
        ("+358401234567", "040 123 4567", "040 ••• ••67"),
        ("+358923101", "09 23101", "09 2••01"),
        ("+46701234567", "+46 70 123 45 67", "+46 7• ••• •• 67"),
        ("112", "112", "112"),
        ("116111", "116 111", "116 •11"),
        ("080005005", "080 005 005", "080 ••• •05"),
        ("0111", "0111", "0111"),
    ],
)
def test_a_number_is_written_as_people_write_it(number: str, written: str, covered: str) -> None:
    assert readable(number) == written
    assert hidden(number) == covered
