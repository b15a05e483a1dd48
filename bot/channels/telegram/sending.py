"""Sends what waits: in order within a chat, several chats at once; patient when Telegram asks for it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import structlog
from sqlalchemy.orm import Session
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.channels.telegram import outbox
from bot.channels.telegram.outbox import Sending
from bot.channels.telegram.wording import Outgoing
from bot.clock import Clock
from bot.database import Database

log = structlog.get_logger()

_AT_ONCE = 8
_LONGEST_PAUSE = 300
_ALARM_AFTER = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Sends messages."""

    bot: Bot
    database: Database
    clock: Clock

    async def work_off(self) -> int:
        """Send everything that is due; gives how many requests that took."""
        tried = 0
        while messages := await self.database.write(
            lambda session: outbox.claim(session, now=self.clock(), most=_AT_ONCE)
        ):
            await asyncio.gather(*(self._deliver(message) for message in messages))
            tried += len(messages)
        return tried

    async def _deliver(self, message: Sending) -> None:
        try:
            await self._send(message.chat_id, message.outgoing)
        except TelegramError as error:
            note = self._noted(message, error)
            await self.database.write(note)
        else:
            await self.database.write(lambda session: outbox.sent(session, message))

    async def _send(self, chat_id: int, outgoing: Outgoing) -> None:
        if outgoing.leave:
            await self.bot.leave_chat(chat_id)
            return
        await self.bot.send_message(
            chat_id,
            outgoing.text,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            reply_markup=_keyboard(outgoing),
            protect_content=bool(outgoing.link),
        )

    def _noted(self, message: Sending, error: TelegramError) -> Callable[[Session], None]:
        """What becomes of a message that Telegram did not take."""
        now = self.clock()
        match error:
            case RetryAfter(retry_after=wait):
                pause = wait if isinstance(wait, timedelta) else timedelta(seconds=wait)
                return partial(outbox.later, message=message, due=now + pause)
            case Forbidden():
                log.info("telegram chat has blocked us", chat=message.chat)
                return partial(outbox.block, chat=message.chat, now=now)
            case BadRequest() if message.outgoing.buttons or message.outgoing.link:
                log.error("telegram refused buttons", message=message.id)
                return partial(outbox.plainly, message=message, now=now)
            case BadRequest() | ChatMigrated():
                log.error("telegram message undeliverable", message=message.id, error=type(error).__name__)
                return partial(outbox.failed, message=message)
        if message.tries >= _ALARM_AFTER:
            log.error("telegram message still waits", message=message.id, tries=message.tries)
        pause = timedelta(seconds=min(2**message.tries, _LONGEST_PAUSE))
        return partial(outbox.later, message=message, due=now + pause)


def _keyboard(outgoing: Outgoing) -> InlineKeyboardMarkup | None:
    rows = [[InlineKeyboardButton(title, callback_data=data)] for title, data in outgoing.buttons]
    if outgoing.link:
        title, address = outgoing.link
        rows.append([InlineKeyboardButton(title, url=address)])
    return InlineKeyboardMarkup(rows) if rows else None
