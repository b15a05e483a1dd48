"""The web application: every part under its key, every route, what starts and stops with it."""

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from aiohttp import web

from bot.api.routes import add_routes as add_api
from bot.app.account_parts import add_accounts
from bot.app.parts import Parts
from bot.channels import letters, missed_call, model, notices, settable_clock, telegram
from bot.channels.routes import add_routes as add_channels
from bot.channels.socket_io import add_socket_io
from bot.clock import SettableClock
from bot.console.routes import add_routes as add_console
from bot.jobs import link_checking
from bot.jobs.alarming import alarm_jobs
from bot.jobs.job import Sweep, Work
from bot.jobs.running import Runner, scheduler
from bot.jobs.table import JOBS
from bot.live_chat import reading
from bot.staff import changing
from bot.web import appkeys
from bot.web.body import MAX_BODY_BYTES
from bot.web.live import CHATS, LIVE_CHAT, QUEUE, SIGN_INS, Announcer, watching
from bot.web.open_consoles import OPEN, note
from bot.web.queue_watch import EVERY_SECONDS, QueueWatch
from bot.web.setup import prepare

_PARTS: web.AppKey[Parts] = web.AppKey("parts")
_WORKS: web.AppKey[Sequence[Work]] = web.AppKey("works")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How this server is run."""

    demo: bool = False
    enable_api: bool = False
    test_clock: bool = False


def build(parts: Parts, options: Options) -> web.Application:
    """The application, ready to be run; it closes the parts when it stops."""
    app = web.Application(client_max_size=MAX_BODY_BYTES)
    announcer = Announcer()
    turns = replace(
        parts.turns,
        booked=lambda: announcer.announce(QUEUE),
        passed_on=lambda: announcer.announce(LIVE_CHAT),
    )
    app[_PARTS] = parts
    app[appkeys.DATABASE] = parts.database
    app[appkeys.CLOCK] = parts.clock
    app[appkeys.TAKE_TURN] = turns.take
    app[appkeys.TEXTS] = lambda: parts.content.now().texts
    app[appkeys.AREAS] = parts.areas
    app[appkeys.CATALOGUE] = parts.catalogue
    app[appkeys.ROTA] = parts.turns.rota
    app[appkeys.ANNOUNCER] = announcer
    app[appkeys.EMBED_ORIGINS] = frozenset(parts.settings.embed_origins.split())
    app[appkeys.LINK_CHECK] = parts.settings.link_check
    app[appkeys.LEARNS] = parts.settings.learn_from_messages
    app[appkeys.LEASE] = timedelta(minutes=parts.settings.lease_minutes)
    app[appkeys.DEMO] = options.demo
    app[appkeys.DATA_DIR] = parts.settings.data_dir
    app[appkeys.TRUSTED_PROXIES] = parts.settings.trusted_proxies
    token = parts.settings.channel_token
    app[appkeys.CHANNEL_TOKEN] = token.get_secret_value() if token else None
    add_accounts(app, parts.settings, demo=options.demo)
    prepare(app)
    app[OPEN] = Counter()
    app[_WORKS] = (
        Work("send notices", notices.add_notices(app, parts.settings).work_off, 2),
        Work("send letters", letters.add_letters(app, parts.settings).work_off, 5),
        Work("note open consoles", partial(note, app), 20),
    )
    _add_routes(app, parts, options)
    app.on_shutdown.append(_end_streams)
    app.cleanup_ctx.append(_run_parts)
    telegram.add_telegram(app, parts.settings)  # after the parts, for it must stop before they are closed
    return app


def _add_routes(app: web.Application, parts: Parts, options: Options) -> None:
    add_channels(app)
    if options.demo or app[appkeys.EMBED_ORIGINS]:  # where no page may use it, it is not served
        add_socket_io(app)
    missed_call.add_missed_calls(app, parts.settings)
    add_api(app)
    add_console(app)
    if options.enable_api:
        model.add_routes(app, parts.understander)
    if options.test_clock and isinstance(parts.clock, SettableClock):
        settable_clock.add_routes(app, parts.clock)


async def _end_streams(app: web.Application) -> None:
    app[appkeys.ANNOUNCER].close()


async def _run_parts(app: web.Application) -> AsyncIterator[None]:
    parts = app[_PARTS]
    runner = Runner(parts.database, parts.clock)
    led = (
        *JOBS,
        *alarm_jobs(parts.areas, parts.turns.rota),
        *(Sweep(*line) for line in telegram.SWEEPS),
    )
    works = app[_WORKS]
    if parts.settings.link_check:
        led = (*led, link_checking.NIGHTLY)
        works = (*works, link_checking.link_work(parts.database, parts.clock, runner))
    ticking = scheduler(runner, led, works, parts.content.refresh)
    await runner.seek()
    ticking.start()
    announcer, queue = app[appkeys.ANNOUNCER], QueueWatch()
    async with (
        watching(announcer, lambda: parts.database.read(queue.look), every_seconds=EVERY_SECONDS),
        watching(announcer, lambda: parts.database.read(reading.standing), topic=CHATS),
        watching(announcer, lambda: parts.database.read(reading.revision), topic=LIVE_CHAT),
        watching(announcer, lambda: parts.database.read(changing.endings), topic=SIGN_INS),
    ):
        yield
    ticking.shutdown(wait=False)
    await runner.stop()
    parts.close()
