"""The worker that answers what came: one update after the other, each answered once."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import structlog
from sqlalchemy.orm import Session
from telegram import Bot
from telegram.error import TelegramError

from bot import safety
from bot.callbacks import notice_outbox
from bot.channels.telegram import inbox, links, outbox
from bot.channels.telegram.arrivals import Arrival
from bot.channels.telegram.door import fingerprint
from bot.channels.telegram.inbox import Held
from bot.channels.telegram.sayings import Sayings
from bot.channels.telegram.tables import CHANNEL, Chat, forget_chat, keep_chat, recall_chat
from bot.channels.telegram.wording import Outgoing, payload_of, worded
from bot.clock import Clock
from bot.conversation import carrying
from bot.database import Database
from bot.messages import Answer, IncomingMessage
from bot.texts import Texts
from bot.web.limits import MESSAGES_BY_SENDER, Limiter

log = structlog.get_logger()

PERSONAL = frozenset({
    "phone", "time", "name", "code", "message_allowed", "interpreter", "confirm", "change", "who_may_answer",
    "code_word",
})  # fmt: skip
"""What is never asked for here, all of a booking: such a question goes to our own page."""
_MOST_TRIES = 5
_PAUSE = timedelta(seconds=20)
_MOST_PAYLOADS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What the worker answers with."""

    bot: Bot
    database: Database
    clock: Clock
    take_turn: Callable[[IncomingMessage], Awaitable[Answer]]
    texts: Callable[[], Texts]
    limiter: Limiter
    public_url: str
    answered: Callable[[], None]
    """Told when there is something to send."""

    async def work_off(self) -> int:
        """Answer everything that waits and is due; gives how many updates that were."""
        done = 0
        while (held := await self._claim()) is not None:
            await self.answer(held)
            done += 1
        return done

    async def _claim(self) -> Held | None:
        return await self.database.write(lambda session: inbox.claim(session, now=self.clock()))

    async def answer(self, held: Held) -> None:
        """Answer one update; what is said, remembered and noted as done is one transaction."""
        arrival = held.arrival
        if self._floods(held):
            until = self.clock() + _PAUSE
            await self.database.write(lambda session: inbox.postpone(session, held, until))
            return
        if arrival.query:
            await self._take_note_of_press(arrival.query)
        chat = await self.database.read(lambda session: recall_chat(session, held.chat))
        sayings = Sayings(self.texts(), chat.language or arrival.language, self.clock())
        if held.tries > _MOST_TRIES:
            log.error("telegram update given up", update=arrival.update_id, tries=held.tries)
            said = sayings.trouble()
            await self._finish(held, chat, said)
        elif arrival.kind == "words":
            await self._turn(held, chat, sayings, arrival.text)
        elif arrival.kind == "press" and (payload := payload_of(arrival.text, chat.payloads)):
            await self._turn(held, chat, sayings, payload)
        elif arrival.kind == "unreadable" and arrival.album and arrival.album == chat.album:
            await self._finish(held, chat, ())
        else:
            kept = replace(chat, language=sayings.language, album=arrival.album or chat.album)
            await self._finish(held, kept, sayings.to(arrival))

    def _floods(self, held: Held) -> bool:
        arrival = held.arrival
        if held.tries > 1 or arrival.helped or safety.assess(arrival.text).interrupts:
            return False
        return not self.limiter.allow(MESSAGES_BY_SENDER, f"{CHANNEL}:{held.chat}")

    async def _take_note_of_press(self, query: str) -> None:
        try:
            await self.bot.answer_callback_query(query)
        except TelegramError as error:  # only the little clock on the button goes on turning
            log.info("press not acknowledged", error=type(error).__name__)

    async def _turn(self, held: Held, chat: Chat, sayings: Sayings, text: str) -> None:
        arrival = held.arrival
        answer = await self.take_turn(
            IncomingMessage(
                channel=CHANNEL,
                sender=held.chat,
                text=text,
                message_id=str(arrival.update_id),
                received_at=self.clock(),
                language=chat.language or arrival.language,
            )
        )
        sayings = replace(sayings, language=answer.language)
        whole = answer
        if arrival.helped:
            replies = tuple(one for one in answer.replies if fingerprint(one.text) != arrival.helped)
            answer = replace(answer, replies=replies)
        moves = answer.asks in PERSONAL
        if moves:
            replies = tuple(one for one in answer.replies if one.style != "question")
            answer = replace(answer, replies=replies)
        found = worded(answer)
        said = (*sayings.before(arrival), *found.messages)
        payloads = list({**chat.payloads, **found.payloads}.items())[-_MOST_PAYLOADS:]
        chat = Chat(
            language=answer.language,
            payloads=dict(payloads),
            album=arrival.album or chat.album,
        )
        await self._finish(held, chat, said, sayings=sayings, moving=whole if moves else None)

    async def _finish(
        self, held: Held, chat: Chat, said: tuple[Outgoing, ...], *,
        sayings: Sayings | None = None, moving: Answer | None = None,
    ) -> None:  # fmt: skip
        now = self.clock()

        def keep(session: Session) -> None:
            if not inbox.finish(session, held):
                return
            outgoing = said
            if sayings and moving and (state := carrying.state_of(session, CHANNEL, held.chat)):
                token = links.make(
                    session,
                    held.chat,
                    links.Carried(state.with_slots(telegram_chat=held.arrival.chat_id), moving),
                    now=now,
                )
                carrying.put_down(session, CHANNEL, held.chat, state)
                outgoing = (*said, sayings.go_on(f"{self.public_url}/continue/{token}"))
            self._remember(session, held, chat, sayings)
            arrival = held.arrival
            outbox.put(session, arrival.update_id, held.chat, arrival.chat_id, outgoing, now=now)

        await self.database.write(keep)
        self.answered()

    def _remember(self, session: Session, held: Held, chat: Chat, sayings: Sayings | None) -> None:
        arrival, now = held.arrival, self.clock()
        if _ends(arrival):
            carrying.forget(session, CHANNEL, held.chat)
            outbox.drop_waiting(session, held.chat)
            notice_outbox.end_for(session, held.chat)
        erased = sayings is not None and carrying.state_of(session, CHANNEL, held.chat) is None
        if _ends(arrival) or erased:
            forget_chat(session, held.chat)
        elif arrival.kind not in ("group", "invited", "gone"):
            outbox.unblock(session, held.chat, now=now)
            keep_chat(session, held.chat, chat, now=now)
        if arrival.kind == "gone":
            outbox.block(session, held.chat, now=now)


def _ends(arrival: Arrival) -> bool:
    return arrival.kind == "command" and arrival.text == "stop"
