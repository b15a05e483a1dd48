"""Many claim at once: never two holders, never a lost callback, every loser is told who has it."""

import random
import threading
from collections.abc import Callable, Sequence
from datetime import timedelta

from sqlalchemy.orm import Session

from bot.callbacks import queue
from bot.callbacks.request import Actor, Claimed, Claiming, Gone, HeldBy, State
from bot.database import Database
from bot.reach import EVERYWHERE
from tests.callbacks.scenes import LEASE, NOW, a_request

CLAIMERS = [Actor(f"staff-{number}", f"Advisor {number}", EVERYWHERE) for number in range(200)]
ITEMS = 1_000
EACH_IS_WANTED_BY = 3
ROUNDS = 100


def test_200_claimers_share_1000_callbacks_without_a_double_or_a_loss(database: Database) -> None:
    ids = _book(database, ITEMS)
    wishes = _wishes(ids)
    answers: dict[str, list[tuple[str, Claiming]]] = {staff.id: [] for staff in CLAIMERS}

    def work(staff: Actor) -> None:
        for callback_id in wishes[staff.id]:
            answers[staff.id].append((callback_id, database.write_now(_claim(callback_id, staff))))

    _all_at_once(work)

    winners: dict[str, list[str]] = {callback_id: [] for callback_id in ids}
    for staff_id, given in answers.items():
        for callback_id, answer in given:
            if isinstance(answer, Claimed):
                winners[callback_id].append(staff_id)
    assert [found for found in winners.values() if len(found) != 1] == []
    entries, total = database.read_now(
        lambda s: queue.list_callbacks(s, State.CLAIMED, EVERYWHERE, limit=ITEMS)
    )
    assert total == ITEMS
    assert {entry.id: entry.holder for entry in entries} == {key: found[0] for key, found in winners.items()}
    losers = [
        (key, answer) for given in answers.values() for key, answer in given if isinstance(answer, HeldBy)
    ]
    assert len(losers) == ITEMS * (EACH_IS_WANTED_BY - 1)
    assert all(answer.id == winners[key][0] for key, answer in losers)
    assert database.read_now(queue.revision) == 2 * ITEMS


def test_200_claimers_of_one_callback_have_one_winner_a_hundred_times(database: Database) -> None:
    ids = _book(database, ROUNDS)
    together = threading.Barrier(len(CLAIMERS))
    answers: dict[str, list[Claiming]] = {staff.id: [] for staff in CLAIMERS}

    def work(staff: Actor) -> None:
        for callback_id in ids:
            together.wait()
            answers[staff.id].append(database.write_now(_claim(callback_id, staff)))

    _all_at_once(work)

    for number in range(ROUNDS):
        given = {staff_id: found[number] for staff_id, found in answers.items()}
        winners = [staff_id for staff_id, answer in given.items() if isinstance(answer, Claimed)]
        assert len(winners) == 1
        told = [answer.id for answer in given.values() if isinstance(answer, HeldBy)]
        assert told == winners * (len(CLAIMERS) - 1)


def test_releasing_closing_and_claiming_at_once_end_in_one_story(database: Database) -> None:
    """Whatever the order, the history tells moves that are allowed, one after the other."""
    (callback_id,) = _book(database, 1)
    strange: list[object] = []

    def work(staff: Actor) -> None:
        chance = random.Random(staff.id)
        for _ in range(5):
            answer = database.write_now(_claim(callback_id, staff))
            if isinstance(answer, Gone):
                strange.append(answer)
            if isinstance(answer, Claimed) and chance.random() < 0.9:
                database.write_now(lambda s: queue.release(s, callback_id, staff, now=NOW))

    _all_at_once(work, CLAIMERS[:20])

    found = database.read_now(lambda s: queue.find(s, callback_id, EVERYWHERE))
    assert found is not None
    assert strange == []
    holder = None
    for entry in found.history[1:]:
        if entry.what == "claimed":
            assert holder is None
            holder = entry.actor
        else:
            assert (entry.what, entry.actor) == ("released", holder)
            holder = None
    assert found.holder == holder


def test_replicas_return_an_expired_claim_once(database: Database) -> None:
    (callback_id,) = _book(database, 1)
    database.write_now(_claim(callback_id, CLAIMERS[0]))
    later = NOW + LEASE + timedelta(seconds=1)
    returned: list[int] = []

    def work(_staff: Actor) -> None:
        returned.append(database.write_now(lambda s: queue.return_expired_leases(s, later)))

    _all_at_once(work, CLAIMERS[:8])

    assert sorted(returned) == [0] * 7 + [1]


def _claim(callback_id: str, staff: Actor) -> Callable[[Session], Claiming]:
    return lambda session: queue.claim(session, callback_id, staff, now=NOW, lease=LEASE)


def _book(database: Database, number: int) -> list[str]:
    def work(session: Session) -> list[str]:
        day = NOW.date()
        return [queue.book(session, a_request(), now=NOW, promised_day=day).id for _ in range(number)]

    return database.write_now(work)


def _wishes(ids: Sequence[str]) -> dict[str, list[str]]:
    """Every callback is wanted by three claimers; each claimer goes through its own in a different order."""
    wishes: dict[str, list[str]] = {staff.id: [] for staff in CLAIMERS}
    for number, callback_id in enumerate(ids):
        for step in range(EACH_IS_WANTED_BY):
            wishes[CLAIMERS[(number + step * 67) % len(CLAIMERS)].id].append(callback_id)
    for staff_id, wanted in wishes.items():
        random.Random(staff_id).shuffle(wanted)
    return wishes


def _all_at_once(work: Callable[[Actor], None], claimers: Sequence[Actor] = CLAIMERS) -> None:
    """Run `work` for each claimer in a thread of its own, all starting together; an error in one is an error."""
    start = threading.Barrier(len(claimers))
    errors: list[BaseException] = []

    def run(staff: Actor) -> None:
        try:
            start.wait()
            work(staff)
        except BaseException as error:  # noqa: BLE001  (reported below, and nobody may wait for this thread)
            errors.append(error)
            start.abort()

    threads = [threading.Thread(target=run, args=(staff,)) for staff in claimers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
