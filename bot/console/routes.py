"""Every page of the console, in one table with the permission it takes."""

from aiohttp import web

from bot.console import (
    alarms_page,
    audit_page,
    call_page,
    call_services,
    chat_page,
    choice_page,
    day_page,
    enter_page,
    here_page,
    imports_page,
    links_page,
    live_page,
    me_page,
    people_page,
    person_page,
    provider_page,
    queue_page,
    reset_page,
    service_reports_page,
    service_round_page,
    service_steps,
    services_list,
    services_page,
    sign_in,
    team_page,
    texts_page,
    transfer_page,
    unclear_page,
)
from bot.console.call_form import heading_words
from bot.console.page import OWN_ACCOUNT, SIGN_IN, Page, add_page
from bot.console.words import words
from bot.staff.permissions import Permission
from bot.web.appkeys import NOTE_HEADINGS
from bot.web.signed_in import Guarded, note_required

_ONE = "/staff/callbacks/{id:[0-9a-f]{32}}"
_CHAT = "/staff/chats/{id:[0-9a-f]{32}}"
_PERSON = "/staff/people/{id:[0-9a-f]{32}}"
_LINK = "/staff/services/links/{id:[0-9a-f]{32}}"
_LINK = "/staff/services/links/{id:[0-9a-f]{32}}"
_ENTRY = "/staff/services/{id:[a-z0-9-]+}"
_READ, _WORK, _EDIT = Permission.READ_CALLBACKS, Permission.WORK_THE_QUEUE, Permission.EDIT_CATALOGUE

_WHOLE_ENTRY = 512 * 1024
"""Bytes: an entry has texts in eight languages, and a register's may have a hundred ways to reach it."""
PAGES = (
    Page("GET", "/staff/", queue_page.show, _READ),
    Page("POST", "/staff/", queue_page.search, _READ),
    Page("GET", "/staff/crises", queue_page.crises, _READ),
    Page("GET", "/staff/live", live_page.stream, Permission.BE_SIGNED_IN, by_itself=True),
    Page("GET", here_page.HERE, here_page.ending, Permission.OWN_ACCOUNT, by_itself=True),
    Page("POST", here_page.HERE, here_page.used, Permission.OWN_ACCOUNT),
    Page("POST", "/staff/sign-out", sign_in.leave, Permission.OWN_ACCOUNT),
    Page("GET", "/staff/callbacks/new", enter_page.ask, _WORK),
    Page("POST", "/staff/callbacks", enter_page.enter, _WORK, enter_page.refill),
    Page("GET", _ONE, call_page.show, _READ),
    Page("POST", _ONE + "/claim", queue_page.claim, _WORK),
    Page("POST", _ONE + "/release", call_page.release, _WORK),
    Page("POST", _ONE + "/transfer", transfer_page.offer, _WORK),
    Page("POST", _ONE + "/transfer/accept", transfer_page.accept, _WORK),
    Page("POST", _ONE + "/transfer/decline", transfer_page.decline, _WORK),
    Page("POST", _ONE + "/transfer/withdraw", transfer_page.withdraw, _WORK),
    Page("POST", _ONE + "/merge", choice_page.merge, _WORK),
    Page("POST", _ONE + "/split", choice_page.split, _WORK),
    Page("POST", _ONE + "/apart", choice_page.set_apart, _WORK),
    Page("POST", _ONE + "/decide", choice_page.decide, _WORK),
    Page("POST", _ONE + "/number", call_page.number, _WORK, call_page.refill),
    Page("POST", _ONE + "/renew", call_page.renew, _WORK),
    Page("POST", _ONE + "/earlier", call_page.earlier, _WORK, call_page.refill),
    Page("POST", _ONE + "/draft", call_page.draft, _WORK),
    Page("POST", _ONE + "/record", call_page.record, _WORK, call_page.refill),
    Page("POST", _ONE + "/follow-up/start", call_page.begin_follow_up, _WORK),
    Page("POST", _ONE + "/follow-up/end", call_page.end_follow_up, _WORK),
    Page("GET", "/staff/alarms", alarms_page.show, _READ),
    Page("POST", "/staff/alarms/{id:[a-z0-9-]+}", alarms_page.acknowledge, _WORK),
    Page("GET", "/staff/digest", alarms_page.digest, Permission.READ_FIGURES),
    Page("GET", "/staff/day", day_page.show, _WORK),
    Page("POST", "/staff/day/feed", day_page.renew_feed, _WORK),
    Page("POST", "/staff/day/feed/end", day_page.end_feed, _WORK),
    Page("GET", "/staff/chats", chat_page.show_all, _WORK),
    Page("GET", _CHAT, chat_page.show, _WORK),
    Page("POST", _CHAT + "/take", chat_page.take, _WORK),
    Page("POST", _CHAT + "/say", chat_page.say, _WORK, chat_page.refill),
    Page("POST", _CHAT + "/seen", chat_page.seen, _WORK),
    Page("POST", _CHAT + "/end", chat_page.end, _WORK),
    Page("GET", "/staff/team", team_page.show, _WORK),
    Page("POST", "/staff/team/hours", team_page.hours, _WORK),
    Page("POST", "/staff/team/absences", team_page.absence, _WORK),
    Page("POST", "/staff/team/absences/{id:[0-9a-f]{32}}/remove", team_page.no_absence, _WORK),
    Page("POST", "/staff/team/exceptions", team_page.exception, Permission.MANAGE_TEAM),
    Page(
        "POST",
        "/staff/team/exceptions/{id:[0-9a-f]{32}}/remove",
        team_page.no_exception,
        Permission.MANAGE_TEAM,
    ),
    Page("GET", "/staff/services", services_list.show, Permission.READ_CATALOGUE),
    Page("POST", "/staff/services", services_page.save, _EDIT, services_page.refill, _WHOLE_ENTRY),
    Page("GET", "/staff/services/find", call_services.find_services, Permission.READ_CATALOGUE),
    Page("GET", "/staff/services/reports", service_reports_page.show, _EDIT),
    Page("POST", "/staff/services/reports/{id:[0-9a-f]{32}}", service_reports_page.handle, _EDIT),
    Page("GET", "/staff/services/new", services_page.new, _EDIT),
    Page("GET", "/staff/services/check", service_round_page.show, _EDIT),
    Page("GET", "/staff/services/links", links_page.show, Permission.READ_CATALOGUE),
    Page("POST", _LINK + "/ignore", links_page.ignore, _EDIT),
    Page("POST", _LINK + "/replace", links_page.replace, _EDIT),
    Page(
        "POST",
        "/staff/services/preview",
        services_page.preview,
        Permission.READ_CATALOGUE,
        most_bytes=_WHOLE_ENTRY,
    ),
    Page("GET", imports_page.LIST, imports_page.show, _EDIT),
    Page("POST", imports_page.LIST, imports_page.decide, _EDIT),
    Page("GET", imports_page.LIST + "/{id:[0-9a-f]{32}}", imports_page.one, _EDIT),
    Page("POST", imports_page.LIST + "/{id:[0-9a-f]{32}}", imports_page.decide_one, _EDIT),
    Page("GET", _ENTRY, services_page.edit, Permission.READ_CATALOGUE),
    Page("POST", _ENTRY, services_page.save, _EDIT, services_page.refill, _WHOLE_ENTRY),
    Page("POST", _ENTRY + "/step", service_steps.take, _EDIT),
    Page("POST", _ENTRY + "/check", service_steps.check, _EDIT),
    Page("POST", _ENTRY + "/restore", service_steps.restore, _EDIT),
    Page("POST", _ENTRY + "/owners", service_steps.give, Permission.MANAGE_STAFF),
    Page("GET", "/staff/unclear", unclear_page.show, Permission.TEACH),
    Page("GET", "/staff/unclear/{language}.yml", unclear_page.proposed, Permission.TEACH),
    Page("POST", "/staff/unclear/{id:[0-9a-f]{32}}", unclear_page.change, Permission.TEACH),
    Page("GET", "/staff/texts", texts_page.show, Permission.READ_TEXTS),
    Page("GET", "/staff/audit", audit_page.show, Permission.READ_AUDIT),
    Page("POST", "/staff/audit", audit_page.find, Permission.READ_AUDIT),
    Page("POST", "/staff/audit/export", audit_page.export, Permission.READ_AUDIT),
    Page("GET", "/staff/people", people_page.show, Permission.MANAGE_STAFF),
    Page("POST", "/staff/people", people_page.add, Permission.MANAGE_STAFF),
    Page("GET", _PERSON, person_page.show, Permission.MANAGE_STAFF),
    Page("POST", _PERSON, person_page.change, Permission.MANAGE_STAFF),
    Page("POST", "/staff/tokens", people_page.add_token, Permission.MANAGE_STAFF),
    Page("POST", "/staff/tokens/{id:[0-9a-f]{32}}", people_page.revoke_token, Permission.MANAGE_STAFF),
    Page("GET", OWN_ACCOUNT, me_page.show, Permission.OWN_ACCOUNT),
    Page("POST", OWN_ACCOUNT, me_page.change, Permission.OWN_ACCOUNT),
)
"""Closed until opened: a page not in this table is not served."""

_OPEN = (
    ("GET", SIGN_IN, sign_in.ask),
    ("POST", SIGN_IN, sign_in.enter),
    ("GET", sign_in.CODE, sign_in.ask_code),
    ("POST", sign_in.CODE, sign_in.enter_code),
    ("GET", provider_page.START, provider_page.start),
    ("GET", provider_page.BACK, provider_page.back),
    ("GET", reset_page.RESET, reset_page.ask),
    ("POST", reset_page.RESET, reset_page.choose),
    ("GET", reset_page.FORGOT, reset_page.forgot),
    ("POST", reset_page.FORGOT, reset_page.send),
    ("GET", "/staff/day.ics", day_page.feed),
)
"""All that is open to everybody: the ways in, and the feed of a calendar, which brings a key of its own."""


def add_routes(app: web.Application) -> None:
    """Serve the console, and tell others of its words for the headings of a call note."""
    app[NOTE_HEADINGS] = heading_words(words())
    for method, path, handler in _OPEN:
        app.router.add_route(method, path, handler)
        note_required(app, Guarded(method, path, None))
    for page in PAGES:
        add_page(app, page)
    app.router.add_get("/staff", _with_slash)
    note_required(app, Guarded("GET", "/staff", None))


async def _with_slash(_request: web.Request) -> web.StreamResponse:
    raise web.HTTPSeeOther("/staff/")
