"""A sender with a gateway and a post office, worked by hand, so that nothing has to be waited for."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from email.headerregistry import Address

import pytest
from pydantic import AnyHttpUrl

from bot.callbacks import notice_outbox, queue
from bot.callbacks.notice_outbox import Notice
from bot.callbacks.notices import Way
from bot.callbacks.request import FAMILY, Booked
from bot.channels.notices.by_telegram import TelegramChat
from bot.channels.notices.mail import MailServer
from bot.channels.notices.sending import Notifier
from bot.channels.notices.sms import open_gateway
from bot.channels.notices.telling import Deliver
from bot.clock import SettableClock
from bot.database import Database
from bot.reach import EVERYWHERE
from tests.callbacks import scenes
from tests.hearing import content
from tests.notices.gateway import TOKEN, Gateway
from tests.notices.post_office import PostOffice

SENDER = Address("Varaukset", addr_spec="varaukset@example.org")


@dataclass
class Place:
    """Our side and the others'."""

    database: Database
    clock: SettableClock
    gateway: Gateway
    post: PostOffice
    ways: dict[Way, Deliver] = field(default_factory=dict)

    @property
    def notifier(self) -> Notifier:
        """A sender of a process that has just started."""
        return Notifier(
            database=self.database, clock=self.clock, texts=lambda: content().texts, ways=self.ways
        )

    async def send(self, later: timedelta = timedelta(0)) -> int:
        """Send what is due after a while; how much was taken up."""
        self.clock.set(self.clock() + later)
        return await self.notifier.work_off()

    def books(self, **changes: object) -> Booked:
        return scenes.booked(self.database, now=self.clock(), **{"message_allowed": True, **changes})

    def cancels(self, callback_id: str) -> None:
        self.database.write_now(lambda s: queue.cancel(s, callback_id, by=FAMILY, now=self.clock()))

    def notices(self, callback_id: str) -> list[Notice]:
        """Oldest first."""
        return self.database.read_now(lambda s: notice_outbox.of_callback(s, callback_id, EVERYWHERE))[::-1]

    def states(self, callback_id: str) -> list[tuple[str, str, str | None]]:
        return [(one.kind.value, one.state, one.reason) for one in self.notices(callback_id)]


@pytest.fixture
async def place(database: Database, clock: SettableClock) -> AsyncIterator[Place]:
    gateway, post = Gateway(), PostOffice()
    await gateway.start()
    await post.start()
    found = Place(database, clock, gateway, post)
    found.ways[Way.SMS] = open_gateway(AnyHttpUrl(gateway.url), TOKEN, "Varaukset").deliver
    server = MailServer(host="127.0.0.1", port=post.port, security="none", sender=SENDER)
    found.ways[Way.EMAIL] = server.deliver
    found.ways[Way.TELEGRAM] = TelegramChat(database, clock).deliver
    yield found
    await gateway.stop()
    await post.stop()
    assert gateway.wrong == []
