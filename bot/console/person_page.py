"""One member of staff: name, role and areas, the account closed or opened, a way in for who lost theirs."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from aiohttp import web
from sqlalchemy.orm import Session

from bot.console import reset_page
from bot.console.page import draw, form_of
from bot.console.people_page import known_areas
from bot.console.words import words
from bot.staff import changing, resets, second_factor
from bot.staff.accounts import Account, AccountError, Member
from bot.staff.permissions import ROLES
from bot.web import account_work, handing_over
from bot.web.appkeys import AREAS, DATABASE

_DONE = {
    "save": "saved_done",
    "disable": "disabled_done",
    "enable": "enabled_done",
    "reset": "reset_done",
    "remove_factor": "factor_removed_done",
    "unbind": "unbound_done",
}
_NOT_TO_ONESELF = ("disable", "remove_factor")
_FIELD_OF = {"name_missing": "name", "role_unknown": "role", "last_admin": "role"}


async def show(request: web.Request, member: Member) -> web.StreamResponse:
    """The page."""
    return await _drawn(request, member)


async def change(request: web.Request, member: Member) -> web.StreamResponse:
    """Do what the button says. Whatever takes a right away signs the person out at once."""
    form, staff_id, w = await form_of(request), request.match_info["id"], words()
    what, areas = form.get("what", ""), await known_areas(request)
    if what not in _DONE:
        raise web.HTTPBadRequest
    if staff_id == member.id and what in _NOT_TO_ONESELF:
        return await _drawn(request, member, error=w(f"people.not_yourself_{what}"), status=422)
    made: list[str] = []

    def renewed(session: Session, now: datetime) -> Account | None:
        account = session.get(Account, staff_id)
        if account is not None:
            made.append(resets.make(session, staff_id, now))
        return account

    works: Mapping[str, account_work.Change] = {
        "save": lambda session, _: changing.change(
            session, staff_id, name=form.get("name", ""), role=form.get("role", ""), areas=areas
        ),
        "disable": lambda session, _: changing.disable(session, staff_id),
        "enable": lambda session, _: changing.enable(session, staff_id),
        "reset": renewed,
        "remove_factor": lambda session, _: _without_factor(session, staff_id),
        "unbind": lambda session, _: changing.unbind(session, staff_id),
    }
    action = {"save": "changed", "reset": "reset_made"}.get(what, what)
    try:
        changed = await account_work.change(request.app, member, staff_id, action, works[what])
    except AccountError as error:
        told, typed = w(f"people.{error.reason}"), {**form, "areas": areas}
        errors = {_FIELD_OF.get(error.reason, "name"): told} if what == "save" else {}
        values = typed if what == "save" else None
        return await _drawn(request, member, values=values, errors=errors, error=told, status=422)
    if changed is None:
        raise web.HTTPNotFound
    if what == "disable":
        await handing_over.account_closed(request.app, changed.id, changed.name)
    link = reset_page.link(request, made[0]) if made else ""
    return await _drawn(request, member, done=w(f"people.{_DONE[what]}", name=changed.name), link=link)


def _without_factor(session: Session, staff_id: str) -> Account | None:
    account = session.get(Account, staff_id)
    if account is not None and second_factor.remove(session, staff_id):
        changing.end_sign_ins(session, staff_id)
    return account


async def _drawn(
    request: web.Request,
    member: Member,
    *,
    status: int = 200,
    values: Mapping[str, Any] | None = None,
    errors: Mapping[str, str] | None = None,
    error: str = "",
    done: str = "",
    link: str = "",
) -> web.StreamResponse:
    staff_id = request.match_info["id"]

    def read(session: Session) -> tuple[Account | None, bool]:
        return session.get(Account, staff_id), second_factor.is_on(session, staff_id)

    person, has_factor = await request.app[DATABASE].read(read)
    if person is None:
        raise web.HTTPNotFound
    kept = {"name": person.name, "role": person.role, "areas": person.areas}
    return draw(
        request, member, "staff/person.html",
        status=status, tab="people", person=person, has_factor=has_factor, values=values or kept,
        errors=errors or {}, error=error, done=done, link=link,
        names={area.id: area.name.fi for area in request.app[AREAS].all},
        roles=[(role, words()(f"people.role_{role}")) for role in ROLES],
    )  # fmt: skip
