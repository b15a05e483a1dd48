"""The audit and the families it tells of: which entries lie within reach, and by what code a request is named there."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, or_, select, true
from sqlalchemy.orm import Session

from bot.audit import chain, search
from bot.callbacks import codes
from bot.callbacks.sealing import opened
from bot.callbacks.tables import CallbackRow
from bot.database import keys_of
from bot.reach import Reach

_AT_ONCE = 1000


def seal_more(session: Session, now: datetime) -> int:
    """Seal the audit (`bot.audit.chain`), with the areas of the requests that were touched; how many rows."""
    return chain.seal_more(session, now, areas_of)


def areas_of(session: Session, ids: Collection[str]) -> Mapping[str, str]:
    """The area of each request among these ids; nothing is opened."""
    found: dict[str, str] = {}
    wanted = sorted(ids)
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        rows = session.execute(select(CallbackRow.id, CallbackRow.area).where(CallbackRow.id.in_(some)))
        found.update((id_, area) for id_, area in rows)
    return found


def within(session: Session, reach: Reach) -> ColumnElement[bool]:
    """The entries of the audit that touch a family within reach."""
    if reach.areas is None:
        return true()
    new = search.touching(session, CallbackRow.id, reach.guard(CallbackRow.area))
    return or_(search.of_areas(reach.areas), search.is_not_sealed() & new)


def how_many(session: Session, reach: Reach) -> ScalarSelect[int] | None:
    """How many requests within reach an entry touched; None where all are."""
    if reach.areas is None:
        return None
    return search.how_many(session, CallbackRow.id, reach.guard(CallbackRow.area))


def of_number(session: Session, phone: str, reach: Reach) -> list[str]:
    """The ids of all requests within reach that were made with this number (E.164), whatever became of them."""
    mark = keys_of(session).mark("callback phone", phone)
    wanted = (CallbackRow.phone_mark == mark, reach.guard(CallbackRow.area))
    return list(session.scalars(select(CallbackRow.id).where(*wanted)))


def of_code(session: Session, code: str, reach: Reach) -> list[str]:
    """The id of the request within reach that has this code, typed in any way; none when there is none."""
    mark = codes.mark_of(keys_of(session), code)
    wanted = (CallbackRow.code_mark == mark, reach.guard(CallbackRow.area))
    return list(session.scalars(select(CallbackRow.id).where(*wanted))) if mark else []


def codes_of(session: Session, ids: Collection[str], reach: Reach) -> Mapping[str, str]:
    """The codes of the requests within reach, by id; empty where the family has deleted what it told."""
    wanted = (CallbackRow.id.in_(sorted(set(ids))), reach.guard(CallbackRow.area))
    rows = session.scalars(select(CallbackRow).where(*wanted).execution_options(populate_existing=True))
    found = ((row.id, opened(keys_of(session), row)[1]) for row in rows)
    return {id_: codes.show(code) if code else "" for id_, code in found}
