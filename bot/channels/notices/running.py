"""Which ways there are in this installation, and the sender that uses them."""

from collections.abc import Mapping

from aiohttp import web

from bot.callbacks.notices import Way
from bot.channels.notices.by_telegram import TelegramChat
from bot.channels.notices.mail import open_server
from bot.channels.notices.sending import Notifier
from bot.channels.notices.sms import open_gateway
from bot.channels.notices.telling import Deliver
from bot.clock import Clock
from bot.database import Database
from bot.settings import Settings
from bot.web import appkeys


def set_up(settings: Settings) -> frozenset[Way]:
    """The ways that have their settings."""
    given = {Way.SMS: settings.sms_url, Way.EMAIL: settings.smtp_url, Way.TELEGRAM: settings.telegram_token}
    return frozenset(way for way, setting in given.items() if setting is not None)


def ways_of(settings: Settings, database: Database, clock: Clock) -> Mapping[Way, Deliver]:
    """Those ways, ready to be used. Raises `SetupError`."""
    ways: dict[Way, Deliver] = {}
    if settings.sms_url is not None:
        token = settings.sms_token.get_secret_value() if settings.sms_token else None
        ways[Way.SMS] = open_gateway(settings.sms_url, token, settings.sms_from).deliver
    if settings.smtp_url is not None:
        ways[Way.EMAIL] = open_server(settings.smtp_url.get_secret_value(), settings.smtp_from).deliver
    if settings.telegram_token is not None:
        ways[Way.TELEGRAM] = TelegramChat(database, clock).deliver
    return ways


def add_notices(app: web.Application, settings: Settings) -> Notifier:
    """The sender for `app`, whose keys are filled; pages learn which ways there are. Raises `SetupError`."""
    database, clock = app[appkeys.DATABASE], app[appkeys.CLOCK]
    app[appkeys.NOTICE_WAYS] = set_up(settings)
    ways = ways_of(settings, database, clock)
    return Notifier(database=database, clock=clock, texts=app[appkeys.TEXTS], ways=ways)
