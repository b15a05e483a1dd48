"""Anybody can write a payload, so its values are read as closely as typed words."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.actions.payloads import checked
from bot.clock import SettableClock
from bot.messages import Answer, IncomingMessage
from bot.turn import Turns
from tests.conversations.conftest import Ground

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("values", "good"),
    [
        ({"phone": "050 123 4567"}, {"phone": "+358501234567"}),
        ({"phone": "123"}, {"phone_problem": "123"}),
        ({"words": "soita 050 123 4567, poika ei nuku"}, {"words": ["soita …, poika ei nuku"]}),
        ({"phone": None}, {}),
        ({"child_age": None, "municipality": None}, {"child_age": "", "municipality": ""}),
        ({"municipality": "helsingfors"}, {"municipality": "Helsinki"}),
        ({"municipality": "Atlantis"}, {}),
        ({"message_allowed": "joo"}, {}),
        ({"message_allowed": True}, {"message_allowed": True}),
        ({"need": "separation"}, {"need": "separation"}),
        ({"need": "gold"}, {}),
        ({"time": "joskus"}, {}),
        ({"callback": "1", "callback_state": "waiting", "urgency": "immediate", "nothing_here": "1"}, {}),
    ],
)
def test_a_payload_sets_only_what_holds(ground: Ground, values: dict[str, Any], good: dict[str, Any]) -> None:
    assert checked(values, ground.content.flows, ground.areas, now=NOW, language="fi") == good


def test_a_payload_of_time_is_a_choice_or_readable_words(ground: Ground) -> None:
    def read(words: str) -> Any:
        return checked({"time": words}, ground.content.flows, ground.areas, now=NOW, language="fi")["time"]

    assert read("anytime") == {"words": "", "anytime": True}
    assert read("huomenna klo 14")["day"] == "2026-11-25"


async def test_a_number_in_a_payload_that_is_none_is_asked_again(turns: Turns, clock: SettableClock) -> None:
    async def take(words: str) -> Answer:
        return await turns.take(
            IncomingMessage(channel="web", sender="p", text=words, message_id=words, received_at=clock())
        )

    await take("soittakaa minulle")
    answer = await take("/SetSlots(phone=123)")
    assert answer.asks == "phone"
    assert answer.callback is None
