"""Asks Telegram for updates, for installations that it cannot reach. Only one process may ask at a time."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from telegram import Bot

from bot.channels.telegram.arrivals import ALLOWED, read
from bot.channels.telegram.door import Door

log = structlog.get_logger()

_SECONDS_OPEN = 25
_LONGEST_PAUSE = 60.0

Rest = Callable[[float], Awaitable[None]]


async def poll(bot: Bot, door: Door, *, rest: Rest = asyncio.sleep) -> None:
    """Take updates in for ever. What could not be kept is not acknowledged and is asked for again."""
    offset: int | None = None
    failures = 0
    while True:
        try:
            updates = await bot.get_updates(
                offset=offset, timeout=_SECONDS_OPEN, read_timeout=_SECONDS_OPEN + 10, allowed_updates=ALLOWED
            )
            await door.take_in([arrival for update in updates if (arrival := read(update))])
        except Exception as error:  # noqa: BLE001  (whatever it is, we must go on listening)
            failures += 1
            log.warning("telegram not heard", error=type(error).__name__, failures=failures)
            await rest(min(2.0**failures, _LONGEST_PAUSE))
        else:
            failures = 0
            if updates:
                offset = updates[-1].update_id + 1
