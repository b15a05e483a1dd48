"""A message at the place of the talk where it comes: what is asked and under way, and how far it answers. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.conversation import safe_calling
from bot.conversation.asides import adds_something, tells_later
from bot.conversation.flow import Flows, Step
from bot.conversation.safe_answers import NOTED, TAKEN
from bot.conversation.sites import names_site
from bot.conversation.state import State
from bot.conversation.told import SURE
from bot.conversation.who_sees import asks_who_sees
from bot.meaning import Understanding

COURTESIES = frozenset({"greet", "thanks", "goodbye", "affirm", "deny"})
SHORT_ANSWER = 4
"""An answer of so few words asks for nothing else."""
_BARE = 1
"""A message with so few words besides its facts tells no new matter and asks for nothing new."""
_ACTS_WITH_FACTS = frozenset({"request_callback", "change_callback", "change_language"})
"""What a family wants done with the very facts it tells."""
_IN_OWN_WORDS = frozenset({"need", "site"})
"""Questions whose answers are kept as they were written."""
_BESIDE = frozenset({"message_allowed", *safe_calling.QUESTIONS})
"""Questions beside which something else that is told is kept; an answer, a code word perhaps, never is."""
_MAX_WORDS = 1000
_PUTS_RIGHT = 10
"""With so few words around them, facts that put others right are no words for the advisor."""
_STORY = 40
"""A message of more characters is the family's own words about its matter."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A message, and the question it comes after."""

    heard: Understanding
    state: State
    flows: Flows
    values: Mapping[str, Any]
    """The facts of the message as slots, with its answer to the question."""

    @property
    def pending(self) -> Step | None:
        """The question the bot waits an answer to."""
        return pending_step(self.state, self.flows)

    @property
    def answered(self) -> bool:
        """Whether the message answers it."""
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
        """Whether the matter is known."""
        return bool(self.state.slots.get("need"))

    def wants(self, act: str) -> bool:
        """Whether the message surely does `act`."""
        return self.heard.act(SURE) == act


def pending_step(state: State, flows: Flows) -> Step | None:
    """The question the bot waits an answer to."""
    if not state.asked or not state.stack:
        return None
    frame = state.stack[-1]
    return flows[frame.flow].steps.get(frame.step)


def by_child(at: Moment) -> bool:
    """Whether a child writes whose matter is not known yet."""
    role = at.values.get("sender_role") or at.state.slots.get("sender_role")
    return role == "child" and not at.has_need


def is_passed(at: Moment) -> bool:
    """Whether a question that is asked only once went without an answer.

    Another matter told instead leaves it open once: who writes line by line has not refused to say.
    """
    pending = at.pending
    if pending is None or not pending.once or at.answered or at.heard.repeat:
        return False
    if safe_calling.keeps_open(at.state.asked, at.values, affirms=at.wants("affirm")):
        return False
    if pending.name == "family_knows" and names_site(at.heard.text):
        return at.state.times_said.get(pending.utter, 0) > 1  # where they work, told once more
    if pending.utter.endswith("_for_call"):
        return True
    another = at.heard.need(SURE) not in (None, at.state.slots.get("need"))
    return not another or at.state.times_said.get(pending.utter, 0) > 1


def is_all_but_facts(at: Moment) -> bool:
    """Whether a message is only facts with a few words around them: "entä Mikkelissä?", "we live in Mikkeli"."""
    heard = at.heard
    if (
        heard.act(SURE) in _ACTS_WITH_FACTS
        or (at.state.asked == "need" and not heard.correction)
        or heard.text.startswith("/")
        or "guide" in heard.set_slots  # "Turku. is this normal?"
        or asks_who_sees(heard.text)
    ):
        return False
    if not at.answered and not (heard.entities and at.has_need):
        return False
    words = [word for word in without_facts(heard).split() if any(map(str.isalpha, word))]
    return len(words) <= (SHORT_ANSWER if at.answered else _BARE)


def without_facts(heard: Understanding) -> str:
    """What a message says besides its facts."""
    left = heard.text
    for entity in sorted(heard.entities, key=lambda found: -found.start):
        left = f"{left[: entity.start]} {left[entity.end :]}"
    return left


def own_words(at: Moment, need: str | None, *, for_a_call: bool = False) -> dict[str, Any]:
    """The family's own words about its matter, kept for whoever rings; phone numbers are left out of them.

    `for_a_call`: they came with the wish for a call and say more than that, so they are kept however short.
    """
    text, asked = at.heard.text.strip(), at.state.asked
    said = without_facts(at.heard) if asked == "confirm" else text
    noted = at.heard.first(TAKEN) in NOTED
    long = len(said.split()) >= SHORT_ANSWER or noted
    polite = (
        not need and at.heard.act(SURE) in COURTESIES and not (asked == "confirm" and adds_something(text))
    )
    if text.startswith("/") or polite or (not need and at.heard.act(SURE) == "change_callback"):
        return {}
    if asked == "need" and tells_later(text):
        return {}
    if at.heard.correction and at.heard.entities and not need and len(said.split()) <= _PUTS_RIGHT:
        return {}
    more = long and ((at.has_need and not asked) or asked == "callback_offer") and not at.answered
    beside = noted or (asked in _BESIDE and long and not at.values)
    told = need or asked in _IN_OWN_WORDS or len(text) > _STORY or (asked == "confirm" and long) or beside
    if not (told or more or for_a_call):
        return {}
    if at.answered and not need and asked not in _IN_OWN_WORDS and not long:
        return {}
    for entity in sorted(at.heard.entities, key=lambda found: -found.start):
        if entity.entity in ("phone", "phone_fragment"):
            text = f"{text[: entity.start]}…{text[entity.end :]}"
    known = at.state.slots.get("words", ())
    words = [*known, text[:_MAX_WORDS]]
    while sum(map(len, words)) > _MAX_WORDS and len(words) > 1:
        words.pop(1)
    return {"words": words} if text[:_MAX_WORDS] not in known else {}
