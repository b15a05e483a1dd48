"""Telegram beside the web server: what runs while the server does, and what it answers to."""

import asyncio
import hashlib
import hmac
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field

import structlog
from aiohttp import web
from telegram import Bot

from bot.channels.telegram import continuing
from bot.channels.telegram.answering import Desk
from bot.channels.telegram.arrivals import ALLOWED
from bot.channels.telegram.client import close_bot, open_bot
from bot.channels.telegram.door import Door
from bot.channels.telegram.polling import Rest, poll
from bot.channels.telegram.sending import Sender
from bot.channels.telegram.webhook import PATH, Webhook
from bot.database import DatabaseUnavailableError
from bot.settings import Settings, SetupError
from bot.web import appkeys
from bot.web.limits import LIMITER

log = structlog.get_logger()

_LOOK_EVERY = 1.0
"""Seconds after which a worker looks for what has become due without being told."""
_LONGEST_PAUSE = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Telegram:
    """Everything that works for Telegram in this process."""

    bot: Bot
    door: Door
    desk: Desk
    sender: Sender
    secret: str
    public_url: str
    polls: bool
    to_answer: asyncio.Event = field(default_factory=asyncio.Event)
    to_send: asyncio.Event = field(default_factory=asyncio.Event)
    rest: Rest = asyncio.sleep

    async def run(self) -> None:
        """Work until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(keep_working(self.desk.work_off, self.to_answer))
            group.create_task(keep_working(self.sender.work_off, self.to_send))
            group.create_task(self._listen())

    async def _listen(self) -> None:
        """Tell Telegram how updates are to come, as long as it takes; then, when polling, ask for them."""
        failures = 0
        while True:
            try:
                await self.say_how()
                break
            except Exception as error:  # noqa: BLE001  (the server must run, whatever Telegram does)
                failures += 1
                log.warning("telegram not reached", error=type(error).__name__, failures=failures)
                await self.rest(min(2.0**failures, _LONGEST_PAUSE))
        if self.polls:
            await poll(self.bot, self.door, rest=self.rest)

    async def say_how(self) -> None:
        """Tell Telegram once; raises the library's `TelegramError`."""
        if self.polls:
            await self.bot.delete_webhook(drop_pending_updates=False)
        else:
            await self.bot.set_webhook(
                f"{self.public_url}{PATH}",
                secret_token=self.secret,
                allowed_updates=ALLOWED,
                drop_pending_updates=False,
            )


async def keep_working(work_off: Callable[[], Awaitable[int]], woken: asyncio.Event) -> None:
    """Work off what waits whenever woken, and look by oneself every second; nothing ends it but its cancelling."""
    while True:
        woken.clear()
        try:
            await work_off()
        except DatabaseUnavailableError:
            log.warning("telegram waits for the database")
        except Exception:
            log.exception("telegram work failed")
        with suppress(TimeoutError):
            await asyncio.wait_for(woken.wait(), _LOOK_EVERY)


def webhook_secret(token: str) -> str:
    """What Telegram sends with every update: made from the bot's token, which only Telegram and we know."""
    return hmac.new(token.encode(), b"perheovi webhook", hashlib.sha256).hexdigest()


def assembled(
    app: web.Application, settings: Settings, token: str, *, rest: Rest = asyncio.sleep
) -> Telegram:
    """All parts, joined; `app` has the keys of `appkeys`. Raises `SetupError` without an address for links."""
    if settings.public_url is None:
        raise SetupError(
            "PERHEOVI_PUBLIC_URL is not set: Telegram needs the address of this server as families see it."
        )
    public_url = str(settings.public_url).rstrip("/")
    bot = open_bot(token, str(settings.telegram_api_url))
    database, clock = app[appkeys.DATABASE], app[appkeys.CLOCK]
    to_answer, to_send = asyncio.Event(), asyncio.Event()
    desk = Desk(
        bot=bot,
        database=database,
        clock=clock,
        take_turn=app[appkeys.TAKE_TURN],
        texts=app[appkeys.TEXTS],
        limiter=app[LIMITER],
        public_url=public_url,
        answered=to_send.set,
    )
    return Telegram(
        bot=bot,
        door=Door(bot=bot, database=database, clock=clock, woken=to_answer.set),
        desk=desk,
        sender=Sender(bot=bot, database=database, clock=clock),
        secret=webhook_secret(token),
        public_url=public_url,
        polls=settings.telegram_mode == "polling",
        to_answer=to_answer,
        to_send=to_send,
        rest=rest,
    )


def add_routes(app: web.Application, telegram: Telegram) -> None:
    """Add the address for Telegram, unless we poll, and the pages its links open."""
    if not telegram.polls:
        webhook = Webhook(telegram.bot, telegram.door, telegram.secret)
        app.router.add_post(PATH, webhook.receive)
    app.router.add_get("/continue/{token}", continuing.ask)
    app.router.add_post("/continue/{token}", continuing.go_on)


def add_telegram(app: web.Application, settings: Settings) -> None:
    """Talk with families in Telegram while `app` runs, when there is a token. Raises `SetupError`."""
    if settings.telegram_token is None:
        return
    telegram = assembled(app, settings, settings.telegram_token.get_secret_value())
    add_routes(app, telegram)

    async def run(_app: web.Application) -> AsyncIterator[None]:
        working = asyncio.create_task(telegram.run())
        yield
        working.cancel()
        with suppress(asyncio.CancelledError):
            await working
        await close_bot(telegram.bot)

    app.cleanup_ctx.append(run)
