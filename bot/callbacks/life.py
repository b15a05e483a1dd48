"""The life of a callback in one table: its stages, what may happen in each, by whom, and where it leads. Pure.

Everything that changes a callback takes its guard from this table (`bot.callbacks.guards`), and docs/callbacks.md shows
it. To the outside there are four states (`State`); stages are finer and are read from the same columns.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.callbacks.request import State


class Stage(StrEnum):
    """How far a callback has come."""

    RECEIVED = "received"
    """Nobody has opened it yet."""
    WAITING = "waiting"
    CLAIMED = "claimed"
    TRIED = "tried"
    """Rung in vain, and waiting for the next try or for a person's decision."""
    REACHED = "reached"
    """Its holder has spoken with the family and has not closed it."""
    CLOSED = "closed"
    CANCELLED = "cancelled"
    JOINED = "joined"
    """Answered by the call of another request of the same number; to the outside it is cancelled."""


STATES = {
    Stage.RECEIVED: State.WAITING,
    Stage.WAITING: State.WAITING,
    Stage.CLAIMED: State.CLAIMED,
    Stage.TRIED: State.WAITING,
    Stage.REACHED: State.CLAIMED,
    Stage.CLOSED: State.DONE,
    Stage.CANCELLED: State.CANCELLED,
    Stage.JOINED: State.CANCELLED,
}
"""What each stage is to the outside."""
FREE = (Stage.RECEIVED, Stage.WAITING, Stage.TRIED)
"""In the queue, held by nobody."""
HELD = (Stage.CLAIMED, Stage.REACHED)
LIVE = (*FREE, *HELD)
"""Somebody will still ring."""
QUEUE = (Stage.WAITING, Stage.TRIED)
"""Where a callback goes that is given back: `tried` once it was rung in vain."""


class By(StrEnum):
    """Who may do something."""

    FAMILY = "family"
    STAFF = "staff"
    """Everybody who works the queue and reaches the area."""
    HOLDER = "holder"
    RECEIVER = "receiver"
    """The colleague to whom its holder has offered it."""
    SYSTEM = "system"


class Event(StrEnum):
    """What may happen to a callback."""

    BOOK = "book"
    SEE = "see"
    CLAIM = "claim"
    RENEW = "renew"
    RING = "ring"
    RELEASE = "release"
    OFFER = "offer"
    WITHDRAW = "withdraw"
    ACCEPT = "accept"
    DECLINE = "decline"
    OFFER_LAPSES = "offer_lapses"
    LEASE_ENDS = "lease_ends"
    NO_ANSWER = "no_answer"
    WRONG_NUMBER = "wrong_number"
    REACH = "reach"
    DECIDE = "decide"
    CLOSE = "close"
    MOVE = "move"
    CORRECT = "correct"
    CANCEL = "cancel"
    ERASE = "erase"
    ASK_AGAIN = "ask_again"
    MERGE = "merge"
    TAKE_IN = "take_in"
    SPLIT = "split"
    RESTORE = "restore"
    SET_APART = "set_apart"


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table. No `before`: it comes into being. No `after`: the stage stays what it is."""

    event: Event
    by: tuple[By, ...]
    before: tuple[Stage, ...]
    after: tuple[Stage, ...] = ()


_ANYBODY = (By.FAMILY, By.STAFF, By.SYSTEM)
RULES = (
    Rule(Event.BOOK, _ANYBODY, (), (Stage.RECEIVED, Stage.JOINED)),
    Rule(Event.SEE, (By.STAFF,), (Stage.RECEIVED,), (Stage.WAITING,)),
    Rule(Event.CLAIM, (By.STAFF,), FREE, (Stage.CLAIMED,)),
    Rule(Event.RENEW, (By.HOLDER,), HELD),
    Rule(Event.RING, (By.HOLDER,), HELD),
    Rule(Event.RELEASE, (By.HOLDER, By.SYSTEM), HELD, QUEUE),
    Rule(Event.OFFER, (By.HOLDER,), HELD),
    Rule(Event.WITHDRAW, (By.HOLDER,), HELD),
    Rule(Event.ACCEPT, (By.RECEIVER,), HELD),
    Rule(Event.DECLINE, (By.RECEIVER,), HELD),
    Rule(Event.OFFER_LAPSES, (By.SYSTEM,), HELD),
    Rule(Event.LEASE_ENDS, (By.SYSTEM,), HELD, QUEUE),
    Rule(Event.NO_ANSWER, (By.HOLDER,), HELD, (Stage.TRIED,)),
    Rule(Event.WRONG_NUMBER, (By.HOLDER,), HELD),
    Rule(Event.REACH, (By.HOLDER,), HELD, (Stage.REACHED,)),
    Rule(Event.DECIDE, (By.STAFF,), (Stage.TRIED,)),
    Rule(Event.DECIDE, (By.HOLDER,), HELD, (Stage.TRIED,)),
    Rule(Event.CLOSE, (By.HOLDER,), HELD, (Stage.CLOSED,)),
    Rule(Event.MOVE, _ANYBODY, (*LIVE, Stage.JOINED)),
    Rule(Event.CORRECT, _ANYBODY, (*LIVE, Stage.JOINED)),
    Rule(Event.CANCEL, (By.FAMILY,), (*LIVE, Stage.JOINED), (Stage.CANCELLED,)),
    Rule(Event.CANCEL, (By.STAFF,), FREE, (Stage.CANCELLED,)),
    Rule(Event.CANCEL, (By.HOLDER,), HELD, (Stage.CANCELLED,)),
    Rule(Event.ERASE, _ANYBODY, (*LIVE, Stage.JOINED), (Stage.CANCELLED,)),
    Rule(Event.ERASE, _ANYBODY, (Stage.CLOSED, Stage.CANCELLED)),
    Rule(Event.ASK_AGAIN, _ANYBODY, LIVE),
    Rule(Event.MERGE, (By.STAFF, By.FAMILY), FREE, (Stage.JOINED,)),
    Rule(Event.TAKE_IN, (By.HOLDER,), HELD),
    Rule(Event.TAKE_IN, (By.FAMILY,), LIVE),
    Rule(Event.SPLIT, (By.STAFF,), (Stage.JOINED,), QUEUE),
    Rule(Event.RESTORE, _ANYBODY, (Stage.JOINED,), QUEUE),
    Rule(Event.SET_APART, (By.STAFF,), LIVE),
)


def rules_of(event: Event) -> tuple[Rule, ...]:
    """The lines of the table for one event."""
    return tuple(rule for rule in RULES if rule.event is event)


def leads(event: Event, by: Iterable[By], before: Stage | None) -> frozenset[Stage | None] | None:
    """Where an event leads from a stage (None: there is no callback yet); None when it may not happen.

    `by` are all that somebody is at that moment: a member of staff who holds it is `STAFF` and `HOLDER`.
    """
    who = set(by)
    fitting = [
        rule
        for rule in rules_of(event)
        if who.intersection(rule.by) and (before in rule.before if before else not rule.before)
    ]
    if not fitting:
        return None
    return frozenset(stage for rule in fitting for stage in (rule.after or (before,)))


def stage_of(state: State, *, seen: bool, tries: int, reached: bool, joined: bool) -> Stage:
    """The stage of a callback, from what its columns say."""
    match state:
        case State.DONE:
            return Stage.CLOSED
        case State.CANCELLED:
            return Stage.JOINED if joined else Stage.CANCELLED
        case State.CLAIMED:
            return Stage.REACHED if reached else Stage.CLAIMED
        case State.WAITING:
            if tries:
                return Stage.TRIED
            return Stage.WAITING if seen else Stage.RECEIVED
