"""A call that is offered stays with its holder until the colleague takes it; and when a lease ends."""

import random
import threading
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.callbacks import queue
from bot.callbacks.claiming import CRISIS_LEASE
from bot.callbacks.request import FAMILY, SYSTEM, Actor, AttemptResult, HeldBy, NotClaimed, Outcome, Saved
from bot.database import Database
from bot.reach import EVERYWHERE, Reach
from tests.callbacks.scenes import ANNA, BEN, LEASE, NOW, attempt, booked, change, claimed, read

MINUTE = timedelta(minutes=1)
CLARA = Actor("staff-clara", "Clara", EVERYWHERE)


def offered(database: Database, to: Actor = BEN, note: str | None = None) -> str:
    entry = claimed(database)
    change(database, lambda s: queue.offer(s, entry.id, ANNA, to, now=NOW, note=note))
    return entry.id


def accept(database: Database, callback_id: str, staff: Actor = BEN, now: datetime = NOW) -> object:
    return database.write_now(lambda s: queue.accept(s, callback_id, staff, now=now, lease=LEASE))


def sweep(database: Database, now: datetime) -> int:
    return database.write_now(lambda s: queue.return_expired_leases(s, now))


def test_an_offered_call_stays_with_its_holder_until_the_colleague_takes_it(database: Database) -> None:
    one = offered(database, note="Tunnet perheen")
    found = read(database, one)
    assert (found.holder, found.offered_to, found.offer_note) == (ANNA.id, BEN.id, "Tunnet perheen")
    later = NOW + 10 * MINUTE
    assert accept(database, one, now=later) == Saved(one)
    found = read(database, one)
    assert (found.holder_name, found.offered_to, found.lease_until) == ("Ben", None, later + LEASE)
    late = change(database, lambda s: queue.close(s, one, ANNA, Outcome.ENOUGH, now=later))
    assert late == HeldBy("Ben", BEN.id)
    assert [entry.what for entry in found.history] == ["booked", "claimed", "offered", "accepted"]


def test_only_who_it_is_offered_to_can_take_it_and_only_who_reaches_it_can_be_offered_it(
    database: Database,
) -> None:
    one = offered(database)
    assert accept(database, one, CLARA) == HeldBy("Anna", ANNA.id)
    elsewhere = Actor("staff-else", "Else", Reach.only("mikkeli"))
    refused = change(database, lambda s: queue.offer(s, one, ANNA, elsewhere, now=NOW))
    assert refused == HeldBy("Anna", ANNA.id)
    assert read(database, one).offered_to == BEN.id


def test_a_second_offer_takes_the_place_of_the_first(database: Database) -> None:
    one = offered(database)
    change(database, lambda s: queue.offer(s, one, ANNA, CLARA, now=NOW))
    assert accept(database, one, BEN) == HeldBy("Anna", ANNA.id)
    assert accept(database, one, CLARA) == Saved(one)


def test_an_offer_is_declined_or_taken_back_and_the_holder_goes_on(database: Database) -> None:
    one = offered(database)
    change(database, lambda s: queue.decline(s, one, BEN, now=NOW))
    assert (read(database, one).holder, read(database, one).offered_to) == (ANNA.id, None)
    change(database, lambda s: queue.offer(s, one, ANNA, BEN, now=NOW))
    change(database, lambda s: queue.withdraw(s, one, ANNA, now=NOW))
    assert accept(database, one) == HeldBy("Anna", ANNA.id)
    assert [entry.what for entry in read(database, one).history][-3:] == ["declined", "offered", "withdrawn"]


def test_an_offer_ends_with_the_lease_even_before_the_sweep(database: Database) -> None:
    one = offered(database)
    over = NOW + LEASE + MINUTE
    assert accept(database, one, now=over) == HeldBy("Anna", ANNA.id)
    assert sweep(database, over) == 1
    assert accept(database, one, now=over) == NotClaimed()
    assert read(database, one).offered_to is None


def test_who_leaves_gives_back_what_they_hold_and_is_offered_nothing_more(database: Database) -> None:
    one, held = offered(database), claimed(database, BEN).id

    def close_account(now: datetime) -> None:
        database.write_now(lambda s: queue.end_offers_to(s, BEN, now=now))
        database.write_now(lambda s: queue.release_all(s, BEN, "account_closed", now=now, by=SYSTEM))

    close_account(NOW)
    assert (read(database, one).holder, read(database, one).offered_to) == (ANNA.id, None)
    found = read(database, held)
    assert (found.state, found.history[-1].detail["why"]) == ("waiting", "account_closed")


def test_a_crisis_that_nobody_rings_comes_back_in_five_minutes_however_long_its_page_is_open(
    database: Database,
) -> None:
    one = claimed(database, urgency="immediate").id
    assert read(database, one).lease_until == NOW + CRISIS_LEASE
    change(database, lambda s: queue.renew_lease(s, one, ANNA, now=NOW + 4 * MINUTE, lease=LEASE))
    assert sweep(database, NOW + 6 * MINUTE) == 1
    assert read(database, one).history[-1].what == "lease_expired"


def test_a_crisis_that_is_rung_is_kept_like_any_call(database: Database) -> None:
    one = claimed(database, urgency="immediate").id
    change(database, lambda s: queue.begin_to_ring(s, one, ANNA, now=NOW + 2 * MINUTE, lease=LEASE))
    change(database, lambda s: queue.renew_lease(s, one, ANNA, now=NOW + 20 * MINUTE, lease=LEASE))
    assert sweep(database, NOW + 49 * MINUTE) == 0
    assert sweep(database, NOW + 51 * MINUTE) == 1


def test_a_crisis_that_changes_hands_is_to_be_rung_in_five_minutes_again(database: Database) -> None:
    one = claimed(database, urgency="immediate").id
    change(database, lambda s: queue.begin_to_ring(s, one, ANNA, now=NOW, lease=LEASE))
    change(database, lambda s: queue.offer(s, one, ANNA, BEN, now=NOW))
    accept(database, one)
    assert (read(database, one).lease_until, read(database, one).rang_at) == (NOW + CRISIS_LEASE, None)


def test_a_crisis_without_an_answer_is_tried_again_in_a_quarter_of_an_hour(database: Database) -> None:
    one = claimed(database, urgency="immediate").id
    change(database, lambda s: attempt(s, one, AttemptResult.NO_ANSWER, NOW))
    assert read(database, one).next_try_at == NOW + 15 * MINUTE


def close_late(database: Database, one: str, now: datetime) -> object:
    return change(database, lambda s: queue.close(s, one, ANNA, Outcome.ENOUGH, now=now))


def test_of_a_hundred_browsers_that_die_none_keeps_its_call(database: Database) -> None:
    """R-06: each goes back once, and each late save is refused."""
    ids = [claimed(database).id for _ in range(100)]
    over = NOW + LEASE + MINUTE
    assert sweep(database, over) == 100
    assert sweep(database, over) == 0
    late = [close_late(database, one, over) for one in ids]
    assert set(late) == {NotClaimed()}
    waiting, total = database.read_now(lambda s: queue.list_waiting(s, EVERYWHERE, limit=200))
    assert total == len(waiting) == 100
    assert all([e.what for e in one.history].count("lease_expired") == 1 for one in waiting)


def test_claim_release_offer_accept_cancel_and_lease_at_once_tell_one_story(database: Database) -> None:
    """R-05: whatever interleaves, the history reads as moves that are allowed, one after the other."""
    ids = [booked(database).id for _ in range(6)]
    people, errors = [ANNA, BEN, CLARA], list[BaseException]()
    together = threading.Barrier(12)

    def work(number: int) -> None:
        chance, me = random.Random(number), people[number % 3]
        try:
            together.wait()
            for _ in range(25):
                one, to = chance.choice(ids), chance.choice([other for other in people if other != me])
                database.write_now(lambda s, one=one, to=to: _anything(s, chance, one, me, to))  # type: ignore[misc]
        except BaseException as error:  # noqa: BLE001  (reported below)
            errors.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    for one in ids:
        found = read(database, one)
        assert _replayed([(e.what, e.actor, e.detail) for e in found.history]) == (
            found.holder,
            found.offered_to,
        )


def _anything(session: Session, chance: random.Random, one: str, me: Actor, to: Actor) -> object:
    if chance.random() < 0.01:
        return queue.cancel(session, one, by=FAMILY, now=NOW)
    if chance.random() < 0.05:
        return queue.return_expired_leases(session, NOW + LEASE + MINUTE)
    match chance.randrange(5):
        case 0 | 1:
            return queue.claim(session, one, me, now=NOW, lease=LEASE)
        case 2:
            return queue.offer(session, one, me, to, now=NOW)
        case 3:
            return queue.accept(session, one, me, now=NOW, lease=LEASE)
        case _:
            return queue.release(session, one, me, now=NOW)


def _replayed(story: list[tuple[str, str, object]]) -> tuple[str | None, str | None]:
    """Who holds it and to whom it is offered, having checked every line against the ones before it."""
    holder: str | None = None
    offer: str | None = None
    for what, actor, detail in story[1:]:
        match what:
            case "claimed":
                assert holder is None
                holder = actor
            case "offered":
                assert holder == actor
                assert isinstance(detail, dict)
                offer = str(detail["to"])
            case "accepted":
                assert offer == actor
                holder, offer = actor, None
            case "released":
                assert holder == actor
                holder = offer = None
            case "lease_expired" | "cancelled":
                assert what == "cancelled" or holder is not None
                holder = offer = None
            case _:
                raise AssertionError(what)
    return holder, offer
