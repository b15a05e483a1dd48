"""What was told before makes a later message graver, never milder."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.conversation.cries import in_this_talk
from bot.safety import Verdict, assess
from bot.safety.verdict import Urgency

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
AFTER_CRISIS = {"crisis_at": NOW.isoformat(), "urgency": "immediate", "category": "violence_now"}


def urgency_after(text: str, slots: dict[str, str], minutes: int) -> Urgency:
    return in_this_talk(assess(text), text, slots, NOW + timedelta(minutes=minutes)).urgency


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        ("apua", "immediate"),
        ("hän on lyönyt minua aina", "immediate"),
        ("en jaksa enää", "immediate"),
        ("kyllä", "none"),
        ("050 123 4567", "none"),
    ],
)
def test_after_crisis_help_the_danger_is_as_great_as_it_was(text: str, urgency: Urgency) -> None:
    assert urgency_after(text, AFTER_CRISIS, 5) == urgency


def test_after_two_hours_a_message_is_read_alone() -> None:
    assert urgency_after("hän on lyönyt minua aina", AFTER_CRISIS, 121) == "urgent"
    assert urgency_after("apua", AFTER_CRISIS, 121) == "none"


def test_a_greater_danger_than_before_is_what_it_is() -> None:
    slots = {"crisis_at": NOW.isoformat(), "urgency": "urgent", "category": "violence_partner"}
    said = in_this_talk(assess("haluan kuolla"), "haluan kuolla", slots, NOW)
    assert (said.urgency, said.category) == ("immediate", "suicide_self")


def test_two_gentle_signs_are_urgent() -> None:
    assert urgency_after("en jaksa enää", {}, 0) == "ask"
    assert urgency_after("en jaksa enää", {"soft_at": NOW.isoformat()}, 30) == "urgent"
    assert urgency_after("en jaksa enää", {"soft_at": NOW.isoformat()}, 121) == "ask"
    assert urgency_after("mistä perhetyötä", {"soft_at": NOW.isoformat()}, 1) == "none"


def test_nothing_before_changes_nothing() -> None:
    verdict = Verdict("none", "none", "", "fi")
    assert in_this_talk(verdict, "apua", {}, NOW) is verdict


def test_a_second_gentle_sign_is_urgent_unless_it_denies_the_danger() -> None:
    slots = {"soft_at": NOW.isoformat()}
    assert urgency_after("en mä jaksa enää", slots, 5) == "urgent"
    assert urgency_after("en mä mitään itsetuhoinen oo, väsyttää vaan", slots, 5) == "none"
    assert urgency_after("ei se kadoksissa oo, se on kotona mut lähtee iltaisin", slots, 5) in ("none", "ask")
