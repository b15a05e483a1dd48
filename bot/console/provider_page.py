"""Signing in through the organisation: to its provider and back."""

import base64
import hmac
from datetime import datetime, timedelta
from typing import Any

import structlog
from aiohttp import web

from bot.console.kept import inside
from bot.console.page import draw_sign_in
from bot.console.sign_in import signed_in
from bot.console.words import words
from bot.database import Database, keys_of
from bot.keys import SealBrokenError
from bot.staff import identity
from bot.staff.identity import Identity, UntrustedTokenError
from bot.staff.provider import Asked, Provider, ProviderError
from bot.staff.sign_ins import SignedIn
from bot.web.appkeys import CLOCK, DATABASE, PROVIDER
from bot.web.limits import LIMITER, SIGN_INS_BY_ADDRESS, client_address
from bot.web.signed_in import is_secure, our_address

START, BACK = "/staff/provider", "/staff/provider/back"
_LASTS = timedelta(minutes=10)
_PLACE = "provider sign-in"

log = structlog.get_logger()


async def start(request: web.Request) -> web.StreamResponse:
    """To the provider. What its answer must fit is sealed into a cookie of this browser alone."""
    provider, now = _provider(request), request.app[CLOCK]()
    try:
        asked = await provider.ask(_back_to(request), now)
    except ProviderError as error:
        return _failed(request, "provider_silent", str(error))
    going = inside(request.query.get("next", ""))
    response = web.Response(status=303, headers={"Location": asked.address})
    sealed = await _sealed(request.app[DATABASE], asked, going, now)
    response.set_cookie(
        _cookie_name(request), sealed, path="/", max_age=int(_LASTS.total_seconds()), httponly=True,
        samesite="Lax", secure=is_secure(request),
    )  # fmt: skip
    return response


async def back(request: web.Request) -> web.StreamResponse:
    """From the provider: its answer must belong to the question of this very browser, and works once."""
    provider, now = _provider(request), request.app[CLOCK]()
    if request.app[LIMITER].is_spent(SIGN_INS_BY_ADDRESS, client_address(request)):
        raise web.HTTPTooManyRequests(headers={"Retry-After": "60"})
    try:
        who, going = await _vouched_for(request, provider, now)
    except ProviderError as error:
        return _failed(request, "provider_silent", str(error))
    except UntrustedTokenError as error:
        return _failed(request, "provider_again", str(error))
    outcome = await request.app[DATABASE].write(lambda session: identity.sign_in(session, who, now))
    if not isinstance(outcome, SignedIn):
        return _failed(request, f"provider_{outcome}", outcome)
    response = await signed_in(request, outcome, going)
    _forget(request, response)
    return response


async def _vouched_for(request: web.Request, provider: Provider, now: datetime) -> tuple[Identity, str]:
    """Who the provider says this is, and where they were going. Raises `ProviderError`, `UntrustedTokenError`."""
    asked, answer = await _opened(request, now), request.query
    if asked is None or not hmac.compare_digest(asked["state"].encode(), answer.get("state", "").encode()):
        raise UntrustedTokenError("not asked for by this browser")
    if answer.get("iss", provider.issuer) != provider.issuer:  # RFC 9207
        raise UntrustedTokenError("the answer of another provider")
    if not answer.get("code"):
        raise UntrustedTokenError("no code")
    who = await provider.identity(answer["code"], asked["verifier"], asked["nonce"], _back_to(request), now)
    return who, asked["next"]


def _provider(request: web.Request) -> Provider:
    provider = request.app.get(PROVIDER)
    if provider is None:
        raise web.HTTPNotFound
    return provider


def _failed(request: web.Request, key: str, why: str) -> web.Response:
    """Tell what to do; the reason is for the log, and names nobody."""
    request.app[LIMITER].allow(SIGN_INS_BY_ADDRESS, client_address(request))
    log.warning("provider sign-in refused", reason=why)
    answer = draw_sign_in(request, status=403, error=words()(f"sign_in.{key}"))
    _forget(request, answer)
    return answer


def _back_to(request: web.Request) -> str:
    return our_address(request) + BACK


def _cookie_name(request: web.Request) -> str:
    return "__Host-perheovi-provider" if is_secure(request) else "perheovi_provider"


def _forget(request: web.Request, response: web.StreamResponse) -> None:
    response.del_cookie(
        _cookie_name(request), path="/", secure=is_secure(request), httponly=True, samesite="Lax"
    )


async def _sealed(database: Database, asked: Asked, going: str, now: datetime) -> str:
    held = {
        "state": asked.state, "nonce": asked.nonce, "verifier": asked.verifier, "next": going,
        "until": (now + _LASTS).timestamp(),
    }  # fmt: skip
    box = await database.read(lambda session: keys_of(session).seal(_PLACE, held))
    return base64.urlsafe_b64encode(box).decode()


async def _opened(request: web.Request, now: datetime) -> dict[str, Any] | None:
    database = request.app[DATABASE]
    sealed = request.cookies.get(_cookie_name(request), "")
    try:
        box = base64.urlsafe_b64decode(sealed.encode())
        held: dict[str, Any] = await database.read(lambda session: keys_of(session).open(_PLACE, box))
    except (ValueError, SealBrokenError):
        return None
    return held if now.timestamp() < held["until"] else None
