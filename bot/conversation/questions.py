"""Plain questions, heard by their words (`Understanding.asks`), and what answers each. Pure."""

from dataclasses import replace
from typing import Final

from bot.conversation.aftermath import answered_by
from bot.conversation.state import State
from bot.meaning import Understanding

WHY: Final = "why"
"""What a question is for: it is said in other words, and stays open."""
COMFORTS: Final = frozenset({"own_fault", "bad_parent"})
"""Doubts about oneself, answered first of all; then the talk goes on."""
ANSWERED: Final = {
    "take_child": "answer_take_child",
    "real_person": "answer_bot",
    "unsure": "answer_unsure",
    "cost": "answer_cost",
    "number_shows": "answer_number_shows",
}
"""Questions with a flow of their own, which comes before whatever else the words sound like."""
_ALONE = 7


def alone(heard: Understanding, state: State) -> Understanding:
    """A short message that asks one of these, without the matter and the wish that a model hears in it.

    What is told right after a danger is answered as such: "ambulanssi tuli. nyt pelottaa et mun vika".
    """
    if heard.asks in COMFORTS and state.slots.get("crisis_at") and answered_by(heard.text):
        return replace(heard, asks=None)
    if heard.asks == WHY and not state.asked:
        return replace(heard, asks=None)
    short = heard.asks is not None and len(heard.text.split()) <= _ALONE
    return replace(heard, needs=(), acts=(), also=(), skip=False) if short else heard
