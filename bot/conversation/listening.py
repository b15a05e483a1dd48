"""From an understood message to commands. Pure.

The order matters: facts first (nothing said is lost), then what the person wants done, then the matter.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.conversation.commands import (
    CancelFlow,
    CannotHandle,
    Clarify,
    Command,
    Digress,
    DropOffer,
    Repeat,
    SetSlots,
    StartFlow,
)
from bot.conversation.flow import Flows, Step
from bot.conversation.state import State
from bot.conversation.told import DECLINED, PERHAPS, SURE, changed, matter, slot_values
from bot.meaning import Understanding

COURTESIES = frozenset({"greet", "thanks", "goodbye", "affirm", "deny"})
_ABOUT_A_CALLBACK = frozenset({"callback_status", "change_callback", "cancel_callback"})
_FOR_A_CALL = frozenset(
    {"book_callback", "ask_human", "professional_contact", "network_meeting", "change_callback"}
)
"""Flows that lead to a call: a matter told with them is kept for it."""
_ONLY_REMARKS = frozenset({"feedback", "out_of_scope", "network_meeting"})
"""In the middle of a booking these are something for the advisor to know, not something else to do."""
_STARTED_BY_SLOT = {"conversation_language": "change_language", "more": "more_services"}
"""Flows that a button's payload starts by the slot it sets."""
_INCIDENTAL = "callback_offer"
"""The offer that is left when something else is said, understood or not."""
_NO_CORRECTIONS = frozenset(
    {"words", "confirm", "need", "phone_problem", "callback_offer", "more", "clarification"}
)
_MAX_WORDS = 1000
_SHORT_ANSWER = 4
"""An answer of so few words asks for nothing else."""
_BARE = 1
"""A message with so few words besides its facts tells no new matter and asks for nothing new."""
_ACTS_WITH_FACTS = frozenset({"request_callback", "change_callback", "change_language"})
"""What a family wants done with the very facts it tells."""
_STORY = 40
"""A message of more characters is the family's own words about its matter."""


@dataclass(frozen=True, slots=True)
class _Moment:
    """A message, and the question it comes after."""

    heard: Understanding
    state: State
    flows: Flows
    values: Mapping[str, Any]
    """The facts of the message as slots, with its answer to the question."""

    @property
    def pending(self) -> Step | None:
        return pending_step(self.state, self.flows)

    @property
    def answered(self) -> bool:
        return self.state.asked is not None and self.state.asked in self.values

    @property
    def open_question(self) -> bool:
        """Whether an answer is needed before what is under way can go on."""
        return self.pending is not None and not self.pending.offer

    @property
    def flow(self) -> str:
        """The flow under way; empty when there is none."""
        return self.state.stack[-1].flow if self.state.stack else ""

    @property
    def has_need(self) -> bool:
        return bool(self.state.slots.get("need"))

    def wants(self, act: str) -> bool:
        return self.heard.act(SURE) == act


def commands_for(heard: Understanding, state: State, flows: Flows) -> tuple[Command, ...]:
    """What to do about a message, in order."""
    at = _Moment(heard, state, flows, slot_values(heard, state, flows))
    need, wanted = _meant(at)
    told = _told(at, need, wanted)
    corrected = _corrected(at, told)
    commands = (SetSlots(told, corrected),) if told else ()
    return (*commands, *_moves(at, told, wanted, corrected))


def pending_step(state: State, flows: Flows) -> Step | None:
    """The question the bot waits an answer to."""
    if not state.asked or not state.stack:
        return None
    frame = state.stack[-1]
    return flows[frame.flow].steps.get(frame.step)


def _meant(at: _Moment) -> tuple[str | None, str | None]:
    """The matter a message takes up, and the flow it asks for."""
    bare = _is_all_but_facts(at)
    need = None if bare else _matter_told(at)
    wanted = None if bare else _wanted(at, need)
    if wanted is None and "phone" in at.values and not at.answered and not at.open_question:
        wanted = "book_callback"
    if wanted in _FOR_A_CALL and not at.has_need:
        need = need or at.heard.need(PERHAPS)  # whoever rings reads the words, so a likely matter is enough
    need = need if need and _takes_up(at, wanted) else None
    if wanted is None and need and not _keeps_to_question(at.pending):
        wanted = at.flows.by_trigger.get(need)
    if wanted is None and not at.answered:
        wanted = _follows_from(at)
    return need, wanted


def _told(at: _Moment, need: str | None, wanted: str | None) -> dict[str, Any]:
    """Everything the message adds to the slots."""
    told = dict(at.values)
    if need:
        told["need"] = need
        if wanted not in _FOR_A_CALL and not at.open_question:
            told.pop("time", None)  # a time in a story is no wish for a call
    if _is_passed(at) and wanted in (None, at.flow):
        told[at.state.asked or ""] = DECLINED.get(at.state.asked or "", "")  # the flow goes on without it
    if need or not wanted:
        told |= _words(at, need)
    return told


def _moves(
    at: _Moment, told: Mapping[str, Any], wanted: str | None, corrected: frozenset[str]
) -> tuple[Command, ...]:
    """What happens besides keeping what was told."""
    pending = at.pending
    if _gives_up(at):
        return (CancelFlow(),)
    if wanted:
        return (StartFlow(wanted),)
    if at.answered or _is_passed(at):
        return ()
    if pending and at.open_question and told:
        return () if pending.ask_before_filling else _noted(at, told, corrected)
    if pending and pending.name == _INCIDENTAL and not at.heard.repeat and not _in_pattern(at):
        return (DropOffer(), _when_unclear(at))
    return (_when_unclear(at),)


def _noted(at: _Moment, told: Mapping[str, Any], corrected: frozenset[str]) -> tuple[Command, ...]:
    """Something else was told than what was asked: the advisor gets it, and the question stays."""
    unclear = () if told.keys() - {"words"} else (CannotHandle(),)
    noted = at.flow == "book_callback" and not corrected and told.keys() - {"phone_problem"}
    return (Digress("pattern_noted"), *unclear) if noted else unclear


def _is_passed(at: _Moment) -> bool:
    """Whether a question that is asked only once went without an answer."""
    return bool(at.pending and at.pending.once and not at.answered and not at.heard.repeat)


def _matter_told(at: _Moment) -> str | None:
    """The matter a message tells, or the one it says yes to."""
    options = at.state.slots.get("clarification")
    if isinstance(options, list) and at.wants("affirm") and not at.state.asked:
        return str(options[0])
    return matter(at.heard)


def _is_all_but_facts(at: _Moment) -> bool:
    """Whether a message is only facts with a few words around them: "entä Mikkelissä?", "we live in Mikkeli"."""
    heard = at.heard
    if heard.act(SURE) in _ACTS_WITH_FACTS or at.state.asked == "need" or heard.text.startswith("/"):
        return False
    if not at.answered and not (heard.entities and at.has_need):
        return False
    left = heard.text
    for entity in sorted(heard.entities, key=lambda found: -found.start):
        left = f"{left[: entity.start]} {left[entity.end :]}"
    words = [word for word in left.split() if any(map(str.isalpha, word))]
    return len(words) <= (_SHORT_ANSWER if at.answered else _BARE)


def _wanted(at: _Moment, need: str | None) -> str | None:
    """The flow that the message asks for, besides telling a matter."""
    if at.heard.abuse:
        return "answer_abuse"
    for slot, flow in _STARTED_BY_SLOT.items():
        if slot in at.heard.set_slots:
            return flow
    act = at.heard.act(SURE)
    if act is None or (at.heard.repeat and not at.answered) or _means_nothing_now(act, at, need):
        return None
    wanted = at.flows.by_trigger.get(act)
    return None if at.state.asked and wanted == at.flow else wanted  # it is just what is being done


def _means_nothing_now(act: str, at: _Moment, need: str | None) -> bool:
    """Whether an act is only politeness beside an answer, or already what is being done."""
    if act == "request_callback":
        return at.answered or any(frame.flow == "book_callback" for frame in at.state.stack)
    if act in COURTESIES:
        return at.answered or bool(need or at.heard.entities or (at.state.asked and act != "thanks"))
    if act in _ABOUT_A_CALLBACK and not at.state.slots.get("callback"):
        moving = act == "change_callback" and at.state.asked is not None
        return at.answered or need is not None or bool(at.heard.entities) or moving
    if act in _ONLY_REMARKS and at.flow == "book_callback":
        return True
    return at.answered and len(at.heard.text.split()) <= _SHORT_ANSWER


def _takes_up(at: _Moment, wanted: str | None) -> bool:
    """Whether a need told now becomes the matter; in the middle of a booking it is only added to the words."""
    if not at.has_need or at.state.asked == "need":
        return True
    return (wanted is None or wanted in _FOR_A_CALL) and not _keeps_to_question(at.pending)


def _keeps_to_question(pending: Step | None) -> bool:
    """Whether a question is open that a new matter does not put aside."""
    if pending is None or pending.offer:
        return False
    return not pending.once or pending.utter.endswith("_for_call")


def _follows_from(at: _Moment) -> str | None:
    """What to take up when only facts were told: a number or a time is for a call, a place or an age for guidance."""
    if at.open_question:
        return None
    about_children = bool(at.values.keys() & {"municipality", "child_age"}) and not _in_pattern(at)
    if about_children and at.state.slots.get("need") not in (None, "", "other"):
        return at.flows.by_trigger.get(str(at.state.slots["need"]))
    if {"phone", "time", "phone_problem"} & at.values.keys() and matter(at.heard) is None:
        return "book_callback"
    return "find_help" if about_children and not _perhaps(at.heard) else None


def _perhaps(heard: Understanding) -> tuple[str, ...]:
    """The needs a message may mean, at most three; none when not even the first is likely."""
    if heard.need(PERHAPS) is None:
        return ()
    return tuple(guess.name for guess in heard.needs[:3] if guess.confidence >= PERHAPS / 3)


def _in_pattern(at: _Moment) -> bool:
    return at.flow.startswith("pattern_")


def _corrected(at: _Moment, told: Mapping[str, Any]) -> frozenset[str]:
    replaced = changed(told, at.state) - _NO_CORRECTIONS
    return replaced if at.state.asked or at.heard.correction else frozenset()


def _gives_up(at: _Moment) -> bool:
    """Whether "en sittenkään" was said in the middle of something, before there is a callback to cancel."""
    pending = at.pending
    if pending is None or at.answered or at.heard.entities:
        return False
    moving = pending.offer and pending.name == "time"
    if at.wants("cancel_callback") and not pending.offer:
        return not at.state.slots.get("callback")
    return at.wants("deny") and (moving or pending.name == "phone")


def _words(at: _Moment, need: str | None) -> dict[str, Any]:
    """The family's own words about its matter, kept for whoever rings; phone numbers are left out of them."""
    text, asked = at.heard.text.strip(), at.state.asked
    long = len(text.split()) >= _SHORT_ANSWER
    if text.startswith("/") or (not need and at.heard.act(SURE) in COURTESIES):
        return {}
    if not (need or asked == "need" or len(text) > _STORY or (asked == "confirm" and long)):
        return {}
    if at.answered and not need and asked != "need" and not long:
        return {}
    for entity in sorted(at.heard.entities, key=lambda found: -found.start):
        if entity.entity in ("phone", "phone_fragment"):
            text = f"{text[: entity.start]}…{text[entity.end :]}"
    known = at.state.slots.get("words", ())
    words = [*known, text[:_MAX_WORDS]]
    while sum(map(len, words)) > _MAX_WORDS and len(words) > 1:
        words.pop(1)
    return {"words": words} if text[:_MAX_WORDS] not in known else {}


def _when_unclear(at: _Moment) -> Command:
    if at.heard.repeat and at.state.last_offer:
        return Repeat()
    options = _perhaps(at.heard)
    open_question = at.pending and (at.pending.name != _INCIDENTAL or _in_pattern(at))
    return Clarify(options) if options and not open_question else CannotHandle()
