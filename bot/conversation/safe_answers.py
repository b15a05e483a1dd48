"""Half answers to the questions of a safe call: the safer reading is taken, and said back. Pure."""

from dataclasses import replace
from typing import Any, Final

from bot.conversation.safe_calling import calls_for_care
from bot.conversation.state import State
from bot.meaning import Entity, EntityName, Understanding

TAKEN: Final = "taken_safely"
NOTED: Final = frozenset({"others", "message_in_writing"})
"""Half answers whose own words the one who rings should know."""
_MESSAGE: Final = "message_allowed"
_WHO: Final = "who_may_answer"
_WORD: Final = "code_word"
_OFFER: Final = "callback_offer"
_SURE = 0.5
_PERHAPS = 0.22
_YES_OR_NO = frozenset({"affirm", "deny"})
_WANTS_ELSE = frozenset({
    "cancel_callback", "delete_my_data", "change_language", "ask_privacy", "ask_bot", "ask_human", "ask_service",
    "callback_status",
})  # fmt: skip


def read_safely(heard: Understanding, state: State, kind: str | None) -> Understanding:
    """A message as an answer to the question of a safe call that is open, where it is no clear answer.

    `kind` is what `bot.understanding.safe_answers.unsettled` makes of it. Where a call must be safe, a half answer
    counts at once as the safer one, which is said back; elsewhere it is asked once more, and then counts so.
    """
    asked = state.asked
    if heard.text.startswith("/") or heard.set_slots or heard.correction or not heard.text.strip():
        return heard
    if asked in (None, _OFFER):
        return _of_offer(heard, state, kind)
    if asked == "phone":  # who is not sure has not given up the call
        return replace(heard, acts=(), skip=False) if kind == "vague" and not heard.entities else heard
    if asked == _MESSAGE:
        return _of_message(heard, state, kind)
    if asked == _WHO:
        return _of_who(heard, state, kind)
    return _of_word(heard, state, kind) if asked == _WORD else heard


def _of_offer(heard: Understanding, state: State, kind: str | None) -> Understanding:
    """A call is neither wanted nor refused with a maybe; soon after a danger the maybe may come late."""
    late = state.asked is None and state.slots.get("crisis_at") and not state.slots.get("callback")
    if kind is None or heard.entities or heard.act(_SURE) == "affirm" or not (late or state.asked):
        return heard
    return replace(heard, acts=(), needs=(), skip=False, asks="unsure")


def _of_message(heard: Understanding, state: State, kind: str | None) -> Understanding:
    told, again = heard.first(_MESSAGE), _asked_again(state, _MESSAGE)
    others = {one.entity for one in heard.entities} - {_MESSAGE, "contact_mode"}
    care = calls_for_care(state.slots, message_refused=False)
    if kind in ("none", "written") or (kind == "text" and care):
        said = None if kind == "none" else "message_in_writing"
        return _taken(heard, _MESSAGE, value=False, said=said)
    answered = told is not None or heard.act(_SURE) in _YES_OR_NO or heard.skip
    if kind is None or others:
        left = again and not answered and _is_nothing_else(heard)
        return _taken(heard, _MESSAGE, value=False, said=_MESSAGE) if left else heard
    if told is False or kind == "text" or (not care and (kind == "send" or told)):
        return heard
    settled = care or again or kind == "shrug"
    return _taken(heard, _MESSAGE, value=False, said=_MESSAGE) if settled else _open(heard, _MESSAGE)


def _of_who(heard: Understanding, state: State, kind: str | None) -> Understanding:
    told = heard.first(_WHO)
    grave = calls_for_care({**state.slots, "careful": None}, message_refused=False)
    if kind == "shrug" and told == "anyone" and grave:
        return _taken(heard, _WHO, value="only_me", said=_WHO)
    if told is not None or {one.entity for one in heard.entities} - {"sender_role", _MESSAGE, "contact_mode"}:
        return heard
    if kind == "others":
        return _taken(heard, _WHO, value="only_me", said="others")
    bare = heard.act(_SURE) in _YES_OR_NO or heard.skip
    if not (kind or bare or (_is_nothing_else(heard) and _asked_again(state, _WHO))):
        return heard
    taken = _taken(heard, _WHO, value="only_me", said=_WHO)
    return taken if grave else replace(taken, entities=(*taken.entities, _no_word(heard)))


def _of_word(heard: Understanding, state: State, kind: str | None) -> Understanding:
    told = heard.first(_WORD)
    others = {one.entity for one in heard.entities} - {_WORD}
    again = _asked_again(state, _WORD)
    if kind in ("none", "vague") or (kind == "choose" and again):
        return _taken(heard, _WORD, value="", said=_WORD)
    if kind == "choose" or (told and (others or heard.need(_SURE))):
        return _open(heard, _WORD)  # "viestin saa jättää", "lapsi itkee" are no words to agree on
    refused = heard.skip or heard.act(_SURE) == "deny" or (again and _is_nothing_else(heard))
    return heard if told or others or not refused else _taken(heard, _WORD, value="", said=_WORD)


def _asked_again(state: State, asked: str) -> bool:
    """Whether the question has been put in other words already."""
    return any(name.startswith(f"utter_ask_{asked}_again") for name in state.times_said)


def _is_nothing_else(heard: Understanding) -> bool:
    """Whether a message tells no matter, wishes for nothing and asks nothing."""
    return not heard.need(_PERHAPS) and "?" not in heard.text and heard.act(_SURE) not in _WANTS_ELSE


def _taken(heard: Understanding, asked: EntityName, *, value: Any, said: str | None = None) -> Understanding:
    end = len(heard.text)
    answer = [Entity(entity=asked, value=value, start=0, end=end)]
    if said:
        answer.append(Entity(entity="taken_safely", value=said, start=0, end=end))
    kept = _without(heard, asked).entities
    return replace(heard, entities=(*kept, *answer), acts=(), needs=(), skip=False)


def _no_word(heard: Understanding) -> Entity:
    """Who was only vague, and tells of no danger, is not asked for a code word as well."""
    return Entity(entity=_WORD, value="", start=0, end=len(heard.text))


def _open(heard: Understanding, asked: EntityName) -> Understanding:
    """The message as no answer: the question is put again, in other words."""
    return replace(_without(heard, asked), acts=(), skip=False)


def _without(heard: Understanding, asked: EntityName) -> Understanding:
    gone = {asked, *(("contact_mode",) if asked == _MESSAGE else ())}
    return replace(heard, entities=tuple(one for one in heard.entities if one.entity not in gone))
