"""Which flow a message asks for, besides telling a matter. Pure."""

from bot.conversation import asides, sites
from bot.conversation.aftermath import answered_by
from bot.conversation.cries import cries
from bot.conversation.moment import COURTESIES, SHORT_ANSWER, Moment
from bot.conversation.questions import ANSWERED, COMFORTS
from bot.conversation.refusals import asks_if_it_can_be_cancelled
from bot.conversation.remarks import (
    asks_for_a_call_with_somebody,
    asks_to_be_rung,
    bare_language,
    speaks_of_deleting,
    speaks_of_language,
    speaks_of_the_call,
    wants_a_call_after_all,
)
from bot.conversation.safe_calling import ANSWERS
from bot.conversation.told import PERHAPS, SURE, VERY_SURE
from bot.conversation.who_sees import asks_if_a_child_may, asks_who_sees

EASY = "easy_language"
AFTER_CRISIS = "after_crisis"
CRY, SPAM = "answer_cry", "answer_spam"
GUIDANCE = "more_guidance"
_ABOUT_A_CALLBACK = frozenset({"callback_status", "change_callback", "cancel_callback"})
_ABOUT_A_CALL = _ABOUT_A_CALLBACK | {"request_callback", "ask_human"}
_ONLY_REMARKS = frozenset({"feedback", "out_of_scope", "network_meeting"})
"""In the middle of a booking these are something for the advisor to know, not something else to do."""
_SOUNDS_LIKE_SAFE_CALLING = frozenset({"ask_human", "ask_privacy", "callback_status"})
"""What a model takes "vain minä saan vastata" for."""
_ONLY_A_CALL = {"/request_callback", "/ask_human"}
_STARTED_BY_SLOT = {
    "easy": EASY,
    "joint_call": "joint_call",
    "conversation_language": "change_language",
    "more": "more_services",
    "teach": "teach",
    "guide": GUIDANCE,
    "person_left": "leave_person",
}
"""Flows that a button's payload starts by the slot it sets."""


def wanted_flow(at: Moment, need: str | None) -> str | None:
    """The flow that the message asks for, besides telling a matter."""
    if at.heard.abuse or (need is None and asides.is_insult(at.heard.text)):
        return "answer_abuse"
    if asides.is_advertising(at.heard.text):
        return SPAM
    for slot, flow in _STARTED_BY_SLOT.items():
        if slot in at.heard.set_slots and not (need and _is_heard_first(flow, at, need)):
            return flow
    if sites.asks_for_contact_person(at.heard.text) and at.state.asked != "site":
        return sites.CONTACT_PERSON
    tells_how = bool(
        at.values.keys() & set(ANSWERS)
    )  # "älkää kertoko miehelle, mistä soitatte" asks for no privacy
    in_passing = None if tells_how else _beside_all(at, at.heard.text) or _asked_in_passing(at, need)
    if asked := _asked_plainly(at, need) or in_passing:
        return asked
    act = (
        _after_all(at, need)
        or _with_interpreter(at, need)
        or at.heard.act(SURE)
        or _asks_for_a_call(at, need)
    )
    mistaken = tells_how and act in _SOUNDS_LIKE_SAFE_CALLING
    return _flow_of(act, at, need) if act and not mistaken else _of_how_alone(at, need)


def _asked_plainly(at: Moment, need: str | None) -> str | None:
    """What answers a question known by its words; a doubt about oneself, when nothing else is under way."""
    asks = at.heard.asks
    if asks in COMFORTS:
        return None if need or at.state.asked else f"answer_{asks}"
    return ANSWERED.get(asks or "")


def _of_how_alone(at: Moment, need: str | None) -> str | None:
    """Guidance for whoever has told only how to be reached: what weighs is not known yet."""
    return "find_help" if need is None and not at.has_need and _only_tells_how(at) else None


def _is_heard_first(flow: str, at: Moment, need: str) -> bool:
    """Whether the matter that a message tells is taken up before what it wishes: easy words, more about that matter."""
    if flow == GUIDANCE:
        return not at.open_question and need not in (at.state.slots.get("heard") or ())
    return flow == EASY


def _flow_of(act: str, at: Moment, need: str | None) -> str | None:
    """The flow of an act, unless it means nothing at this place of the talk."""
    if act == "affirm" and not at.state.asked and need is None and _speaks_of_a_call(at):
        return None if at.state.slots.get("callback") else "book_callback"
    if act == "change_language" and (_only_of_the_call(at, need) or not _names_a_language(at)):
        return None
    if act == "request_callback" and _only_tells_how(at):
        return "find_help" if need is None and not at.has_need else None
    if act in ("greet", "thanks", "affirm") and returns_after_crisis(at) and need is None:
        return AFTER_CRISIS
    if (at.heard.repeat and not at.answered) or _means_nothing_now(act, at, need):
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
    if only_changes_language(at):
        return False
    if need and language == at.state.language:
        return True  # the talk is in it already: the matter is what is told
    return bool(need or at.heard.need(PERHAPS)) and language != at.heard.language


def _names_a_language(at: Moment) -> bool:
    """Whether a language, or the word for one, is in the message at all."""
    pressed = at.heard.text.startswith("/") or bool(at.heard.set_slots)
    return pressed or at.values.get("language") is not None or speaks_of_language(at.heard.text)


def only_changes_language(at: Moment) -> bool:
    """Whether a few words wish for another language and tell nothing: "puhutaan suomea" is no immigrant's matter."""
    few = len(at.heard.text.split()) <= SHORT_ANSWER
    return few and at.heard.act(SURE) == "change_language" and bool(at.values.get("language"))


def _at_end(at: Moment) -> bool:
    return at.state.asked in ("confirm", "change") and bare_language(at.heard.text) is not None


def _speaks_of_a_call(at: Moment) -> bool:
    """Whether a yes is about a call: by its words, or because nothing else was offered."""
    return speaks_of_the_call(at.heard.text) or set(at.state.buttons.values()) == _ONLY_A_CALL


def _asked_in_passing(at: Moment, need: str | None) -> str | None:
    """A plain question about the talk or the call, which the model may take for something else."""
    text = at.heard.text
    if not at.open_question and (said := _cry_or_complaint(at, text)):
        return said
    if need or (at.answered and at.values.get(at.state.asked or "")):
        return None
    if asides.asks_who_rings(text):
        return "answer_who_rings"
    if asides.asks_cost(text):
        return "answer_cost"
    if asides.asks_for_secrecy(text):
        return "answer_privacy"
    return None if at.open_question else _without_a_matter(at, text)


def _beside_all(at: Moment, text: str) -> str | None:
    """What answers a few plain questions wherever they come, whatever they answer besides."""
    if at.state.slots.get("crisis_at") and (after := answered_by(text)):
        return after
    if asks_if_a_child_may(text):
        return "answer_child_may_write"
    if asks_if_it_can_be_cancelled(text) and not at.state.slots.get("callback"):
        return "answer_can_cancel"
    return "answer_privacy" if asks_who_sees(text) and at.heard.act(SURE) != "request_callback" else None


def _cry_or_complaint(at: Moment, text: str) -> str | None:
    """What answers a bare cry for help, or words that nothing was of help, whatever matter they sound like."""
    if asides.asks_for_help_alone(text) or cries(text):
        return CRY
    return "answer_no_help" if asides.finds_no_help(text) and at.state.times_said else None


def _without_a_matter(at: Moment, text: str) -> str | None:
    """What answers words that name no matter and wish for nothing, where no answer is needed."""
    offered = at.state.asked == "callback_offer"
    if asides.has_no_phone(text):
        return "answer_no_phone"
    if offered and asides.is_unsure(text):
        return "answer_unsure"
    if (offered and asides.takes_note(text)) or (at.has_need and asides.is_unsure(text)):
        return "answer_agreement"
    if asides.does_not_know(text):
        return "answer_hard_to_say"
    return "answer_distress" if asides.is_distress(text) else None


def _after_all(at: Moment, need: str | None) -> str | None:
    """A call that was declined and is wanted now: "no soittakaa sittenkin"."""
    if need or at.state.asked or at.state.slots.get("callback"):
        return None
    refused = at.heard.text.casefold().startswith(("en ", "ei "))
    return "request_callback" if wants_a_call_after_all(at.heard.text) and not refused else None


def _with_interpreter(at: Moment, need: str | None) -> str | None:
    """A call asked for with an interpreter, which a model takes for a wish about the language of the talk."""
    if at.state.slots.get("callback") or not (at.heard.acts and at.values.get("interpreter")):
        return None
    mistaken = at.heard.acts[0].name == "change_language" and not at.state.asked
    called = asks_for_a_call_with_somebody if need else speaks_of_the_call  # a matter is heard first
    return "request_callback" if mistaken and called(at.heard.text) else None


def _asks_for_a_call(at: Moment, need: str | None) -> str | None:
    """A call, when all that is likely has to do with one and there is none yet."""
    if at.state.slots.get("callback") or not at.heard.acts:
        return None
    if at.heard.acts[0].name == "none" and asks_to_be_rung(at.heard.text):
        return "request_callback"
    if need or at.state.asked:
        return None
    about = sum(guess.confidence for guess in at.heard.acts if guess.name in _ABOUT_A_CALL)
    first = at.heard.acts[0].name
    return first if first == "request_callback" and about >= SURE else None


def _means_nothing_now(act: str, at: Moment, need: str | None) -> bool:
    """Whether an act is only politeness beside an answer, or already what is being done."""
    sure = at.heard.act(VERY_SURE) or speaks_of_deleting(at.heard.text)
    unsure_of_deleting = act == "delete_my_data" and at.open_question and not sure
    if unsure_of_deleting or (at.state.asked == "family_knows" and at.answered):
        return True  # what cannot be undone is not started on a guess; "the family knows" is no question of who knows
    if act == "request_callback":
        return at.answered or any(frame.flow == "book_callback" for frame in at.state.stack)
    if act in COURTESIES:
        unfitting = act in ("affirm", "deny") if not at.open_question else act not in ("thanks", "greet")
        return at.answered or bool(need or at.heard.entities or (at.state.asked and unfitting))
    if act in _ABOUT_A_CALLBACK and not at.state.slots.get("callback"):
        moving = act == "change_callback" and at.state.asked is not None
        return at.answered or need is not None or bool(at.heard.entities) or moving
    if act in _ONLY_REMARKS and at.flow in ("book_callback", "professional_contact"):
        return True
    return at.answered and len(at.heard.text.split()) <= SHORT_ANSWER


def _only_tells_how(at: Moment) -> bool:
    """Whether a message tells how somebody can be reached, and asks for nothing yet: "olen kuuro"."""
    mode = at.values.get("contact_mode")
    return mode not in (None, "call") and not at.state.asked and not asides.asks_to_be_reached(at.heard.text)


def returns_after_crisis(at: Moment) -> bool:
    """Whether somebody writes again who was in danger a while ago and has not said that it has passed."""
    return bool(at.state.slots.get("quiet_since_crisis")) and not at.open_question
