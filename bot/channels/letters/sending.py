"""Sends the letters to staff that wait."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

import structlog
from aiohttp import web
from sqlalchemy.orm import Session

from bot.alarms import letters
from bot.alarms.letters import Letter
from bot.callbacks.notices import Way
from bot.channels.letters.wording import worded
from bot.channels.notices.running import ways_of
from bot.channels.notices.telling import Deliver, NotNow, Outcome, Refused, Telling
from bot.clock import Clock
from bot.database import Database, keys_of
from bot.guidance.areas import Areas
from bot.settings import Settings
from bot.staff.accounts import Account
from bot.web import appkeys

log = structlog.get_logger()

_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class _Ready:
    letter: Letter
    way: Way
    telling: Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSender:
    """The sender of one process; another may work beside it."""

    database: Database
    clock: Clock
    areas: Areas
    ways: Mapping[Way, Deliver]
    """Those that are set up here."""
    public_url: str | None = None

    async def work_off(self) -> int:
        """Send everything that is due; gives how many letters were taken up."""
        done = 0
        while True:
            taken_up, ready = await self.database.write(self._take_up)
            if not taken_up:
                return done
            await asyncio.gather(*(self._send(one) for one in ready))
            done += taken_up

    def _take_up(self, session: Session) -> tuple[int, list[_Ready]]:
        now = self.clock()
        found = letters.claim(session, now=now, most=_AT_ONCE)
        ready = []
        for letter in found:
            address = self._address(session, letter.recipient)
            way = Way.EMAIL if address and "@" in address else Way.SMS
            if address is None or way not in self.ways:
                reason = "no_address" if address is None else "no_way"
                letters.ended(session, letter.id, "dropped", reason, now=now)
                continue
            said = worded(letter, self.areas, self.public_url)
            ready.append(
                _Ready(
                    letter,
                    way,
                    Telling(
                        notice_id=letter.id,
                        key=keys_of(session).mark("letter", f"{letter.recipient}:{letter.occasion}")[:32],
                        address=address,
                        language="fi",
                        subject=said.subject,
                        text=said.text,
                    ),
                )
            )
        return len(found), ready

    def _address(self, session: Session, recipient: str) -> str | None:
        """Where a recipient is reached now; None when nobody is there any more."""
        kind, _, rest = recipient.partition(":")
        if kind == "staff":
            account = session.get(Account, rest, populate_existing=True)
            return account.email if account is not None and account.active else None
        area_id, _, number = rest.rpartition(":")
        area = self.areas.by_id.get(area_id)
        return area.duty[int(number)] if area is not None and int(number) < len(area.duty) else None

    async def _send(self, one: _Ready) -> None:
        outcome = await self.ways[one.way](one.telling)
        now, letter = self.clock(), one.letter

        def note(session: Session) -> None:
            match outcome:
                case NotNow(reason=reason):
                    letters.later(session, letter, reason, now=now)
                case Refused(reason=reason):
                    letters.ended(session, letter.id, "failed", reason, now=now)
                case _:
                    letters.sent(session, letter.id, now=now)

        await self.database.write(note)
        _told(letter, outcome)


def _told(letter: Letter, outcome: Outcome) -> None:
    log.info("letter", letter=letter.id, kind=letter.kind, became=type(outcome).__name__)


def add_letters(app: web.Application, settings: Settings) -> LetterSender:
    """The sender for `app`, whose keys are filled. Raises `SetupError`."""
    database, clock = app[appkeys.DATABASE], app[appkeys.CLOCK]
    ways = ways_of(settings, database, clock)
    return LetterSender(
        database=database,
        clock=clock,
        areas=app[appkeys.AREAS],
        ways={way: deliver for way, deliver in ways.items() if way in (Way.EMAIL, Way.SMS)},
        public_url=str(settings.public_url) if settings.public_url else None,
    )
