"""One's own account: who I am here, the second factor, the password."""

from typing import Any

import segno
from aiohttp import web
from markupsafe import Markup
from sqlalchemy.orm import Session

from bot.clock import helsinki
from bot.console.moments import clock_words
from bot.console.page import draw, form_of, home_of
from bot.console.words import words
from bot.staff import second_factor
from bot.staff.accounts import Account, AccountError, Member
from bot.staff.second_factor import Offer
from bot.staff.sign_ins import MustWait
from bot.web import account_work
from bot.web.appkeys import AREAS, CLOCK, DATABASE, SECOND_FACTOR_REQUIRED
from bot.web.signed_in import set_cookie


async def show(request: web.Request, member: Member) -> web.StreamResponse:
    """The page. Who must have a second factor and has none is led straight to making one."""
    return await _drawn(request, member)


async def change(request: web.Request, member: Member) -> web.StreamResponse:
    """Make, renew or take away the second factor, or choose another password."""
    form = await form_of(request)
    code, w = form.get("code", "")[:40], words()
    match form.get("what"):
        case "begin":
            return await _drawn(request, member, offered=await _offer(request, member))
        case "confirm":
            return await _confirm(request, member, form.get("box", ""), code)
        case "off":
            taken = await account_work.with_code(
                request.app, member, code, "second_factor_off", lambda s: second_factor.remove(s, member.id)
            )
            return await _told(request, member, taken, done=w("me.off_done"))
        case "codes":
            codes = await account_work.with_code(
                request.app,
                member,
                code,
                "recovery_codes_renewed",
                lambda session: second_factor.renew_recovery_codes(session, member.id),
            )
            if isinstance(codes, tuple):
                return await _drawn(request, member, codes=codes)
            return await _told(request, member, codes)
        case "password":
            return await _choose_password(request, member, form.get("old", ""), form.get("password", ""))
        case _:
            raise web.HTTPBadRequest


async def _confirm(request: web.Request, member: Member, box: str, code: str) -> web.StreamResponse:
    enrolled = await account_work.enrol(request.app, member, box, code)
    if enrolled is None:
        offered, error = await _offer(request, member, box), words()("me.code_wrong")
        return await _drawn(request, member, status=422, offered=offered, error=error)
    response = await _drawn(request, member, codes=enrolled.codes)
    set_cookie(request, response, enrolled.token)
    return response


async def _choose_password(request: web.Request, member: Member, old: str, new: str) -> web.StreamResponse:
    w = words()
    try:
        chosen = await account_work.choose_password(request.app, member, old, new)
    except AccountError as error:
        return await _drawn(request, member, status=422, error=w(f"people.{error.reason}"))
    if not isinstance(chosen, str):
        wrong = w("me.password_wrong")
        return await _told(request, member, chosen if isinstance(chosen, MustWait) else None, wrong=wrong)
    response = await _drawn(request, member, done=w("me.password_done"))
    set_cookie(request, response, chosen)
    return response


async def _told(
    request: web.Request, member: Member, outcome: object, *, done: str = "", wrong: str = ""
) -> web.StreamResponse:
    w = words()
    match outcome:
        case MustWait(until=until):
            error = w("sign_in.wait", time=clock_words(helsinki(until).time()))
            return await _drawn(request, member, status=429, error=error)
        case None:
            return await _drawn(request, member, status=422, error=wrong or w("me.code_wrong"))
        case _:
            return await _drawn(request, member, done=done)


async def _offer(request: web.Request, member: Member, box: str = "") -> Offer:
    now = request.app[CLOCK]()

    def work(session: Session) -> Offer:
        return second_factor.offer(session, session.get_one(Account, member.id), now, earlier=box)

    return await request.app[DATABASE].read(work)


async def _drawn(
    request: web.Request,
    member: Member,
    *,
    status: int = 200,
    offered: Offer | None = None,
    codes: tuple[str, ...] = (),
    error: str = "",
    done: str = "",
) -> web.StreamResponse:
    def read(session: Session) -> tuple[bool, int, bool]:
        return (
            second_factor.is_on(session, member.id),
            second_factor.recovery_codes_left(session, member.id),
            bool(session.get_one(Account, member.id).password_hash),
        )

    is_on, left, has_password = await request.app[DATABASE].read(read)
    if member.must_enrol and not is_on and offered is None:
        offered = await _offer(request, member)
    names = {area.id: area.name.fi for area in request.app[AREAS].all}
    given: dict[str, Any] = {
        "areas": [names.get(area, area) for area in member.areas],
        "is_on": is_on,
        "left": left,
        "offered": offered,
        "picture": _picture(offered.link) if offered else None,
        "codes": codes,
        "error": error,
        "done": done,
        "has_password": has_password,
        "home": home_of(member.role),
        "required": request.app.get(SECOND_FACTOR_REQUIRED, False),
    }
    return draw(request, member, "staff/me.html", status=status, tab="me", **given)


def _picture(link: str) -> Markup:
    """The link as a QR code: an inline drawing, black on white in every colour scheme."""
    drawn = segno.make(link, error="m").svg_inline(scale=5, border=4, light="#fff", svgclass="qr")
    return Markup(drawn)  # noqa: S704  (made by the library; the link holds no markup of anybody's)
