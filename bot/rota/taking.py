"""Taking a place: a booking or a move that reads what is free, and begins again when others were quicker."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.orm import Session

from bot.callbacks.places import PlaceTakenError
from bot.database import Database

T = TypeVar("T")

TRIES = 20
"""Each time somebody else has got a place, so the next look knows of more; two or three are usual in a crowd."""


async def take(database: Database, work: Callable[[Session], T]) -> T:
    """Run `work` in a transaction, again from its start when the places it chose were taken meanwhile.

    Raises `PlaceTakenError` after many tries.
    """
    for _ in range(TRIES - 1):
        try:
            return await database.write(work)
        except PlaceTakenError:
            continue
    return await database.write(work)


def take_now(database: Database, work: Callable[[Session], T]) -> T:
    """The same as `take` from code that does not run in the event loop."""
    for _ in range(TRIES - 1):
        try:
            return database.write_now(work)
        except PlaceTakenError:
            continue
    return database.write_now(work)
