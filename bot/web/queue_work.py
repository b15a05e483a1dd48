"""What staff are shown of the queue, with the line of the audit that names everyone shown."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from aiohttp import web
from sqlalchemy.orm import Session

from bot import audit
from bot.callbacks import screenfuls
from bot.callbacks.callback import Callback
from bot.callbacks.queue_view import as_query, keep_view, of_query
from bot.callbacks.worklist import Screenful, Tally, Wanted
from bot.reach import Reach
from bot.staff.accounts import Member
from bot.web.appkeys import CLOCK, DATABASE
from bot.web.looking import REMEMBERED, Looker
from bot.web.staff_work import KIND

HasWords = Callable[[Callback], bool]


_COUNTS_HOLD = timedelta(seconds=5)
"""For so long counts of the same revision are not made anew: what is late changes with the clock alone."""


@dataclass(frozen=True, slots=True)
class Look:
    """One look at the queue: how it is narrowed, everybody counted, one screenful."""

    wanted: Wanted
    tally: Tally
    screen: Screenful

    @property
    def revision(self) -> int:
        """The number of the last change that is surely in all of it: a later one may have come between its reads."""
        numbers = (self.tally.revision, self.screen.revision)
        return min(number for number in numbers if number is not None)


@dataclass(frozen=True, slots=True)
class _Counted:
    at: datetime
    tally: Tally


COUNTED: web.AppKey[dict[Reach, _Counted]] = web.AppKey("counted")
"""The last counts for each reach: numbers alone. After a change all open consoles ask for the same ones at once."""


async def look(
    app: web.Application,
    member: Member,
    asked: Wanted | None,
    *,
    page: int = 1,
    has_words: HasWords | None = None,
    looker: Looker = Looker(),  # noqa: B008  (frozen)
) -> Look:
    """A screenful of the queue, numbers masked.

    Two selects at most in a transaction that only reads, so that fifty consoles looking at once hold up no family's
    booking; then one insert of the audit, before anything is shown. None where an open page looks by itself and shows
    nothing new (`bot.web.looking`).

    Args:
        app: The application.
        member: Who looks; sees what lies within reach.
        asked: How it is narrowed, which is kept for the next time; None for how this member left it.
        page: From 1.
        has_words: A search by words, over what passes the filters; None for no search.
        looker: With what sign-in, and whether anybody asked.
    """
    counted = app[COUNTED].get(member.reach)
    looking = _Looking(member, app[CLOCK](), page, has_words, counted)
    found = await app[DATABASE].read(
        looking.as_left if asked is None else partial(looking.as_asked, wanted=asked)
    )
    if counted is None or found.tally is not counted.tally:
        app[COUNTED][member.reach] = _Counted(looking.now, found.tally)
    await _note(app, member, found, looker, turned=asked is not None)
    return found


async def look_at_crises(app: web.Application, member: Member, looker: Looker) -> Screenful:
    """Only the crises nobody has taken, numbers masked: one select, one insert of the audit, nothing counted."""
    now = app[CLOCK]()
    found = await app[DATABASE].read(
        lambda session: screenfuls.crises(session, member.id, member.reach, now=now)
    )
    rows, remembered = found.rows, app[REMEMBERED]
    if ids := remembered.new_to(looker, rows):
        await app[DATABASE].write(
            lambda session: audit.record(session, member.id, "listed", KIND, ids, now=now)
        )
        remembered.keep(looker, rows)
    return found


@dataclass(frozen=True, slots=True)
class _Looking:
    member: Member
    now: datetime
    page: int
    has_words: HasWords | None
    counted: _Counted | None

    def as_left(self, session: Session) -> Look:
        tally = self._tally(session)
        wanted = of_query(tally.view or "")
        return Look(wanted, tally, self._screen(session, wanted))

    def as_asked(self, session: Session, wanted: Wanted) -> Look:
        screen, last = self._screen(session, wanted), self.counted
        if last and last.tally.revision == screen.revision and self.now - last.at < _COUNTS_HOLD:
            return Look(wanted, last.tally, screen)
        return Look(wanted, self._tally(session), screen)

    def _tally(self, session: Session) -> Tally:
        return screenfuls.tally(session, self.member.id, self.member.reach, now=self.now)

    def _screen(self, session: Session, wanted: Wanted) -> Screenful:
        who = (session, self.member.id, self.member.reach, wanted)
        if self.has_words is None:
            return screenfuls.screenful(*who, now=self.now, page=self.page)
        return screenfuls.search(*who, self.has_words, now=self.now, page=self.page)


async def _note(app: web.Application, member: Member, found: Look, looker: Looker, *, turned: bool) -> None:
    """Write down who was shown, and how the queue was narrowed when that was not so before."""
    now, rows, view = app[CLOCK](), found.screen.rows, as_query(found.wanted)
    shown = app[REMEMBERED].new_to(looker, rows)
    turned = turned and view != (found.screen.view or "")

    def note(session: Session) -> None:
        if shown:
            audit.record(session, member.id, "listed", KIND, shown, now=now)
        if turned:
            keep_view(session, member.id, view)

    if shown or turned:
        await app[DATABASE].write(note)
        app[REMEMBERED].keep(looker, rows)
