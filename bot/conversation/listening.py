"""From an understood message to commands. Pure.

The order matters: facts first (nothing said is lost), then what the person wants done, then the matter.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.conversation import (
    aftermath,
    asides,
    guidance_asked,
    own_callback,
    questions,
    refusals,
    safe_calling,
)
from bot.conversation.commands import (
    CancelFlow,
    CannotHandle,
    Clarify,
    Command,
    Digress,
    DropOffer,
    Explain,
    Repeat,
    SetSlots,
    StartFlow,
)
from bot.conversation.flow import Flows, Step
from bot.conversation.fragments import is_begun
from bot.conversation.matters import in_order
from bot.conversation.moment import (
    Moment,
    by_child,
    is_all_but_facts,
    is_passed,
    own_words,
    without_facts,
)
from bot.conversation.remarks import declines_a_call
from bot.conversation.said_first import TALK_GONE, leans_on_before, said_first
from bot.conversation.sites import CONTACT_PERSON
from bot.conversation.spoken_language import for_the_call
from bot.conversation.state import State
from bot.conversation.told import DECLINED, PERHAPS, SURE, changed, matter, slot_values
from bot.conversation.unclear import INCIDENTAL, in_pattern, perhaps, when_unclear
from bot.conversation.wanting import (
    AFTER_CRISIS,
    CRY,
    EASY,
    SPAM,
    only_changes_language,
    returns_after_crisis,
    wanted_flow,
)
from bot.meaning import SPOKEN_BY_ADVISORS, Guess, Understanding

_FOR_A_CALL = frozenset(
    {"book_callback", "ask_human", "professional_contact", "network_meeting", "change_callback"}
)
"""Flows that lead to a call: a matter told with them is kept for it."""
_NEW_CALL = _FOR_A_CALL - {"change_callback"}
_LONGEST_SITE = 200
_FEW = 2
_NO_CORRECTIONS = frozenset({
    "words", "confirm", "need", "also", "phone_problem", "callback_offer", "more", "clarification", "site", "easy",
    "contact_mode", "guide", safe_calling.CAREFUL, *safe_calling.ANSWERS,
})  # fmt: skip


def commands_for(heard: Understanding, state: State, flows: Flows) -> tuple[Command, ...]:
    """What to do about a message, in order."""
    if declines_a_call(heard.text):
        heard = replace(heard, acts=(Guess("deny", 1.0),))
    heard = for_the_call(guidance_asked.marked(heard))
    heard = questions.alone(refusals.reread(heard, state), state)
    at = Moment(heard, state, flows, slot_values(heard, state, flows))
    if aside := _about_the_talk(at):
        return (aside,)
    need, wanted = _meant(at)
    wanted = wanted if at.open_question else _for_own_callback(at, need, wanted)
    told = _told(at, need, wanted)
    corrected = _corrected(at, told) - ({"language"} if wanted == "change_language" else set())
    commands = (SetSlots(told, corrected),) if told else ()
    return (
        *commands,
        *_moves(at, told, wanted, corrected),
        *_also_corrects(at, told, wanted),
        *said_first(at, told, wanted),
    )


def _about_the_talk(at: Moment) -> Command | None:
    """What a message does that is only about what was said before it, or is not finished yet."""
    text = at.heard.text
    if asides.asks_what_is_meant(text) or at.heard.asks == questions.WHY:
        return Explain()
    plain = not at.heard.entities and at.heard.need(SURE) is None
    if plain and (asides.asks_again(text) or (at.heard.repeat and not at.answered)):
        return Repeat()
    if plain and leans_on_before(at):
        return Digress(TALK_GONE)
    return Digress("pattern_go_on") if is_begun(text) and not at.state.asked else None


def _for_own_callback(at: Moment, need: str | None, wanted: str | None) -> str | None:
    """The flow wanted, when a call already waits: a time moves it, a fact is put right in it."""
    if own_callback.moves(at.heard, at.values, at.state):
        return own_callback.CHANGE
    if safe_calling.begins_anew(at.values, at.state.slots) and (not need or wanted in _NEW_CALL):
        return safe_calling.FLOW
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
    need = (None if bare else _matter_told(at)) or _guessed_before(at)
    if need is None and not bare and by_child(at):
        need = at.heard.need(PERHAPS)  # a child is heard whatever it is called
    if need is None and at.values.get("language") not in (None, *SPOKEN_BY_ADVISORS) and not at.state.asked:
        need = at.heard.need(PERHAPS)  # a language told with a story takes some of its weight
    wanted = None if bare else wanted_flow(at, need)
    need = None if wanted in (CRY, SPAM) or only_changes_language(at) else need
    if wanted is None and "phone" in at.values and not at.answered and not at.open_question:
        wanted = "book_callback"
    if wanted in _FOR_A_CALL and not at.has_need:
        need = need or at.heard.need(PERHAPS)  # whoever rings reads the words, so a likely matter is enough
    need = _heaviest(at, need) if need and _takes_up(at, wanted) else None
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
        told |= {
            "need": need,
            "also": [one for one in in_order(dict.fromkeys((need, *at.heard.also))) if one != need],
        }
        if wanted not in _FOR_A_CALL and not at.open_question and not at.values.get("callback_offer"):
            told.pop("time", None)  # a time in a story is no wish for a call
    if is_passed(at) and wanted in (None, at.flow):
        told[at.state.asked or ""] = DECLINED.get(at.state.asked or "", "")  # the flow goes on without it
    if told.get("sender_role") == "professional" and asides.names_a_site(at.heard.text):
        told["site"] = at.heard.text.strip()[:_LONGEST_SITE]
    if need and at.heard.need(SURE) is None and wanted in _FOR_A_CALL and not at.has_need:
        told["heard"] = [*(at.state.slots.get("heard") or ()), need]  # kept for whoever rings, not said aloud
    with_a_call = wanted in _NEW_CALL and asides.says_more_than_a_call(without_facts(at.heard))
    if need or not wanted or with_a_call:
        told |= own_words(at, need, for_a_call=with_a_call)
    return told


def _heaviest(at: Moment, need: str) -> str:
    """Of two matters in one message, the one to take up first."""
    return in_order((need, *at.heard.also))[0]


def _moves(
    at: Moment, told: Mapping[str, Any], wanted: str | None, corrected: frozenset[str]
) -> tuple[Command, ...]:
    """What happens besides keeping what was told."""
    pending = at.pending
    if _gives_up(at):
        return (CancelFlow(),)
    if wanted:
        kept = wanted == "change_language" and pending is not None and pending.name == INCIDENTAL
        if wanted == EASY:
            return _in_other_words(at)
        return (Digress(wanted) if kept else StartFlow(wanted),)
    if at.answered or is_passed(at) or _is_for_own_callback(at, told) or _needs_no_more(at, told):
        return ()
    if pending and at.open_question and told:
        return () if pending.ask_before_filling else _noted(at, told, corrected)
    return _when_unclear_here(at)


def _needs_no_more(at: Moment, told: Mapping[str, Any]) -> bool:
    """Whether all that was told or asked has its answer already."""
    return at.heard.asks in questions.COMFORTS or safe_calling.tells_only_this(told)


def _when_unclear_here(at: Moment) -> tuple[Command, ...]:
    """What is done about words that are neither an answer nor a wish, at this place of the talk."""
    pending = at.pending
    if returns_after_crisis(at):
        return (StartFlow(AFTER_CRISIS),)
    if pending and pending.name == INCIDENTAL and not at.heard.repeat and not in_pattern(at):
        return (DropOffer(), when_unclear(at))
    return (when_unclear(at),)


def _in_other_words(at: Moment) -> tuple[Command, ...]:
    """Easy language begins or ends; what was asked, or offered as "did you mean", is asked again in it."""
    options = at.state.slots.get("clarification")
    return (*([Clarify(tuple(options))] if isinstance(options, list) else []), Digress(EASY))


def _noted(at: Moment, told: Mapping[str, Any], corrected: frozenset[str]) -> tuple[Command, ...]:
    """Something else was told than what was asked: the advisor gets it, and the question stays."""
    unclear = () if told.keys() - {"words"} else (CannotHandle(),)
    others = told.keys() - {"phone_problem", "contact_mode", safe_calling.CAREFUL, *safe_calling.ANSWERS}
    noted = at.flow == "book_callback" and not corrected and others
    return (Digress("pattern_noted"), *unclear) if noted else unclear


def _guessed_before(at: Moment) -> str | None:
    """The likeliest of the matters just offered as "did you mean", when a place or an age is all that follows.

    Whoever goes on telling of the family has told its matter already, and is not asked for it again; a danger that was
    answered was a matter too.
    """
    options = at.state.slots.get("clarification")
    goes_on = bool(at.values.keys() & {"municipality", "child_age"}) and not at.state.asked
    if not goes_on or perhaps(at.heard):
        return None
    if isinstance(options, list):
        return str(options[0])
    return None if at.has_need else aftermath.MATTERS.get(at.state.slots.get("category") or "")


def _matter_told(at: Moment) -> str | None:
    """The matter a message tells, or the one it says yes to."""
    options = at.state.slots.get("clarification")
    if isinstance(options, list) and at.wants("affirm") and not at.state.asked:
        return str(options[0])
    left = without_facts(at.heard).split()
    only_corrects = at.heard.correction and at.heard.entities and len(left) <= _FEW
    return None if only_corrects else matter(at.heard)


def _takes_up(at: Moment, wanted: str | None) -> bool:
    """Whether a need told now becomes the matter; in the middle of a booking it is only added to the words."""
    if not at.has_need or at.state.asked == "need":
        return wanted != CONTACT_PERSON
    return (wanted is None or wanted in _FOR_A_CALL) and not _keeps_to_question(at.pending)


def _keeps_to_question(pending: Step | None) -> bool:
    """Whether a question is open that a new matter does not put aside."""
    if pending is None or pending.offer:
        return False
    return not pending.once or pending.utter.endswith("_for_call") or pending.name in safe_calling.QUESTIONS


def _follows_from(at: Moment) -> str | None:
    """What to take up when only facts were told: a number or a time is for a call, a place or an age for guidance."""
    if at.open_question:
        return None
    about_children = bool(at.values.keys() & {"municipality", "child_age"}) and not in_pattern(at)
    if about_children and at.state.slots.get("need") not in (None, "", "other"):
        return at.flows.by_trigger.get(str(at.state.slots["need"]))
    if {"phone", "time", "phone_problem"} & at.values.keys() and matter(at.heard) is None:
        leaves = at.values.keys() == {"time"} and at.heard.act(SURE) in ("thanks", "goodbye")
        return None if leaves else "book_callback"  # "ok kiitos tästä, ehkä huomenna"
    return "find_help" if about_children and not perhaps(at.heard) else None


def _corrected(at: Moment, told: Mapping[str, Any]) -> frozenset[str]:
    replaced = changed(told, at.state) - _NO_CORRECTIONS
    return replaced if at.state.asked or at.heard.correction else frozenset()


def _gives_up(at: Moment) -> bool:
    """Whether "en sittenkään" was said in the middle of something, before there is a callback to cancel."""
    pending = at.pending
    if pending is None or at.answered or at.heard.entities:
        return False
    if asides.gives_up(at.heard.text) and not own_callback.waits(at.state):
        return not pending.offer
    moving = pending.offer and pending.name == "time"
    if at.wants("cancel_callback") and not pending.offer:
        return not own_callback.waits(at.state)
    return at.wants("deny") and (moving or pending.name == "phone")
