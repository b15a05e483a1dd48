"""One API call: its path, who may make it, what it takes and gives. Serving and OpenAPI both come from this.

A handler receives the request, who asks, and the parsed body or query (when the call has one), and returns the
answer as a model. What is wrong is told as problem+json (RFC 9457).
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from bot.database import DatabaseUnavailableError
from bot.staff.accounts import Member
from bot.staff.permissions import Permission, may, scopes_of
from bot.web.body import MAX_BODY_BYTES, BodyTooLargeError, raw_body
from bot.web.problem import problem
from bot.web.signed_in import Guarded, member_of, note_required

_NUL = re.compile(rb"(?<!\\)((?:\\\\)*)\\u0000")
"""The escaped character NUL, which no database keeps in a text; U+FFFD stands in its place."""
IDS: Mapping[str, Mapping[str, Any]] = {
    "callbacks": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
    "services": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 80},
    "alarms": {"type": "string", "pattern": "^[1-9][0-9]{0,15}$"},
}
"""What the id in a path looks like, by what the call is about, as JSON Schema says it."""
Parameter = Mapping[str, Any]
"""A parameter that no model describes, as OpenAPI writes it."""


def _figures(sent: Any) -> Any:
    """A number behind a `?` is written in plain figures: no sign, blank, point or underscore."""
    if isinstance(sent, str) and not (sent.isascii() and sent.isdecimal()):
        raise ValueError("not a number written in figures")
    return sent


FIGURES = BeforeValidator(_figures)
"""Of a number in a query, after its limits."""


class Model(BaseModel):
    """The parent of everything the API takes: names it does not know are told, not lost."""

    model_config = ConfigDict(extra="forbid")

    def not_taken(self) -> list[str]:
        """Names that were sent and are not taken, of a model that lets some of them pass."""
        return []


class Query(BaseModel):
    """The parent of what stands behind the `?`: everything arrives as text, so numbers are read from it."""

    model_config = ConfigDict(extra="forbid")


class Answered(BaseModel):
    """The parent of everything the API gives."""

    model_config = ConfigDict(extra="allow")


class ProblemError(Exception):
    """The call cannot be done; becomes problem+json. `more` are members of its own, e.g. `holder`."""

    def __init__(self, status: int, detail: str, **more: Any) -> None:
        super().__init__(detail)
        self.status, self.detail, self.more = status, detail, more


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A line of the API's table of routes."""

    method: str
    path: str
    handler: Callable[..., Awaitable[BaseModel]]
    permission: Permission
    summary: str
    answer: type[BaseModel]
    status: int = 200
    body: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    paged: bool = False
    """Whether it answers `items` and `total`, and links to the pages before and after."""
    headers: tuple[Parameter, ...] = ()
    problems: tuple[int, ...] = ()
    """Statuses besides those that every call of its kind may answer."""

    @property
    def subject(self) -> str:
        """What it is about, as the path says: `callbacks`, `services`, `alarms`."""
        return self.path.removeprefix("/api/v1/").partition("/")[0]

    @property
    def every_problem(self) -> tuple[int, ...]:
        """Every status but that of success."""
        found = {401, 403, 503, *self.problems}
        if self.body is not None:
            found |= {400, 413, 415, 422}
        if self.query is not None:
            found |= {422}
        return tuple(sorted(found))


def add_call(app: web.Application, call: Call) -> None:
    """Serve `call`."""
    app.router.add_route(call.method, call.path, _served(call))
    note_required(app, Guarded(call.method, call.path, call.permission))


def _served(call: Call) -> Handler:
    async def serve(request: web.Request) -> web.StreamResponse:
        try:
            return await _answer(call, request)
        except ProblemError as error:
            return problem(error.status, error.detail, **error.more)
        except ValidationError as error:
            return problem(422, "some fields cannot be used", errors=_told(error))
        except BodyTooLargeError:
            return problem(413, f"the body is longer than {MAX_BODY_BYTES // 1024} KiB")
        except DatabaseUnavailableError:
            return problem(503, "the database does not answer; try again in a moment")

    return serve


async def _answer(call: Call, request: web.Request) -> web.Response:
    member = await member_of(request)
    if member is None:
        response = problem(401, "send a bearer token, or sign in at /staff/")
        response.headers["WWW-Authenticate"] = 'Bearer realm="perheovi"'
        return response
    if not member.may(call.permission):
        return _refused(call.permission, member)
    if not _is_an_id(call, request):
        raise ProblemError(404, "there is none of that id")
    taken: list[Any] = []
    if call.query is not None:
        taken.append(_query(call.query, request))
    if call.body is not None:
        taken.append(await _body(call.body, request))
    answer = await call.handler(request, member, *taken)
    response = web.Response(
        text=answer.model_dump_json(), status=call.status, content_type="application/json"
    )
    if call.paged:
        _link_pages(request, response, answer, taken[0])
    return response


def _refused(permission: Permission, member: Member) -> web.Response:
    """Why not: the role, which nobody changes by another token, or the scopes of a narrowed one."""
    if member.scopes is None or not may(member.role, permission):
        return problem(403, f"the role of {member.name} does not allow this", permission=permission)
    scopes = scopes_of(permission)
    wanted = f"the scope {' or '.join(scopes)}" if scopes else "a token without scopes"
    return problem(403, f"{member.name} needs {wanted} for this", permission=permission, scopes=list(scopes))


def _is_an_id(call: Call, request: web.Request) -> bool:
    sent, looks = request.match_info.get("id"), IDS.get(call.subject, {})
    if sent is None:
        return True
    return re.fullmatch(looks["pattern"], sent, re.ASCII) is not None and len(sent) <= looks.get(
        "maxLength", 32
    )


def _query(model: type[BaseModel], request: web.Request) -> BaseModel:
    twice = [name for name in request.query if len(request.query.getall(name)) > 1]
    if twice:
        told = [{"field": name, "message": "is given twice"} for name in dict.fromkeys(twice)]
        raise ProblemError(422, "some fields cannot be used", errors=told)
    return model.model_validate_strings(dict(request.query))


async def _body(model: type[BaseModel], request: web.Request) -> BaseModel:
    if request.content_type != "application/json" or (request.charset or "utf-8").lower() != "utf-8":
        raise ProblemError(415, "send application/json in UTF-8")
    raw = await raw_body(request, MAX_BODY_BYTES)
    try:
        found = model.model_validate_json(_NUL.sub(rb"\1\\ufffd", raw), strict=True)
    except ValidationError as error:
        if any(one["type"] == "json_invalid" for one in error.errors(include_url=False)):
            raise ProblemError(400, "the body is not JSON") from error
        raise
    if isinstance(found, Model) and (names := found.not_taken()):
        told = [{"field": name, "message": "is not taken"} for name in names]
        raise ProblemError(422, "some fields cannot be used", errors=told)
    return found


def _link_pages(request: web.Request, response: web.Response, answer: Any, query: Any) -> None:
    """Where the pages before and after are (RFC 8288)."""
    links = []
    if query.offset + len(answer.items) < answer.total and answer.items:
        links.append(_link(request, query.offset + len(answer.items), "next"))
    if query.offset > 0:
        links.append(_link(request, max(query.offset - query.limit, 0), "prev"))
    if links:
        response.headers["Link"] = ", ".join(links)


def _link(request: web.Request, offset: int, rel: str) -> str:
    return f'<{request.rel_url.update_query(offset=str(offset))}>; rel="{rel}"'


def _told(error: ValidationError) -> list[dict[str, str]]:
    # What was sent is left out: a number or a note must not come back in an error that somebody logs.
    return [
        {"field": ".".join(map(str, one["loc"])), "message": one["msg"]}
        for one in error.errors(include_url=False, include_input=False, include_context=False)
    ]
