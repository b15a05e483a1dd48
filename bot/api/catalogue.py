"""The calls about the catalogue: list, read, add, change (as a draft), publish."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from aiohttp import web
from pydantic import ConfigDict, Field

from bot.api.calls import FIGURES, Answered, Call, ProblemError, Query
from bot.guidance.areas import find_county
from bot.guidance.catalogue import Service
from bot.guidance.publishing import ColleagueNeededError, Reason
from bot.guidance.store import ConflictError, Entry
from bot.staff.accounts import Member
from bot.staff.permissions import Permission
from bot.web import catalogue_work
from bot.web.appkeys import AREAS
from bot.web.catalogue_work import NotOwnerError

_NOT_OWNER = "this entry is not yours to change"
_COLLEAGUE: Mapping[Reason, str] = {
    "number": "who wrote a telephone number does not publish it; a colleague has to",
    "crisis": "who wrote in an entry for a crisis does not publish it; a colleague has to",
    "review": "an owner's own edit is published by a colleague",
}
_PATH = "/api/v1/services"
_ONE = _PATH + "/{id}"


class ServiceIn(Service):
    """A service, whole. What `GET` adds to it may be sent back."""

    # Our own answer comes back from who reads, changes and writes; what is not the entry's is left aside.
    model_config = ConfigDict(extra="ignore")

    revision: Annotated[int, Field(ge=0)] | None = None
    """The revision the change began from; when it is given and no longer the last, the answer is 409."""

    def service(self) -> Service:
        """The entry itself."""
        return Service.model_validate(
            self.model_dump(mode="json", exclude={"revision"}, exclude_defaults=True)
        )


class ServiceOut(Answered):
    """An entry: its fields as families see them (or as drafted, when never published), and where it stands."""

    id: str
    status: str
    revision: int
    updated_at: datetime
    draft: dict[str, Any] | None
    """The entry as it will be once published; null when there is nothing unpublished."""


class ServicesOut(Answered):
    """Entries by id."""

    items: list[ServiceOut]
    total: int


class ServicesQuery(Query):
    """Which entries."""

    q: Annotated[str, Field(max_length=100)] = ""
    """Words that stand in the name, the provider or the municipalities."""
    limit: Annotated[int, Field(ge=1, le=1000), FIGURES] = 500
    offset: Annotated[int, Field(ge=0, le=1_000_000), FIGURES] = 0


async def listed(request: web.Request, member: Member, query: ServicesQuery) -> ServicesOut:  # noqa: ARG001
    """A page of entries."""
    found = [one for one in await catalogue_work.entries(request.app) if _has_words(one, query.q)]
    page = found[query.offset : query.offset + query.limit]
    return ServicesOut(items=[_out(one) for one in page], total=len(found))


async def one(request: web.Request, member: Member) -> ServiceOut:  # noqa: ARG001
    """One entry."""
    return _out(await _found(request))


async def add(request: web.Request, member: Member, body: ServiceIn) -> ServiceOut:
    """A new entry, as a draft."""
    return await _drafted(request, member, body.service(), based_on=0)


async def change(request: web.Request, member: Member, body: ServiceIn) -> ServiceOut:
    """The entry's next words, as a draft."""
    found = await _found(request)
    if body.id != found.id:
        raise ProblemError(422, "the id in the body is not the one in the address")
    based_on = found.revision if body.revision is None else body.revision
    return await _drafted(request, member, body.service(), based_on=based_on)


async def publish(request: web.Request, member: Member) -> ServiceOut:
    """Show the draft to families."""
    found = await _found(request)
    service = found.draft or found.service
    if service is None:
        raise ProblemError(409, "this entry cannot be read; change it first")
    try:
        await catalogue_work.publish(request.app, member, service, based_on=found.revision)
    except ConflictError as error:
        raise _conflict(error) from error
    except ColleagueNeededError as error:
        raise ProblemError(409, _COLLEAGUE[error.reason], reason=error.reason) from error
    except NotOwnerError as error:
        raise ProblemError(403, _NOT_OWNER) from error
    return _out(await _found(request))


async def _drafted(request: web.Request, member: Member, service: Service, *, based_on: int) -> ServiceOut:
    _check_places(request, service)
    try:
        await catalogue_work.save_draft(request.app, member, service, based_on=based_on)
    except ConflictError as error:
        raise _conflict(error) from error
    except NotOwnerError as error:
        raise ProblemError(403, _NOT_OWNER) from error
    saved = await catalogue_work.entry(request.app, service.id)
    if saved is None:
        raise ProblemError(404, "no such service")
    return _out(saved)


def _check_places(request: web.Request, service: Service) -> None:
    """Refuse a place nobody lives in: families would never be shown the entry."""
    areas = request.app[AREAS]
    unknown = [name for name in service.areas.municipalities if not areas.knows(name)]
    unknown += [name for name in service.areas.counties if find_county(name) is None]
    if unknown:
        raise ProblemError(
            422, f"unknown places: {', '.join(unknown)}; use Finnish names of municipalities and counties"
        )


async def _found(request: web.Request) -> Entry:
    found = await catalogue_work.entry(request.app, request.match_info["id"])
    if found is None:
        raise ProblemError(404, "no such service")
    return found


def _conflict(error: ConflictError) -> ProblemError:
    return ProblemError(409, "somebody else has changed this entry", revision=error.current)


def _out(found: Entry) -> ServiceOut:
    shown = found.service or found.draft
    draft = found.draft.plain() if found.draft else None
    return ServiceOut.model_validate(
        {
            **(shown.model_dump(mode="json") if shown else {}),
            "id": found.id,
            "status": found.status,
            "revision": found.revision,
            "updated_at": found.updated_at,
            "draft": draft,
        }
    )


def _has_words(found: Entry, query: str) -> bool:
    shown = found.service or found.draft
    if shown is None:
        return not query
    parts = (*shown.name.all().values(), shown.provider.fi, *shown.areas.municipalities, found.id)
    text = " ".join(parts).casefold()
    return all(word in text for word in query.casefold().split())


_READ, _EDIT = Permission.READ_CATALOGUE, Permission.EDIT_CATALOGUE

CALLS = (
    Call(method="GET", path=_PATH, handler=listed, permission=_READ, query=ServicesQuery, answer=ServicesOut,
         paged=True, summary="List the catalogue's entries"),
    Call(method="POST", path=_PATH, handler=add, permission=_EDIT, body=ServiceIn, answer=ServiceOut,
         status=201, problems=(409,), summary="Add an entry as a draft"),
    Call(method="GET", path=_ONE, handler=one, permission=_READ, answer=ServiceOut, problems=(404,),
         summary="One entry with its draft"),
    Call(method="PUT", path=_ONE, handler=change, permission=_EDIT, body=ServiceIn, answer=ServiceOut,
         problems=(404, 409), summary="Change an entry as a draft; families see it once published"),
    Call(method="POST", path=_ONE + "/publish", handler=publish, permission=_EDIT, answer=ServiceOut,
         problems=(404, 409), summary="Publish the draft: the next message to a family says it"),
)  # fmt: skip
