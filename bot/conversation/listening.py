"""From an understood message to commands. Pure.

The order matters: facts first (nothing said is lost), then what the person wants done, then the matter.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.conversation import own_callback
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
from bot.conversation.moment import COURTESIES, SHORT_ANSWER, Moment, is_all_but_facts, is_passed, own_words
from bot.conversation.remarks import (
    bare_language,
    declines_a_call,
    speaks_of_the_call,
    wants_a_call_after_all,
)
from bot.conversation.state import State
from bot.conversation.told import DECLINED, PERHAPS, SURE, VERY_SURE, changed, matter, slot_values
from bot.meaning import SPOKEN_BY_ADVISORS, Guess, Understanding

_ABOUT_A_CALLBACK = frozenset({"callback_status", "change_callback", "cancel_callback"})
_ABOUT_A_CALL = _ABOUT_A_CALLBACK | {"request_callback", "ask_human"}
_FOR_A_CALL = frozenset(
    {"book_callback", "ask_human", "professional_contact", "network_meeting", "change_callback"}
)
"""Flows that lead to a call: a matter told with them is kept for it."""
_ONLY_REMARKS = frozenset({"feedback", "out_of_scope", "network_meeting"})
"""In the middle of a booking these are something for the advisor to know, not something else to do."""
_STARTED_BY_SLOT = {
    "conversation_language": "change_language",
    "more": "more_services",
    "teach": "teach",
    "person_left": "leave_person",
}
"""Flows that a button's payload starts by the slot it sets."""
_INCIDENTAL = "callback_offer"
"""The offer that is left when something else is said, understood or not."""
_NO_CORRECTIONS = frozenset(
    {"words", "confirm", "need", "phone_problem", "callback_offer", "more", "clarification"}
)


def commands_for(heard: Understanding, state: State, flows: Flows) -> tuple[Command, ...]:
    """What to do about a message, in order."""
    if declines_a_call(heard.text):
        heard = replace(heard, acts=(Guess("deny", 1.0),))
    at = Moment(heard, state, flows, slot_values(heard, state, flows))
    need, wanted = _meant(at)
    wanted = wanted if at.open_question else _for_own_callback(at, need, wanted)
    told = _told(at, need, wanted)
    corrected = _corrected(at, told) - ({"language"} if wanted == "change_language" else set())
    commands = (SetSlots(told, corrected),) if told else ()
    return (*commands, *_moves(at, told, wanted, corrected), *_also_corrects(at, told, wanted))


def _for_own_callback(at: Moment, need: str | None, wanted: str | None) -> str | None:
    """The flow wanted, when a call already waits: a time moves it, a fact is put right in it."""
    if own_callback.moves(at.heard, at.values, at.state):
        return own_callback.CHANGE
    return own_callback.CORRECT if not need and own_callback.corrects(at.values, at.state) else wanted


def _is_for_own_callback(at: Moment, told: Mapping[str, Any]) -> bool:
    """Whether words are told for the call that waits."""
    return "words" in told and not at.open_question and bool(at.state.slots.get("callback"))


def _also_corrects(at: Moment, told: Mapping[str, Any], wanted: str | None) -> tuple[Command, ...]:
    """First of all, what is told goes to the call that waits."""
    if at.open_question or not at.state.slots.get("callback") or wanted == own_callback.CORRECT:
        return ()
    if _is_for_own_callback(at, told) or own_callback.corrects(told, at.state):
        return (Digress(own_callback.CORRECT),)
    return ()


def _meant(at: Moment) -> tuple[str | None, str | None]:
    """The matter a message takes up, and the flow it asks for."""
    bare = is_all_but_facts(at)
    need = None if bare else _matter_told(at)
    if need is None and at.values.get("language") not in (None, *SPOKEN_BY_ADVISORS) and not at.state.asked:
        need = at.heard.need(PERHAPS)  # a language told with a story takes some of its weight
    wanted = None if bare else _wanted(at, need)
    if wanted is None and "phone" in at.values and not at.answered and not at.open_question:
        wanted = "book_callback"
    if wanted in _FOR_A_CALL and not at.has_need:
        need = need or at.heard.need(PERHAPS)  # whoever rings reads the words, so a likely matter is enough
    need = need if need and _takes_up(at, wanted) else None
    if wanted is None and need and not _keeps_to_question(at.pending) and not at.values.get("callback_offer"):
        wanted = at.flows.by_trigger.get(need)
    if wanted is None and not at.answered:
        wanted = _follows_from(at)
    return need, wanted


def _told(at: Moment, need: str | None, wanted: str | None) -> dict[str, Any]:
    """Everything the message adds to the slots."""
    told = dict(at.values)
    if need and told.get("language") not in (None, *SPOKEN_BY_ADVISORS):
        told.setdefault("interpreter", True)
    if need:
        told["need"] = need
        if wanted not in _FOR_A_CALL and not at.open_question and not at.values.get("callback_offer"):
            told.pop("time", None)  # a time in a story is no wish for a call
    if is_passed(at) and wanted in (None, at.flow):
        told[at.state.asked or ""] = DECLINED.get(at.state.asked or "", "")  # the flow goes on without it
    if need or not wanted:
        told |= own_words(at, need)
    return told


def _moves(
    at: Moment, told: Mapping[str, Any], wanted: str | None, corrected: frozenset[str]
) -> tuple[Command, ...]:
    """What happens besides keeping what was told."""
    pending = at.pending
    if _gives_up(at):
        return (CancelFlow(),)
    if wanted:
        kept = wanted == "change_language" and pending is not None and pending.name == _INCIDENTAL
        return (Digress(wanted) if kept else StartFlow(wanted),)
    if at.answered or is_passed(at) or _is_for_own_callback(at, told):
        return ()
    if pending and at.open_question and told:
        return () if pending.ask_before_filling else _noted(at, told, corrected)
    if pending and pending.name == _INCIDENTAL and not at.heard.repeat and not _in_pattern(at):
        return (DropOffer(), _when_unclear(at))
    return (_when_unclear(at),)


def _noted(at: Moment, told: Mapping[str, Any], corrected: frozenset[str]) -> tuple[Command, ...]:
    """Something else was told than what was asked: the advisor gets it, and the question stays."""
    unclear = () if told.keys() - {"words"} else (CannotHandle(),)
    noted = at.flow == "book_callback" and not corrected and told.keys() - {"phone_problem"}
    return (Digress("pattern_noted"), *unclear) if noted else unclear


def _matter_told(at: Moment) -> str | None:
    """The matter a message tells, or the one it says yes to."""
    options = at.state.slots.get("clarification")
    if isinstance(options, list) and at.wants("affirm") and not at.state.asked:
        return str(options[0])
    return matter(at.heard)


def _wanted(at: Moment, need: str | None) -> str | None:
    """The flow that the message asks for, besides telling a matter."""
    if at.heard.abuse:
        return "answer_abuse"
    for slot, flow in _STARTED_BY_SLOT.items():
        if slot in at.heard.set_slots:
            return flow
    act = at.heard.act(SURE) or _asks_for_a_call(at, need)
    if act == "change_language" and _only_of_the_call(at, need):
        return None
    if act is None or (at.heard.repeat and not at.answered) or _means_nothing_now(act, at, need):
        return None
    wanted = at.flows.by_trigger.get(act)
    return None if at.state.asked and wanted == at.flow else wanted  # it is just what is being done


def _only_of_the_call(at: Moment, need: str | None) -> bool:
    """Whether a language is told for the call, and the chat goes on in its own; or other facts, and no language."""
    language = at.values.get("language")
    if language is None:
        return bool(at.heard.entities)  # "eiku 044…" changes something else
    if at.flow == "book_callback":
        return speaks_of_the_call(at.heard.text) or _at_end(at)
    return bool(need or at.heard.need(PERHAPS)) and language != at.heard.language


def _at_end(at: Moment) -> bool:
    return at.state.asked in ("confirm", "change") and bare_language(at.heard.text) is not None


def _asks_for_a_call(at: Moment, need: str | None) -> str | None:
    """A call, when all that is likely has to do with one and there is none yet: "no soittakaa sittenkin"."""
    if need or at.state.asked or at.state.slots.get("callback") or not at.heard.acts:
        return None
    if wants_a_call_after_all(at.heard.text) and not at.heard.text.casefold().startswith(("en ", "ei ")):
        return "request_callback"
    about = sum(guess.confidence for guess in at.heard.acts if guess.name in _ABOUT_A_CALL)
    first = at.heard.acts[0].name
    return first if first == "request_callback" and about >= SURE else None


def _means_nothing_now(act: str, at: Moment, need: str | None) -> bool:
    """Whether an act is only politeness beside an answer, or already what is being done."""
    if act == "delete_my_data" and at.open_question and at.heard.act(VERY_SURE) is None:
        return True  # what cannot be undone is not started on a guess, in the middle of something else
    if act == "request_callback":
        return at.answered or any(frame.flow == "book_callback" for frame in at.state.stack)
    if act in COURTESIES:
        return at.answered or bool(need or at.heard.entities or (at.state.asked and act != "thanks"))
    if act in _ABOUT_A_CALLBACK and not at.state.slots.get("callback"):
        moving = act == "change_callback" and at.state.asked is not None
        return at.answered or need is not None or bool(at.heard.entities) or moving
    if act in _ONLY_REMARKS and at.flow == "book_callback":
        return True
    return at.answered and len(at.heard.text.split()) <= SHORT_ANSWER


def _takes_up(at: Moment, wanted: str | None) -> bool:
    """Whether a need told now becomes the matter; in the middle of a booking it is only added to the words."""
    if not at.has_need or at.state.asked == "need":
        return True
    return (wanted is None or wanted in _FOR_A_CALL) and not _keeps_to_question(at.pending)


def _keeps_to_question(pending: Step | None) -> bool:
    """Whether a question is open that a new matter does not put aside."""
    if pending is None or pending.offer:
        return False
    return not pending.once or pending.utter.endswith("_for_call")


def _follows_from(at: Moment) -> str | None:
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


def _in_pattern(at: Moment) -> bool:
    return at.flow.startswith("pattern_")


def _corrected(at: Moment, told: Mapping[str, Any]) -> frozenset[str]:
    replaced = changed(told, at.state) - _NO_CORRECTIONS
    return replaced if at.state.asked or at.heard.correction else frozenset()


def _gives_up(at: Moment) -> bool:
    """Whether "en sittenkään" was said in the middle of something, before there is a callback to cancel."""
    pending = at.pending
    if pending is None or at.answered or at.heard.entities:
        return False
    moving = pending.offer and pending.name == "time"
    if at.wants("cancel_callback") and not pending.offer:
        return not at.state.slots.get("callback")
    return at.wants("deny") and (moving or pending.name == "phone")


def _when_unclear(at: Moment) -> Command:
    if at.heard.repeat and at.state.last_offer:
        return Repeat()
    options = _perhaps(at.heard)
    open_question = at.pending and (at.pending.name != _INCIDENTAL or _in_pattern(at))
    return Clarify(options) if options and not open_question else CannotHandle()
