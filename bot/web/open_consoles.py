"""Who has a console open in this process; written down every few seconds, so that every replica knows."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from aiohttp import web

from bot.alarms import board
from bot.web.appkeys import CLOCK, DATABASE

OPEN: web.AppKey[Counter[str]] = web.AppKey("open_consoles")
"""How many streams each member of staff has open here, by id."""


@contextmanager
def open_console(app: web.Application, staff_id: str) -> Iterator[None]:
    """Count a console as open for as long as the block runs."""
    consoles = app.get(OPEN)
    if consoles is None:  # an application without the clock, as in a test
        yield
        return
    consoles[staff_id] += 1
    try:
        yield
    finally:
        consoles[staff_id] -= 1
        if not consoles[staff_id]:
            del consoles[staff_id]


async def note(app: web.Application) -> int:
    """Write down who has one open now; how many people those are."""
    consoles, now = app[OPEN], app[CLOCK]()
    here = frozenset(consoles)
    if here:
        await app[DATABASE].write(lambda session: board.note_open(session, here, now))
    return len(here)
