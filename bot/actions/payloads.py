"""The values of a button's payload, checked as closely as typed words: anybody can write a payload."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.actions.offered_times import read_code
from bot.conversation.flow import Flows
from bot.conversation.guidance_asked import KINDS
from bot.conversation.told import DECLINED, TIME_CHOICES
from bot.guidance.areas import Areas
from bot.meaning import LANGUAGES, NEEDS, EntityName
from bot.understanding.facts import find_facts
from bot.understanding.safe_calls import LONGEST_CODE_WORD

_OTHER = "other"
_CHOICES: Mapping[str, frozenset[str]] = {
    "need": frozenset({*NEEDS, _OTHER}),
    "change": frozenset({"phone", "time", "message_allowed", "safe_call", "nothing"}),
    "second_matter": frozenset({"add", "own"}),
    "which_call": frozenset({"first", "second"}),
    "who_may_answer": frozenset({"anyone", "only_me"}),
    "adult_near": frozenset({"yes", "alone", "cannot_call"}),
    "family_knows": frozenset({"agrees", "knows", "no"}),
    "safe_now": frozenset({"yes", "no"}),
    "conversation_language": frozenset(LANGUAGES),
    "language": frozenset(LANGUAGES),
    "contact_mode": frozenset({"call", "text", "video_interpreting"}),
    "guide": frozenset(KINDS),
    "sender_role": frozenset({"parent", "child", "relative", "professional"}),
}
"""Slots whose values are a closed list."""
_YES_OR_NO = frozenset({
    "callback_offer", "resume_offer", "confirm", "cancel_confirm", "delete_confirm", "interpreter", "message_allowed",
    "more", "teach", "person_offer", "person_left", "easy", "joint_call", "show_number", "careful",
})  # fmt: skip
_BOOLEANS: Mapping[Any, bool] = {"true": True, "false": False, True: True, False: False}


@dataclass(frozen=True, slots=True)
class _Reader:
    areas: Areas
    now: datetime
    language: str

    def told(self, slot: str, value: str, entity: EntityName) -> tuple[Any, ...]:
        """What the value says as an answer to the question of the slot."""
        found = find_facts(value, now=self.now, language=self.language, asked=slot)
        return tuple(one.value for one in found.entities if one.entity == entity)

    def phone(self, value: str) -> dict[str, Any]:
        if numbers := self.told("phone", value, "phone"):
            return {"phone": numbers[0]}
        return {"phone_problem": value}

    def time(self, value: str) -> dict[str, Any]:
        if value in TIME_CHOICES:
            return {"time": TIME_CHOICES[value]}
        if exactly := read_code(value, self.language):
            return {"time": exactly.as_json()}
        wishes = self.told("time", value, "time_window")
        return {"time": wishes[0].as_json()} if wishes else {}

    def municipality(self, value: str) -> dict[str, Any]:
        name = self.areas.name_of(value)
        return {"municipality": name} if name else {}

    def ages(self, value: str) -> dict[str, Any]:
        ages = self.told("child_age", value, "child_age")
        return {"child_age": sorted(set(ages))} if ages else {}

    def words(self, value: str) -> dict[str, Any]:
        """A family's own words; telephone numbers are left out of them."""
        found = find_facts(value, now=self.now, language=self.language, asked=None).entities
        for one in sorted(found, key=lambda entity: -entity.start):
            if one.entity in ("phone", "phone_fragment"):
                value = f"{value[: one.start]}…{value[one.end :]}"
        return {"words": [value]}

    def code_word(self, value: str) -> dict[str, Any]:
        word = " ".join(value.split())[:LONGEST_CODE_WORD]
        return {"code_word": word} if word else {}

    def name(self, value: str) -> dict[str, Any]:
        names = self.told("name", value, "name")
        return {"name": names[0]} if names else {}


def checked(
    values: Mapping[str, Any], flows: Flows, areas: Areas, *, now: datetime, language: str
) -> dict[str, Any]:
    """The slots a payload may set, with values that hold; what cannot be read or is not ours is left out.

    `null` declines to say, where that may be. A number becomes E.164, or `phone_problem` when it is none; a
    municipality its Finnish name; a time a wish.
    """
    reader = _Reader(areas, now, language)
    reads: Mapping[str, Callable[[str], dict[str, Any]]] = {
        "phone": reader.phone,
        "time": reader.time,
        "municipality": reader.municipality,
        "child_age": reader.ages,
        "name": reader.name,
        "code_word": reader.code_word,
        "words": reader.words,
    }
    good: dict[str, Any] = {}
    for slot, value in values.items():
        if slot not in flows.slot_types:
            continue
        if value is None:
            good |= {slot: DECLINED[slot]} if slot in DECLINED else {}
        elif slot in reads and isinstance(value, str):
            good |= reads[slot](value)
        elif slot in _YES_OR_NO and value in _BOOLEANS:
            good[slot] = _BOOLEANS[value]
        elif value in _CHOICES.get(slot, ()):
            good[slot] = value
    return good
