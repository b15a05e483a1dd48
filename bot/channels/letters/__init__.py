"""Letters to staff by e-mail, or by SMS to an area's duty number. What waits is in `bot.alarms.letters`."""

from bot.channels.letters.sending import add_letters

__all__ = ["add_letters"]
