"""Choosing a new password behind a one-time link, and asking for such a link."""

import asyncio

import structlog
from aiohttp import web
from sqlalchemy.orm import Session

from bot import audit
from bot.console.page import SIGN_IN, draw_open, form_of
from bot.console.words import words
from bot.staff import accounts, resets
from bot.staff.accounts import Account, AccountError
from bot.web.appkeys import ANNOUNCER, CLOCK, DATABASE, PUBLIC_URL, SEND_LETTER
from bot.web.limits import LIMITER, RESETS_BY_ADDRESS, RESETS_BY_MAIL, client_address
from bot.web.live import SIGN_INS
from bot.web.signed_in import our_address

RESET, FORGOT = "/staff/reset", "/staff/forgot"
UNDER_WAY: set[asyncio.Task[None]] = set()
"""Letters that are being sent."""

log = structlog.get_logger()


def link(request: web.Request, token: str) -> str:
    """The address to hand over."""
    return f"{our_address(request)}{RESET}?token={token}"


async def ask(request: web.Request) -> web.StreamResponse:
    """The form behind the link."""
    token, now = request.query.get("token", ""), request.app[CLOCK]()
    account = await request.app[DATABASE].read(lambda session: resets.holder(session, token, now))
    return _drawn(request, account, token)


async def choose(request: web.Request) -> web.StreamResponse:
    """Take the new password. The link is used up and every sign-in ended."""
    form, now = await form_of(request), request.app[CLOCK]()
    token = form.get("token", "")

    def work(session: Session) -> Account | None:
        account = resets.use(session, token, str(form.get("password", "")), now)
        if account is not None:
            audit.record(session, account.id, "password_chosen", "staff", [account.id], now=now)
        return account

    try:
        account = await request.app[DATABASE].write(work)
    except AccountError as error:
        account = await request.app[DATABASE].read(lambda session: resets.holder(session, token, now))
        return _drawn(request, account, token, status=422, error=words()(f"people.{error.reason}"))
    if account is None:
        return _drawn(request, None, token)
    request.app[ANNOUNCER].announce(SIGN_INS)
    raise web.HTTPSeeOther(f"{SIGN_IN}?chosen=1")


async def forgot(request: web.Request) -> web.StreamResponse:
    """How to get in again: by a letter where there is mail, else through an admin."""
    return _drawn_forgot(request)


async def send(request: web.Request) -> web.StreamResponse:
    """Send a link, when the address is somebody's. The answer is the same, and as quick, for every address."""
    if not _has_mail(request.app):
        raise web.HTTPNotFound
    email, limiter = (await form_of(request)).get("email", "")[:254].lower(), request.app[LIMITER]
    if not limiter.allow(RESETS_BY_ADDRESS, client_address(request)):
        raise web.HTTPTooManyRequests(headers={"Retry-After": "600"})
    if limiter.allow(RESETS_BY_MAIL, email):
        # Looked up and sent after the answer: how long it takes must not tell who works here.
        sending = asyncio.create_task(_send(request, email))
        UNDER_WAY.add(sending)
        sending.add_done_callback(UNDER_WAY.discard)
    return _drawn_forgot(request, is_sent=True)


async def _send(request: web.Request, email: str) -> None:
    now, send_letter = request.app[CLOCK](), request.app[SEND_LETTER]

    def work(session: Session) -> str | None:
        account = accounts.by_email(session, email)
        if account is None or not account.active:
            return None
        audit.record(session, account.id, "reset_asked", "staff", [account.id], now=now)
        return resets.make(session, account.id, now)

    token = await request.app[DATABASE].write(work)
    if token is None or send_letter is None:
        return
    w = words()
    text = w("reset.letter", link=link(request, token))
    if not await send_letter(email, w("reset.subject"), text):
        log.warning("reset letter not sent")


def _has_mail(app: web.Application) -> bool:
    # The link in a letter is made from the setting alone: a forged Host header must not choose where it leads.
    return app.get(SEND_LETTER) is not None and app.get(PUBLIC_URL) is not None


def _drawn(
    request: web.Request, account: Account | None, token: str, *, status: int = 200, error: str = ""
) -> web.Response:
    if account is None:
        return draw_open(request, "staff/reset.html", status=410, account=None, token="", error="")
    return draw_open(request, "staff/reset.html", status=status, account=account, token=token, error=error)


def _drawn_forgot(request: web.Request, *, is_sent: bool = False) -> web.Response:
    return draw_open(request, "staff/forgot.html", has_mail=_has_mail(request.app), is_sent=is_sent)
