"""What staff are shown of the queue, with the line of the audit that names everyone shown."""

from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web
from sqlalchemy.orm import Session

from bot import audit
from bot.callbacks import screenfuls
from bot.callbacks.callback import Callback
from bot.callbacks.queue_view import as_query, keep_view, of_query
from bot.callbacks.worklist import Screenful, Tally, Wanted
from bot.staff.accounts import Member
from bot.web.appkeys import CLOCK, DATABASE
from bot.web.staff_work import KIND

HasWords = Callable[[Callback], bool]


@dataclass(frozen=True, slots=True)
class Look:
    """One look at the queue: how it is narrowed, everybody counted, one screenful."""

    wanted: Wanted
    tally: Tally
    screen: Screenful


async def look(
    app: web.Application,
    member: Member,
    asked: Wanted | None,
    *,
    page: int = 1,
    has_words: HasWords | None = None,
) -> Look:
    """A screenful of the queue, numbers masked.

    Two selects in a transaction that only reads, so that fifty consoles looking at once hold up no family's booking;
    then one insert of the audit, before anything is shown.

    Args:
        app: The application.
        member: Who looks; sees what lies within reach.
        asked: How it is narrowed, which is kept for the next time; None for how this member left it.
        page: From 1.
        has_words: A search by words, over what passes the filters; None for no search.
    """
    database, now = app[DATABASE], app[CLOCK]()

    def read(session: Session) -> Look:
        told = screenfuls.tally(session, member.id, member.reach, now=now)
        wanted = of_query(told.view or "") if asked is None else asked
        who = (session, member.id, member.reach, wanted)
        if has_words is None:
            return Look(wanted, told, screenfuls.screenful(*who, now=now, page=page))
        return Look(wanted, told, screenfuls.search(*who, has_words, now=now, page=page))

    found = await database.read(read)
    shown, view = found.screen.ids, as_query(found.wanted)
    turned = view != (found.tally.view or "")

    def note(session: Session) -> None:
        if shown:
            audit.record(session, member.id, "listed", KIND, shown, now=now)
        if turned:
            keep_view(session, member.id, view)

    if shown or turned:
        await database.write(note)
    return found
