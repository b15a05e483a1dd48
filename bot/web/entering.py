"""Entering a call that came by telephone or on paper, through the console or the API."""

from dataclasses import dataclass, replace
from datetime import datetime

from aiohttp import web
from sqlalchemy.orm import Session

from bot import audit
from bot.callbacks import queue
from bot.callbacks.call_times import Impossible, fit
from bot.callbacks.callback import Callback
from bot.callbacks.once import KeyUsedError, Once, entered_before
from bot.callbacks.once import entered as entered_once
from bot.callbacks.places import Places
from bot.callbacks.request import URGENT, Booked, NewCallback
from bot.meaning import TimeWish
from bot.reach import Reach
from bot.rota.taking import take
from bot.staff.accounts import Member
from bot.web.appkeys import ANNOUNCER, AREAS, CLOCK, DATABASE, ROTA
from bot.web.live import QUEUE
from bot.web.staff_work import KIND, as_actor


@dataclass(frozen=True, slots=True)
class Entered:
    """A call that staff entered: what its family is told, and all of it as it was written."""

    booked: Booked
    callback: Callback
    stays_in_sight: bool
    """Whether it is of an area that the member reaches."""
    not_as_wished: Impossible | None = None
    """Why the call is at another time than was wished for; None when it is as wished."""


async def enter(
    app: web.Application,
    member: Member,
    new: NewCallback,
    wish: TimeWish | None = None,
    *,
    once: Once | None = None,
) -> Entered:
    """Put a call that came by telephone or on paper into the queue of its municipality's area.

    It may be an area that the member does not reach: nobody who rings is turned away because of where they live.
    What was entered is given once, to be told to the caller; after that it is out of the member's sight. With `once`
    the same key enters one callback, however often it comes; raises `KeyUsedError` when it was another's.
    """
    now, area = app[CLOCK](), app[AREAS].area_of(new.municipality)

    def work(session: Session) -> Entered:
        known = entered_before(session, once, now) if once else None
        if known is not None:
            return _entered_again(session, member, known, area.id)
        places = app[ROTA].get(session, now).places(session, area.id, now)
        entered = _entered(session, member, replace(new, area=area.id), wish, places, now=now)
        if once:
            entered_once(session, once, entered.booked.id)
        return entered

    entered = await take(app[DATABASE], work)
    app[ANNOUNCER].announce(QUEUE)
    return entered


def _entered(
    session: Session,
    member: Member,
    new: NewCallback,
    wish: TimeWish | None,
    places: Places,
    *,
    now: datetime,
) -> Entered:
    urgent = new.urgency in URGENT
    asked = wish or TimeWish(words="", anytime=True)
    fitted = fit(asked, places.calendar, now, has_room=places.room_for(urgent))
    words = new.wish_words or fitted.note or (asked.words if fitted.asked_for_impossible else None)
    booked = queue.book(
        session,
        replace(new, window=fitted.window, wish_words=words),
        now=now,
        promised_day=fitted.promised_day,
        by=as_actor(member),
        places=places.candidates(fitted.window, urgent=urgent),
    )
    audit.record(session, member.id, "entered", KIND, [booked.id], now=now)
    written = queue.find(session, booked.id, Reach.only(new.area))
    if written is None:
        raise LookupError("what was just booked is not there")
    return Entered(booked, written, member.reach.covers(new.area), fitted.asked_for_impossible)


def _entered_again(session: Session, member: Member, callback_id: str, area: str) -> Entered:
    """What an earlier request with the same key has become."""
    written = queue.find(session, callback_id, Reach.only(area))
    if written is None:
        raise KeyUsedError
    booked = Booked(callback_id, written.code or "", written.promised_day, written.request.window)
    return Entered(booked, written, member.reach.covers(area), None)
