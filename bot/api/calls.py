"""One API call: its path, who may make it, what it takes and gives. Serving and OpenAPI both come from this.

A handler receives the request, who asks, and the parsed body or query (when the call has one), and returns the
answer as a model. What is wrong is told as problem+json (RFC 9457).
"""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler
from pydantic import BaseModel, ConfigDict, ValidationError

from bot.database import DatabaseUnavailableError
from bot.staff.permissions import Permission
from bot.web.problem import problem
from bot.web.signed_in import Guarded, member_of, note_required


class Model(BaseModel):
    """The parent of everything the API takes: names it does not know are told, not lost."""

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
    body_required: bool = True
    query: type[BaseModel] | None = None
    problems: tuple[int, ...] = ()
    """Statuses besides 401, 403, 422 and 503 that it may answer."""


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
        return problem(403, f"the role {member.role} may not do this", permission=call.permission)
    taken: list[Any] = []
    if call.query is not None:
        taken.append(call.query.model_validate(dict(request.query)))
    if call.body is not None:
        taken.append(call.body.model_validate(await _json(call, request)))
    answer = await call.handler(request, member, *taken)
    return web.Response(text=answer.model_dump_json(), status=call.status, content_type="application/json")


async def _json(call: Call, request: web.Request) -> Any:
    raw = await request.read()
    if not raw and not call.body_required:
        return {}
    try:
        return json.loads(raw)
    except (ValueError, UnicodeDecodeError) as error:
        raise ProblemError(400, "the body is not JSON") from error


def _told(error: ValidationError) -> list[dict[str, str]]:
    # What was sent is left out: a number or a note must not come back in an error that somebody logs.
    return [
        {"field": ".".join(map(str, one["loc"])), "message": one["msg"]}
        for one in error.errors(include_url=False, include_input=False, include_context=False)
    ]
