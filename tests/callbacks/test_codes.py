import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.callbacks.codes import mark_of, new_code, read_code, show
from bot.keys import Keys


def test_a_code_is_shown_in_three_groups_of_four_without_letters_that_mislead() -> None:
    shown = new_code()
    assert [len(group) for group in shown.split("-")] == [4, 4, 4]
    assert not set(shown) & set("ILOU")


def test_codes_do_not_repeat() -> None:
    assert len({new_code() for _ in range(10_000)}) == 10_000


@pytest.mark.parametrize(
    "typed",
    ["7K3M-9QX0-R1VB", "7k3m9qx0r1vb", " 7K3M 9QXO RLVB ", "7k3m–9qxo–rivb", "7K3M.9QX0.R1VB\n"],
)
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert read_code(typed) == "7K3M9QX0R1VB"


@pytest.mark.parametrize(
    "typed", ["", "7K3M-9QX0-R1V", "7K3M-9QX0-R1VBB", "7K3M-9QX0-R1VU", "ä" * 12, "0501234567"]
)
def test_what_cannot_be_a_code_is_no_code(typed: str) -> None:
    assert read_code(typed) is None


@given(st.text(max_size=40))
def test_any_text_is_either_a_code_or_not(typed: str) -> None:
    read = read_code(typed)
    assert read is None or read_code(show(read)) == read


def test_the_mark_of_a_code_is_the_same_for_every_spelling_and_hides_it(keys: Keys) -> None:
    mark = mark_of(keys, "7K3M-9QX0-R1VB")
    assert mark == mark_of(keys, "7k3m 9qxo rivb")
    assert mark is not None
    assert "7K3M" not in mark
    assert mark_of(keys, "no code") is None
