"""Several requests that one call answers, as one to read: the words of all, and of their answers the safest. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import chain
from typing import TypeVar

from bot.callbacks.request import NewCallback, WhoMayAnswer

_T = TypeVar("_T")
_GRAVER = ("immediate", "urgent", "ask", "none")


@dataclass(frozen=True, slots=True)
class Told:
    """One request with what was promised to it."""

    request: NewCallback
    promised_day: date
    due_at: datetime


def fold(own: Told, others: Sequence[Told]) -> Told:
    """What an advisor needs before ringing once for all of them.

    Notes and wishes stand one after the other; of what makes a call safe the stricter answer holds, whoever gave
    it: no message, only the family itself, number hidden, no voice call. Notices go as the first request said.
    """
    if not others:
        return own
    everyone = (own, *others)
    asked = [one.request for one in everyone]
    first = min(everyone, key=lambda one: one.due_at)
    gravest = min(asked, key=lambda one: _GRAVER.index(one.urgency))
    folded = replace(
        own.request,
        needs=_each(chain.from_iterable(one.needs or _one(one.need) for one in asked)),
        urgency=gravest.urgency,
        category=gravest.category or own.request.category,
        contact_mode=next((one.contact_mode for one in asked if one.contact_mode != "call"), "call"),
        name=next((one.name for one in asked if one.name), None),
        child_ages=_each(chain.from_iterable(one.child_ages for one in asked)),
        interpreter=next((one.interpreter for one in asked if one.interpreter), None),
        easy_language=any(one.easy_language for one in asked),
        window=first.request.window,
        wish_words=" · ".join(_each(one.wish_words for one in asked if one.wish_words)) or None,
        message_allowed=_strictest(one.message_allowed for one in asked),
        who_may_answer=_safest_who(asked),
        show_number=_strictest(one.show_number for one in asked),
        code_word=" · ".join(_each(one.code_word for one in asked if one.code_word)) or None,
        notes="\n".join(_each(one.notes for one in asked if one.notes)),
        told=_each(chain.from_iterable(one.told for one in asked)),
    )
    return Told(folded, min(one.promised_day for one in everyone), first.due_at)


def _safest_who(asked: Iterable[NewCallback]) -> WhoMayAnswer | None:
    said = [one.who_may_answer for one in asked if one.who_may_answer]
    return "only_me" if "only_me" in said else next(iter(said), None)


def _strictest(answers: Iterable[bool | None]) -> bool | None:
    """No, if anybody said so; yes, if all who answered did; None when nobody did."""
    said = [answer for answer in answers if answer is not None]
    return all(said) if said else None


def _each(values: Iterable[_T]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(values))


def _one(need: str | None) -> tuple[str, ...]:
    return (need,) if need else ()
