"""The calls by which a callback changes hands, several requests of one number become one call, and a person decides."""

from typing import Annotated

from aiohttp import web
from pydantic import AwareDatetime, Field

from bot.api.callbacks import ONE, after
from bot.api.callbacks_given import CallbackOut
from bot.api.callbacks_models import TransferIn, Words
from bot.api.calls import Call, Model, ProblemError
from bot.callbacks.deciding import Decision, NoCallingTimeError
from bot.staff.accounts import Member
from bot.staff.permissions import Permission
from bot.web import deciding, handing_over, same_number, staff_work

_ID = r"^[0-9a-f]{32}$"


class OfferIn(TransferIn):
    """To whom, and a few words for them."""

    note: Annotated[str, Field(max_length=handing_over.LONGEST_NOTE)] | None = None


class OtherIn(Model):
    """Another request of the same number."""

    other: Annotated[str, Field(pattern=_ID)]


class DecisionIn(Model):
    """What comes after three tries or more. To end it, `close` it as `unreachable`."""

    decision: Decision
    at: AwareDatetime | None = None
    """When to ring again, within the area's calling hours; needed for `try_again`."""
    note: Words | None = None


async def offer(request: web.Request, member: Member, body: OfferIn) -> CallbackOut:
    """Offer it to a colleague; `holder` stays until they accept."""
    callback_id, wanted = request.match_info["id"], body.to.strip().lower()
    holders = await staff_work.holders(request.app, member, callback_id)
    if holders is None:
        raise ProblemError(404, "no such callback")
    # An id or an address is one person's own; a name, as `holder` shows it, only when nobody shares it.
    meant = [who for who in holders if wanted in (who.id, who.email)]
    meant = meant or [who for who in holders if wanted == who.name.lower()]
    if len(meant) != 1:
        raise ProblemError(
            422, "nobody, or more than one, of that id, e-mail address or name works the queue of its area"
        )
    if meant[0].id == member.id:
        raise ProblemError(422, "nobody hands a callback to themselves")
    done = await handing_over.offer(request.app, member, callback_id, meant[0], body.note)
    return await after(request, member, done)


async def accept(request: web.Request, member: Member) -> CallbackOut:
    """Take what a colleague offers."""
    return await after(
        request, member, await handing_over.accept(request.app, member, request.match_info["id"])
    )


async def decline(request: web.Request, member: Member) -> CallbackOut:
    """Leave it with the colleague."""
    done = await handing_over.decline(request.app, member, request.match_info["id"])
    return await after(request, member, done)


async def withdraw(request: web.Request, member: Member) -> CallbackOut:
    """Take one's own offer back."""
    done = await handing_over.withdraw(request.app, member, request.match_info["id"])
    return await after(request, member, done)


async def merge(request: web.Request, member: Member, body: OtherIn) -> CallbackOut:
    """Answer another request of the number with this call."""
    done = await same_number.merge(request.app, member, request.match_info["id"], body.other)
    return await after(request, member, done)


async def split(request: web.Request, member: Member, body: OtherIn) -> CallbackOut:
    """Take a merge back."""
    done = await same_number.split(request.app, member, request.match_info["id"], body.other)
    return await after(request, member, done)


async def set_apart(request: web.Request, member: Member, body: OtherIn) -> CallbackOut:
    """Leave two requests side by side."""
    done = await same_number.set_apart(request.app, member, request.match_info["id"], body.other)
    return await after(request, member, done)


async def decide(request: web.Request, member: Member, body: DecisionIn) -> CallbackOut:
    """Decide what comes after three tries."""
    try:
        done = await deciding.decide(
            request.app, member, request.match_info["id"], body.decision, at=body.at, note=body.note
        )
    except NoCallingTimeError as error:
        raise ProblemError(422, f"at: {error}") from error
    return await after(request, member, done)


_WORK, _CHANGES = Permission.WORK_THE_QUEUE, (404, 409)

CALLS = (
    Call(method="POST", path=ONE + "/transfer", handler=offer, permission=_WORK, body=OfferIn,
         answer=CallbackOut, problems=_CHANGES,
         summary="Offer it to a colleague; holder stays until they accept, offered_to names them"),
    Call(method="POST", path=ONE + "/transfer/accept", handler=accept, permission=_WORK, answer=CallbackOut,
         problems=_CHANGES, summary="Take what a colleague offers"),
    Call(method="POST", path=ONE + "/transfer/decline", handler=decline, permission=_WORK, answer=CallbackOut,
         problems=_CHANGES, summary="Leave what a colleague offers with that colleague"),
    Call(method="POST", path=ONE + "/transfer/withdraw", handler=withdraw, permission=_WORK,
         answer=CallbackOut, problems=_CHANGES, summary="Take one's own offer back"),
    Call(method="POST", path=ONE + "/merge", handler=merge, permission=_WORK, body=OtherIn,
         answer=CallbackOut, problems=_CHANGES,
         summary="Let the call one holds answer another request of the same number as well"),
    Call(method="POST", path=ONE + "/split", handler=split, permission=_WORK, body=OtherIn,
         answer=CallbackOut, problems=_CHANGES, summary="Take a merge back while one holds the call"),
    Call(method="POST", path=ONE + "/apart", handler=set_apart, permission=_WORK, body=OtherIn,
         answer=CallbackOut, problems=_CHANGES,
         summary="Two open requests of one number are different matters and stay side by side"),
    Call(method="POST", path=ONE + "/decision", handler=decide, permission=_WORK, body=DecisionIn,
         answer=CallbackOut, problems=_CHANGES,
         summary="Decide what comes after three tries: once more at a chosen time, write, or a coordinator"),
)  # fmt: skip
