"""What an understood message asks of the conversation, in CALM's terms: start this flow, set that slot.

Pure. The order matters: facts first (nothing said is lost), then what the person wants done, then the matter.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.conversation.flow import Flows, Step
from bot.conversation.state import State
from bot.conversation.told import PERHAPS, SURE, changed, matter, slot_values
from bot.meaning import Understanding

COURTESIES = frozenset({"greet", "thanks", "goodbye", "affirm", "deny"})
_ABOUT_A_CALLBACK = frozenset({"callback_status", "change_callback", "cancel_callback"})
_MAX_WORDS = 1000
_SHORT_ANSWER = 4
"""An answer of so few words asks for nothing else."""


@dataclass(frozen=True, slots=True)
class SetSlots:
    """Facts to keep. `corrected` names those that replace what was said before."""

    values: Mapping[str, Any]
    corrected: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class StartFlow:
    """Take up a dialogue."""

    flow: str


@dataclass(frozen=True, slots=True)
class TakeOver:
    """Put everything under way aside for something that cannot wait; what was said is kept."""

    flow: str


@dataclass(frozen=True, slots=True)
class CancelFlow:
    """Leave the dialogue under way."""


@dataclass(frozen=True, slots=True)
class DropOffer:
    """Leave an optional question unanswered."""


@dataclass(frozen=True, slots=True)
class Clarify:
    """Ask which of these needs was meant."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """Say the last thing again."""


@dataclass(frozen=True, slots=True)
class CannotHandle:
    """The message was not understood."""


Command = SetSlots | StartFlow | TakeOver | CancelFlow | DropOffer | Clarify | Repeat | CannotHandle


def commands_for(heard: Understanding, state: State, flows: Flows) -> tuple[Command, ...]:
    """What to do about a message, in order; never empty."""
    pending = pending_step(state, flows)
    values = slot_values(heard, state, flows)
    answered = state.asked is not None and state.asked in values
    wanted = _wanted(heard, state, flows, answered=answered)
    need = matter(heard)
    commands: list[Command] = []
    if need and _takes_up(need, wanted, pending, state):
        values["need"] = need
        wanted = wanted or flows.by_trigger.get(need)
    if not wanted and not answered and _changes_guidance(values, pending, state):
        wanted = flows.by_trigger.get(str(state.slots["need"]))
    understood = bool(values or wanted or answered)
    if pending and pending.once and not answered and wanted in (None, state.stack[-1].flow):
        values[pending.name] = ""  # asked and not told: the flow goes on without it
    values |= _words(heard, state, need=need, answered=answered)
    if values:
        commands.append(SetSlots(values, _corrected(heard, values, state)))
    if _gives_up(heard, pending, answered=answered):
        return (*commands, CancelFlow())
    if pending and pending.offer and not answered and understood and not wanted:
        commands.append(DropOffer())
    if wanted is None and (pending is None or pending.offer) and not answered:
        wanted = _follows_from(values, heard)
    if wanted:
        return (*commands, StartFlow(wanted))
    if pending and (understood or pending.once) and not (pending.offer and not answered):
        return tuple(commands)
    return (*commands, _when_unclear(heard, pending))


def pending_step(state: State, flows: Flows) -> Step | None:
    """The question the bot waits an answer to."""
    if not state.asked or not state.stack:
        return None
    frame = state.stack[-1]
    return flows[frame.flow].steps.get(frame.step)


def _wanted(heard: Understanding, state: State, flows: Flows, *, answered: bool) -> str | None:
    """The flow that the message asks for, besides telling a matter."""
    if heard.abuse:
        return "answer_abuse"
    if "conversation_language" in heard.set_slots:
        return "change_language"
    act = heard.act(SURE)
    if (
        act is None
        or (heard.repeat and not answered)
        or _means_nothing_now(act, heard, state, answered=answered)
    ):
        return None
    return flows.by_trigger.get(act)


def _means_nothing_now(act: str, heard: Understanding, state: State, *, answered: bool) -> bool:
    """Whether an act is only politeness beside an answer, or already what is being done."""
    if act == "request_callback":
        return answered or any(frame.flow == "book_callback" for frame in state.stack)
    if act in COURTESIES:
        return answered or bool(matter(heard) or heard.entities or (state.asked and act != "thanks"))
    if act in _ABOUT_A_CALLBACK and not state.slots.get("callback"):
        return answered or matter(heard) is not None or (act == "change_callback" and state.asked is not None)
    return answered and len(heard.text.split()) <= _SHORT_ANSWER


def _takes_up(need: str, wanted: str | None, pending: Step | None, state: State) -> bool:
    """Whether a need told now becomes the matter; in the middle of a booking it is only added to the words."""
    if wanted in (None, "book_callback", "ask_human", "professional_contact"):
        return pending is None or pending.offer or pending.once or not state.slots.get("need")
    return need is not None and not state.slots.get("need")


def _follows_from(values: Mapping[str, Any], heard: Understanding) -> str | None:
    """What to take up when only facts were told: a number or a time is for a call, a place or an age for guidance."""
    if {"phone", "time", "phone_problem"} & values.keys():
        return "book_callback"
    if values.keys() & {"municipality", "child_age"} and not _perhaps(heard):
        return "find_help"
    return None


def _perhaps(heard: Understanding) -> tuple[str, ...]:
    return tuple(guess.name for guess in heard.needs[:3] if guess.confidence >= PERHAPS)


def _changes_guidance(values: Mapping[str, Any], pending: Step | None, state: State) -> bool:
    """Whether another town or age is told when services were already shown for the matter."""
    known = state.slots.get("need") not in (None, "", "other")
    return (
        known and (pending is None or pending.offer) and bool({"municipality", "child_age"} & values.keys())
    )


def _corrected(heard: Understanding, values: Mapping[str, Any], state: State) -> frozenset[str]:
    replaced = changed(values, state) - {"words", "confirm", "need", "phone_problem", "callback_offer"}
    return replaced if state.asked or heard.correction else frozenset()


def _gives_up(heard: Understanding, pending: Step | None, *, answered: bool) -> bool:
    """Whether "en sittenkään" was said in the middle of something, before there is a callback to cancel."""
    if pending is None or pending.offer or answered:
        return False
    return heard.act(SURE) in ("cancel_callback", "deny") and not pending.once


def _words(heard: Understanding, state: State, *, need: str | None, answered: bool) -> dict[str, Any]:
    """The family's own words about its matter, kept for whoever rings; phone numbers are left out of them."""
    text = heard.text.strip()
    told = need or state.asked in ("need", "confirm") or len(text) > 40  # noqa: PLR2004
    if not told or text.startswith("/") or (answered and not need and len(text.split()) < 4):  # noqa: PLR2004
        return {}
    for entity in sorted(heard.entities, key=lambda found: -found.start):
        if entity.entity in ("phone", "phone_fragment"):
            text = f"{text[: entity.start]}…{text[entity.end :]}"
    words = [*state.slots.get("words", ()), text[:_MAX_WORDS]]
    while sum(map(len, words)) > _MAX_WORDS and len(words) > 1:
        words.pop(1)
    return {"words": words} if text not in state.slots.get("words", ()) else {}


def _when_unclear(heard: Understanding, pending: Step | None) -> Command:
    if heard.repeat:
        return Repeat()
    options = _perhaps(heard)
    return Clarify(options) if options and (pending is None or pending.offer) else CannotHandle()
