"""A notice in the chat of Telegram where the talk began: it goes through the outbox of that channel."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.channels.notices.telling import HandedOver, NotNow, Outcome, Refused, Taken, Telling
from bot.channels.telegram import outbox
from bot.channels.telegram.tables import MessageRow, mark_of
from bot.channels.telegram.wording import Outgoing
from bot.clock import Clock
from bot.database import Database, DatabaseUnavailableError

_DIGITS = 15


class TelegramChat:
    """Gives notices to the outbox of Telegram, and looks what becomes of them there."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    async def deliver(self, telling: Telling) -> Outcome:
        """Put it into the outbox, once; then whether Telegram has taken it."""
        try:
            return await self._database.write(lambda session: self._hand_over(session, telling))
        except DatabaseUnavailableError:
            return NotNow("unreachable")

    def _hand_over(self, session: Session, telling: Telling) -> Outcome:
        # Updates have positive numbers, so a negative one is a notice's own; the same at every try.
        number = -int(telling.key[:_DIGITS], 16)
        message = select(MessageRow.state).where(MessageRow.update_id == number)
        match session.scalar(message):
            case None if telling.handed_over:
                return Refused("stopped")  # the chat has ended, and everything that waited for it is gone
            case None:
                chat_id = int(telling.address)
                said = [Outgoing(text=telling.text)]
                outbox.put(session, number, mark_of(session, chat_id), chat_id, said, now=self._clock())
                return HandedOver()
            case "sent":
                return Taken()
            case "waiting" | "sending":
                return HandedOver()
        # Blocked or failed. What is kept for a chat that comes back should not bring old notices with it.
        session.execute(delete(MessageRow).where(MessageRow.update_id == number))
        return Refused("blocked")
