"""Signing in and out: the password, then the code of those who have a second factor."""

from typing import Any

import structlog
from aiohttp import web

from bot.clock import helsinki
from bot.console.kept import Kept, inside
from bot.console.moments import clock_words
from bot.console.page import SIGN_IN, draw_open, draw_sign_in, form_of, home_of
from bot.console.words import words
from bot.staff import sign_ins
from bot.staff.accounts import Member
from bot.staff.sign_ins import MustWait, NeedsCode, Refused, SignedIn, StartAgain
from bot.web import handing_over
from bot.web.appkeys import ANNOUNCER, CLOCK, DATABASE
from bot.web.limits import LIMITER, SIGN_INS_BY_ADDRESS, client_address
from bot.web.live import SIGN_INS
from bot.web.signed_in import forget_cookie, member_of, set_cookie, token_of

CODE = "/staff/sign-in/code"

log = structlog.get_logger()


async def ask(request: web.Request) -> web.StreamResponse:
    """The sign-in page; who is signed in already goes on."""
    going = inside(request.query.get("next", ""))
    if await member_of(request) is not None:
        raise web.HTTPSeeOther(going)
    notice = next((f"sign_in.{key}" for key in ("signed_out", "chosen") if key in request.query), None)
    return draw_sign_in(request, next=going, notice=notice)


async def enter(request: web.Request) -> web.StreamResponse:
    """Look at address and password."""
    form, kept = await form_of(request), await _kept(request)
    email, going = form.get("email", ""), inside(form.get("next", ""))
    _refuse_a_flood(request)
    outcome = await sign_ins.sign_in(
        request.app[DATABASE], email[:254], form.get("password", ""), now=request.app[CLOCK]()
    )
    match outcome:
        case SignedIn():
            return await signed_in(request, outcome, going, kept)
        case NeedsCode(box=box):
            return _draw_code(request, box=box, next=going, kept=kept)
        case MustWait():
            answer = draw_sign_in(
                request, status=429, error=_wait(outcome), email=email, next=going, kept=kept
            )
            return _later(request, answer, outcome)
        case Refused():
            _count_refusal(request)
            error = words()("sign_in.refused")
            return draw_sign_in(request, status=403, error=error, email=email, next=going, kept=kept)


async def ask_code(_request: web.Request) -> web.StreamResponse:
    """The code page cannot be opened by itself: it follows the password."""
    raise web.HTTPSeeOther(SIGN_IN)


async def enter_code(request: web.Request) -> web.StreamResponse:
    """Look at the code; half signed in, nothing else can be done."""
    form, kept, now = await form_of(request), await _kept(request), request.app[CLOCK]()
    box, code, going = form.get("box", ""), form.get("code", ""), inside(form.get("next", ""))
    _refuse_a_flood(request)
    outcome = await request.app[DATABASE].write(
        lambda session: sign_ins.give_code(session, box, code[:40], now)
    )
    match outcome:
        case SignedIn():
            return await signed_in(request, outcome, going, kept)
        case StartAgain():
            error = words()("sign_in.start_again")
            return draw_sign_in(request, status=403, error=error, next=going, kept=kept)
        case MustWait():
            answer = _draw_code(request, status=429, error=_wait(outcome), box=box, next=going, kept=kept)
            return _later(request, answer, outcome)
        case Refused():
            _count_refusal(request)
            error = words()("sign_in.code_refused")
            return _draw_code(request, status=403, error=error, box=box, next=going, kept=kept)


async def signed_in(
    request: web.Request, outcome: SignedIn, going: str, kept: Kept | None = None
) -> web.StreamResponse:
    """Let somebody in: a new token, the browser's earlier one ended, and on to where they were going."""
    member, earlier = outcome.member, token_of(request)
    log.info("signed in", staff=member.id)
    if earlier is not None:
        await request.app[DATABASE].write(lambda session: sign_ins.sign_out(session, earlier))
        request.app[ANNOUNCER].announce(SIGN_INS)
    going = home_of(member.role) if going == "/staff/" else going
    response: web.StreamResponse = (
        draw_open(request, "staff/resume.html", to=kept.to, fields=kept.again())
        if kept
        else web.Response(status=303, headers={"Location": going})
    )
    set_cookie(request, response, outcome.token)
    return response


async def leave(request: web.Request, member: Member) -> web.StreamResponse:
    """Sign out: the sign-in is forgotten here, its streams end, and what was held is in the queue again."""
    token = token_of(request)
    if token is not None:
        await request.app[DATABASE].write(lambda session: sign_ins.sign_out(session, token))
        await handing_over.signed_out(request.app, member)
    request.app[ANNOUNCER].announce(SIGN_INS)
    response = web.HTTPSeeOther(f"{SIGN_IN}?signed_out=1")
    forget_cookie(request, response)
    raise response


async def _kept(request: web.Request) -> Kept | None:
    form = await request.post()
    return Kept.carried(form, form.items())


def _refuse_a_flood(request: web.Request) -> None:
    # Only refusals count: a whole office signs in from one address at eight.
    if request.app[LIMITER].is_spent(SIGN_INS_BY_ADDRESS, client_address(request)):
        raise web.HTTPTooManyRequests(headers={"Retry-After": "60"})


def _count_refusal(request: web.Request) -> None:
    log.warning("sign-in refused")
    request.app[LIMITER].allow(SIGN_INS_BY_ADDRESS, client_address(request))


def _draw_code(request: web.Request, *, status: int = 200, **context: Any) -> web.Response:
    return draw_open(request, "staff/sign_in_code.html", status=status, **context)


def _wait(outcome: MustWait) -> str:
    return words()("sign_in.wait", time=clock_words(helsinki(outcome.until).time()))


def _later(request: web.Request, answer: web.Response, outcome: MustWait) -> web.Response:
    seconds = (outcome.until - request.app[CLOCK]()).total_seconds()
    answer.headers["Retry-After"] = str(max(int(seconds), 1))
    return answer
