"""Anything done by anybody in any order, for 10,000 steps: the life of callbacks never leaves its table.

Hypothesis chooses the steps: two numbers, three advisors, families, jobs and a clock that jumps. The model is the
table of `bot.callbacks.life` and what each callback was before the step.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from sqlalchemy import text
from sqlalchemy.orm import Session

from bot.callbacks import queue
from bot.callbacks.callback import Callback
from bot.callbacks.deciding import Decision, NoCallingTimeError
from bot.callbacks.life import HELD, LIVE, By, Event, Stage, leads
from bot.callbacks.request import FAMILY, SYSTEM, Actor, AttemptResult, Claimed, Outcome, Saved, State
from bot.database import Database
from bot.reach import EVERYWHERE
from tests.callbacks.scenes import ANNA, BEN, HOURS, LEASE, NOW, a_request

CLARA = Actor("staff-clara", "Clara", EVERYWHERE)
PEOPLE = (ANNA, BEN, CLARA)
PARTS, PART = 5, 2_000
"""Ten thousand steps in all."""
NUMBERS, NEEDS = ("+358501110001", "+358501110002"), ("sleep", "school", None)
MOST = 5
"""How many callbacks are walked with at a time, so that they meet each other often."""
ENDS_HOLDING = ("released", "lease_expired", "closed", "cancelled", "erased", "decided")
WHOEVER_HOLDS_IT = Actor("", "", EVERYWHERE)
"""Stands for the holder, so that not most steps are refused."""
which, person = st.integers(0, MOST - 1), st.sampled_from((*PEOPLE, *[WHOEVER_HOLDS_IT] * 4))
SEEN_IN_A_WALK = {
    Event.BOOK, Event.CLAIM, Event.RELEASE, Event.OFFER, Event.ACCEPT, Event.DECLINE, Event.WITHDRAW, Event.LEASE_ENDS,
    Event.NO_ANSWER, Event.REACH, Event.DECIDE, Event.CLOSE, Event.MOVE, Event.CORRECT, Event.CANCEL, Event.ERASE,
    Event.MERGE, Event.SPLIT, Event.SET_APART,
}  # fmt: skip
SELDOM_UNSEEN = 2
seldom = st.integers(0, 3).map(lambda number: number == 0)


@dataclass
class Counted:
    """What was done how often and where it led, over all walks."""

    steps: int = 0
    done: dict[str, int] = field(default_factory=dict)
    stages: set[Stage] = field(default_factory=set)


class Walk(RuleBasedStateMachine):
    """One walk; the class it is made from carries the database and the count."""

    database: Database
    counted: Counted

    @initialize()
    def begin(self) -> None:
        def wipe(session: Session) -> None:
            for table in ("callback_notice", "callback_event", "callback"):
                session.execute(text(f"DELETE FROM {table}"))  # noqa: S608  (names from this test)

        self.database.write_now(wipe)
        self.now, self.ids = NOW, list[str]()
        self.known = dict[str, Callback]()
        self.both_held = set[str]()
        """Corrected into the matter of another one while both were being called."""

    @rule(
        number=st.sampled_from(NUMBERS),
        need=st.sampled_from(NEEDS),
        urgent=st.booleans(),
        by=st.sampled_from((FAMILY, ANNA)),
    )
    def books(self, number: str, need: str | None, urgent: bool, by: Actor) -> None:
        if sum(one.stage in LIVE for one in self.known.values()) >= MOST:
            return
        urgency = "immediate" if urgent else "none"
        new = a_request(phone=number, need=need, urgency=urgency, message_allowed=True)
        before, day = self.known, HOURS.promised_day(self.now)
        self.database.write_now(lambda s: queue.book(s, new, now=self.now, promised_day=day, by=by))
        self.known = self._all()
        fresh = [one for one in self.known if one not in before]
        assert len(fresh) == 1  # never lost, never twice
        self.ids += fresh
        self._check(Event.BOOK, by, before, None, done=True)

    @rule(at=which, who=person)
    def sees(self, at: int, who: Actor) -> None:
        who = self._who(who, at)
        self._step(Event.SEE, at, who, lambda s, one: queue.see(s, one, who, now=self.now))

    @rule(at=which, who=person)
    def claims(self, at: int, who: Actor) -> None:
        who = self._who(who, at)
        before = self._at(at)
        if before and before.holder == who.id:
            return  # asking again changes nothing: tested in test_life
        self._step(Event.CLAIM, at, who, lambda s, one: queue.claim(s, one, who, now=self.now, lease=LEASE))

    @rule(at=which, who=person)
    def releases(self, at: int, who: Actor) -> None:
        who = self._who(who, at)
        self._step(Event.RELEASE, at, who, lambda s, one: queue.release(s, one, who, now=self.now))

    @rule(at=which, who=person)
    def renews(self, at: int, who: Actor) -> None:
        who = self._who(who, at)
        self._step(
            Event.RENEW, at, who, lambda s, one: queue.renew_lease(s, one, who, now=self.now, lease=LEASE)
        )

    @rule(at=which, who=person, to=st.sampled_from(PEOPLE))
    def offers(self, at: int, who: Actor, to: Actor) -> None:
        who = self._who(who, at)
        if who != to:
            self._step(Event.OFFER, at, who, lambda s, one: queue.offer(s, one, who, to, now=self.now))

    @rule(at=which, who=person, what=st.sampled_from(("accept", "decline", "withdraw")))
    def answers_an_offer(self, at: int, who: Actor, what: str) -> None:
        who = self._who(who, at, receives=what != "withdraw")
        before = self._at(at)
        if before and before.lease_until and before.lease_until < self.now:
            return  # a lease that is over and not yet swept: tested in test_transfer
        if what == "accept":
            self._step(
                Event.ACCEPT, at, who, lambda s, one: queue.accept(s, one, who, now=self.now, lease=LEASE)
            )
        elif what == "decline":
            self._step(Event.DECLINE, at, who, lambda s, one: queue.decline(s, one, who, now=self.now))
        elif before and before.offered_to:
            self._step(Event.WITHDRAW, at, who, lambda s, one: queue.withdraw(s, one, who, now=self.now))

    @rule(at=which, who=person, result=st.sampled_from(AttemptResult))
    def rings(self, at: int, who: Actor, result: AttemptResult) -> None:
        who = self._who(who, at)
        events = {AttemptResult.REACHED: Event.REACH, AttemptResult.WRONG_NUMBER: Event.WRONG_NUMBER}
        event = events.get(result, Event.NO_ANSWER)
        self._step(event, at, who, lambda s, one: queue.record_attempt(
            s, one, who, result, now=self.now, hours=HOURS, lease=LEASE,
        ))  # fmt: skip

    @rule(at=which, who=st.sampled_from(PEOPLE), result=st.sampled_from(AttemptResult))
    def takes_and_rings(self, at: int, who: Actor, result: AttemptResult) -> None:
        self.claims(at, who)
        self.rings(at, WHOEVER_HOLDS_IT, result)

    @rule(at=which, to=st.sampled_from(PEOPLE), what=st.sampled_from(("accept", "decline", "withdraw")))
    def hands_over(self, at: int, to: Actor, what: str) -> None:
        self.claims(at, BEN)
        self.offers(at, WHOEVER_HOLDS_IT, to)
        self.answers_an_offer(at, WHOEVER_HOLDS_IT, what)

    @rule(at=which, other=which, split=st.booleans())
    def merges(self, at: int, other: int, split: bool) -> None:
        self.claims(at, BEN)
        self.says_whether_it_is_one_call(at, other, WHOEVER_HOLDS_IT, "merge")
        if split:
            self.says_whether_it_is_one_call(at, other, WHOEVER_HOLDS_IT, "split")

    @rule(at=which, who=person, outcome=st.sampled_from((Outcome.ENOUGH, Outcome.UNREACHABLE)))
    def closes(self, at: int, who: Actor, outcome: Outcome) -> None:
        who = self._who(who, at)
        self._step(Event.CLOSE, at, who, lambda s, one: queue.close(s, one, who, outcome, now=self.now))

    @rule(at=which, who=person, decision=st.sampled_from(Decision), hours=st.integers(1, 60))
    def decides(self, at: int, who: Actor, decision: Decision, hours: int) -> None:
        who = self._who(who, at)
        before = self._at(at)
        if not before or before.tries < 3:
            return
        when = self.now + timedelta(hours=hours)

        def work(session: Session, one: str) -> object:
            return queue.decide(session, one, who, decision, now=self.now, hours=HOURS, at=when)

        if decision is Decision.TRY_AGAIN and not HOURS.is_open_at(when):
            with pytest.raises(NoCallingTimeError):
                self.database.write_now(lambda s: work(s, before.id))
            return
        self._step(Event.DECIDE, at, who, work)

    @rule(at=which, by=st.sampled_from((FAMILY, ANNA)), has_window=st.booleans())
    def moves(self, at: int, by: Actor, has_window: bool) -> None:
        day = HOURS.promised_day(self.now)
        window = HOURS.window_on(day) if has_window else None
        self._step(Event.MOVE, at, by, lambda s, one: queue.move(
            s, one, window=window, promised_day=day, now=self.now, by=by,
        ))  # fmt: skip

    @rule(at=which, number=st.sampled_from(NUMBERS), need=st.sampled_from(NEEDS))
    def corrects(self, at: int, number: str, need: str | None) -> None:
        self._step(Event.CORRECT, at, FAMILY, lambda s, one: queue.correct(
            s, one, now=self.now, phone=number, need=need,
        ))  # fmt: skip

    @rule(at=which, by=st.sampled_from((FAMILY, *PEOPLE)), happens=seldom)
    def cancels(self, at: int, by: Actor, happens: bool) -> None:
        if happens:
            self._step(Event.CANCEL, at, by, lambda s, one: queue.cancel(s, one, by=by, now=self.now))

    @rule(at=which, happens=seldom)
    def erases(self, at: int, happens: bool) -> None:
        if happens:
            self._step(Event.ERASE, at, FAMILY, lambda s, one: queue.erase(s, one, now=self.now))

    @rule(one=which, other=which, who=person, what=st.sampled_from(("merge", "split", "set_apart")))
    def says_whether_it_is_one_call(self, one: int, other: int, who: Actor, what: str) -> None:
        into = self._at(one)
        same = [each for each in self.known.values() if into and each.number_mark == into.number_mark]
        same = [each for each in same if each.stage in LIVE or each.merged_into]
        second = same[other % len(same)] if same and other else self._at(other)
        who = self._who(who, one)
        if into is None or second is None or into.id == second.id:
            return
        before = self.known
        work = {"merge": queue.merge, "split": queue.split, "set_apart": queue.set_apart}[what]
        done = self.database.write_now(lambda s: work(s, into.id, second.id, who, now=self.now))
        self.known = self._all()
        event = {"merge": Event.MERGE, "split": Event.SPLIT, "set_apart": Event.SET_APART}[what]
        if isinstance(done, Saved):
            assert into.number_mark == second.number_mark
            assert what == "set_apart" or into.holder == who.id
        self._check(event, who, before, second.id, done=isinstance(done, Saved))

    @rule(minutes=st.sampled_from((1, 1, 4, 4, 6, 29, 31, 180, 1500)))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        before = self.known
        returned = self.database.write_now(lambda s: queue.return_expired_leases(s, self.now))
        self.known = self._all()
        over = [one for one in before.values() if one.lease_until and one.lease_until < self.now]
        assert returned == len(over)
        for one in over:
            self._check(Event.LEASE_ENDS, SYSTEM, before, one.id, done=True)
        assert self.database.write_now(lambda s: queue.return_expired_leases(s, self.now)) == 0

    @rule(who=st.sampled_from(PEOPLE), closed=st.booleans(), happens=seldom)
    def leaves(self, who: Actor, closed: bool, happens: bool) -> None:
        if not happens:
            return
        before = self.known
        by = SYSTEM if closed else who

        def work(session: Session) -> None:
            if closed:
                queue.end_offers_to(session, who, now=self.now)
            queue.release_all(session, who, "signed_out", now=self.now, by=by)

        self.database.write_now(work)
        self.known = self._all()
        for one in before.values():
            if one.holder == who.id:
                self._check(Event.RELEASE, by, before, one.id, done=True)
        assert not closed or all(one.offered_to != who.id for one in self.known.values())

    def _step(self, event: Event, at: int, by: Actor, work: Callable[[Session, str], Any]) -> None:
        """Do it to one callback: done when the table says so, refused and nothing changed when it does not."""
        one = self._at(at)
        if one is None:
            return
        before = self.known
        found, self.known = self.database.write_now(lambda s: (work(s, one.id), _everything(s)))
        done = found is True or isinstance(found, Saved | Claimed)
        expected = leads(event, _roles(by, one), one.stage) is not None
        assert done is expected, (event, by.id, one.stage, found)
        self._check(event, by, before, one.id, done=done)

    def _who(self, who: Actor, at: int, *, receives: bool = False) -> Actor:
        one = self._at(at)
        wanted = (one.offered_to if receives else one.holder) if one else None
        return next((each for each in PEOPLE if each.id == wanted), ANNA) if who is WHOEVER_HOLDS_IT else who

    def _check(
        self, event: Event, by: Actor, before: dict[str, Callback], meant: str | None, *, done: bool
    ) -> None:
        self.counted.steps += 1
        after = self.known
        assert set(self.ids) == set(after)  # never lost
        if not done:
            assert {key: one.version for key, one in after.items()} == {
                k: o.version for k, o in before.items()
            }
            return
        self.counted.done[event] = self.counted.done.get(event, 0) + 1
        self.counted.stages |= {one.stage for one in after.values()}
        for key, one in after.items():
            old = before.get(key)
            if key == meant and old is not None:
                allowed = leads(event, _roles(by, old), old.stage)
                joins = event is Event.CORRECT and old.stage not in HELD
                assert allowed is not None
                assert one.stage in allowed or (joins and one.stage is Stage.JOINED), (
                    event,
                    old.stage,
                    one.stage,
                )
            elif (
                old is not None
                and old.stage is not one.stage
                and event not in (Event.LEASE_ENDS, Event.RELEASE)
            ):
                # Besides the one that is meant only joining moves a callback, and coming back from it.
                assert (old.stage in LIVE and one.stage is Stage.JOINED) or old.stage is Stage.JOINED
            self._holds_together(one, after)
        self._one_call_for_one_matter(after)

    def _holds_together(self, one: Callback, after: dict[str, Callback]) -> None:
        assert (one.holder is not None) == (one.state is State.CLAIMED) == (one.lease_until is not None)
        assert one.offered_to is None or (one.state is State.CLAIMED and one.offered_to != one.holder)
        if one.merged_into is not None:
            assert one.state is State.CANCELLED
            # A call that answers it is live, or was made; it never points at another joined one.
            assert after[one.merged_into].stage in (*LIVE, Stage.CLOSED)
        if one.next_try_at is not None:
            assert HOURS.is_open_at(one.next_try_at)  # never a try outside hours
            assert one.stage in LIVE
        assert not (one.is_undecided and one.next_try_at is not None)
        assert one.holder == _holder_told(one)

    def _one_call_for_one_matter(self, after: dict[str, Callback]) -> None:
        live = [one for one in after.values() if one.stage in LIVE]
        by_matter: dict[tuple[Any, ...], list[Callback]] = {}
        for one in live:
            by_matter.setdefault((one.number_mark, one.request.need), []).append(one)
        for same in by_matter.values():
            for one in same:
                others = [other for other in same if other is not one and other.id not in one.apart]
                if not others:
                    continue
                # Only two that were both being called when a correction made them one matter, until one is free.
                held = one.stage in HELD or one.id in self.both_held
                assert held, [(other.id, other.stage) for other in same]
                self.both_held |= {one.id, *(other.id for other in others)}

    def _at(self, at: int) -> Callback | None:
        if not any(one.stage in LIVE for one in self.known.values()):
            self.books(NUMBERS[at % 2], NEEDS[at % 3], urgent=False, by=FAMILY)
        live = [one for one in self.ids if self.known[one].stage in LIVE]
        ended = [one for one in self.ids if self.known[one].stage not in LIVE]
        within = [*live, *ended[-1:]] if at % 2 else [*live, *ended[-MOST:]]
        return self.known[within[at % len(within)]] if within else None

    def _all(self) -> dict[str, Callback]:
        return self.database.read_now(_everything)


def _everything(session: Session) -> dict[str, Callback]:
    listed, _ = queue.list_callbacks(session, None, EVERYWHERE, limit=100)
    return {one.id: one for one in listed}


def _roles(actor: Actor, one: Callback) -> set[By]:
    if actor.id in (FAMILY.id, SYSTEM.id):
        return {By(actor.id)}
    roles = {By.STAFF}
    if one.holder == actor.id:
        roles.add(By.HOLDER)
    if one.offered_to == actor.id:
        roles.add(By.RECEIVER)
    return roles


def _holder_told(one: Callback) -> str | None:
    """Who has it, read from its history alone."""
    holder = None
    for entry in one.history:
        joins = entry.what in ("merged", "asked_again") and entry.detail.get("request") == one.id
        in_vain = entry.detail.get("result") in ("no_answer", "busy")
        if entry.what in ("claimed", "accepted"):
            assert entry.what == "accepted" or holder is None  # never two
            holder = entry.actor
        elif entry.what in ENDS_HOLDING or in_vain or joins:
            holder = None
    return holder


def walk(database: Database, part: int, steps: int = PART) -> Counted:
    """Walks of fifty steps until there were as many as wanted; each part walks elsewhere."""
    counted = Counted()

    class Here(Walk):
        pass

    Here.database, Here.counted = database, counted
    here: Any = Here
    how = settings(
        max_examples=10,
        stateful_step_count=50,
        deadline=None,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    for number in range(100):
        if counted.steps >= steps:
            break
        run_state_machine_as_test(seed(1_000 * part + number)(here), settings=how)
    assert counted.steps >= steps
    return counted


@pytest.mark.timeout(600)  # a thousand steps, each a transaction and a look at everything
@pytest.mark.parametrize("part", range(PARTS))
def test_whatever_is_done_in_whatever_order_the_table_holds(sqlite_database: Database, part: int) -> None:
    counted = walk(sqlite_database, part)
    assert counted.stages == set(Stage)
    unseen = SEEN_IN_A_WALK - counted.done.keys()
    assert len(unseen) <= SELDOM_UNSEEN, unseen  # what part misses chance decides, so none may miss much


def test_the_same_on_postgresql(postgres_database: Database) -> None:
    walk(postgres_database, 0, 500)


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.parametrize("part", range(PARTS))
def test_the_same_on_postgresql_at_full_size(postgres_database: Database, part: int) -> None:
    assert walk(postgres_database, part).stages == set(Stage)
