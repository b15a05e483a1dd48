"""What staff do about several requests of one number: one call for both, apart again, or "another matter"."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.callbacks.callback import Callback
from bot.callbacks.changing import change_if, why_not
from bot.callbacks.guards import may
from bot.callbacks.history import write_down
from bot.callbacks.joining import JOINED, follow, is_joined, lift, matter_mark, set_all
from bot.callbacks.life import LIVE, Event
from bot.callbacks.request import Actor, Change, Gone, Saved, State
from bot.callbacks.sealing import opened
from bot.callbacks.tables import CallbackEventRow, CallbackRow
from bot.database import keys_of


def same_number(callbacks: Iterable[Callback]) -> Mapping[str, tuple[str, ...]]:
    """Which of these may be one family's: for each such callback the ids of the others. Pure.

    They are open, of one area and to one number that is not a professional's, and nobody has called them different
    matters.
    """
    able = [
        one
        for one in callbacks
        if one.number_mark and one.stage in LIVE and one.request.sender_role != "professional"
    ]
    able.sort(key=_number)
    found: dict[str, tuple[str, ...]] = {}
    for _, group in groupby(able, key=_number):
        family = list(group)
        for one in family:
            others = (other.id for other in family if other is not one and other.id not in one.apart)
            if alike := tuple(others):
                found[one.id] = alike
    return found


def merge(session: Session, into_id: str, other_id: str, staff: Actor, *, now: datetime) -> Change:
    """Let the call that `staff` holds answer another request of the same number as well.

    The other one keeps its words, its code and its history. Refused with what stands in the way of either.
    """
    rows = _both(session, into_id, other_id, staff)
    if rows is None:
        return Gone(None)
    into, other = rows
    holds = select(CallbackRow.id).where(CallbackRow.id == into_id, may(Event.TAKE_IN, staff))
    if session.scalar(holds) is None:
        return why_not(session, into_id, staff)
    was = {"urgency": into.urgency, "due_at": into.due_at.isoformat()}
    columns = {**JOINED, "merged_into": into_id}
    if not change_if(session, other_id, may(Event.MERGE, staff), by=staff, now=now, **columns):
        return why_not(session, other_id, staff)
    follow(session, other_id, into_id, now)
    told = {"urgency": other.urgency, "due_at": other.due_at}
    lift(session, CallbackRow.id == into_id, told, now=now)
    detail = {"request": other_id, "merged_into": into_id, **was}
    write_down(session, [other_id, into_id], staff, "merged", now=now, detail=detail)
    return Saved(into_id)


def split(session: Session, into_id: str, other_id: str, staff: Actor, *, now: datetime) -> Change:
    """Take a merge back while one still holds the call: the other request is in the queue again, as another matter."""
    rows = _both(session, into_id, other_id, staff)
    if rows is None or rows[1].merged_into != into_id:
        return Gone(None)
    into, other = rows
    holds = select(CallbackRow.id).where(CallbackRow.id == into_id, may(Event.TAKE_IN, staff))
    if session.scalar(holds) is None:
        return why_not(session, into_id, staff)
    request, _ = opened(keys_of(session), other)
    mark = matter_mark(keys_of(session), request, apart=other_id)
    back = {"state": State.WAITING, "merged_into": None, "matter_mark": mark, "seen_at": other.seen_at or now}
    guards = (may(Event.SPLIT, staff), is_joined())
    if not change_if(session, other_id, *guards, by=staff, now=now, **back):
        return why_not(session, other_id, staff)
    set_all(session, [into_id], now, **_before(session, into_id, other_id, into))
    _keep_apart(session, into, other, now)
    write_down(session, [other_id, into_id], staff, "split", now=now, detail={"request": other_id})
    return Saved(into_id)


def set_apart(session: Session, one_id: str, other_id: str, staff: Actor, *, now: datetime) -> Change:
    """Two open requests of one number are different matters: they stay side by side, and nobody is asked again."""
    rows = _both(session, one_id, other_id, staff)
    if rows is None:
        return Gone(None)
    able = select(CallbackRow.id).where(CallbackRow.id.in_((one_id, other_id)), may(Event.SET_APART, staff))
    if len(session.scalars(able).all()) < len(rows):
        return Gone(None)
    _keep_apart(session, *rows, now)
    write_down(
        session, [one_id, other_id], staff, "set_apart", now=now, detail={"requests": [one_id, other_id]}
    )
    return Saved(one_id)


def _both(
    session: Session, one_id: str, other_id: str, staff: Actor
) -> tuple[CallbackRow, CallbackRow] | None:
    """Both rows, locked in one order so that nobody waits for ever; None unless they are one number's in one area."""
    locked = session.scalars(
        select(CallbackRow)
        .where(CallbackRow.id.in_((one_id, other_id)), staff.reach.guard(CallbackRow.area))
        .order_by(CallbackRow.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    rows = {row.id: row for row in locked}
    if len(rows) < 2:  # noqa: PLR2004  (both)
        return None
    one, other = rows[one_id], rows[other_id]
    if one.phone_mark is None or one.phone_mark != other.phone_mark or one.area != other.area:
        return None
    return one, other


def _before(session: Session, into_id: str, other_id: str, into: CallbackRow) -> dict[str, object]:
    """How urgent and how early the call was before it answered the other request too."""
    details = session.scalars(
        select(CallbackEventRow.detail)
        .where(CallbackEventRow.callback_id == into_id, CallbackEventRow.what == "merged")
        .order_by(CallbackEventRow.id.desc())
    )
    for detail in details:
        if detail.get("request") == other_id:
            return {"urgency": detail["urgency"], "due_at": datetime.fromisoformat(detail["due_at"])}
    return {"urgency": into.urgency}


def _keep_apart(session: Session, one: CallbackRow, other: CallbackRow, now: datetime) -> None:
    for row, partner in ((one, other), (other, one)):
        set_all(session, [row.id], now, apart=sorted({*(row.apart or ()), partner.id}))


def _number(callback: Callback) -> tuple[str, str]:
    return callback.request.area, callback.number_mark or ""
