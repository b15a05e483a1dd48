"""Several requests of one number: a second one for the same matter is answered by the call of the first.

It keeps a row, a code and words of its own and is `joined` (`bot.callbacks.life.Stage`): the family sees its own
request by its own code and can move, cancel or delete it, and whoever reads the first sees the words of both. So a
code never opens what was told under another one, and nothing has to be taken apart when a request is withdrawn.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.callbacks.changing import ENDED, NO_PLACE, moment
from bot.callbacks.guards import in_stage, may
from bot.callbacks.history import write_down
from bot.callbacks.life import LIVE, Event, Stage
from bot.callbacks.request import Actor, NewCallback, State
from bot.callbacks.sealing import opened
from bot.callbacks.tables import CallbackRow
from bot.database import keys_of
from bot.keys import Keys

JOINED = {"state": State.CANCELLED, **ENDED, **NO_PLACE}
"""The columns of a request that another one's call answers, beside `merged_into`."""
_GRAVER = ("immediate", "urgent", "ask", "none")
"""Urgencies, the gravest first."""


def matter_mark(keys: Keys, request: NewCallback, *, apart: str = "") -> str | None:
    """What no two live calls may share: area, number and need, as a keyed mark.

    None where a number does not stand for one family: there is none, or it is a professional's. Areas are walls, so
    each has its own. `apart`: the id of a callback that staff have called another matter.
    """
    if not request.phone or request.sender_role == "professional":
        return None
    parts = (request.area, request.phone, request.need or "", apart)
    return keys.mark("callback matter", "|".join(parts))


def put(session: Session, row: Mapping[str, Any]) -> str | None:
    """Insert a new callback; joined, and without a place, where a live one for the same matter stands.

    However many book at once: the database holds each mark and each place once, so all but the first find that one.

    Returns:
        The id of the callback whose call answers it: its own, or the live one's. None when its place is taken.
    """
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    mark, is_placed = row["matter_mark"], row.get("place_start") is not None
    while True:
        fresh = dialect.insert(CallbackRow).values(**row)
        if mark is not None or is_placed:
            fresh = fresh.on_conflict_do_nothing()
        if session.scalar(fresh.returning(CallbackRow.id)) is not None:
            return str(row["id"])
        live = lift(session, CallbackRow.matter_mark == mark, row, now=row["created_at"]) if mark else None
        if live is not None:
            session.execute(insert(CallbackRow).values(**{**row, **JOINED, "merged_into": live}))
            return live
        if is_placed:
            return None
        # The live one has ended this very moment: there is room now.


def lift(
    session: Session, guard: ColumnElement[bool], joined: Mapping[str, Any], *, now: datetime
) -> str | None:
    """Let a live call keep what was promised to a request it answers: as early, as urgent; its id, or None."""
    due = moment(joined["due_at"])
    graver = _GRAVER[_GRAVER.index(joined["urgency"]) + 1 :]
    lifted = (
        update(CallbackRow)
        .where(guard, in_stage(LIVE))
        .values(
            due_at=case((CallbackRow.due_at > due, due), else_=CallbackRow.due_at),
            urgency=case((CallbackRow.urgency.in_(graver), joined["urgency"]), else_=CallbackRow.urgency),
            updated_at=now,
            version=CallbackRow.version + 1,
        )
        .returning(CallbackRow.id)
        .execution_options(synchronize_session=False)
    )
    return session.scalar(lifted)


def stand_again(session: Session, ended_id: str, by: Actor, *, now: datetime) -> None:
    """What a call answered that will not be made any more is wanted still: put it back into the queue.

    The oldest request stands for the others; where a live call for its matter has come in between, that one does.
    """
    rows = session.scalars(
        select(CallbackRow)
        .where(CallbackRow.merged_into == ended_id)
        .order_by(CallbackRow.created_at, CallbackRow.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    if not rows:
        return
    first = rows[0]
    request, _ = opened(keys_of(session), first)
    mark = matter_mark(keys_of(session), request)
    columns = {"urgency": first.urgency, "due_at": first.due_at}
    live = lift(session, CallbackRow.matter_mark == mark, columns, now=now) if mark else None
    if live is None:
        set_all(
            session, [first.id], now, state=State.WAITING, merged_into=None, matter_mark=mark, seen_at=now
        )
        write_down(session, [first.id], by, "restored", now=now, detail={"from": ended_id})
    set_all(session, [row.id for row in rows if live or row is not first], now, merged_into=live or first.id)


def settle(
    session: Session, row: CallbackRow, before: NewCallback, after: NewCallback, by: Actor, *, now: datetime
) -> dict[str, Any]:
    """The columns of a callback whose number, need or urgency has become another, one call for one matter kept.

    A joined one goes on being answered by the other. If one of two that now share a matter is free it joins the
    other; two that are both held go on, each with its holder, and the corrected one then has no mark.
    """
    if row.merged_into:
        told = {"urgency": after.urgency, "due_at": row.due_at}
        lift(session, CallbackRow.id == row.merged_into, told, now=now)
        return {}
    keys = keys_of(session)
    mark = matter_mark(keys, after)
    if mark is None or mark == matter_mark(keys, before):
        return {} if mark else {"matter_mark": None}
    same = (CallbackRow.matter_mark == mark, CallbackRow.id != row.id, in_stage(LIVE))
    other = session.scalar(
        select(CallbackRow).where(*same).with_for_update().execution_options(populate_existing=True)
    )
    if other is None:
        return {"matter_mark": mark}
    if row.state is State.WAITING:
        told = {"urgency": after.urgency, "due_at": row.due_at}
        follow(session, row.id, other.id, now)
        lift(session, CallbackRow.id == other.id, told, now=now)
        _tell(session, row.id, other.id, by, now)
        return {**JOINED, "merged_into": other.id}
    if other.state is not State.WAITING:
        return {"matter_mark": None}
    follow(session, other.id, row.id, now)
    set_all(session, [other.id], now, **JOINED, merged_into=row.id)
    _tell(session, other.id, row.id, by, now)
    return {"matter_mark": mark, "due_at": min(row.due_at, other.due_at)}


def move(
    session: Session,
    callback_id: str,
    times: Mapping[str, Any],
    by: Actor,
    *,
    now: datetime,
    detail: dict[str, Any],
) -> bool:
    """Move a joined request: its own time becomes another, and the call that answers it keeps to it; whether so."""
    moved = session.execute(
        update(CallbackRow)
        .where(
            CallbackRow.id == callback_id, by.reach.guard(CallbackRow.area), may(Event.MOVE, by), is_joined()
        )
        .values(**times, updated_at=now, version=CallbackRow.version + 1)
        .returning(CallbackRow.merged_into, CallbackRow.urgency)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if moved is None:
        return False
    told = {"urgency": moved.urgency, "due_at": times["due_at"]}
    lift(session, CallbackRow.id == moved.merged_into, told, now=now)
    write_down(session, [callback_id], by, "moved", now=now, detail=detail)
    return True


def leave(
    session: Session, callback_id: str, guard: ColumnElement[bool], by: Actor, *, now: datetime
) -> bool:
    """Take a joined request out of the call that was to answer it as well; whether it was one. The call stays."""
    joined = (CallbackRow.id == callback_id, by.reach.guard(CallbackRow.area), guard, is_joined())
    into = session.scalar(select(CallbackRow.merged_into).where(*joined).with_for_update())
    if into is None:
        return False
    set_all(session, [callback_id], now, merged_into=None)
    write_down(session, [into], by, "left", now=now, detail={"request": callback_id})
    return True


def is_joined() -> ColumnElement[bool]:
    """The condition of a request that another one's call answers."""
    return in_stage((Stage.JOINED,))


def _tell(session: Session, joined: str, into: str, by: Actor, now: datetime) -> None:
    detail = {"request": joined, "merged_into": into}
    write_down(session, [joined, into], by, "asked_again", now=now, detail=detail)


def follow(session: Session, from_id: str, to_id: str, now: datetime) -> None:
    """What one call answers another one answers from now on."""
    followers = session.scalars(select(CallbackRow.id).where(CallbackRow.merged_into == from_id)).all()
    set_all(session, list(followers), now, merged_into=to_id)


def set_all(session: Session, ids: list[str], now: datetime, **values: Any) -> None:
    """Give every one of these callbacks the same columns."""
    if ids:
        session.execute(
            update(CallbackRow)
            .where(CallbackRow.id.in_(ids))
            .values(**values, updated_at=now, version=CallbackRow.version + 1)
            .execution_options(synchronize_session=False)
        )
