"""A day told in the place of another keeps the hours told before it."""

from bot.conversation.times_told import renewed

AFTER_TWO = {"words": "efter kl 14 på tisdag", "day": "2026-11-24", "from_time": "14:00:00"}


def test_a_day_alone_keeps_the_hours() -> None:
    told = {"words": "onsdag", "day": "2026-11-25"}
    assert renewed(told, AFTER_TWO) == {**told, "from_time": "14:00:00"}


def test_other_hours_any_time_and_a_first_wish_stay_as_they_are() -> None:
    for told, before in (
        ({"words": "onsdag förmiddag", "day": "2026-11-25", "to_time": "12:00:00"}, AFTER_TWO),
        ({"words": "onsdag när som helst", "day": "2026-11-25", "anytime": True}, AFTER_TWO),
        ({"words": "onsdag", "day": "2026-11-25"}, None),
        ({"words": "onsdag", "day": "2026-11-25"}, {"words": "", "anytime": True}),
    ):
        assert renewed(told, before) == told
