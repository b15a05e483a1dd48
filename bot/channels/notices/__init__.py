"""Notices to families about their calls: by SMS through a gateway, by e-mail, or in the chat of Telegram.

What there is to tell waits in `callback_notice` (`bot.callbacks.notice_outbox`); this package words and sends it.
"""

from bot.channels.notices.running import add_notices, set_up

__all__ = ["add_notices", "set_up"]
