import pytest

from bot.conversation.predicate import PredicateError, compiled, holds, slots_in

SLOTS = {"phone": "+358501234567", "confirm": False, "tries": 3, "need": "school", "empty": ""}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("slots.phone is not null", True),
        ("slots.time is null", True),
        ("slots.confirm", False),
        ("not slots.confirm", True),
        ("slots.confirm = false", True),
        ("slots.tries >= 3", True),
        ("slots.tries < 3", False),
        ("slots.time > 3", False),
        ("slots.need > 3", False),
        ('slots.need = "school"', True),
        ("slots.need == 'school'", True),
        ("slots.need != 'school'", False),
        ("slots.need = 'a' or slots.need = 'school'", True),
        ("slots.need = 'a' or slots.tries = 3 and slots.confirm", False),
        ("(slots.need = 'a' or slots.tries = 3) and not slots.confirm", True),
        ("slots.empty is null", False),
        (True, True),
        (False, False),
    ],
)
def test_a_condition_holds_as_it_reads(condition: str | bool, expected: bool) -> None:
    assert holds(condition, SLOTS) is expected


@pytest.mark.parametrize(
    ("condition", "says"),
    [
        ("slots.phone is", "ends too early"),
        ("", "ends too early"),
        ("(slots.phone", "bracket is not closed"),
        ("slots.phone slots.time", "did not expect 'slots.time'"),
        ("phone = 3", "'phone' is neither a slot"),
        ("slots.phone = @", "cannot read '@'"),
    ],
)
def test_a_condition_that_cannot_be_read_says_where(condition: str, says: str) -> None:
    with pytest.raises(PredicateError, match=says.replace("(", r"\(")):
        compiled(condition)


def test_the_slots_of_a_condition_are_known() -> None:
    assert slots_in("slots.a is null and (slots.b = 'slots' or not slots.c)") == {"a", "b", "c"}
    assert slots_in(True) == frozenset()
