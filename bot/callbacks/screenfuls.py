"""Reading the queue a screenful at a time, narrowed and counted by the database.

Two selects, however many wait: one counts, one reads the rows shown, and only their boxes are opened. A search by
words has to open more, since words are kept sealed: it reads the most urgent `SEARCHED` that pass the filters.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    and_,
    case,
    false,
    func,
    literal,
    or_,
    select,
    true,
)
from sqlalchemy.orm import Session, aliased

from bot.callbacks.callback import Callback
from bot.callbacks.queue_view import QueueViewRow
from bot.callbacks.reading import open_row
from bot.callbacks.request import OPEN_STATES, State
from bot.callbacks.tables import CallbackEventRow, CallbackRow, QueueRevisionRow
from bot.callbacks.worklist import PER_PAGE, RANKS, SEARCHED, Count, Held, Screenful, Shown, Tally, Wanted
from bot.clock import helsinki
from bot.database import keys_of
from bot.reach import Reach

_MOST_HELD = 200
_RANG_US = ("rang", "voicemail")
_REVISION = select(QueueRevisionRow.number).scalar_subquery()


def tally(session: Session, asker: str, reach: Reach, *, now: datetime) -> Tally:
    """Count those who wait within `reach`; with it the revision, and how `asker` (a staff id) narrowed it last."""
    parts = (
        _rank(now).label("rank"),
        CallbackRow.area,
        CallbackRow.language,
        CallbackRow.need,
        CallbackRow.interpreter.is_not(None).label("interpreter"),
        (func.coalesce(CallbackRow.sender_role, "parent") == "professional").label("professional"),
    )
    waiting = (CallbackRow.state == State.WAITING, reach.guard(CallbackRow.area))
    groups = select(*parts, func.count().label("number")).where(*waiting).group_by(*parts).subquery()
    # The first of the conditions is what the index of follow-ups begins with.
    overdue = (CallbackRow.follow_up_by.is_not(None), CallbackRow.follow_up_on < helsinki(now).date())
    missed = select(func.count()).where(*overdue, reach.guard(CallbackRow.area)).scalar_subquery()
    one = select(literal(1).label("one")).subquery()  # a row also when nobody waits
    everything = select(_REVISION, _view(asker), missed, *groups.c).select_from(one.outerjoin(groups, true()))
    rows = session.execute(everything).all()
    counts = tuple(_count(row) for row in rows if row.number is not None)
    return Tally(rows[0][0] or 0, rows[0][1], counts, rows[0][2])


def _count(row: Any) -> Count:
    rank, kinds = RANKS[row.rank], (bool(row.interpreter), bool(row.professional))
    return Count(rank, row.area, row.language, row.need, *kinds, row.number)


def screenful(
    session: Session, asker: str, reach: Reach, wanted: Wanted, *, now: datetime, page: int = 1
) -> Screenful:
    """One page of those who pass the filters, what the asker holds, and what colleagues do. Pages begin at 1.

    The order: crisis, late, today, coming; within each the urgent first, then by promise, then by waiting time.
    No filter hides a crisis.
    """
    place = false() if wanted.mine and page > 1 else _fits(wanted, reach, now)
    ids = (
        select(CallbackRow.id)
        .where(place)
        .order_by(*_order(now))
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    )
    rows: Sequence[Any] = session.execute(
        _rows(asker, reach, or_(CallbackRow.id.in_(ids), _held(reach)), now)
    ).all()
    waiting = [row for row in rows if row.state == State.WAITING]
    return _screenful(session, asker, rows, waiting)


def crises(session: Session, asker: str, reach: Reach, *, now: datetime) -> Screenful:
    """The crises nobody has taken, as the first screenful of the queue begins with them; one select."""
    is_crisis = (CallbackRow.state == State.WAITING, CallbackRow.urgency == "immediate")
    which = and_(*is_crisis, reach.guard(CallbackRow.area))
    rows: Sequence[Any] = session.execute(_rows(asker, reach, which, now).limit(PER_PAGE)).all()
    return _screenful(session, asker, rows, rows)


def waiting_crises(session: Session) -> frozenset[tuple[str, str]]:
    """Area and id of each crisis nobody has taken, wherever; nothing is opened. For telling consoles, not people."""
    rows = session.execute(
        select(CallbackRow.area, CallbackRow.id).where(
            CallbackRow.state == State.WAITING, CallbackRow.urgency == "immediate"
        )
    )
    return frozenset((area, id_) for area, id_ in rows)


def search(
    session: Session,
    asker: str,
    reach: Reach,
    wanted: Wanted,
    has_words: Callable[[Callback], bool],
    *,
    now: datetime,
    page: int = 1,
) -> Screenful:
    """The same for those that `has_words` chooses among the most urgent `SEARCHED`; a crisis is no exception."""
    ids = select(CallbackRow.id).where(_fits(wanted, reach, now)).order_by(*_order(now)).limit(SEARCHED + 1)
    rows: Sequence[Any] = session.execute(
        _rows(asker, reach, or_(CallbackRow.id.in_(ids), _held(reach)), now)
    ).all()
    keys = keys_of(session)
    read = [row for row in rows if row.state == State.WAITING]
    found = [row for row in read[:SEARCHED] if has_words(open_row(keys, row, ()))]
    here = found[(page - 1) * PER_PAGE : page * PER_PAGE]
    return _screenful(session, asker, rows, here, found=len(found), searched_all=len(read) <= SEARCHED)


def _screenful(
    session: Session, asker: str, rows: Sequence[Any], waiting: Sequence[Any], **more: Any
) -> Screenful:
    keys = keys_of(session)

    def shown(row: Any) -> Shown:
        return Shown(open_row(keys, row, ()).masked(), row.rang, row.same_number or 1)

    held = [row for row in rows if row.state == State.CLAIMED]
    mine = [row for row in held if row.holder == asker]
    offered = [row for row in held if row.offered_to == asker]
    others = [row for row in held if row not in mine and row not in offered]
    return Screenful(
        rows[0].revision if rows else None,
        rows[0].view if rows else None,
        tuple(map(shown, waiting)),
        tuple(map(shown, mine)),
        tuple(map(shown, offered)),
        tuple(Held(row.id, row.need, row.urgency, row.municipality, row.holder_name) for row in others),
        **more,
    )


def _rows(asker: str, reach: Reach, which: ColumnElement[bool], now: datetime) -> Select[Any]:
    # Columns and no objects: a row is read once and thrown away, and a search reads two thousand.
    twin = aliased(CallbackRow)
    same_number = (
        select(func.count())
        .where(
            twin.phone_mark == CallbackRow.phone_mark,
            twin.area == CallbackRow.area,
            twin.state.in_(OPEN_STATES),
            # Said to be different matters, or a professional's number, which stands for many families.
            CallbackRow.apart.is_(None),
            func.coalesce(CallbackRow.sender_role, "parent") != "professional",
            reach.guard(twin.area),
        )
        .scalar_subquery()
    )
    rang = (
        select(CallbackEventRow.what)
        .where(CallbackEventRow.callback_id == CallbackRow.id, CallbackEventRow.what.in_(_RANG_US))
        .order_by(CallbackEventRow.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    columns = CallbackRow.__table__.c
    return (
        select(
            *columns,
            same_number.label("same_number"),
            rang.label("rang"),
            _REVISION.label("revision"),
            _view(asker).label("view"),
        )
        .where(which)
        .order_by(*_order(now))
        .limit(SEARCHED + 1 + _MOST_HELD)
    )


def _view(asker: str) -> ScalarSelect[str]:
    return select(QueueViewRow.query).where(QueueViewRow.staff_id == asker).scalar_subquery()


def _held(reach: Reach) -> ColumnElement[bool]:
    return and_(CallbackRow.state == State.CLAIMED, reach.guard(CallbackRow.area))


def _fits(wanted: Wanted, reach: Reach, now: datetime) -> ColumnElement[bool]:
    """The condition for waiting rows; a crisis always fits."""
    asked: list[ColumnElement[bool]] = [true()]
    if wanted.mine:
        asked.append(false())
    if wanted.late:
        asked.append(CallbackRow.due_at < now)
    if wanted.interpreter:
        asked.append(CallbackRow.interpreter.is_not(None))
    if wanted.professional:
        asked.append(CallbackRow.sender_role == "professional")
    for column, value in (
        (CallbackRow.area, wanted.area),
        (CallbackRow.language, wanted.language),
        (CallbackRow.need, wanted.need),
    ):
        if value:
            asked.append(column == value)
    return and_(
        CallbackRow.state == State.WAITING,
        reach.guard(CallbackRow.area),
        or_(CallbackRow.urgency == "immediate", and_(*asked)),
    )


def _rank(now: datetime) -> ColumnElement[int]:
    midnight = (helsinki(now) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return case(
        (CallbackRow.urgency == "immediate", 0),
        (CallbackRow.due_at < now, 1),
        (CallbackRow.due_at <= midnight, 2),
        else_=3,
    )


def _order(now: datetime) -> tuple[Any, ...]:
    urgent = case((CallbackRow.urgency == "urgent", 0), else_=1)
    return (_rank(now), urgent, CallbackRow.due_at, CallbackRow.created_at, CallbackRow.id)
