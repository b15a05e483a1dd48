"""Reading the queue: one callback by id, code or conversation, and the lists staff work from."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session

from bot.callbacks import call_note, codes
from bot.callbacks.callback import Callback, HistoryEntry
from bot.callbacks.changing import time_columns
from bot.callbacks.folding import Told, fold
from bot.callbacks.history import note_place
from bot.callbacks.places import Place
from bot.callbacks.request import OPEN_STATES, State
from bot.callbacks.sealing import opened
from bot.callbacks.tables import CallbackEventRow, CallbackRow
from bot.database import keys_of
from bot.keys import Keys
from bot.reach import Reach

Page = tuple[list[Callback], int]
"""The callbacks of one page, numbers masked, and how many there are on all pages."""

_URGENCY = case({"immediate": 0, "urgent": 1}, value=CallbackRow.urgency, else_=2)
_OPEN_FIRST = case((CallbackRow.state.in_(OPEN_STATES), 0), else_=1)
# Ordered by the moment at which a call becomes late, those already late come first, then by promise and window.
_MOST_URGENT = (_OPEN_FIRST, _URGENCY, CallbackRow.due_at, CallbackRow.created_at, CallbackRow.id)
_LATEST = (CallbackRow.updated_at.desc(), CallbackRow.id)


def find(session: Session, callback_id: str, reach: Reach) -> Callback | None:
    """One callback, opened, with its history and the whole number; None when there is none within reach.

    With it the words and the history of every other request that its call answers.
    """
    found = _first(session, reach, CallbackRow.id == callback_id)
    return _with_joined(session, found, reach) if found else None


def others_of(session: Session, callback: Callback, reach: Reach) -> list[Callback]:
    """The other open callbacks of one area to the same number; all of them opened, with their histories."""
    guards = (
        CallbackRow.phone_mark == callback.number_mark,
        CallbackRow.area == callback.request.area,
        CallbackRow.state.in_(OPEN_STATES),
        CallbackRow.id != callback.id,
    )
    wanted = select(CallbackRow).where(reach.guard(CallbackRow.area), *guards)
    return _open_all(session, session.scalars(_fresh(wanted.order_by(CallbackRow.created_at))).all())


def area_of(session: Session, callback_id: str, reach: Reach) -> str | None:
    """The area of a callback, nothing opened; None when there is none within reach."""
    within = (CallbackRow.id == callback_id, reach.guard(CallbackRow.area))
    return session.scalar(select(CallbackRow.area).where(*within))


def find_without_history(session: Session, callback_id: str, reach: Reach) -> Callback | None:
    """The same in one statement, for those who only ask how it stands; its `history` is empty."""
    wanted = select(CallbackRow).where(CallbackRow.id == callback_id, reach.guard(CallbackRow.area))
    row = session.scalars(_fresh(wanted)).one_or_none()
    return open_row(keys_of(session), row, ()) if row else None


def of_family(session: Session, callback_ids: Collection[str]) -> dict[str, Callback]:
    """A family's own requests by id, histories left out; one statement, one more where other calls answer any."""
    if not callback_ids:
        return {}
    rows = session.scalars(_fresh(select(CallbackRow).where(CallbackRow.id.in_(callback_ids)))).all()
    return {one.id: one for one in _as_family(session, [open_row(keys_of(session), row, ()) for row in rows])}


def by_code(session: Session, code: str, reach: Reach) -> Callback | None:
    """The callback of a family's code, typed in any way; None when none within reach has it.

    It holds what was told with this code alone. Where another request's call answers it, it stands as that call does.
    """
    mark = codes.mark_of(keys_of(session), code)
    found = _first(session, reach, CallbackRow.code_mark == mark) if mark else None
    return next(iter(_as_family(session, [found]))) if found else None


def by_conversation(session: Session, conversation: str, reach: Reach) -> Callback | None:
    """The newest callback booked in a conversation that is still open; None when there is none."""
    open_one = (CallbackRow.conversation == conversation, CallbackRow.state.in_(OPEN_STATES))
    return _first(session, reach, *open_one)


def by_phone(session: Session, phone: str, reach: Reach) -> list[Callback]:
    """The open callbacks within reach to a number (E.164), newest first."""
    mark = keys_of(session).mark("callback phone", phone)
    guards = (CallbackRow.phone_mark == mark, CallbackRow.state.in_(OPEN_STATES))
    wanted = select(CallbackRow).where(reach.guard(CallbackRow.area), *guards)
    rows = session.scalars(_fresh(wanted.order_by(CallbackRow.created_at.desc()))).all()
    return _open_all(session, rows)


def list_callbacks(
    session: Session,
    state: State | Collection[State] | None,
    reach: Reach,
    *,
    areas: Collection[str] | None = None,
    where: Iterable[ColumnElement[bool]] = (),
    as_they_changed: bool = False,
    limit: int = 50,
    offset: int = 0,
) -> Page:
    """A page of callbacks, most urgent first; those that have ended, latest first.

    The order: crisis before all, then what is late, then by the wished time or promised day, then by age.

    Args:
        session: A transaction; three selects at most.
        state: Only those in this state, or in one of these; None for all.
        reach: What the one who looks may know of.
        areas: Of these only those of these areas; None for all, an empty collection for none.
        where: Of these only those for which every condition holds.
        as_they_changed: Those that changed first come first, instead.
        limit: How many to a page.
        offset: How many to leave out first.
    """
    guards: list[ColumnElement[bool]] = [reach.guard(CallbackRow.area)]
    states = (state,) if isinstance(state, State) else tuple(state or State)
    if len(states) < len(State):
        guards.append(CallbackRow.state.in_(states))
    if areas is not None:
        guards.append(CallbackRow.area.in_(areas))
    guards += where
    order: Sequence[Any] = (CallbackRow.updated_at, CallbackRow.id)
    if not as_they_changed:
        order = _MOST_URGENT if any(one in OPEN_STATES for one in states) else _LATEST
    wanted = select(CallbackRow).where(*guards).order_by(*order).limit(limit).offset(offset)
    rows = session.scalars(_fresh(wanted)).all()
    total = session.scalar(select(func.count()).select_from(CallbackRow).where(*guards)) or 0
    return [callback.masked() for callback in _open_all(session, rows)], total


def list_where(
    session: Session, reach: Reach, *guards: ColumnElement[bool], order: ColumnElement[Any], limit: int
) -> list[Callback]:
    """The callbacks within reach for which every guard holds, numbers masked; two selects."""
    wanted = select(CallbackRow).where(reach.guard(CallbackRow.area), *guards).order_by(order, CallbackRow.id)
    rows = session.scalars(_fresh(wanted.limit(limit))).all()
    return [callback.masked() for callback in _open_all(session, rows)]


def list_waiting(
    session: Session,
    reach: Reach,
    *,
    areas: Collection[str] | None = None,
    limit: int = 50,
    offset: int = 0,
) -> Page:
    """A page of the callbacks nobody has claimed; as `list_callbacks`."""
    return list_callbacks(session, State.WAITING, reach, areas=areas, limit=limit, offset=offset)


def _first(session: Session, reach: Reach, *guards: ColumnElement[bool]) -> Callback | None:
    within = select(CallbackRow).where(reach.guard(CallbackRow.area), *guards)
    wanted = within.order_by(CallbackRow.created_at.desc()).limit(1)
    return next(iter(_open_all(session, session.scalars(_fresh(wanted)).all())), None)


def _as_family(session: Session, callbacks: Sequence[Callback]) -> list[Callback]:
    """How requests stand for their family: each joined one as the call that answers it."""
    answering = {one.merged_into for one in callbacks if one.merged_into}
    if not answering:
        return list(callbacks)
    columns = (CallbackRow.id, CallbackRow.state, CallbackRow.tries, CallbackRow.next_try_at)
    calls = {row.id: row for row in session.execute(select(*columns).where(CallbackRow.id.in_(answering)))}
    found = ((one, calls.get(one.merged_into or "")) for one in callbacks)
    return [
        replace(one, state=call.state, tries=call.tries, next_try_at=call.next_try_at) if call else one
        for one, call in found
    ]


def _with_joined(session: Session, callback: Callback, reach: Reach) -> Callback:
    wanted = select(CallbackRow).where(CallbackRow.merged_into == callback.id, reach.guard(CallbackRow.area))
    joined = _open_all(session, session.scalars(_fresh(wanted.order_by(CallbackRow.created_at))).all())
    if not joined:
        return callback
    whole = fold(_told(callback), [_told(one) for one in joined])
    # How the others came to be answered by this call stands in its own history already.
    of_others = (entry for one in joined for entry in one.history if "merged_into" not in entry.detail)
    history = sorted((*callback.history, *of_others), key=lambda entry: entry.at)
    return replace(
        callback,
        request=whole.request,
        promised_day=whole.promised_day,
        history=tuple(history),
        joined=tuple(one.id for one in joined),
    )


def _told(callback: Callback) -> Told:
    # Of the callback itself: when its own time is over, whatever it has been made to keep for others.
    window, day = callback.request.window, callback.promised_day
    return Told(callback.request, day, time_columns(window, day)["due_at"])


def _fresh(wanted: Select[CallbackRow]) -> Select[CallbackRow]:
    # Changes are made by statements, so what this session has read before may be out of date.
    return wanted.execution_options(populate_existing=True)


def _open_all(session: Session, rows: Sequence[CallbackRow]) -> list[Callback]:
    keys = keys_of(session)
    histories = _histories(session, keys, [row.id for row in rows]) if rows else {}
    return [open_row(keys, row, histories.get(row.id, ())) for row in rows]


def _histories(session: Session, keys: Keys, callback_ids: Iterable[str]) -> dict[str, list[HistoryEntry]]:
    rows = session.scalars(
        select(CallbackEventRow)
        .where(CallbackEventRow.callback_id.in_(callback_ids))
        .order_by(CallbackEventRow.id)
        .execution_options(populate_existing=True)
    )
    histories: dict[str, list[HistoryEntry]] = defaultdict(list)
    for row in rows:
        note = call_note.from_box(keys.open(note_place(row.callback_id), row.box)) if row.box else None
        written = (note.text, note.parts) if note else (None, {})
        entry = HistoryEntry(row.at, row.actor, row.actor_name, row.what, row.detail, *written)
        histories[row.callback_id].append(entry)
    return histories


def open_row(keys: Keys, row: CallbackRow, history: Iterable[HistoryEntry]) -> Callback:
    """A row (or what was selected of one, under the same names) as a callback."""
    request, code = opened(keys, row)
    same: tuple[str, ...] = (
        "id", "state", "promised_day", "due_at", "next_try_at", "holder", "holder_name", "claimed_at",
        "lease_until", "tries", "created_at", "updated_at", "version", "follow_up_on", "follow_up_by",
        "follow_up_name", "seen_at", "rang_at", "reached_at", "decision", "offered_to", "offered_to_name",
        "offered_at", "merged_into",
    )  # fmt: skip
    columns: dict[str, Any] = {name: getattr(row, name) for name in same}
    columns |= {"apart": tuple(row.apart or ()), "number_mark": row.phone_mark}
    if row.place_start is not None and row.place_number is not None:
        columns["place"] = Place(row.place_start, row.place_number, row.place_advisor)
    return Callback(
        **columns, code=codes.show(code) if code else None, request=request, history=tuple(history)
    )
