"""What a message means for the call a family has already booked: another time, or another fact. Pure."""

from collections.abc import Mapping
from typing import Any

from bot.conversation import safe_calling
from bot.conversation.remarks import asks_when, moves_a_call
from bot.conversation.state import State
from bot.conversation.told import SURE, matter
from bot.meaning import Understanding

CHANGE = "change_callback"
CORRECT = "correct_callback"
"""Flows: the call moves to another time; the waiting request gets the new facts."""
OF_A_CALL_THAT_WAITS = frozenset({CORRECT, safe_calling.FLOW})
"""Flows that themselves say back what they put right."""
_FACTS = ("phone", "name", "message_allowed", "contact_mode")
_OTHER_ACTS = frozenset({"request_callback", "cancel_callback"})


def waits(state: State) -> bool:
    """Whether there is a call to cancel or to move; not while a second one is being booked."""
    return bool(state.slots.get("callback")) and state.slots.get("second_matter") != "own"


def moves(heard: Understanding, values: Mapping[str, Any], state: State) -> bool:
    """Whether a day or a time is told for the call that waits."""
    if not state.slots.get("callback") or "time" not in values or matter(heard):
        return False
    if moves_a_call(heard.text):
        return True
    return heard.act(SURE) not in _OTHER_ACTS and not asks_when(heard.text)


def corrects(values: Mapping[str, Any], state: State) -> bool:
    """Whether a fact of the call that waits is told anew."""
    slots = state.slots
    told_anew = any(name in values and values[name] != slots.get(name) for name in _FACTS)
    # What is kept of safe calling may have been changed on the family's own page since: it counts each time.
    return bool(slots.get("callback")) and (told_anew or bool(values.keys() & set(safe_calling.ANSWERS)))
