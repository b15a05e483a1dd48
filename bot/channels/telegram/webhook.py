"""`POST /webhooks/telegram`: an update that Telegram brings, acknowledged only when it is kept."""

import hmac
from dataclasses import dataclass

import structlog
from aiohttp import web
from telegram import Bot, Update

from bot.channels.telegram.arrivals import read
from bot.channels.telegram.door import Door
from bot.web.body import json_object
from bot.web.problem import problem

log = structlog.get_logger()

PATH = "/webhooks/telegram"
_SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  (the header's name)


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where Telegram knocks, and how we know that it is Telegram."""

    bot: Bot
    door: Door
    secret: str

    async def receive(self, request: web.Request) -> web.Response:
        """200 when kept (or nothing to keep), 401 for a stranger, 503 when Telegram is to send it again."""
        given = request.headers.get(_SECRET, "")
        if not hmac.compare_digest(given.encode(), self.secret.encode()):
            return problem(401, "This address is for Telegram alone")
        body = await json_object(request)
        try:
            update = Update.de_json(body, self.bot)
            arrival = read(update)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            return _unread(error)
        if arrival is None:
            return web.Response()
        try:
            await self.door.take_in([arrival])
        except Exception as error:  # noqa: BLE001  (whatever it is: what is not kept is not acknowledged)
            log.error("telegram update not kept", update=arrival.update_id, error=type(error).__name__)  # noqa: TRY400
            return problem(503, "Not kept; send it again")
        return web.Response()


def _unread(error: Exception) -> web.Response:
    """Of what is no update the next try would be none either."""
    log.warning("telegram update unreadable", error=type(error).__name__)
    return problem(400, "This is no update of the Bot API")
