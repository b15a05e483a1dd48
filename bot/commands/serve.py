"""`perheovi serve` and what it needs: the installation prepared, the server run, addresses and sign-ins printed."""

import errno
import gc
import socket

from aiohttp import web

from bot.app import Options, build, open_parts
from bot.app import prepare as prepare_installation
from bot.app.parts import open_database, prepare_database
from bot.clock import Clock, SettableClock, system_clock
from bot.commands.settings import log_to_stderr, read_settings
from bot.settings import Settings, SetupError
from bot.staff import accounts
from bot.staff import demo as demo_staff

_NO_ADMIN = """Nobody has an account yet. Make the first admin, and type a password of 10 characters or more:
  perheovi staff add name@example.org --role admin --name "First Last"
"""

_END_WITHIN_SECONDS = 20
"""How long what was accepted may take once the server is told to stop; with the jobs it is gone after 25."""


def serve(
    *,
    host: str = "127.0.0.1",
    port: int = 8080,
    demo: bool = False,
    enable_api: bool = False,
    test_clock: bool = False,
) -> None:
    """Run the server.

    Args:
        host: The address to listen on.
        port: The port to listen on.
        demo: Seed demo staff, show a banner, open the REST channel without a token.
        enable_api: Open the Rasa-compatible /model/parse.
        test_clock: Let PUT /test/clock set the time; for tests only.
    """
    log_to_stderr()
    settings = read_settings()
    clock: Clock = SettableClock() if test_clock else system_clock
    if test_clock and settings.effective_database_url().startswith("postgresql") and not demo:
        raise SetupError("--test-clock is for tests: it is refused with a production database. Leave it out.")
    listening = _listen(host, port)
    _say_first_time(settings)
    prepare_installation(settings, clock)
    parts = open_parts(settings, clock)
    if demo:
        parts.database.write_now(lambda session: demo_staff.seed(session, clock()))
    application = build(parts, Options(demo=demo, enable_api=enable_api, test_clock=test_clock))
    if not demo and not parts.database.read_now(accounts.everybody):
        print(_NO_ADMIN, flush=True)
    _print_addresses(host, listening.getsockname()[1], demo=demo)
    gc.freeze()  # what was read at the start stays; the collector need not look at it again
    web.run_app(
        application, sock=listening, print=None, access_log=None, shutdown_timeout=_END_WITHIN_SECONDS
    )


def prepare() -> None:
    """Make the installation ready without serving: database, catalogue, model. Quick when nothing is to be done."""
    log_to_stderr()
    settings = read_settings()
    _say_first_time(settings)
    prepare_installation(settings, system_clock)


def upgrade_database() -> None:
    """Bring the tables up to date, and seed an empty catalogue."""
    settings = read_settings()
    database = open_database(settings)
    try:
        prepare_database(settings, database, system_clock)
    finally:
        database.close()
    print("The database is up to date.")


def _listen(host: str, port: int) -> socket.socket:
    """Take the port before anything slow begins; raises `SetupError` when somebody else has it."""
    try:
        return socket.create_server((host, port), backlog=256)
    except OSError as error:
        reasons = {
            errno.EADDRINUSE: f"port {port} is taken by another program; stop it, or choose another with --port",
            errno.EACCES: f"port {port} needs more rights; choose one above 1023 with --port",
        }
        reason = reasons.get(error.errno or 0, f"cannot listen on {host}:{port}: {error.strerror}")
        raise SetupError(f"{reason[0].upper()}{reason[1:]}.") from error


def _say_first_time(settings: Settings) -> None:
    if not settings.effective_model_path().exists():
        print("Preparing for the first time: database, catalogue, model. This takes a minute.", flush=True)


def _print_addresses(host: str, port: int, *, demo: bool) -> None:
    address = f"http://{host}:{port}"
    print(f"Perheovi is open.\n  Families:  {address}/\n  Staff:     {address}/staff/", flush=True)
    if demo:
        print(f"  Demo sign-ins, password {demo_staff.PASSWORD}:")
        for person in demo_staff.PEOPLE:
            print(f"    {person.email:<22} {person.role}", flush=True)
