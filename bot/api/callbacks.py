"""The calls about callbacks: list, read, claim, release, hand over, record, close, enter."""

import re

from aiohttp import web

from bot.api.callbacks_given import CallbackOut, CallbacksOut
from bot.api.callbacks_models import (
    AttemptIn,
    CallbackIn,
    CloseIn,
    CorrectIn,
    ListQuery,
)
from bot.api.calls import Call, ProblemError
from bot.callbacks import call_note, follow_ups
from bot.callbacks.callback import Callback, as_json
from bot.callbacks.narrowing import Narrowed
from bot.callbacks.once import KeyUsedError, Once
from bot.callbacks.request import Claimed, Gone, HeldBy, NotClaimed, Saved, State
from bot.staff.accounts import Member
from bot.staff.permissions import Permission
from bot.web import correcting, entering, staff_work
from bot.web.appkeys import AREAS, CLOCK, NOTE_HEADINGS
from bot.web.staff_work import Done

_PATH = "/api/v1/callbacks"
_KEY = re.compile(r"[\x21-\x7e]{1,200}")
_KEY_HEADER = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "A key of your own for this request. Sent again within two days, with the same body, it enters "
    "nothing and answers the same callback; with another body it is refused with 422.",
    "schema": {"type": "string", "pattern": r"^[\x21-\x7e]{1,200}$"},
}
_UNFIT = {"bad": "not a day after today and within a year", "closed": "nobody works on that day"}
ONE = _PATH + "/{id}"


async def listed(request: web.Request, member: Member, query: ListQuery) -> CallbacksOut:
    """A page of callbacks with masked numbers."""
    state = None if query.state == "all" else State(query.state)
    narrowed = Narrowed(
        language=query.language,
        need=query.need,
        late=None if query.late is None else query.late == "true",
        held_by=member.id if query.mine == "true" else None,
        not_held_by=member.id if query.mine == "false" else None,
        updated_since=query.updated_since,
    )
    callbacks, total = await staff_work.listed(
        request.app,
        member,
        state,
        limit=query.limit,
        offset=query.offset,
        areas=None if query.area is None else (query.area,),
        narrowed=narrowed,
    )
    return CallbacksOut(items=[_out(callback, masked=True) for callback in callbacks], total=total)


async def one(request: web.Request, member: Member) -> CallbackOut:
    """One callback with its whole number."""
    return await _shown(request, member, request.match_info["id"])


async def claim(request: web.Request, member: Member) -> CallbackOut:
    """Take it."""
    return await after(request, member, await staff_work.claim(request.app, member, request.match_info["id"]))


async def release(request: web.Request, member: Member) -> CallbackOut:
    """Give it back."""
    done = await staff_work.release(request.app, member, request.match_info["id"])
    return await after(request, member, done)


async def attempt(request: web.Request, member: Member, body: AttemptIn) -> CallbackOut:
    """Record a try."""
    done = await staff_work.attempt(
        request.app, member, request.match_info["id"], body.result, note=body.note
    )
    return await after(request, member, done)


async def close(request: web.Request, member: Member, body: CloseIn) -> CallbackOut:
    """End it, and agree on a day of a follow-up where one is given."""
    day = body.follow_up_on
    if day is not None and (unfit := follow_ups.unfit(day, request.app[CLOCK]())):
        raise ProblemError(422, f"follow_up_on: {_UNFIT[unfit]}")
    parts = body.note_parts.model_dump() if body.note_parts else {}
    done = await staff_work.close(
        request.app,
        member,
        request.match_info["id"],
        body.outcome,
        services=body.services,
        note=call_note.composed(body.note or "", parts, request.app[NOTE_HEADINGS]),
        follow_up_on=day,
    )
    return await after(request, member, done)


async def enter(request: web.Request, member: Member, body: CallbackIn) -> CallbackOut:
    """Add one that came another way."""
    new = body.request()
    _check_municipality(request, new.municipality)
    try:
        wish = body.time_wish()
    except ValueError as error:
        raise ProblemError(422, str(error)) from error
    try:
        entered = await entering.enter(request.app, member, new, wish, once=_once(request, member, body))
    except KeyUsedError as error:
        raise ProblemError(422, "this Idempotency-Key was used for another request") from error
    return _out(entered.callback, masked=False)


def _check_municipality(request: web.Request, name: str | None) -> None:
    if name is not None and request.app[AREAS].name_of(name) is None:
        raise ProblemError(422, "no such municipality (give its Finnish or Swedish name)")


def _once(request: web.Request, member: Member, body: CallbackIn) -> Once | None:
    """The key under which this request is entered once, when there is one."""
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return None
    if not _KEY.fullmatch(key):
        raise ProblemError(400, "Idempotency-Key: 1 to 200 visible ASCII characters")
    return Once(member.id, key, body.model_dump_json())


async def correct(request: web.Request, member: Member, body: CorrectIn) -> CallbackOut:
    """Put right what is wrong in it."""
    _check_municipality(request, body.municipality)
    callback_id = request.match_info["id"]
    done = await correcting.correct(request.app, member, callback_id, body.changes(), version=body.version)
    if isinstance(done, correcting.Changed):
        raise ProblemError(409, "somebody has changed this callback since", version=done.version)
    if isinstance(done, correcting.ForeignArea):
        raise ProblemError(403, "this municipality is of an area that you do not reach")
    return await after(request, member, done)


async def after(request: web.Request, member: Member, done: Done) -> CallbackOut:
    """The callback as it now is. Raises `ProblemError` when nothing was changed."""
    match done:
        case HeldBy(name=name):
            raise ProblemError(409, f"{name} has this callback", holder=name)
        case NotClaimed():
            raise ProblemError(409, "claim this callback first", holder=None)
        case Gone(state=None):
            raise ProblemError(404, "no such callback")
        case Gone(state=state):
            raise ProblemError(409, f"this callback is {state} already", holder=None, state=state)
        case Saved() | Claimed():
            return await _shown(request, member, request.match_info["id"])


async def _shown(request: web.Request, member: Member, callback_id: str) -> CallbackOut:
    found = await staff_work.opened(request.app, member, callback_id)
    if found is None:
        raise ProblemError(404, "no such callback")
    return _out(found, masked=False)


def _out(callback: Callback, *, masked: bool) -> CallbackOut:
    return CallbackOut.model_validate(as_json(callback, masked=masked) | {"version": callback.version})


_READ, _WORK = Permission.READ_CALLBACKS, Permission.WORK_THE_QUEUE
_CHANGES = (404, 409)

CALLS = (
    Call(method="GET", path=_PATH, handler=listed, permission=_READ, query=ListQuery, answer=CallbacksOut, paged=True,
         summary="List callbacks, most urgent first, numbers masked"),
    Call(method="POST", path=_PATH, handler=enter, permission=_WORK, body=CallbackIn, answer=CallbackOut,
         status=201, headers=(_KEY_HEADER,),
         summary="Enter a call that came by telephone or on paper"),
    Call(method="GET", path=ONE, handler=one, permission=_READ, answer=CallbackOut, problems=(404,),
         summary="One callback with its whole number; the reading is audited"),
    Call(method="PATCH", path=ONE, handler=correct, permission=_WORK, body=CorrectIn, answer=CallbackOut,
         problems=_CHANGES, summary="Put right what an open request says; the history tells which fields"),
    Call(method="POST", path=ONE + "/claim", handler=claim, permission=_WORK, answer=CallbackOut,
         problems=_CHANGES, summary="Take it; 409 names the holder when a colleague was quicker"),
    Call(method="POST", path=ONE + "/release", handler=release, permission=_WORK, answer=CallbackOut,
         problems=_CHANGES, summary="Put it back into the queue"),
    Call(method="POST", path=ONE + "/attempts", handler=attempt, permission=_WORK, body=AttemptIn,
         answer=CallbackOut, problems=_CHANGES,
         summary="Record a try; unanswered, it goes back to the queue with a later one"),
    Call(method="POST", path=ONE + "/close", handler=close, permission=_WORK, body=CloseIn,
         answer=CallbackOut, problems=_CHANGES,
         summary="End it with its outcome, the services guided to, a note and the day of a follow-up"),
)  # fmt: skip
