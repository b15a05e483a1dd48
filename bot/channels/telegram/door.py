"""Where updates come in. Crisis help goes out first, before anything that can break; then what came is kept.

Only what is kept is acknowledged: if it cannot be kept, Telegram is told so and sends it again. Then the same help may
come twice, which does no harm; a message that is lost does.
"""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import phonenumbers
import structlog
from telegram import Bot
from telegram.error import TelegramError

from bot import safety
from bot.actions.crisis import crisis_reply
from bot.channels.telegram import inbox
from bot.channels.telegram.arrivals import Arrival
from bot.channels.telegram.wording import split
from bot.clock import Clock
from bot.database import Database
from bot.identifiers import MASK, masked

log = structlog.get_logger()

_SECONDS_FOR_HELP = 5
_MOST_REMEMBERED = 1000


@dataclass(slots=True, kw_only=True)
class Door:
    """Takes updates in."""

    bot: Bot
    database: Database
    clock: Clock
    woken: Callable[[], None]
    """Told when there is something to answer."""
    _helped: OrderedDict[int, str] = field(default_factory=OrderedDict)
    """Updates whose crisis help was sent by this process, with its fingerprint."""

    async def take_in(self, arrivals: Sequence[Arrival]) -> None:
        """Help where there is danger, then keep everything in one transaction.

        Raises what the database raises; then nothing is kept.
        """
        ready = [await self._helped_first(arrival) for arrival in arrivals]
        if await self.database.write(lambda session: inbox.store(session, ready, now=self.clock())):
            self.woken()

    async def _helped_first(self, arrival: Arrival) -> Arrival:
        language = arrival.language
        if arrival.kind in ("words", "command", "edited", "group"):
            verdict = safety.assess(arrival.text, language=language)
            if verdict.interrupts:
                helped = await self._help(arrival, verdict)
                kind = arrival.kind if arrival.kind == "group" else "words"
                arrival = replace(arrival, helped=helped, kind=kind)
        if arrival.kind == "command":
            return replace(arrival, text=arrival.text.split()[0].split("@")[0].lower())
        if arrival.kind in ("group", "edited"):
            return replace(arrival, text="")
        return without_numbers(arrival)

    async def _help(self, arrival: Arrival, verdict: safety.Verdict) -> str | None:
        """Send the crisis card at once; gives its fingerprint, None when it could not be sent."""
        known = self._helped.get(arrival.update_id)
        if known is not None:
            return known
        young = safety.by_child(arrival.text)
        replies = crisis_reply(verdict, arrival.language or "fi", self.clock(), by_child=young)
        try:
            async with asyncio.timeout(_SECONDS_FOR_HELP):
                for reply in replies:
                    for part in split(reply.text):
                        await self.bot.send_message(arrival.chat_id, part)
        except (TelegramError, TimeoutError) as error:
            log.warning("crisis help not sent at once", update=arrival.update_id, error=type(error).__name__)
            return None
        self._helped[arrival.update_id] = fingerprint(replies[0].text)
        if len(self._helped) > _MOST_REMEMBERED:
            self._helped.popitem(last=False)
        return self._helped[arrival.update_id]


def fingerprint(text: str) -> str:
    """Tells one crisis card from another."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def without_numbers(arrival: Arrival) -> Arrival:
    """The same without identity codes, addresses and telephone numbers: here nobody asks for them."""
    if arrival.kind != "words":
        return arrival
    text = masked(arrival.text).text
    found = list(phonenumbers.PhoneNumberMatcher(text, "FI"))
    for match in reversed(found):
        text = f"{text[: match.start]}{MASK}{text[match.end :]}"
    return replace(arrival, text=text, number_hidden=bool(found))
