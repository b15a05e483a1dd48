"""Telegram: general guidance only. Whatever is personal moves to a one-time link to our own page.

An update becomes an `Arrival` at the door, is kept in `telegram_update` before Telegram is told that it came, is
answered by one worker, and what is said waits in `telegram_message` until Telegram has taken it.
"""

from aiohttp import web

from bot.channels.telegram.tables import SWEEPS
from bot.settings import Settings

__all__ = ["SWEEPS", "add_telegram"]


def add_telegram(app: web.Application, settings: Settings) -> None:
    """Talk with families in Telegram while `app` runs, when there is a token. Raises `SetupError`."""
    if settings.telegram_token is None:
        return
    # The library is loaded only where it is used: it costs twenty megabytes and a fifth of a second.
    from bot.channels.telegram.running import add_telegram as add  # noqa: PLC0415

    add(app, settings)
