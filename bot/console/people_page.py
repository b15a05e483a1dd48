"""Who works here, people and programs: add somebody, add a token."""

from collections.abc import Mapping
from typing import Any

from aiohttp import web
from sqlalchemy.orm import Session

from bot import audit
from bot.console import reset_page
from bot.console.page import chosen, draw, form_of
from bot.console.words import words
from bot.staff import accounts, resets, second_factor, tokens
from bot.staff.accounts import Account, AccountError, Member
from bot.staff.permissions import ROLES, SCOPES
from bot.staff.tokens import ApiToken
from bot.web.appkeys import AREAS, CLOCK, DATABASE

_FIELD_OF = {"email_invalid": "email", "email_taken": "email", "role_unknown": "role", "name_missing": "name"}
_TOKEN_FIELD_OF = {"days_wrong": "days", "role_unknown": "token_role"}


async def show(request: web.Request, member: Member) -> web.StreamResponse:
    """The lists and the forms."""
    return await _drawn(request, member)


async def add(request: web.Request, member: Member) -> web.StreamResponse:
    """Make an account, and the link behind which its person chooses a password."""
    form, now = await form_of(request), request.app[CLOCK]()
    areas = await known_areas(request)

    def work(session: Session) -> tuple[Account, str]:
        made = accounts.add(
            session,
            email=form.get("email", ""),
            name=form.get("name", ""),
            role=form.get("role", ""),
            password=None,
            areas=areas,
            now=now,
        )
        audit.record(session, member.id, "added", "staff", [made.id], now=now)
        return made, resets.make(session, made.id, now)

    try:
        made, token = await request.app[DATABASE].write(work)
    except AccountError as error:
        errors = {_FIELD_OF.get(error.reason, "name"): words()(f"people.{error.reason}")}
        return await _drawn(request, member, values={**form, "areas": areas}, errors=errors, status=422)
    done = words()("people.added", name=made.name)
    return await _drawn(request, member, done=done, link=reset_page.link(request, token))


async def add_token(request: web.Request, member: Member) -> web.StreamResponse:
    """Make a token for a program; it is shown once."""
    form, areas, now = await form_of(request), await known_areas(request), request.app[CLOCK]()
    scopes = await chosen(request, "scopes")

    def work(session: Session) -> str:
        days = form.get("days") or "0"
        token = tokens.add(
            session, name=form.get("token_name", ""), role=form.get("token_role", ""), scopes=scopes, areas=areas,
            days=None if days == "0" else int(days) if days.isdecimal() else -1, now=now,
        )  # fmt: skip
        made = tokens.by_name(session, form.get("token_name", ""))
        audit.record(session, member.id, "added", "token", [made.id] if made else [], now=now)
        return token

    try:
        token = await request.app[DATABASE].write(work)
    except AccountError as error:
        errors = {_TOKEN_FIELD_OF.get(error.reason, "token_name"): words()(f"tokens.{error.reason}")}
        typed = {**form, "token_areas": areas, "scopes": scopes}
        return await _drawn(request, member, values=typed, token_errors=errors, status=422)
    return await _drawn(request, member, token=token)


async def revoke_token(request: web.Request, member: Member) -> web.StreamResponse:
    """End a token."""
    now, token_id = request.app[CLOCK](), request.match_info["id"]

    def work(session: Session) -> ApiToken | None:
        ended = tokens.revoke(session, token_id, now)
        if ended is not None:
            audit.record(session, member.id, "revoked", "token", [token_id], now=now)
        return ended

    ended = await request.app[DATABASE].write(work)
    if ended is None:
        raise web.HTTPNotFound
    return await _drawn(request, member, done=words()("tokens.revoked_done", name=ended.name))


async def known_areas(request: web.Request) -> list[str]:
    """The areas ticked in the form, as far as they exist."""
    return [area for area in await chosen(request, "areas") if area in request.app[AREAS].by_id]


async def _drawn(
    request: web.Request,
    member: Member,
    *,
    status: int = 200,
    values: Mapping[str, Any] | None = None,
    errors: Mapping[str, str] | None = None,
    token_errors: Mapping[str, str] | None = None,
    done: str = "",
    link: str = "",
    token: str = "",
) -> web.StreamResponse:
    now = request.app[CLOCK]()

    def read(session: Session) -> tuple[list[Account], frozenset[str], list[ApiToken]]:
        return accounts.everybody(session), second_factor.everybody_with(session), tokens.everything(session)

    people, with_factor, programs = await request.app[DATABASE].read(read)
    names = {area.id: area.name.fi for area in request.app[AREAS].all}
    return draw(
        request, member, "staff/people.html",
        status=status, tab="people", people=people, with_factor=with_factor, names=names,
        roles=[(role, words()(f"people.role_{role}")) for role in ROLES], values=values or {}, errors=errors or {},
        done=done, link=link, token=token, token_errors=token_errors or {}, programs=programs, now=now,
        scopes=[(scope, words()(f"tokens.scope_{scope.replace(':', '_')}")) for scope in SCOPES],
    )  # fmt: skip
