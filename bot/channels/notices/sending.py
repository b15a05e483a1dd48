"""Sends what waits: each notice by the way its family has chosen, worded from the callback as it now stands."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

import structlog
from sqlalchemy.orm import Session

from bot.callbacks import notice_outbox
from bot.callbacks.notices import (
    MOST_A_DAY,
    Kind,
    Way,
    address_of,
    gives_up_at,
    is_needed,
    next_sending,
    when_of,
)
from bot.callbacks.sealing import opened
from bot.callbacks.tables import CallbackRow, NoticeRow
from bot.channels.notices.telling import Deliver, HandedOver, NotNow, Refused, Taken, Telling
from bot.channels.notices.wording import worded
from bot.clock import Clock
from bot.database import Database, keys_of
from bot.keys import SealBrokenError
from bot.texts import Texts

log = structlog.get_logger()

_AT_ONCE = 8
_LOOK_AGAIN = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class _ToSend:
    telling: Telling
    way: Way
    kind: Kind
    tries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Notifier:
    """The sender of one process; another may work beside it."""

    database: Database
    clock: Clock
    texts: Callable[[], Texts]
    ways: Mapping[Way, Deliver]
    """Those that are set up here."""

    async def work_off(self) -> int:
        """Send everything that is due; gives how many notices were taken up."""
        done = 0
        while True:
            taken_up, to_send = await self.database.write(self._take_up)
            if not taken_up:
                return done
            await asyncio.gather(*(self._send(one) for one in to_send))
            done += taken_up

    def _take_up(self, session: Session) -> tuple[int, list[_ToSend]]:
        rows = notice_outbox.claim(session, now=self.clock(), most=_AT_ONCE)
        found = [self._to_send(session, row) for row in rows]
        return len(rows), [one for one in found if one]

    def _to_send(self, session: Session, row: NoticeRow) -> _ToSend | None:
        """What to send; None for what is ended here: not wanted, not needed or not possible any more."""
        kind, now = Kind(row.kind), self.clock()
        callback = session.get_one(CallbackRow, row.callback_id, populate_existing=True)
        if reason := self._why_not(session, callback, kind):
            notice_outbox.drop(session, row.id, reason, now=now)
            return None
        late = now >= gives_up_at(kind, row.created_at, callback.due_at)
        found = Refused(row.reason or "too_late") if late else self._telling(session, row, callback)
        if isinstance(found, Refused):
            log.error("notice given up", notice=row.id, kind=kind, reason=found.reason, tries=row.tries)
            notice_outbox.fail(session, row.id, found.reason, now=now)
            return None
        return _ToSend(found, Way(callback.notify_by or ""), kind, row.tries)

    def _telling(self, session: Session, row: NoticeRow, callback: CallbackRow) -> Telling | Refused:
        """The notice in words, and where it goes; why not when that cannot be known."""
        way = Way(callback.notify_by or "")
        try:
            request, _ = opened(keys_of(session), callback)
        except SealBrokenError:  # made with another key: nobody can send it
            return Refused("sealed")
        address = address_of(request, way)
        if address is None:
            return Refused("no_address")
        when = when_of(request.window, callback.promised_day, callback.next_try_at)
        said = worded(self.texts(), Kind(row.kind), when, request.language)
        return Telling(
            notice_id=row.id,
            key=keys_of(session).mark("notice", f"{row.callback_id}:{row.occasion}")[:32],
            address=address,
            language=said.language,
            subject=said.subject,
            text=said.text,
            handed_over=row.way == way.value,
        )

    def _why_not(self, session: Session, callback: CallbackRow, kind: Kind) -> str | None:
        if callback.notify_by is None or callback.box is None:
            return "not_wanted"
        if not is_needed(kind, callback.state):
            return "not_needed"
        if callback.notify_by not in self.ways:
            return "no_way"
        if callback.notify_by == Way.SMS and callback.phone_mark is not None:
            sent = notice_outbox.sent_today(session, callback.phone_mark, self.clock())
            return "too_many" if sent >= MOST_A_DAY else None
        return None

    async def _send(self, one: _ToSend) -> None:
        outcome = await self.ways[one.way](one.telling)
        now, notice = self.clock(), one.telling.notice_id

        def note(session: Session) -> None:
            match outcome:
                case Taken():
                    notice_outbox.sent(session, notice, one.way, now=now)
                case HandedOver():
                    notice_outbox.later(session, notice, now + _LOOK_AGAIN, one.way)
                case NotNow(reason=reason, after=after):
                    due = next_sending(now, one.tries, after)
                    notice_outbox.later(session, notice, due, one.way, reason)
                case Refused(reason=reason):
                    notice_outbox.fail(session, notice, reason, one.way, now=now)

        await self.database.write(note)
        log.info("notice", notice=notice, kind=one.kind, way=one.way, became=type(outcome).__name__)
