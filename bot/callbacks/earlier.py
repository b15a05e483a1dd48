"""Earlier calls to the same number, looked at only when the family allows it, and for one callback only.

The permission is an event in the callback's history, so it ends with the callback and everybody sees who wrote it.
"""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.callbacks import reading
from bot.callbacks.callback import Callback
from bot.callbacks.changing import why_not
from bot.callbacks.claiming import held_by
from bot.callbacks.history import write_down
from bot.callbacks.request import Actor, Change, Saved, State
from bot.callbacks.tables import CallbackRow
from bot.database import keys_of
from bot.reach import Reach

PERMITTED = "earlier_permitted"
"""What the history says when the family has allowed its earlier calls to be looked at."""
LOOKED_BACK = timedelta(days=365)
_MOST = 10


def is_permitted(callback: Callback) -> bool:
    """Whether the family has allowed it for this callback."""
    return any(entry.what == PERMITTED for entry in callback.history)


def permit(session: Session, callback: Callback, staff: Actor, *, now: datetime) -> Change:
    """Write down that the family allows it, said to the holder of the callback. Saying it twice writes it once."""
    mine = select(CallbackRow.id).where(CallbackRow.id == callback.id, *held_by(staff)).with_for_update()
    if session.scalar(mine) is None:
        return why_not(session, callback.id, staff)
    if not is_permitted(callback):
        write_down(session, [callback.id], staff, PERMITTED, now=now)
    return Saved(callback.id)


def calls(session: Session, callback: Callback, reach: Reach, *, now: datetime) -> list[Callback]:
    """The calls to the same number that are done, within reach and a year, the latest first; two selects at most.

    None are found unless the family has allowed it, for a callback without a number, or for one shredded since.
    """
    phone = callback.request.phone
    if phone is None or not is_permitted(callback):
        return []
    return reading.list_where(
        session, reach,
        CallbackRow.phone_mark == keys_of(session).mark("callback phone", phone),
        CallbackRow.state == State.DONE,
        CallbackRow.id != callback.id,
        CallbackRow.updated_at > now - LOOKED_BACK,
        order=CallbackRow.updated_at.desc(),
        limit=_MOST,
    )  # fmt: skip
