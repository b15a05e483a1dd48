"""What a message means at its place in a talk.

Besides what its words mean alone: the message it goes on from, its danger together with the words just before it, the
second of two matters, a wish for easier words, and a telephone number nobody asked for, which nobody sees from here on.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, Protocol

from bot import safety
from bot.conversation import fragments
from bot.conversation.cries import tells_of_company
from bot.conversation.matters import in_order, is_another
from bot.conversation.numbers import is_for_a_call, says_not_to_ring, without_numbers
from bot.conversation.safe_answers import read_safely
from bot.conversation.state import State
from bot.identifiers import Masked
from bot.meaning import Entity, Guess, Understanding
from bot.understanding import easy
from bot.understanding.clauses import clauses
from bot.understanding.matters import told_plainly
from bot.understanding.safe_answers import unsettled

_MESSAGE: Final = "message_allowed"
_EASY_BUTTON: Final = "/SetSlots(easy=true)"
_NO_YES_ANSWERS = (None, "need", "municipality", "child_age", "phone", "time")


_LEAST_WORDS = 3
_OPEN_TO_FACTS: Final = (None, "callback_offer", "municipality", "child_age")
"""Questions at which a bare town or age, asked for or not, is likely just that."""
_AGES: Final = re.compile(r"\W*(?:1[0-7]|\d)(?:\s*(?:,|\+|&|ja|och|and|и|i|ning)\s*(?:1[0-7]|\d)){0,4}\W*")


class Understands(Protocol):
    """Anything that tells what a message probably means."""

    def understand(
        self, text: str, *, now: Any, language: str | None = None, asked: str | None = None
    ) -> Understanding:
        """What `text` means, given the conversation's language and the slot being asked."""


@dataclass(frozen=True, slots=True)
class Hearing:
    """A message, heard."""

    heard: Understanding
    verdict: safety.Verdict
    """Never milder than that on the message alone."""
    without: Masked
    state: State
    """Where the talk is, with what is remembered of this message for the next one."""


def hear(
    ear: Understands,
    state: State,
    without: Masked,
    verdict: safety.Verdict,
    *,
    now: datetime,
    language: str | None,
) -> Hearing:
    """Hear a message whose other identifiers are masked already. Slow: belongs into a thread."""
    text = fragments.joined(state.slots.get("begun"), state.pressed(without.text))
    short = fragments.short_ones(state.slots.get("short") or (), text)
    for together in (text, " ".join(short)):
        verdict = safety.graver(verdict, safety.assess(together, language=language))
    heard = ear.understand(text, now=now, language=language, asked=state.asked)
    if not is_for_a_call(heard, state):
        found = (*without.found, "phone")
        without = replace(without, text=without_numbers(heard, without.text), found=found)
        text = without_numbers(heard, text)
        heard = ear.understand(text, now=now, language=language, asked=state.asked)
        if says_not_to_ring(text):
            heard = replace(heard, acts=(Guess("deny", 1.0),))
    heard = _bare_fact(ear, heard, state, now)
    heard = read_safely(heard, state, unsettled(text, state.asked))
    heard, of_easy = _easy_language(ear, heard, state, now)
    also = tuple(_others(ear, heard, now))
    begun = text if fragments.is_begun(text) and not state.asked else None
    if begun or len(text.split()) < _LEAST_WORDS or tells_of_company(text):
        heard = replace(heard, danger=None)  # a model's guess at a word or half a sentence says nothing
    known = state.with_slots(short=None if verdict.interrupts else short or None, begun=begun, **of_easy)
    return Hearing(replace(heard, also=also), verdict, without, known)


def _bare_fact(ear: Understands, heard: Understanding, state: State, now: datetime) -> Understanding:
    """A town or ages that are all that is said and were not asked for: read as if they had been."""
    if state.asked not in _OPEN_TO_FACTS or not state.slots.get("need"):
        return heard
    maybe = [one for one in heard.entities if one.entity == "municipality_maybe"]
    if maybe and not state.slots.get("municipality") and _is_all_of(heard.text, maybe[0]):
        return ear.understand(heard.text, now=now, language=heard.language, asked="municipality")
    if _AGES.fullmatch(heard.text.casefold()) and not state.slots.get("child_age"):
        return ear.understand(heard.text, now=now, language=heard.language, asked="child_age")
    return heard


def _is_all_of(text: str, fact: Entity) -> bool:
    """Whether a fact is all that a text says."""
    left = f"{text[: fact.start]}{text[fact.end :]}"
    return not any(map(str.isalnum, left))


def with_email(hearing: Hearing) -> Hearing:
    """An e-mail address told with whether messages may be left: they go there, and none to the number.

    Whoever tells it anew without an address, or allows none, takes back the one given before.
    """
    address, heard = hearing.without.email, hearing.heard
    asked = hearing.state.asked == _MESSAGE
    told = asked or _MESSAGE in heard.set_slots or heard.first(_MESSAGE) is not None
    if not told:
        return hearing
    if address is None or not address.isascii() or heard.first(_MESSAGE) is False:
        return replace(hearing, state=hearing.state.with_slots(notify_email=None))
    state = hearing.state.with_slots(notify_email=address)
    kept = tuple(kind for kind in hearing.without.found if kind != "email")
    others = tuple(entity for entity in heard.entities if entity.entity != _MESSAGE)
    heard = replace(heard, set_slots={**heard.set_slots, _MESSAGE: False}, entities=others)
    if asked:
        heard = replace(heard, needs=(), acts=())
    return replace(hearing, heard=heard, without=replace(hearing.without, found=kept), state=state)


def _easy_language(
    ear: Understands, heard: Understanding, state: State, now: datetime
) -> tuple[Understanding, dict[str, Any]]:
    """A message without its wish for easy language, which becomes a slot, and what is remembered of it."""
    wished = None if heard.text.startswith("/") else easy.wish(heard.text)
    if wished is None:
        wished = _says_yes_to_easy(heard, state)
    if wished is None or (wished is False and not state.slots.get("easy")):
        signs = easy.signs(heard.text) + (state.slots.get("easy_signs") or 0)
        return heard, {"easy_signs": signs or None}
    rest = easy.besides(heard.text)
    told = ear.understand(rest, now=now, language=heard.language, asked=state.asked) if rest else heard
    if not rest:
        told = replace(heard, needs=(), acts=(), repeat=False, correction=False)
    last = state.last_offer[-1] if wished and state.last_offer and not state.asked else None
    language, sure = heard.language, heard.language_confidence
    told = replace(told, set_slots={"easy": wished}, language=language, language_confidence=sure)
    return told, {"say_easily": last}


def _says_yes_to_easy(heard: Understanding, state: State) -> bool | None:
    """Whether a bare yes takes the offer of easy language, beside a question that no yes answers."""
    offered = _EASY_BUTTON in state.buttons.values() and state.asked in _NO_YES_ANSWERS
    return True if offered and heard.act() == "affirm" and len(heard.text.split()) < _LEAST_WORDS else None


def _others(ear: Understands, heard: Understanding, now: datetime) -> Iterator[str]:
    """The matters its clauses tell besides the main one, the heaviest first."""
    if heard.text.startswith("/") or len(parts := clauses(heard.text)) < 2:  # noqa: PLR2004
        return
    told = [_of_the_age_told(ear.understand(part, now=now, language=heard.language), heard) for part in parts]
    clear = sorted(
        (one.needs[0] for one in told if is_another(one, heard)), key=lambda need: -need.confidence
    )
    yield from in_order(dict.fromkeys(need.name for need in clear))


def _of_the_age_told(part: Understanding, whole: Understanding) -> Understanding:
    """A clause with the age that another clause of the same message tells."""
    ages = tuple(one for one in whole.entities if one.entity == "child_age")
    return replace(part, needs=told_plainly(part.text, ages, part.needs, story=whole.text))
