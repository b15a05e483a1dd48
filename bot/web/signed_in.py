"""Who of the staff asks: the cookie of a signed-in browser, or a program's bearer token.

Console and API name, for each of their routes, the permission it needs; `REQUIRED` keeps that on the application,
so that a test can compare the whole router with it.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from aiohttp import web

from bot.database import Database
from bot.staff import sign_ins, tokens
from bot.staff.accounts import Member
from bot.staff.permissions import Permission
from bot.web.appkeys import CLOCK, DATABASE, PUBLIC_URL, SECOND_FACTOR_REQUIRED, TRUSTED_PROXIES

BY_ITSELF = "Perheovi-By-Itself"
"""The header of what an open page asks for although nobody has done anything; it is no use of the sign-in."""
_LONGEST_SECONDS = int(sign_ins.LONGEST.total_seconds())


@dataclass(frozen=True, slots=True)
class Guarded:
    """One route of staff, and what it takes to use it. No permission: open to everybody (the sign-in page)."""

    method: str
    path: str
    permission: Permission | None


REQUIRED: web.AppKey[list[Guarded]] = web.AppKey("required")


def note_required(app: web.Application, guarded: Guarded) -> None:
    """Write a route into the application's list of guarded routes."""
    app.setdefault(REQUIRED, []).append(guarded)


def cookie_name(request: web.Request) -> str:
    """`__Host-…` where the browser allows it: over https. Plain http is for one's own machine."""
    return "__Host-perheovi" if is_secure(request) else "perheovi_staff"


def is_secure(request: web.Request) -> bool:
    """Whether the browser came over https, to us or to the proxy in front of us."""
    behind_proxy = request.app.get(TRUSTED_PROXIES, 0) > 0
    return request.secure or (behind_proxy and request.headers.get("X-Forwarded-Proto") == "https")


def our_address(request: web.Request) -> str:
    """How people reach this server, without a slash at its end: as it is set, else as this request came."""
    set_up = request.app.get(PUBLIC_URL)
    return set_up or f"{'https' if is_secure(request) else 'http'}://{request.host}"


def token_of(request: web.Request) -> str | None:
    """The sign-in token in the browser's cookie."""
    return request.cookies.get(cookie_name(request))


def sign_in_of(request: web.Request) -> str | None:
    """A mark of the browser's sign-in; None without one."""
    token = token_of(request)
    return sign_ins.fingerprint(token) if token else None


def is_by_itself(request: web.Request) -> bool:
    """Whether an open page asks for this although nobody has done anything."""
    return BY_ITSELF in request.headers


def set_cookie(request: web.Request, response: web.StreamResponse, token: str) -> None:
    """Keep the sign-in in this browser until it is closed or twelve hours have passed."""
    response.set_cookie(
        cookie_name(request),
        token,
        path="/",
        max_age=_LONGEST_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=is_secure(request),
    )


def forget_cookie(request: web.Request, response: web.StreamResponse) -> None:
    """Take the sign-in out of this browser."""
    response.del_cookie(
        cookie_name(request), path="/", secure=is_secure(request), httponly=True, samesite="Lax"
    )


async def member_of(request: web.Request, *, by_itself: bool = False) -> Member | None:
    """Who asks; None for somebody unknown. A bearer token, where one is sent, counts alone.

    `by_itself`: the browser asks although nobody has done anything, as for a stream; so does `BY_ITSELF` say.
    """
    database, now = request.app[DATABASE], request.app[CLOCK]()
    scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return await _program(database, bearer.strip(), now)
    token = token_of(request)
    if token is None:
        return None
    found = await database.read(lambda session: sign_ins.current(session, token, now))
    if found is None:
        return None
    if found.is_due and not by_itself and not is_by_itself(request):
        # At most once a minute, so that showing a page costs no write.
        await database.write(lambda session: sign_ins.seen(session, token, now))
    required = request.app.get(SECOND_FACTOR_REQUIRED, False)
    return replace(found.member, must_enrol=required and not found.has_second_factor)


async def _program(database: Database, token: str, now: datetime) -> Member | None:
    found = await database.read(lambda session: tokens.current(session, token, now))
    if found is None:
        return None
    if found.is_due:  # once a day
        await database.write(lambda session: tokens.used(session, token, now))
    return found.member


async def still_signed_in(request: web.Request) -> bool:
    """Whether the sign-in a stream was opened with goes on. Does not count as using it."""
    database, now, token = request.app[DATABASE], request.app[CLOCK](), token_of(request)
    if token is None:
        return False
    return await database.read(lambda session: sign_ins.holder(session, token, now)) is not None
