"""Correcting what an open request says, through the API: a number misheard, a name misspelled."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aiohttp import web
from sqlalchemy.orm import Session

from bot import audit
from bot.callbacks import booking, reading
from bot.callbacks.request import Gone, Saved
from bot.staff.accounts import Member
from bot.web.appkeys import ANNOUNCER, CLOCK, DATABASE
from bot.web.live import QUEUE
from bot.web.staff_work import KIND, Done, as_actor


@dataclass(frozen=True, slots=True)
class Changed:
    """Refused: somebody has changed it since it was read."""

    version: int
    """The last version."""


async def correct(
    app: web.Application,
    member: Member,
    callback_id: str,
    changes: Mapping[str, Any],
    *,
    version: int | None = None,
) -> Done | Changed:
    """Change fields of `NewCallback`, when it still is of this version (or whatever it is, with None)."""
    now = app[CLOCK]()
    done = await app[DATABASE].write(
        lambda session: _correct(session, member, callback_id, changes, version, now=now)
    )
    if isinstance(done, Saved):
        app[ANNOUNCER].announce(QUEUE)
    return done


def _correct(
    session: Session,
    member: Member,
    callback_id: str,
    changes: Mapping[str, Any],
    version: int | None,
    *,
    now: datetime,
) -> Done | Changed:
    found = reading.find_without_history(session, callback_id, member.reach)
    if found is None:
        return Gone(None)
    if version is not None and found.version != version:
        return Changed(found.version)
    done = booking.correct(session, callback_id, now=now, by=as_actor(member), **changes)
    if isinstance(done, Saved):
        audit.record(session, member.id, "corrected", KIND, [callback_id], now=now)
    return done
