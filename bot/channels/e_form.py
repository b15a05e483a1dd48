"""The e-form as a conversation whose answers come at once: what was filled in becomes turns, one after the other."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.actions.offered_times import read_code
from bot.guidance.areas import Areas
from bot.meaning import NEEDS
from bot.messages import Answer, Reply
from bot.understanding.facts import find_facts
from bot.web import safe_answers

Take = Callable[[str], Awaitable[Answer]]
"""Takes one turn of the form's conversation."""

TIMES = ("anytime", "mornings", "afternoons", "other")
MODES = ("call", "text", "video_interpreting")
ROLES = ("parent", "child", "relative", "professional")
LONGEST = 4000
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}")
"""As HTML's own e-mail field has it, within ASCII and with a dot: what every mail server takes."""
_MOST_TURNS = 12
_OFFERS = frozenset({"callback_offer", "resume_offer"})
_NOT_SHOWN = frozenset({"question"})


@dataclass(frozen=True, slots=True)
class Filled:
    """The form as it was sent, and what must be put right: field → the response that says so."""

    fields: Mapping[str, str]
    problems: Mapping[str, str]
    slots: Mapping[str, Any] = field(default_factory=dict)
    """What the conversation may be told, by slot."""
    email: str | None = None
    """Where notices about the call should go, when that was chosen."""

    @property
    def wants_call(self) -> bool:
        """Whether somebody is to ring."""
        return self.fields.get("call") == "yes"


def read(
    fields: Mapping[str, str], areas: Areas, *, now: datetime, language: str, by_email: bool = False
) -> Filled:
    """Check the form. What is wrong is named field by field; what was given is kept either way.

    With `by_email` messages may be wished by e-mail.
    """
    told = {name: value.strip() for name, value in fields.items()}
    problems: dict[str, str] = {}
    slots: dict[str, Any] = {}
    words = told.get("words", "")
    if not words:
        problems["words"] = "page_form_words_missing"
    elif len(words) > LONGEST:
        problems["words"] = "page_form_words_long"
    slots["words"] = words
    _municipality(told, areas, slots, problems, now=now, language=language)
    _ages(told, slots, problems, now=now, language=language)
    for name, known in (("sender_role", ROLES), ("need", NEEDS)):
        if told.get(name) in known:
            slots[name] = told[name]
    if told.get("call") not in ("yes", "no"):
        problems["call"] = "page_form_call_missing"
    email = None
    if told.get("call") == "yes":
        _call(told, slots, problems, now=now, language=language)
        email = _message(told, slots, problems, by_email=by_email)
    return Filled(told, problems, slots, email)


async def converse(filled: Filled, take: Take) -> tuple[list[Reply], Answer]:
    """Say what was filled in, turn by turn, and answer what is asked from the form.

    Gives what the reader is shown (questions the form has answered left out) and the last answer.
    """
    answer = await take(filled.fields["words"])
    shown, known = _telling(answer), {"need": "other", **filled.slots}
    chosen = str(filled.slots.get("need", ""))
    calling = not filled.wants_call
    for _ in range(_MOST_TURNS):
        if answer.asks in known and answer.asks not in _OFFERS and answer.asks != "need":
            said = payload({answer.asks: known[answer.asks]})
        elif (
            chosen and not answer.services and not answer.callback and answer.asks in (None, "need", *_OFFERS)
        ):
            said, chosen = f"/{chosen}", ""
        elif answer.asks in ("municipality", "child_age", "need"):
            said = payload({answer.asks: "other" if answer.asks == "need" else None})
        elif not calling:
            said, calling = payload({name: known[name] for name in _FOR_A_CALL if name in known}), True
        elif filled.wants_call and answer.asks == "confirm":
            said = payload({"confirm": True})
        else:
            break
        answer = await take(said)
        shown += _telling(answer)
    return shown, answer


_FOR_A_CALL = (
    "phone", "time", "name", "message_allowed", "interpreter", "contact_mode", "sender_role", "child_age", "words",
    "who_may_answer", "show_number", "code_word",
)  # fmt: skip


def payload(values: Mapping[str, Any]) -> str:
    """Slots as a button would set them."""
    written = ", ".join(f"{name}={_written(value)}" for name, value in values.items())
    return f"/SetSlots({written})"


def _written(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    quoted = re.sub(r"([\\\"])", r"\\\1", str(value))
    return f'"{quoted}"'


def _telling(answer: Answer) -> list[Reply]:
    """What an answer tells; its questions and buttons are left out, for the form has been through them."""
    return [replace(one, buttons=()) for one in answer.replies if one.style not in _NOT_SHOWN]


def _municipality(
    told: Mapping[str, str], areas: Areas, slots: dict[str, Any], problems: dict[str, str], *,
    now: datetime, language: str,
) -> None:  # fmt: skip
    words = told.get("municipality", "")
    found = find_facts(words, now=now, language=language, asked="municipality").entities
    place = next(
        (str(one.value) for one in found if one.entity == "municipality"), None
    )  # "Sankt Michel", "Миккели"
    name = areas.name_of(words or None) or areas.name_of(place)
    if name:
        slots["municipality"] = name
    elif words:
        problems["municipality"] = "page_form_municipality_unknown"


def _ages(
    told: Mapping[str, str], slots: dict[str, Any], problems: dict[str, str], *, now: datetime, language: str
) -> None:
    words = told.get("ages", "")
    if not words:
        return
    found = find_facts(words, now=now, language=language, asked="child_age").entities
    if any(one.entity == "child_age" for one in found):
        slots["child_age"] = words
    else:
        problems["ages"] = "page_form_ages_unclear"


def _call(
    told: Mapping[str, str], slots: dict[str, Any], problems: dict[str, str], *, now: datetime, language: str
) -> None:
    def find(name: str, asked: str, entity: str) -> bool:
        found = find_facts(told.get(name, ""), now=now, language=language, asked=asked).entities
        return any(one.entity == entity for one in found)

    if find("phone", "phone", "phone"):
        slots["phone"] = told["phone"]
    else:
        problems["phone"] = "page_form_phone_missing"
    time = told.get("time", "anytime")
    if time == "other" and not find("time_words", "time", "time_window"):
        problems["time_words"] = "page_form_time_unclear"
    elif time == "other":
        slots["time"] = told["time_words"]
    else:
        slots["time"] = time if time in TIMES or read_code(time, language) else "anytime"
    if told.get("name"):
        slots["name"] = told["name"]
    if told.get("mode") in MODES:
        slots["contact_mode"] = told["mode"]
    slots["interpreter"] = told.get("interpreter") == "yes"
    slots |= _without_silence(safe_answers.read(told))


def _without_silence(safe: Mapping[str, Any]) -> dict[str, Any]:
    """The answers of safe calling as slots: what was left open is not asked again, and a number left open not told."""
    return {name: value for name, value in safe.items() if value is not None or name != "show_number"}


def _message(
    told: Mapping[str, str], slots: dict[str, Any], problems: dict[str, str], *, by_email: bool
) -> str | None:
    """Whether a message may be left; the address, when messages may come by e-mail alone."""
    choice = told.get("message")
    if choice not in ("yes", "no", *(("email",) if by_email else ())):
        problems["message"] = "page_form_message_missing"
        return None
    slots["message_allowed"] = choice == "yes"
    if choice != "email":
        return None
    if not _ADDRESS.fullmatch(told.get("email", "")):
        problems["email"] = "page_form_email_missing"
    return told.get("email")
