"""What staff do to callbacks, through whichever door: the console or the API.

Each function is one transaction with its line in the audit, and tells everybody who watches the queue.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime

from aiohttp import web
from sqlalchemy.orm import Session

from bot import audit
from bot.callbacks import notice_outbox, queue
from bot.callbacks.call_note import Written
from bot.callbacks.callback import Callback
from bot.callbacks.life import Stage
from bot.callbacks.narrowing import EVERYTHING, Narrowed
from bot.callbacks.notice_outbox import Notice
from bot.callbacks.request import (
    Actor,
    AttemptResult,
    Change,
    Claimed,
    Gone,
    Outcome,
    Saved,
    State,
)
from bot.staff import accounts, tokens
from bot.staff.accounts import Member
from bot.staff.permissions import Permission
from bot.web.appkeys import ANNOUNCER, CLOCK, DATABASE, LEASE, ROTA
from bot.web.live import QUEUE

KIND = "callback"
Done = Change | Claimed
"""What became of it: `Saved` or `Claimed`, or why not."""
Work = Callable[[Session, Actor, datetime], Done]


def as_actor(member: Member) -> Actor:
    """The member as the one who does something to a callback."""
    return Actor(member.id, member.name, member.reach)


async def listed(
    app: web.Application,
    member: Member,
    state: State | Collection[State] | None,
    *,
    limit: int,
    offset: int = 0,
    areas: Collection[str] | None = None,
    narrowed: Narrowed = EVERYTHING,
) -> queue.Page:
    """A page of callbacks, most urgent first, numbers masked. The audit names everyone that was shown."""
    now = app[CLOCK]()

    def read(session: Session) -> queue.Page:
        page = queue.list_callbacks(
            session,
            state,
            member.reach,
            areas=areas,
            where=narrowed.guards(now),
            as_they_changed=narrowed.updated_since is not None,
            limit=limit,
            offset=offset,
        )
        shown = [callback.id for callback in page[0]]
        audit.record(session, member.id, "listed", KIND, shown, now=now)
        return page

    return await app[DATABASE].write(read)


async def opened(
    app: web.Application, member: Member, callback_id: str, *, action: str = "read"
) -> Callback | None:
    """One callback with its whole number; None when there is none. `action` is what the audit says."""
    now = app[CLOCK]()

    def read(session: Session) -> Callback | None:
        found = queue.find(session, callback_id, member.reach)
        if found is not None:
            audit.record(session, member.id, action, KIND, [callback_id], now=now)
            if found.stage is Stage.RECEIVED:
                queue.see(session, callback_id, as_actor(member), now=now)
        return found

    return await app[DATABASE].write(read)


async def claim(app: web.Application, member: Member, callback_id: str) -> Done:
    """Take a callback; of any number who try one gets it, and the others learn who."""
    lease = app[LEASE]
    return await change(
        app, member, callback_id, "claimed",
        lambda session, by, now: queue.claim(session, callback_id, by, now=now, lease=lease),
    )  # fmt: skip


async def renew(app: web.Application, member: Member, callback_id: str) -> Done:
    """Keep one's claim while its page is open. No event, so nobody is told."""
    lease, now = app[LEASE], app[CLOCK]()
    return await app[DATABASE].write(
        lambda session: queue.renew_lease(session, callback_id, as_actor(member), now=now, lease=lease)
    )


async def release(app: web.Application, member: Member, callback_id: str) -> Done:
    """Put one's callback back into the queue."""
    return await change(
        app, member, callback_id, "released",
        lambda session, by, now: queue.release(session, callback_id, by, now=now),
    )  # fmt: skip


async def attempt(
    app: web.Application, member: Member, callback_id: str, result: AttemptResult, note: Written | None = None
) -> Done:
    """Record that the holder rang; unanswered, it goes back to the queue with a later try."""
    rota, lease = app[ROTA], app[LEASE]

    def work(session: Session, by: Actor, now: datetime) -> Done:
        found = queue.find(session, callback_id, member.reach)
        if found is None:
            return Gone(None)
        hours = rota.get(session, now).calendar(found.request.area)
        return queue.record_attempt(
            session, callback_id, by, result, now=now, hours=hours, lease=lease, note=note
        )

    return await change(app, member, callback_id, "attempted", work)


async def close(
    app: web.Application,
    member: Member,
    callback_id: str,
    outcome: Outcome,
    *,
    services: Sequence[str] = (),
    note: Written | None = None,
    follow_up_on: date | None = None,
) -> Done:
    """End one's callback."""
    return await change(
        app, member, callback_id, "closed",
        lambda session, by, now: queue.close(
            session, callback_id, by, outcome, now=now, services=services, note=note, follow_up_on=follow_up_on
        ),
    )  # fmt: skip


async def conclude(
    app: web.Application,
    member: Member,
    callback_id: str,
    outcome: Outcome,
    result: AttemptResult,
    *,
    services: Sequence[str] = (),
    note: Written | None = None,
    follow_up_on: date | None = None,
) -> Done:
    """Record the call and end the callback with it, in one transaction."""
    rota, lease = app[ROTA], app[LEASE]

    def work(session: Session, by: Actor, now: datetime) -> Done:
        found = queue.find(session, callback_id, member.reach)
        if found is None:
            return Gone(None)
        hours = rota.get(session, now).calendar(found.request.area)
        rung = queue.record_attempt(session, callback_id, by, result, now=now, hours=hours, lease=lease)
        if not isinstance(rung, Saved):
            return rung
        return queue.close(
            session,
            callback_id,
            by,
            outcome,
            now=now,
            services=services,
            note=note,
            follow_up_on=follow_up_on,
        )

    return await change(app, member, callback_id, "closed", work)


async def colleagues(app: web.Application, area: str) -> list[Member]:
    """Everybody a callback of the area can be handed to."""
    everybody = await app[DATABASE].read(lambda session: accounts.members(session, Permission.WORK_THE_QUEUE))
    return [who for who in everybody if who.reach.covers(area)]


async def holders(app: web.Application, member: Member, callback_id: str) -> list[Member] | None:
    """Everybody and every program that can hold this callback; None when the member reaches none of that id."""
    work = Permission.WORK_THE_QUEUE

    def read(session: Session) -> list[Member] | None:
        area = queue.area_of(session, callback_id, member.reach)
        everybody = [*accounts.members(session, work), *tokens.members(session, work)]
        return None if area is None else [who for who in everybody if who.reach.covers(area)]

    return await app[DATABASE].read(read)


async def notices(app: web.Application, member: Member, callback_id: str) -> list[Notice]:
    """What has been sent to the family of a callback that the member has open, latest first."""
    return await app[DATABASE].read(
        lambda session: notice_outbox.of_callback(session, callback_id, member.reach)
    )


async def change(app: web.Application, member: Member, callback_id: str, action: str, work: Work) -> Done:
    """Do `work` to one callback in a transaction with its line in the audit; tell everybody when it was done."""
    by, now = as_actor(member), app[CLOCK]()

    def done(session: Session) -> Done:
        outcome = work(session, by, now)
        if isinstance(outcome, Saved | Claimed):
            audit.record(session, member.id, action, KIND, [callback_id], now=now)
        return outcome

    outcome = await app[DATABASE].write(done)
    if isinstance(outcome, Saved | Claimed):
        app[ANNOUNCER].announce(QUEUE)
    return outcome
