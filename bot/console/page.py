"""What every console page shares: who may see it, how it is drawn, and how its form is read."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.clock import helsinki
from bot.console.kept import RESUMED, Kept, shown_at
from bot.console.moments import clock_words, language_words
from bot.console.words import words
from bot.staff import sign_ins
from bot.staff.accounts import Member
from bot.staff.permissions import Permission, may
from bot.web.appkeys import CLOCK, LEARNS, PROVIDER
from bot.web.rendering import render
from bot.web.signed_in import Guarded, member_of, note_required

SIGN_IN = "/staff/sign-in"
OWN_ACCOUNT = "/staff/me"
Show = Callable[[web.Request, Member], Awaitable[web.StreamResponse]]

_TABS = (
    ("queue", "/staff/", Permission.READ_CALLBACKS),
    ("day", "/staff/day", Permission.WORK_THE_QUEUE),
    ("alarms", "/staff/alarms", Permission.READ_CALLBACKS),
    ("chats", "/staff/chats", Permission.WORK_THE_QUEUE),
    ("team", "/staff/team", Permission.WORK_THE_QUEUE),
    ("services", "/staff/services", Permission.READ_CATALOGUE),
    ("unclear", "/staff/unclear", Permission.TEACH),
    ("texts", "/staff/texts", Permission.READ_TEXTS),
    ("people", "/staff/people", Permission.MANAGE_STAFF),
    ("audit", "/staff/audit", Permission.READ_AUDIT),
)


@dataclass(frozen=True, slots=True)
class Page:
    """A line of the console's table of pages."""

    method: str
    path: str
    show: Show
    permission: Permission
    refill: Show | None = None
    """Of a form: shows it filled in with what was sent, and does nothing else."""
    most_bytes: int | None = None
    """Of a long form: how much it may send, where that is more than others may."""
    by_itself: bool = False
    """Whether an open page asks for it although nobody does anything."""


def add_page(app: web.Application, page: Page) -> None:
    """Serve `page` to those who may see it."""
    app.router.add_route(page.method, page.path, _guarded(page))
    note_required(app, Guarded(page.method, page.path, page.permission))


def _guarded(page: Page) -> Handler:
    async def show(request: web.Request) -> web.StreamResponse:
        member = await member_of(request, by_itself=page.by_itself)
        if member is None:
            return await ask_to_sign_in(request)
        if member.must_enrol and page.permission is not Permission.OWN_ACCOUNT:
            raise web.HTTPSeeOther(OWN_ACCOUNT)
        if not member.may(page.permission):
            return draw(request, member, "staff/refused.html", status=403)
        if page.most_bytes:
            request = request.clone(client_max_size=page.most_bytes)
        if request.method == "POST" and RESUMED in await request.post():
            if page.refill is None:
                raise web.HTTPSeeOther(shown_at(request.path))
            return await page.refill(request, member)
        return await page.show(request, member)

    return show


async def ask_to_sign_in(request: web.Request) -> web.StreamResponse:
    """To the sign-in page and back; what somebody had typed into a form comes along."""
    if request.method == "GET":
        raise web.HTTPSeeOther(f"{SIGN_IN}?next={quote(request.path_qs, safe='')}")
    kept = Kept.lost(request.path, (await request.post()).items())
    notice = "sign_in.kept" if kept else "sign_in.again"
    return draw_sign_in(request, status=401, notice=notice, kept=kept, next=shown_at(request.path))


def draw_sign_in(request: web.Request, *, status: int = 200, **context: Any) -> web.Response:
    """The sign-in page."""
    return draw_open(
        request, "staff/sign_in.html", status=status, provider=request.app.get(PROVIDER), **context
    )


def home_of(role: str) -> str:
    """The first page of somebody in this role."""
    return "/staff/" if may(role, Permission.READ_CALLBACKS) else "/staff/services"


def draw(
    request: web.Request, member: Member, template: str, *, status: int = 200, **context: Any
) -> web.Response:
    """A page for somebody signed in."""
    tabs = [
        (key, href)
        for key, href, permission in _TABS
        if member.may(permission) and (key != "unclear" or request.app[LEARNS])
    ]
    return draw_open(request, template, status=status, member=member, tabs=tabs, **context)


def draw_open(request: web.Request, template: str, *, status: int = 200, **context: Any) -> web.Response:
    """A page for anybody. `w` gives the console's words; what a page leaves out is empty."""
    given: dict[str, Any] = {
        "member": None, "tabs": [], "tab": None, "notice": None, "kept": None, "email": "", "next": "/staff/",
        "values": {},
    }  # fmt: skip
    at = clock_words(helsinki(request.app[CLOCK]()).time())
    return render(
        request,
        template,
        status=status,
        language="fi",
        w=words(),
        at=at,
        language_name=language_words,
        idle_seconds=int(sign_ins.IDLE.total_seconds()),
        **(given | context),
    )


async def form_of(request: web.Request) -> dict[str, str]:
    """The form's fields, each trimmed; of several of one name the first. Files are left out."""
    form = await request.post()
    fields: dict[str, str] = {}
    for name, value in form.items():
        if isinstance(value, str):
            fields.setdefault(name, value.strip())
    return fields


async def chosen(request: web.Request, name: str) -> tuple[str, ...]:
    """Every ticked value of one name, in order, each once."""
    form = await request.post()
    return tuple(dict.fromkeys(value for value in form.getall(name, []) if isinstance(value, str)))
