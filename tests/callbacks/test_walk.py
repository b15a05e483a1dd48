"""Anything done in any order, against a model of a few lines: the queue never leaves its table of moves."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.callbacks import queue
from bot.callbacks.request import (
    FAMILY,
    MOVES,
    TRIES_BEFORE_DECISION,
    Actor,
    AttemptResult,
    Claimed,
    Gone,
    HeldBy,
    NotClaimed,
    Outcome,
    Saved,
    State,
)
from bot.database import Database
from tests.callbacks.scenes import ANNA, BEN, HOURS, LEASE, NOW, booked, read

LIVES, STEPS = 40, 15


@dataclass
class Model:
    """What should be true of one callback."""

    state: State = State.WAITING
    holder: Actor | None = None
    tries: int = 0

    def refusal(self, staff: Actor) -> object | None:
        """What a member of staff should be answered who may not work on it; None when they may."""
        if self.state in (State.DONE, State.CANCELLED):
            return Gone(self.state)
        if self.holder is None:
            return NotClaimed()
        return None if self.holder == staff else HeldBy(self.holder.name, self.holder.id)

    def goes(self, state: State, holder: Actor | None = None) -> None:
        self.state, self.holder = state, holder


def test_whatever_is_done_in_whatever_order_every_answer_is_the_one_the_rules_give(
    database: Database,
) -> None:
    chance = random.Random(20261124)
    for _ in range(LIVES):
        entry, model, now = booked(database), Model(), NOW
        for _ in range(STEPS):
            now += timedelta(minutes=chance.choice((1, 5, 40)))
            before = model.state
            chance.choice(STEP)(database, entry.id, model, chance.choice((ANNA, BEN)), now)
            assert model.state is before or model.state in MOVES[before]
        found = read(database, entry.id)
        holder = model.holder.id if model.holder else None
        assert (found.state, found.holder, found.tries) == (model.state, holder, model.tries)
        waits_for_decision = model.state is State.WAITING and model.tries >= TRIES_BEFORE_DECISION
        assert found.needs_decision is waits_for_decision


def claims(database: Database, callback_id: str, model: Model, staff: Actor, now: datetime) -> None:
    answer = database.write_now(lambda s: queue.claim(s, callback_id, staff, now=now, lease=LEASE))
    refusal = model.refusal(staff)
    if refusal is None or isinstance(refusal, NotClaimed):
        assert isinstance(answer, Claimed)
        model.goes(State.CLAIMED, staff)
    else:
        assert answer == refusal


def releases(database: Database, callback_id: str, model: Model, staff: Actor, now: datetime) -> None:
    if worked(database, callback_id, model, staff, lambda s: queue.release(s, callback_id, staff, now=now)):
        model.goes(State.WAITING)


def transfers(database: Database, callback_id: str, model: Model, staff: Actor, now: datetime) -> None:
    other = BEN if staff == ANNA else ANNA

    def work(session: Session) -> object:
        return queue.transfer(session, callback_id, staff, other, now=now, lease=LEASE)

    if worked(database, callback_id, model, staff, work):
        model.goes(State.CLAIMED, other)


def rings_in_vain(database: Database, callback_id: str, model: Model, staff: Actor, now: datetime) -> None:
    def work(session: Session) -> object:
        return queue.record_attempt(
            session, callback_id, staff, AttemptResult.BUSY, now=now, hours=HOURS, lease=LEASE
        )

    if worked(database, callback_id, model, staff, work):
        model.goes(State.WAITING)
        model.tries += 1


def closes(database: Database, callback_id: str, model: Model, staff: Actor, now: datetime) -> None:
    def work(session: Session) -> object:
        return queue.close(session, callback_id, staff, Outcome.OTHER, now=now)

    if worked(database, callback_id, model, staff, work):
        model.goes(State.DONE)


def cancels(database: Database, callback_id: str, model: Model, _staff: Actor, now: datetime) -> None:
    answer = database.write_now(lambda s: queue.cancel(s, callback_id, by=FAMILY, now=now))
    if State.CANCELLED in MOVES[model.state]:
        assert answer == Saved(callback_id)
        model.goes(State.CANCELLED)
    else:
        assert answer == Gone(model.state)


def sweeps(database: Database, callback_id: str, model: Model, _staff: Actor, now: datetime) -> None:
    lease = read(database, callback_id).lease_until
    assert (lease is not None) == (model.holder is not None)
    returned = database.write_now(lambda s: queue.return_expired_leases(s, now))
    if lease is not None and lease < now:
        assert returned >= 1  # lives begun before may have a claim that ran out as well
        model.goes(State.WAITING)


def worked(
    database: Database, callback_id: str, model: Model, staff: Actor, work: Callable[[Session], object]
) -> bool:
    """Whether the deed was done, having checked that the answer is the right one."""
    refusal = model.refusal(staff)
    assert database.write_now(work) == (Saved(callback_id) if refusal is None else refusal)
    return refusal is None


STEP = (claims, claims, claims, releases, transfers, rings_in_vain, rings_in_vain, closes, cancels, sweeps)
