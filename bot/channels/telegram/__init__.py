"""Telegram: general guidance only. Whatever is personal moves to a one-time link to our own page.

An update becomes an `Arrival` at the door, is kept in `telegram_update` before Telegram is told that it came, is
answered by one worker, and what is said waits in `telegram_message` until Telegram has taken it.
"""

from bot.channels.telegram.running import add_telegram
from bot.channels.telegram.tables import SWEEPS

__all__ = ["SWEEPS", "add_telegram"]
