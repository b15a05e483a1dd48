"""Signing in and out."""

from urllib.parse import urlsplit

from aiohttp import web

from bot.clock import helsinki
from bot.console.moments import clock_words
from bot.console.page import SIGN_IN, draw_open, form_of
from bot.console.words import words
from bot.staff import sign_ins
from bot.staff.accounts import Member
from bot.staff.permissions import Permission
from bot.staff.sign_ins import MustWait, Refused, SignedIn
from bot.web.appkeys import ANNOUNCER, CLOCK, DATABASE
from bot.web.limits import LIMITER, SIGN_INS_BY_ADDRESS, client_address
from bot.web.live import SIGN_INS
from bot.web.signed_in import forget_cookie, member_of, set_cookie, token_of


async def ask(request: web.Request) -> web.StreamResponse:
    """The sign-in page; who is signed in already goes on."""
    going = _safe(request.query.get("next", ""))
    if await member_of(request) is not None:
        raise web.HTTPSeeOther(going)
    notice = "sign_in.signed_out" if "out" in request.query else None
    return draw_open(request, "staff/sign_in.html", next=going, notice=notice)


async def enter(request: web.Request) -> web.StreamResponse:
    """Look at address and password."""
    form = await form_of(request)
    email, going = form.get("email", ""), _safe(form.get("next", ""))
    limiter, address = request.app[LIMITER], client_address(request)
    # Only refusals count: a whole office signs in from one address at eight.
    if limiter.is_spent(SIGN_INS_BY_ADDRESS, address):
        raise web.HTTPTooManyRequests(headers={"Retry-After": "60"})
    outcome = await sign_ins.sign_in(
        request.app[DATABASE], email[:254], form.get("password", ""), now=request.app[CLOCK]()
    )
    match outcome:
        case SignedIn(member=member, token=token):
            if going == "/staff/" and not member.may(Permission.READ_CALLBACKS):
                going = "/staff/services"
            response = web.HTTPSeeOther(going)
            set_cookie(request, response, token)
            raise response
        case MustWait(until=until):
            error = words()("sign_in.wait", time=clock_words(helsinki(until).time()))
            response_ = draw_open(
                request, "staff/sign_in.html", status=429, error=error, email=email, next=going
            )
            seconds = (until - request.app[CLOCK]()).total_seconds()
            response_.headers["Retry-After"] = str(max(int(seconds), 1))
            return response_
        case Refused():
            limiter.allow(SIGN_INS_BY_ADDRESS, address)
            error = words()("sign_in.refused")
            return draw_open(request, "staff/sign_in.html", status=403, error=error, email=email, next=going)


async def leave(request: web.Request, _member: Member) -> web.StreamResponse:
    """Sign out: the sign-in is forgotten here and its streams end."""
    token = token_of(request)
    if token is not None:
        await request.app[DATABASE].write(lambda session: sign_ins.sign_out(session, token))
    request.app[ANNOUNCER].announce(SIGN_INS)
    response = web.HTTPSeeOther(f"{SIGN_IN}?out=1")
    forget_cookie(request, response)
    raise response


def _safe(address: str) -> str:
    """Where to go after signing in: a page of the console, whatever the address says."""
    parts = urlsplit(address)
    inside = parts.path.startswith("/staff/") and not parts.scheme and not parts.netloc
    if not inside or parts.path == SIGN_IN or "\\" in address:
        return "/staff/"
    return parts.path + (f"?{parts.query}" if parts.query else "")
