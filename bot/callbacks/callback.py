"""A callback as it is read from the queue, opened: what staff and the family's own page show."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from bot.callbacks.life import Stage, stage_of
from bot.callbacks.places import Place
from bot.callbacks.request import TRIES_BEFORE_DECISION, NewCallback, State
from bot.clock import helsinki
from bot.meaning import Window

_SHOWN_FIRST, _SHOWN_LAST = 4, 2


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One thing that happened to a callback.

    `what` is one of `booked`, `asked_again` (a second request that this call answers), `claimed`, `released`,
    `offered`, `accepted`, `declined`, `withdrawn`, `offer_lapsed`, `transferred` (before offers were), `lease_expired`,
    `attempt`, `decided`, `moved`, `corrected`, `merged`, `split`, `set_apart`, `left`, `restored`, `closed`,
    `cancelled`, `erased`, `rang` (and nobody answered), `voicemail`; `detail` holds codes and ids, never words; `note`
    is what staff wrote, or where a voicemail is kept.
    """

    at: datetime
    actor: str
    actor_name: str
    what: str
    detail: Mapping[str, Any]
    note: str | None = None
    note_parts: Mapping[str, str] = field(default_factory=dict)
    """The same by its headings (`bot.callbacks.call_note`), where headings were used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Callback:
    """One callback with everything known about it. Times are aware, in UTC; windows in Europe/Helsinki."""

    id: str
    code: str | None
    """As the family sees it; None once the family has deleted its request."""
    state: State
    request: NewCallback
    """What the family asked for; an empty one once it is deleted."""
    promised_day: date
    due_at: datetime
    """After this moment the call is late."""
    next_try_at: datetime | None
    """When to ring again, after a try without an answer."""
    holder: str | None
    holder_name: str | None
    claimed_at: datetime | None
    lease_until: datetime | None
    place: Place | None = None
    """Its place among the calls of its area, when it has one."""
    tries: int
    """Unanswered tries."""
    seen_at: datetime | None = None
    rang_at: datetime | None = None
    """When its holder began to ring."""
    reached_at: datetime | None = None
    """When its holder reached the family."""
    decision: str | None = None
    """What comes next after three tries or more (`bot.callbacks.deciding.Decision`), or `moved` by the family."""
    offered_to: str | None = None
    """The id of the colleague to whom its holder offers it."""
    offered_to_name: str | None = None
    offered_at: datetime | None = None
    merged_into: str | None = None
    """The callback whose call answers this one as well."""
    joined: tuple[str, ...] = ()
    """The requests that this call answers as well; `request` then holds the words of all. Only for one alone."""
    apart: tuple[str, ...] = ()
    """Callbacks to the same number that staff have called another matter."""
    number_mark: str | None = None
    """Two callbacks with the same one have the same number. Never shown."""
    created_at: datetime
    updated_at: datetime
    version: int
    follow_up_on: date | None = None
    """The local day on which somebody has agreed to be in touch again; None once that is done."""
    follow_up_by: str | None = None
    """The id of the one who agreed it."""
    follow_up_name: str | None = None
    history: tuple[HistoryEntry, ...] = ()

    @property
    def attempts(self) -> tuple[HistoryEntry, ...]:
        """The times somebody rang; `detail["result"]` says what happened."""
        return tuple(entry for entry in self.history if entry.what == "attempt")

    @property
    def closing(self) -> HistoryEntry | None:
        """How it was closed (`detail["outcome"]`, `detail["services"]`, `note`), or None."""
        return next((entry for entry in reversed(self.history) if entry.what == "closed"), None)

    @property
    def stage(self) -> Stage:
        """How far it has come, finer than its state."""
        return stage_of(
            self.state,
            seen=self.seen_at is not None,
            tries=self.tries,
            reached=self.reached_at is not None,
            joined=self.merged_into is not None,
        )

    @property
    def offer_note(self) -> str | None:
        """What its holder wrote to the colleague it is offered to."""
        offers = (entry.note for entry in reversed(self.history) if entry.what == "offered")
        return next(offers, None) if self.offered_to else None

    @property
    def is_undecided(self) -> bool:
        """Whether it was tried so often that a person must decide what comes next, and nobody has."""
        is_open = self.state in (State.WAITING, State.CLAIMED)
        return is_open and self.tries >= TRIES_BEFORE_DECISION and self.decision in (None, "coordinator")

    @property
    def needs_decision(self) -> bool:
        """The same for one that waits in the queue."""
        return self.state is State.WAITING and self.is_undecided

    def is_late(self, now: datetime) -> bool:
        """Whether the promise, the wished time or the next try has passed while it is still open."""
        return self.state in (State.WAITING, State.CLAIMED) and self.due_at < now

    def masked(self) -> "Callback":
        """The same with the number masked, for lists."""
        return replace(self, request=replace(self.request, phone=mask_phone(self.request.phone)))


def mask_phone(phone: str | None) -> str | None:
    """A number of which only the beginning and the last two digits are shown: `+358•••••••67`."""
    if phone is None:
        return None
    hidden = max(len(phone) - _SHOWN_FIRST - _SHOWN_LAST, 0)
    return phone[:_SHOWN_FIRST] + "•" * hidden + phone[_SHOWN_FIRST + hidden :]


def as_json(callback: Callback, *, masked: bool) -> dict[str, Any]:
    """The object of the staff API; `masked` hides most of the number, as every list does."""
    asked = callback.request
    return {
        "id": callback.id,
        "code": callback.code,
        "state": callback.state.value,
        "area": asked.area,
        "municipality": asked.municipality,
        "need": asked.need,
        "needs": list(asked.needs),
        "urgency": asked.urgency,
        "category": asked.category,
        "phone": mask_phone(asked.phone) if masked else asked.phone,
        "contact_mode": asked.contact_mode,
        "name": asked.name,
        "anonymous": asked.name is None,
        "child_ages": [int(age) if age == int(age) else age for age in asked.child_ages],
        "language": asked.language,
        "interpreter": asked.interpreter,
        "easy_language": asked.easy_language,
        "window": window_as_json(asked.window),
        "wish": asked.wish_words,
        "message_allowed": asked.message_allowed,
        "who_may_answer": asked.who_may_answer,
        "show_number": asked.show_number,
        "code_word": asked.code_word,
        "notes": asked.notes,
        "told": list(asked.told),
        "channel": asked.channel,
        "sender_role": asked.sender_role,
        **_progress_as_json(callback),
    }


def window_as_json(window: Window | None) -> dict[str, str] | None:
    """Start and end as ISO 8601 with the offset of Finland."""
    if window is None:
        return None
    return {"start": helsinki(window.start).isoformat(), "end": helsinki(window.end).isoformat()}


def _progress_as_json(callback: Callback) -> dict[str, Any]:
    closing = callback.closing
    return {
        "promised_day": callback.promised_day.isoformat(),
        "due_at": _moment(callback.due_at),
        "next_try_at": _moment(callback.next_try_at),
        "needs_decision": callback.needs_decision,
        "stage": callback.stage.value,
        "decision": callback.decision,
        "holder": callback.holder_name,
        "offered_to": callback.offered_to_name,
        "lease_until": _moment(callback.lease_until),
        "outcome": closing.detail.get("outcome") if closing else None,
        "services": list(closing.detail.get("services", ())) if closing else [],
        "follow_up_on": callback.follow_up_on.isoformat() if callback.follow_up_on else None,
        "attempts": [
            {"at": _moment(entry.at), "by": entry.actor_name, "result": entry.detail.get("result")}
            for entry in callback.attempts
        ],
        "history": [_entry_as_json(entry) for entry in callback.history],
        "created_at": _moment(callback.created_at),
        "updated_at": _moment(callback.updated_at),
    }


def _entry_as_json(entry: HistoryEntry) -> dict[str, Any]:
    return {
        "at": _moment(entry.at),
        "by": entry.actor_name or entry.actor,
        "what": entry.what,
        "detail": dict(entry.detail),
        "note": entry.note,
        "note_parts": dict(entry.note_parts),
    }


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else helsinki(moment).isoformat()
