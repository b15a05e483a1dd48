"""Everything the page of one call shows, read in one transaction with its line in the audit."""

from dataclasses import dataclass

from aiohttp import web
from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from bot import audit
from bot.callbacks import drafts, earlier, notice_outbox, queue
from bot.callbacks.callback import Callback
from bot.callbacks.drafts import CallDraftRow, Draft
from bot.callbacks.life import Stage
from bot.callbacks.notice_outbox import Notice
from bot.callbacks.request import Saved, State
from bot.guidance.catalogue import Catalogue
from bot.staff import accounts
from bot.staff.accounts import Account, Member
from bot.staff.permissions import Permission
from bot.web import same_number
from bot.web.appkeys import ANNOUNCER, CATALOGUE, CLOCK, DATABASE, LEASE
from bot.web.live import QUEUE
from bot.web.staff_work import KIND, as_actor


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCall:
    """One callback with its whole number, and what belongs beside it."""

    callback: Callback
    is_mine: bool
    """Whether the one who looks has claimed it."""
    notices: list[Notice]
    """What was sent to the family, latest first."""
    catalogue: Catalogue
    draft: Draft | None = None
    """What its holder has begun to record."""
    earlier: list[Callback] | None = None
    """The calls before it, numbers masked, latest first; None as long as the family has not allowed it."""
    colleagues: tuple[Member, ...] = ()
    """To whom its holder can hand it."""
    alike: tuple[Callback, ...] = ()
    """The open requests of the same number, which may be the same matter."""
    answered: tuple[Callback, ...] = ()
    """The requests that this call answers as well."""


async def open_call(
    app: web.Application, member: Member, callback_id: str, *, action: str = "read"
) -> OpenCall | None:
    """The callback, when the member reaches one of that id. The audit says `action` of every callback that was read."""
    now, cache, lease = app[CLOCK](), app[CATALOGUE], app[LEASE]

    def read(session: Session) -> OpenCall | None:
        found = queue.find(session, callback_id, member.reach)
        if found is None:
            return None
        if found.stage is Stage.RECEIVED:
            queue.see(session, callback_id, as_actor(member), now=now)
        is_mine = found.state is State.CLAIMED and found.holder == member.id
        if is_mine and action == "number_shown":  # who has the number before them rings
            queue.begin_to_ring(session, callback_id, as_actor(member), now=now, lease=lease)
        alike = same_number.alike(session, found, member.reach)
        before = None
        if is_mine and earlier.is_permitted(found):
            before = earlier.calls(session, found, member.reach, now=now)
        read_now = [callback_id, *(one.id for one in (*alike, *(before or ())))]
        audit.record(session, member.id, action, KIND, read_now, now=now)
        colleagues, draft = _beside(session, member, found) if is_mine else ((), None)
        return OpenCall(
            callback=found,
            is_mine=is_mine,
            notices=notice_outbox.of_callback(session, callback_id, member.reach),
            catalogue=cache.get(session),
            draft=draft,
            earlier=before,
            colleagues=colleagues,
            alike=alike,
            answered=same_number.answered(session, found, member.reach),
        )

    return await app[DATABASE].write(read)


async def permit_earlier(app: web.Application, member: Member, callback_id: str) -> bool:
    """Write down that the family allows its earlier calls to be looked at; whether the callback is the member's."""
    now = app[CLOCK]()

    def write(session: Session) -> bool:
        found = queue.find(session, callback_id, member.reach)
        if found is None or not isinstance(earlier.permit(session, found, as_actor(member), now=now), Saved):
            return False
        audit.record(session, member.id, earlier.PERMITTED, KIND, [callback_id], now=now)
        return True

    written = await app[DATABASE].write(write)
    if written:
        app[ANNOUNCER].announce(QUEUE)
    return written


def _beside(session: Session, member: Member, callback: Callback) -> tuple[tuple[Member, ...], Draft | None]:
    """To whom the member can hand the call, and what they have begun to record of it; one select for both."""
    mine = and_(
        CallDraftRow.staff_id == Account.id, CallDraftRow.callback_id == callback.id, Account.id == member.id
    )
    people = session.execute(
        select(Account, CallDraftRow)
        .outerjoin(CallDraftRow, mine)
        .where(Account.active.is_(True))
        .order_by(Account.name)
        .execution_options(populate_existing=True)
    ).all()
    others = (accounts.member(account) for account, _ in people if account.id != member.id)
    area, work = callback.request.area, Permission.WORK_THE_QUEUE
    draft = next((drafts.opened(session, row) for _, row in people if row is not None), None)
    return tuple(who for who in others if who.may(work) and who.reach.covers(area)), draft
