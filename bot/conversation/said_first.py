"""What is said before all else: a doubt about oneself, a number read, a way of calling, an earlier talk gone. Pure."""

from collections.abc import Mapping
from typing import Any, Final

from bot.conversation import asides, own_callback, questions, safe_calling
from bot.conversation.commands import Command, Digress
from bot.conversation.moment import Moment
from bot.conversation.numbers import is_in_words
from bot.conversation.safe_answers import TAKEN

TALK_GONE: Final = "pattern_talk_gone"
"""The pattern that says that an earlier talk is deleted."""


def said_first(at: Moment, told: Mapping[str, Any], wanted: str | None) -> tuple[Command, ...]:
    """What is said before all else: that an earlier talk is gone, that nobody needs to speak on a telephone."""
    said: list[Command] = []
    mode, before = told.get("contact_mode"), at.state.slots.get("contact_mode") or "call"
    if mode and mode != before and wanted != own_callback.CORRECT:
        said.append(Digress("pattern_contact_mode"))
    told_how = safe_calling.is_said_back(told, at.state.asked, safely=at.heard.first(TAKEN) is not None)
    if told_how and wanted not in own_callback.OF_A_CALL_THAT_WAITS:
        said.append(Digress(safe_calling.PATTERN))
    new = "phone" in told and not at.state.slots.get("phone")  # one put right is said back as it is
    if new and is_in_words(at.heard) and wanted != own_callback.CORRECT:
        said.append(Digress("pattern_phone_read"))
    if at.heard.asks in questions.COMFORTS and not _comforts_alone(at, wanted):
        said.append(Digress(f"pattern_{at.heard.asks}"))
    if at.state.slots.get("gone") or leans_on_before(at):
        said.append(Digress(TALK_GONE))
    return tuple(said)


def _comforts_alone(at: Moment, wanted: str | None) -> bool:
    """Whether a doubt about oneself has a flow to itself, since nothing is asked and nothing else told."""
    return wanted == f"answer_{at.heard.asks}"


def leans_on_before(at: Moment) -> bool:
    """Whether a first message speaks of an earlier conversation."""
    return not at.state.times_said and asides.speaks_of_before(at.heard.text)
