"""What the API gives about callbacks."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal

from bot.api.calls import Answered
from bot.callbacks.life import Stage
from bot.callbacks.request import Outcome, WhoMayAnswer
from bot.messages import Urgency

StateName = Literal["waiting", "claimed", "done", "cancelled"]


class WindowOut(Answered):
    """When the call will be tried: ISO 8601 with Finland's offset."""

    start: datetime
    end: datetime


class AttemptOut(Answered):
    """One time staff rang."""

    at: datetime
    by: str
    result: str | None


class HistoryOut(Answered):
    """One thing that happened."""

    at: datetime
    by: str
    what: str
    detail: dict[str, Any]
    note: str | None


class CallbackOut(Answered):
    """A callback. In a list the number is masked."""

    id: str
    code: str | None
    state: StateName
    stage: Stage
    """The finer step within the state."""
    area: str
    municipality: str | None
    need: str | None
    needs: list[str]
    urgency: Urgency
    category: str | None
    phone: str | None
    contact_mode: str
    name: str | None
    anonymous: bool
    child_ages: Sequence[float]
    language: str
    interpreter: str | None
    easy_language: bool
    window: WindowOut | None
    wish: str | None
    promised_day: date
    due_at: datetime
    next_try_at: datetime | None
    needs_decision: bool
    decision: str | None
    message_allowed: bool | None
    who_may_answer: WhoMayAnswer | None
    show_number: bool | None
    code_word: str | None
    notes: str
    told: list[str]
    """Ids of the services the bot has shown."""
    channel: str
    sender_role: str
    holder: str | None
    offered_to: str | None
    lease_until: datetime | None
    outcome: Outcome | None
    services: list[str]
    follow_up_on: date | None
    attempts: list[AttemptOut]
    history: list[HistoryOut]
    created_at: datetime
    updated_at: datetime
    version: int


GIVEN = CallbackOut.model_fields.keys()
"""The names of everything a callback has in our answers."""


class CallbacksOut(Answered):
    """A page of callbacks, most urgent first; `total` counts all pages."""

    items: list[CallbackOut]
    total: int
