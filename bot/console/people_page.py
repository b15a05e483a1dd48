"""Who works here: add somebody, close an account, give a new password."""

from collections.abc import Mapping
from typing import Any

from aiohttp import web
from sqlalchemy.orm import Session

from bot import audit
from bot.console.page import chosen, draw, form_of
from bot.console.words import words
from bot.staff import accounts
from bot.staff.accounts import Account, AccountError, Member
from bot.staff.permissions import ROLES
from bot.web.appkeys import ANNOUNCER, AREAS, CLOCK, DATABASE
from bot.web.live import SIGN_INS

_FIELD_OF = {
    "email_invalid": "email", "email_taken": "email", "role_unknown": "role", "name_missing": "name",
    "password_short": "password",
}  # fmt: skip


async def show(request: web.Request, member: Member) -> web.StreamResponse:
    """The list and the form."""
    return await _drawn(request, member)


async def add(request: web.Request, member: Member) -> web.StreamResponse:
    """Make an account."""
    form, areas, now = await form_of(request), await chosen(request, "areas"), request.app[CLOCK]()
    known = [area for area in areas if area in request.app[AREAS].by_id]

    def work(session: Session) -> Account:
        made = accounts.add(
            session,
            email=form.get("email", ""),
            name=form.get("name", ""),
            role=form.get("role", ""),
            password=form.get("password", ""),
            areas=known,
            now=now,
        )
        session.flush()
        audit.record(session, member.id, "added", "staff", [made.id], now=now)
        return made

    try:
        made = await request.app[DATABASE].write(work)
    except AccountError as error:
        errors = {_FIELD_OF.get(error.reason, "name"): words()(f"people.{error.reason}")}
        return await _drawn(request, member, values={**form, "areas": areas}, errors=errors, status=422)
    return await _drawn(request, member, done=words()("people.added", name=made.name))


async def change(request: web.Request, member: Member) -> web.StreamResponse:
    """Close or open an account, or give it a new password. What was open under it ends at once."""
    form, now, w = await form_of(request), request.app[CLOCK](), words()
    staff_id, what = request.match_info["id"], form.get("what", "")
    if staff_id == member.id and what == "disable":
        return await _drawn(request, member, error=w("people.not_yourself"), status=422)

    def work(session: Session) -> Account | None:
        account = session.get(Account, staff_id)
        if account is None:
            return None
        if what == "disable":
            accounts.disable(session, staff_id)
        elif what == "enable":
            accounts.enable(session, staff_id)
        elif what == "password":
            accounts.set_password(session, account.email, form.get("password", ""))
        audit.record(session, member.id, what, "staff", [staff_id], now=now)
        return account

    if what not in ("disable", "enable", "password"):
        raise web.HTTPBadRequest
    try:
        changed = await request.app[DATABASE].write(work)
    except AccountError as error:
        return await _drawn(request, member, error=w(f"people.{error.reason}"), status=422)
    if changed is None:
        raise web.HTTPNotFound
    request.app[ANNOUNCER].announce(SIGN_INS)
    key = {"disable": "disabled_done", "enable": "enabled_done", "password": "password_done"}[what]
    return await _drawn(request, member, done=w(f"people.{key}", name=changed.name))


async def _drawn(
    request: web.Request,
    member: Member,
    *,
    status: int = 200,
    values: Mapping[str, Any] | None = None,
    errors: Mapping[str, str] | None = None,
    error: str = "",
    done: str = "",
) -> web.StreamResponse:
    names = {area.id: area.name.fi for area in request.app[AREAS].all}
    return draw(
        request, member, "staff/people.html",
        status=status, tab="people", people=await request.app[DATABASE].read(accounts.everybody), names=names,
        roles=[(role, words()(f"people.role_{role}")) for role in ROLES], values=values or {}, errors=errors or {},
        error=error, done=done,
    )  # fmt: skip
