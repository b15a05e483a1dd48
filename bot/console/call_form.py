"""What an advisor has typed on the page of a call: read from the form, and what is missing in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from aiohttp import web

from bot.callbacks import call_note, follow_ups
from bot.callbacks.call_note import HEADINGS, CallNote
from bot.callbacks.request import AttemptResult, Outcome
from bot.console.page import chosen, form_of
from bot.console.words import Words

TALKED = (
    Outcome.ENOUGH, Outcome.GUIDED, Outcome.NETWORK_MEETING, Outcome.ASSESSMENT, Outcome.ASSESSMENT_NOT_NEEDED,
    Outcome.FOLLOW_UP, Outcome.OTHER,
)  # fmt: skip
"""Outcomes of a talk; the family was reached."""
TALKED_CHOICES = (*(f"outcome:{outcome}" for outcome in TALKED), "result:reached")
NOT_TALKED_CHOICES = (
    "result:no_answer",
    "result:busy",
    "outcome:wrong_number",
    "outcome:unreachable",
    "outcome:cancelled_by_family",
)
NOTE_FIELDS = ("note", *(f"note_{heading}" for heading in HEADINGS))
_KEPT = (*NOTE_FIELDS, "what", "follow_up_on")
_MOST_SERVICES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What an advisor says came of a call: an outcome that ends it, or the result of a try."""

    what: Outcome | AttemptResult
    services: tuple[str, ...]
    note: CallNote | None
    follow_up_on: date | None


async def typed(request: web.Request) -> dict[str, Any]:
    """Every field of the page as it was typed, to be shown again or kept as a draft."""
    form = await form_of(request)
    fields: dict[str, Any] = {name: form.get(name, "")[: call_note.LONGEST] for name in _KEPT}
    return {**fields, "services": (await chosen(request, "services"))[:_MOST_SERVICES]}


def filled(values: Mapping[str, Any] | None) -> dict[str, Any]:
    """The same with every field there, empty ones for those nobody has typed."""
    return {**dict.fromkeys(_KEPT, ""), "services": (), **(values or {})}


def has_note(values: Mapping[str, Any]) -> bool:
    """Whether anything of a note was typed."""
    return any(values.get(name) for name in NOTE_FIELDS)


def read(values: Mapping[str, Any], now: datetime, w: Words) -> Record | str:
    """What was recorded, or the sentence that says what is missing."""
    what = values["what"]
    outcome = next((found for found in Outcome if what == f"outcome:{found}"), None)
    result = next((found for found in AttemptResult if what == f"result:{found}"), None)
    found = outcome or result
    if found is None:
        return w("call.choose_outcome")
    if outcome is Outcome.GUIDED and not values["services"]:
        return w("call.choose_services")
    day = _day(values["follow_up_on"])
    if outcome is Outcome.FOLLOW_UP and not values["follow_up_on"]:
        return w("call.follow_up_missing")
    if values["follow_up_on"]:
        unfit = follow_ups.unfit(day, now) if day else "bad"
        if unfit:
            return w("call.follow_up_bad") if unfit == "bad" else w("call.follow_up_closed")
    parts = {heading: values[f"note_{heading}"] for heading in HEADINGS}
    note = call_note.composed(values["note"], parts, heading_words(w))
    return Record(what=found, services=values["services"], note=note, follow_up_on=day)


def heading_words(w: Words) -> dict[str, str]:
    """The headings of a note as staff read them."""
    return {heading: w(f"call.note_{heading}") for heading in HEADINGS}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
