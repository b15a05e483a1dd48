"""Safe calling in a talk: who is asked for it, what is said back, what leaves its questions open. Pure."""

from collections.abc import Mapping
from typing import Any, Final

ANSWERS: Final = ("who_may_answer", "show_number", "code_word")
"""Slots of safe calling, named as the fields of a request."""
CAREFUL: Final = "careful"
"""Slot: safe calling was wished for, or somebody at home watches over the telephone."""
QUESTIONS: Final = frozenset({"who_may_answer", "code_word"})
"""Questions that something told beside them neither answers nor puts aside."""
FLOW: Final = "safe_call"
"""The flow that asks these things anew of a call that waits."""
PATTERN: Final = "pattern_safe_call"
_WITHOUT_VOICE = frozenset({"text", "video_interpreting"})
_VIOLENCE = "violence"
_BEFORE_THE_SUMMARY = frozenset(
    {"phone", "time", "municipality", "interpreter", "message_allowed", "code_word"}
)


def calls_for_care(slots: Mapping[str, Any], *, message_refused: bool) -> bool:
    """Whether it is asked who may answer the telephone; an ordinary parent is not.

    Asked of whoever has wished for it, or whose matter is violence or a danger the crisis layer has seen, of a child
    that writes by itself, and of whoever was asked and wants no message left. A professional rings from work.
    """
    if slots.get("contact_mode") in _WITHOUT_VOICE:
        return False
    if slots.get(CAREFUL) or slots.get("who_may_answer") == "only_me":
        return True
    if slots.get("sender_role") == "professional":
        return False
    matters = {slots.get("need"), *(slots.get("also") or ())}
    grave = _VIOLENCE in matters or slots.get("category") not in (None, "none")
    return grave or slots.get("sender_role") == "child" or message_refused


def is_said_back(told: Mapping[str, Any], asked: str | None, *, safely: bool) -> bool:
    """Whether something of safe calling was told that was not just asked, or was taken in the safer way (`safely`).

    A partner who watches may only be part of a story: nothing is said of it unless a call is being booked.
    """
    careful = CAREFUL in told and asked in _BEFORE_THE_SUMMARY
    return safely or careful or bool(told.keys() & set(ANSWERS) - {asked})


def tells_only_this(told: Mapping[str, Any]) -> bool:
    """Whether nothing else was told, so that nothing else needs an answer."""
    return bool(told) and not told.keys() - {*ANSWERS, "contact_mode"}


def keeps_open(asked: str | None, values: Mapping[str, Any], *, affirms: bool) -> bool:
    """Whether a question of safe calling still waits.

    A code word waits on a bare yes, which wants one, and on our number, which is another thing. Who may answer is let
    go by for once when some other fact is told; words that are no answer leave it open.
    """
    if asked == "code_word" and affirms:
        return True
    beside = {"words", "message_allowed"} | ({"show_number", *ANSWERS} if asked == "code_word" else set())
    return asked in QUESTIONS and not values.keys() - beside


def begins_anew(values: Mapping[str, Any], slots: Mapping[str, Any]) -> bool:
    """Whether a careful call is wished for of a request that waits already, and nothing says yet how."""
    return bool(slots.get("callback")) and CAREFUL in values and not values.keys() & set(ANSWERS)
