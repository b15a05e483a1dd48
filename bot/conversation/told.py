"""The facts of a message as slots, and what it answers to the question that is pending. Pure."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from bot.conversation import refusals, sites, two_calls
from bot.conversation.aftermath import goes_on
from bot.conversation.asides import (
    adds_something,
    finds_no_help,
    has_no_phone,
    is_no_refusal,
    is_outsider,
    is_unsure,
    takes_note,
    tells_later,
)
from bot.conversation.flow import Flows
from bot.conversation.remarks import (
    bare_language,
    declines_a_call,
    lets_leave_a_message,
    what_changes,
)
from bot.conversation.safe_calling import ANSWERS, QUESTIONS
from bot.conversation.state import State
from bot.conversation.times_told import renewed
from bot.meaning import EntityName, Understanding

SURE = 0.5
"""From this confidence on a label is acted on."""
VERY_SURE = 0.75
"""From this on, also where it cannot be undone."""
PERHAPS = 0.22
"""From this on it is offered as "did you mean"."""
_AFTER_CRISIS = frozenset({"adult_near", "callback_offer"})
_TELLS = frozenset({None, "affirm", "deny", "greet", "thanks", "goodbye", "feedback", "out_of_scope"})
"""Acts that only tell something."""
_AFTER_MESSAGE = frozenset({"need", "message_allowed", *QUESTIONS})
"""Questions at which "sen saa jättää" tells of the message."""
_LONGEST_SITE = 200
_NOT_KNOWN = re.compile(
    r"\bei (?:vielä |ole |oo )*(?:tie|kysy|kerro|puhuttu|suostu)|inte|doesn.t know|not yet|don.t know"
)
_AGREES = re.compile(
    r"suostu|sovi|luva|yhdessä|hyväksy|samtyck|kommit överens|överenskom|agree|consent|together"
)
_KNOWS = re.compile(r"tietä|kerro|puhu|vet|know|told")
_ALONE = re.compile(
    r"(?<!\bole )(?<!\boo )(?<!\bnot )(?<!\binte )(?<!\bне )\b(?:yksin|ensam|alone|одна|один|сама|сам|üksi|üksinda"
    r"|وحدي|لوحدي|keligay|vain minä|vaan mä|vaan minä|vain mä|bara jag|only me|just me|только я|тільки я|ei ketään"
    r"|ei kukaan|ei kukaa|ingen|nobody|no one|никого|нікого)\b"
)
_LEADING = 0.3
_TOGETHER = 0.65
_CHANGEABLE = frozenset(
    {"phone", "time", "name", "language", "message_allowed", "municipality", "contact_mode", *ANSWERS}
)
_ESSENTIAL = frozenset({"phone", "time"})
_LAST_COUNTS: tuple[EntityName, ...] = (
    "phone", "name", "municipality", "interpreter", "message_allowed", "contact_mode", "sender_role",
    "who_may_answer", "show_number", "code_word", "careful",
)  # fmt: skip
"""Of several, the last one said is meant."""
TIME_CHOICES: Mapping[str, Mapping[str, Any]] = {
    "anytime": {"words": "", "anytime": True},
    "mornings": {"words": "aamupäivisin", "from_time": "08:00:00", "to_time": "12:00:00", "recurring": True},
    "afternoons": {
        "words": "iltapäivisin",
        "from_time": "12:00:00",
        "to_time": "16:00:00",
        "recurring": True,
    },
}
"""What the buttons under the question of time mean, as a `TimeWish` keeps it."""


def matter(heard: Understanding) -> str | None:
    """The need to act on: one we are sure of, or the first of several that a message clearly tells together."""
    if sure := heard.need(SURE):
        return sure
    together = sum(guess.confidence for guess in heard.needs[:3])
    return heard.need(_LEADING) if together >= _TOGETHER else None


def slot_values(heard: Understanding, state: State, flows: Flows) -> dict[str, Any]:
    """The facts of a message as slots, and what it answers to the pending question."""
    values: dict[str, Any] = dict(heard.set_slots)
    for entity in _LAST_COUNTS:
        found = heard.all(entity)
        if found:
            values[entity] = found[-1]
    if values.get("contact_mode") == "call" and state.slots.get("contact_mode") is None:
        del values["contact_mode"]  # nothing else was ever chosen
    if ages := heard.all("child_age"):
        values["child_age"] = sorted(set(ages))
    if wish := heard.first("time_window"):
        values["time"] = renewed(wish.as_json(), state.slots.get("time"))
    if language := heard.first("language"):
        values["language"] = language
    if sites.asks_for_contact_person(heard.text) and sites.names_site(heard.text):
        values["site"] = heard.text.strip()[:_LONGEST_SITE]
    _add_role(values, heard, state)
    if "phone" not in values and (fragment := heard.first("phone_fragment")):
        values["phone_problem"] = fragment
    _add_answer(values, heard, state, flows)
    return values


def _add_role(values: dict[str, Any], heard: Understanding, state: State) -> None:
    """Set right who is writing, where words beside the finders' own tell it."""
    if state.asked == "adult_near" and values.get("sender_role") == "child":
        del values["sender_role"]  # "mun äiti on tässä" tells who is near
    if "sender_role" not in values and is_outsider(heard.text):
        values["sender_role"] = "relative"


def _add_answer(values: dict[str, Any], heard: Understanding, state: State, flows: Flows) -> None:
    """Add what a message answers to the pending question."""
    asked = state.asked or ""
    if "easy" in heard.set_slots or ("guide" in heard.set_slots and not heard.needs):
        return  # a wish about the talk itself answers nothing
    if heard.correction and flows.slot_types.get(asked) == "bool" and len(heard.entities) > 1:
        values.pop(asked, None)  # the no of "nej, jag menade 040…" is no answer
    if asked and asked not in values:
        values |= _answer(heard, asked, flows)
    if _answers_nothing(heard, values, state):
        values.pop(asked, None)
    if asked in ("confirm", "change") and (language := bare_language(heard.text)):
        values["language"] = language
        values.pop("confirm", None)
    if asked in _AFTER_MESSAGE and (leave := lets_leave_a_message(heard.text)) is not None:
        values.setdefault("message_allowed", leave)
    if asked == "confirm" and (change := what_changes(heard.text)) and not changed(values, state):
        values |= {"confirm": False, "change": change}
    if asked == "change" and values.keys() & _CHANGEABLE:
        values.setdefault("change", "nothing")  # it is told at once what changes, and to what
    if asked == "confirm" and _leaves_unconfirmed(heard, values, state):
        values.pop("confirm", None)


def _answer(heard: Understanding, asked: str, flows: Flows) -> dict[str, Any]:
    if heard.correction and heard.entities:
        return {}
    if (settled := refusals.settled(heard, asked)) is not None:
        return settled
    if flows.slot_types.get(asked) == "bool" and heard.act(SURE) in ("affirm", "deny"):
        return {asked: heard.act(SURE) == "affirm"}
    reads = _ANSWERS.get(asked)
    value = reads(heard) if reads else None
    if value is None and asked in DECLINED and (heard.skip or (asked != "time" and _declines(heard))):
        value = DECLINED[asked]
    return {} if value is None else {asked: value}


def _leaves_unconfirmed(heard: Understanding, values: Mapping[str, Any], state: State) -> bool:
    """Whether a yes or no to the summary is none yet."""
    if values.get("confirm") is False:
        # "nej tack, inget meddelande" is no to the message only; "ei vielä, lisää että…" is kept, and shown again
        return values.get("message_allowed") is False or adds_something(heard.text)
    return bool(values.get("confirm") and _ESSENTIAL & changed(values, state))  # shown before it is final


def _answers_nothing(heard: Understanding, values: Mapping[str, Any], state: State) -> bool:
    """Whether what looks like an answer to an offer is none."""
    clear = bool(heard.set_slots) or heard.act(SURE) in ("affirm", "deny", "request_callback")
    if state.asked in _AFTER_CRISIS and state.slots.get("quiet_since_crisis") and not clear:
        return True  # hours later a greeting answers nothing
    if state.asked == "callback_offer" and (
        takes_note(heard.text) or is_unsure(heard.text) or has_no_phone(heard.text)
    ):
        return True
    declined = state.asked == "callback_offer" and values.get("callback_offer") is False
    return declined and _says_something_else(heard, values, state)


def _says_something_else(heard: Understanding, values: Mapping[str, Any], state: State) -> bool:
    """Whether the no that opens a message is about something else than the offer: "ei vaan Tuusulassa asutaan"."""
    other = is_no_refusal(heard.text) or finds_no_help(heard.text)
    return bool(changed(values, state) & _CHANGEABLE) or other


def _declines(heard: Understanding) -> bool:
    """A bare no to a question that no number of noes answers: nothing more is told."""
    return heard.act(SURE) == "deny" and not heard.entities and matter(heard) is None


def _offer(heard: Understanding) -> bool | None:
    if heard.act(SURE) == "cancel_callback" and not heard.entities:
        return False
    if heard.first("contact_mode") in ("text", "video_interpreting") and heard.act(SURE) != "deny":
        return True  # "mieluummin viestillä" wants to be reached
    return True if heard.act(SURE) == "request_callback" else None


def _cancels(heard: Understanding) -> bool | None:
    """A yes put as the act itself; "eiku pidetään se" takes the wish back."""
    if heard.act(SURE) == "cancel_callback":
        return True
    return False if heard.correction and not heard.entities else None


def _named_act(act: str) -> Callable[[Understanding], bool | None]:
    """A yes that is put as the act itself: "peru vaan", "poista kaikki", "soittakaa"."""
    return lambda heard: True if heard.act(SURE) == act else None


def _resume(heard: Understanding) -> bool | None:
    told = {found.entity for found in heard.entities}
    return True if _offer(heard) or goes_on(heard.text) or told & {"phone", "time_window"} else None


def _matter(heard: Understanding) -> str | None:
    if tells_later(heard.text):
        return "other"
    if sure := heard.need(SURE):
        return sure  # "ei jaksa mitään enää" sounds like a no
    if not heard.text.strip() or heard.act(SURE) not in (None, "request_callback"):
        return None
    need = heard.need(PERHAPS)
    if need is None and heard.act(SURE) == "request_callback":
        return None
    return need or "other"


def _adult(heard: Understanding) -> str | None:
    act = heard.act(SURE)
    if declines_a_call(heard.text):
        return "cannot_call"
    if _ALONE.search(heard.text.casefold()):
        return "alone"
    if act not in _TELLS:
        return None  # it wants something: a call, a person, everything deleted
    return {"affirm": "yes", "deny": "alone"}.get(act or "", "told")


def _site(heard: Understanding) -> str | None:
    """Where a professional works and as what, as it is written."""
    text = heard.text.strip()
    if (
        not text
        or text.startswith("/")
        or heard.act(SURE) in ("ask_privacy", "ask_bot", "cancel_callback", "deny")
    ):
        return None
    return text[:_LONGEST_SITE]


def _family_knows(heard: Understanding) -> str | None:
    """Whether the family knows that a professional writes, and agrees."""
    folded = heard.text.casefold()
    if _NOT_KNOWN.search(folded) or heard.act(SURE) == "deny":
        return "no"
    if _AGREES.search(folded):
        return "agrees"
    return "knows" if heard.act(SURE) == "affirm" or _KNOWS.search(folded) else None


def _safe(heard: Understanding) -> str:
    return {"affirm": "yes", "deny": "no"}.get(heard.act(SURE) or "", "told")


_ANSWERS: Mapping[str, Callable[[Understanding], Any]] = {
    "callback_offer": _offer,
    "resume_offer": _resume,
    "need": _matter,
    "adult_near": _adult,
    "municipality": lambda heard: heard.first("municipality_maybe"),
    "site": _site,
    "family_knows": _family_knows,
    "safe_now": _safe,
    "second_matter": two_calls.same_call_or_own,
    "which_call": two_calls.which_call,
    "confirm": _named_act("request_callback"),
    "cancel_confirm": _cancels,
    "delete_confirm": _named_act("delete_my_data"),
}
"""How a message answers questions that neither yes, no nor a fact in it settles; None when it does not."""


DECLINED: Mapping[str, Any] = {
    "municipality": "",
    "child_age": "",
    "need": "other",
    "time": TIME_CHOICES["anytime"],
    "message_allowed": False,
    "who_may_answer": "",
    "second_matter": "add",
    "which_call": "neither",
    "code_word": "",
    "change": "",
}
"""What somebody means who does not want to say, or cannot; a number and a yes that counts are never guessed."""


def changed(values: Mapping[str, Any], state: State) -> frozenset[str]:
    """The slots whose earlier value would be replaced."""
    return frozenset(name for name, value in values.items() if state.slots.get(name) not in (None, "", value))
