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
_FOR_A_CALL = frozenset(
    {"book_callback", "ask_human", "professional_contact", "network_meeting", "change_callback"}
)
"""Flows that lead to a call: a matter told with them is kept for it."""
_STARTED_BY_SLOT = {"conversation_language": "change_language", "more": "more_services"}
"""Flows that a button's payload starts by the slot it sets."""
_MAX_WORDS = 1000
_SHORT_ANSWER = 4
"""An answer of so few words asks for nothing else."""
_BARE = 1
"""A message with so few words besides its facts tells no new matter and asks for nothing new."""
_ACTS_WITH_FACTS = frozenset({"request_callback", "change_callback", "cancel_callback", "change_language"})
"""What a family wants done with the very facts it tells."""
_STORY = 40
"""A message of more characters is the family's own words about its matter."""


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
class Digress:
    """Say a pattern first; then what was under way goes on."""

    pattern: str


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


Command = SetSlots | StartFlow | TakeOver | Digress | CancelFlow | DropOffer | Clarify | Repeat | CannotHandle


def commands_for(heard: Understanding, state: State, flows: Flows) -> tuple[Command, ...]:
    """What to do about a message, in order; never empty."""
    pending = pending_step(state, flows)
    open_question = pending is not None and not pending.offer
    values = slot_values(heard, state, flows)
    answered = state.asked is not None and state.asked in values
    bare = _is_all_but_facts(heard, state, answered=answered)
    need = None if bare else _matter_told(heard, state)
    wanted = None if bare else _wanted(heard, state, flows, need=need, answered=answered)
    if wanted in _FOR_A_CALL and not state.slots.get("need"):
        need = need or heard.need(PERHAPS)  # whoever rings reads the words, so a likely matter is enough
    if need and _takes_up(need, wanted, pending, state):
        values["need"] = need
        wanted = wanted or (None if _keeps_to_question(pending) else flows.by_trigger.get(need))
    if need and wanted not in _FOR_A_CALL and not open_question and "phone" not in values:
        values.pop("time", None)  # a time in a story is no wish for a call
    if not wanted and not answered and _changes_guidance(values, pending, state):
        wanted = flows.by_trigger.get(str(state.slots["need"]))
    told = bool(values)
    if pending and pending.once and not answered and wanted in (None, state.stack[-1].flow):
        values[pending.name] = ""  # asked and not told: the flow goes on without it
    values |= {} if wanted and not need else _words(heard, state, need=need, answered=answered)
    commands: list[Command] = [SetSlots(values, _corrected(heard, values, state))] if values else []
    if _gives_up(heard, pending, answered=answered):
        return (*commands, CancelFlow())
    if wanted is None and not open_question and not answered:
        wanted = _follows_from(values, heard)
    if pending and pending.offer and not answered and not (wanted or heard.repeat or _in_pattern(state)):
        commands.append(DropOffer())
    if wanted:
        return (*commands, StartFlow(wanted))
    if answered or (pending and pending.once):
        return tuple(commands)
    if open_question and values.keys() - {"phone_problem"} and _takes_notes(state) and not _corrected(heard, values, state):
        commands += [Digress("pattern_noted")] if pending and not pending.ask_before_filling else []
    if open_question and (told or (values and pending and pending.ask_before_filling)):
        return tuple(commands)
    return (*commands, _when_unclear(heard, state, pending))


def pending_step(state: State, flows: Flows) -> Step | None:
    """The question the bot waits an answer to."""
    if not state.asked or not state.stack:
        return None
    frame = state.stack[-1]
    return flows[frame.flow].steps.get(frame.step)


def _matter_told(heard: Understanding, state: State) -> str | None:
    """The matter a message tells, or the one it says yes to."""
    options = state.slots.get("clarification")
    if isinstance(options, list) and heard.act(SURE) == "affirm" and not state.asked:
        return str(options[0])
    return matter(heard)


def _is_all_but_facts(heard: Understanding, state: State, *, answered: bool) -> bool:
    """Whether a message is only facts with a few words around them: "entä Mikkelissä?", "we live in Mikkeli"."""
    if not heard.entities or heard.act(SURE) in _ACTS_WITH_FACTS or not state.slots.get("need"):
        return False
    left = heard.text
    for entity in sorted(heard.entities, key=lambda found: -found.start):
        left = f"{left[: entity.start]} {left[entity.end :]}"
    words = [word for word in left.split() if any(map(str.isalpha, word))]
    return len(words) <= (_SHORT_ANSWER if answered else _BARE)


def _wanted(
    heard: Understanding, state: State, flows: Flows, *, need: str | None, answered: bool
) -> str | None:
    """The flow that the message asks for, besides telling a matter."""
    if heard.abuse:
        return "answer_abuse"
    for slot, flow in _STARTED_BY_SLOT.items():
        if slot in heard.set_slots:
            return flow
    act = heard.act(SURE)
    if act is None or (heard.repeat and not answered):
        return None
    if _means_nothing_now(act, heard, state, need=need, answered=answered):
        return None
    return flows.by_trigger.get(act)


def _means_nothing_now(
    act: str, heard: Understanding, state: State, *, need: str | None, answered: bool
) -> bool:
    """Whether an act is only politeness beside an answer, or already what is being done."""
    if act == "request_callback":
        return answered or any(frame.flow == "book_callback" for frame in state.stack)
    if act in COURTESIES:
        return answered or bool(need or heard.entities or (state.asked and act != "thanks"))
    if act in _ABOUT_A_CALLBACK and not state.slots.get("callback"):
        return answered or need is not None or (act == "change_callback" and state.asked is not None)
    return answered and len(heard.text.split()) <= _SHORT_ANSWER


def _takes_up(need: str, wanted: str | None, pending: Step | None, state: State) -> bool:
    """Whether a need told now becomes the matter; in the middle of a booking it is only added to the words."""
    if not state.slots.get("need") or (pending and pending.name == "need"):
        return True
    return bool(need) and (wanted is None or wanted in _FOR_A_CALL) and not _keeps_to_question(pending)


def _keeps_to_question(pending: Step | None) -> bool:
    """Whether a question is open that a new matter does not put aside."""
    return (
        pending is not None
        and not pending.offer
        and (not pending.once or pending.utter.endswith("_for_call"))
    )


def _follows_from(values: Mapping[str, Any], heard: Understanding) -> str | None:
    """What to take up when only facts were told: a number or a time is for a call, a place or an age for guidance."""
    if {"phone", "time", "phone_problem"} & values.keys():
        return "book_callback"
    if values.keys() & {"municipality", "child_age"} and not _perhaps(heard):
        return "find_help"
    return None


def _perhaps(heard: Understanding) -> tuple[str, ...]:
    """The needs a message may mean, at most three; none when not even the first is likely."""
    if heard.need(PERHAPS) is None:
        return ()
    return tuple(guess.name for guess in heard.needs[:3] if guess.confidence >= PERHAPS / 3)


def _changes_guidance(values: Mapping[str, Any], pending: Step | None, state: State) -> bool:
    """Whether another town or age is told when services were already shown for the matter."""
    known = state.slots.get("need") not in (None, "", "other")
    return (
        known and (pending is None or pending.offer) and bool({"municipality", "child_age"} & values.keys())
    )


def _in_pattern(state: State) -> bool:
    return state.stack[-1].flow.startswith("pattern_")


def _takes_notes(state: State) -> bool:
    """Whether what is told now goes to the advisor."""
    return state.stack[-1].flow == "book_callback"


def _corrected(heard: Understanding, values: Mapping[str, Any], state: State) -> frozenset[str]:
    replaced = changed(values, state) - {"words", "confirm", "need", "phone_problem", "callback_offer"}
    return replaced if state.asked or heard.correction else frozenset()


def _gives_up(heard: Understanding, pending: Step | None, *, answered: bool) -> bool:
    """Whether "en sittenkään" was said in the middle of something, before there is a callback to cancel."""
    if pending is None or pending.offer or answered:
        return False
    act = heard.act(SURE)
    return act == "cancel_callback" or (act == "deny" and pending.name in ("phone", "time"))


def _words(heard: Understanding, state: State, *, need: str | None, answered: bool) -> dict[str, Any]:
    """The family's own words about its matter, kept for whoever rings; phone numbers are left out of them."""
    text = heard.text.strip()
    if heard.act(SURE) in COURTESIES and not need:
        return {}
    told = need or state.asked == "need" or len(text) > _STORY
    told = told or (state.asked == "confirm" and len(text.split()) >= _SHORT_ANSWER)
    if not told or text.startswith("/") or (answered and not need and len(text.split()) < _SHORT_ANSWER):
        return {}
    for entity in sorted(heard.entities, key=lambda found: -found.start):
        if entity.entity in ("phone", "phone_fragment"):
            text = f"{text[: entity.start]}…{text[entity.end :]}"
    known = state.slots.get("words", ())
    words = [*known, text[:_MAX_WORDS]]
    while sum(map(len, words)) > _MAX_WORDS and len(words) > 1:
        words.pop(1)
    return {"words": words} if text[:_MAX_WORDS] not in known else {}


def _when_unclear(heard: Understanding, state: State, pending: Step | None) -> Command:
    if heard.repeat and state.last_offer:
        return Repeat()
    options = _perhaps(heard)
    open_question = pending and (not pending.offer or _in_pattern(state))
    return Clarify(options) if options and not open_question else CannotHandle()
