"""The API's description, made from its table of routes: OpenAPI 3.1."""

import re
from collections.abc import Iterable, Sequence
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from bot.api.calls import IDS, Call
from bot.staff.permissions import scopes_of

_REF = "#/components/schemas/{model}"
_IN_PATH = re.compile(r"\{(\w+)\}")
_LINK = {
    "Link": {
        "description": 'Where the pages before and after are (RFC 8288): `rel="next"`, `rel="prev"`.',
        "schema": {"type": "string"},
    }
}
_ASK = {
    "WWW-Authenticate": {"description": "How to be let in.", "schema": {"type": "string"}},
}
_PROBLEM = {
    "type": "object",
    "description": "What is wrong (RFC 9457).",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "For people."},
        "holder": {"type": ["string", "null"], "description": "Who has the callback, with 409."},
        "state": {"type": "string", "description": "Where the callback stands, with 409."},
        "version": {"type": "integer", "description": "The last version of the callback, with 409."},
        "revision": {"type": "integer", "description": "The last revision of the entry, with 409."},
        "permission": {"type": "string", "description": "What is missing, with 403."},
        "scopes": {
            "type": "array",
            "description": "With 403, of a narrowed token whose role would do: the scopes of which it needs one.",
            "items": {"type": "string"},
        },
        "errors": {
            "type": "array",
            "description": "The fields that cannot be used, with 422.",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
            },
        },
    },
}
_SAID = """\
Callbacks and the service catalogue, for staff and their programs.

A program sends the bearer token that an administrator has made for it; the roles and scopes beside each call say what
the token must allow. A token, like a person, reaches the callbacks of its areas: of others it is told that they are
not there (404). Every reading of what a family has told is audited.

Times are ISO 8601 with their offset. Errors are `application/problem+json`. A list answers `items` and `total`, and
its `Link` header leads to the next page.
"""


def document(calls: Sequence[Call], *, version: str) -> dict[str, Any]:
    """The OpenAPI 3.1 document of `calls`."""
    _, definitions = models_json_schema(_models(calls), ref_template=_REF)
    paths: dict[str, dict[str, Any]] = {}
    for call in calls:
        paths.setdefault(call.path, {})[call.method.lower()] = _operation(call, calls)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Perheovi staff API", "version": version, "description": _SAID},
        "servers": [{"url": "/", "description": "This server"}],
        "tags": [{"name": tag} for tag in dict.fromkeys(call.subject for call in calls)],
        "paths": paths,
        "components": {
            "schemas": {**definitions.get("$defs", {}), "Problem": _PROBLEM},
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "The token of a program, with its scopes.",
                },
                "session": {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": "__Host-perheovi",
                    "description": "The sign-in of a browser; over plain http on one's own machine the cookie is "
                    "called `perheovi_staff`.",
                },
            },
        },
    }


def _models(calls: Iterable[Call]) -> list[tuple[type[BaseModel], Any]]:
    taken = {call.body for call in calls if call.body} | {call.query for call in calls if call.query}
    given = {call.answer for call in calls}
    return [
        *((model, "validation") for model in sorted(taken, key=lambda model: model.__name__)),
        *((model, "serialization") for model in sorted(given - taken, key=lambda model: model.__name__)),
    ]


def _operation(call: Call, calls: Sequence[Call]) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "summary": call.summary,
        "tags": [call.subject],
        "operationId": _operation_id(call),
        "description": _needs(call),
        "security": [{"token": list(scopes_of(call.permission))}, {"session": []}],
        "parameters": [*_path_parameters(call), *_query_parameters(call), *call.headers],
        "responses": {str(call.status): _success(call) | _links(call, calls)}
        | {str(status): _problem(status) for status in call.every_problem},
    }
    if call.body is not None:
        operation["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": {"$ref": _REF.format(model=call.body.__name__)}}},
        }
    return operation


def _operation_id(call: Call) -> str:
    return call.handler.__module__.rpartition(".")[2] + "_" + call.handler.__name__


def _links(call: Call, calls: Sequence[Call]) -> dict[str, Any]:
    """To the calls on what was made, or on the first of a list."""
    if call.path.endswith("{id}") or "{id}/" in call.path:
        return {}
    where = "/id" if call.status == HTTPStatus.CREATED else "/items/0/id"
    links = {
        _operation_id(other): {
            "operationId": _operation_id(other),
            "parameters": {"path.id": f"$response.body#{where}"},
        }
        for other in calls
        if other.subject == call.subject and "{id}" in other.path
    }
    return {"links": links} if links else {}


def _needs(call: Call) -> str:
    scopes = " or ".join(f"`{scope}`" for scope in scopes_of(call.permission))
    return f"Needs the permission `{call.permission}`" + (
        f"; a narrowed token the scope {scopes}." if scopes else "."
    )


def _success(call: Call) -> dict[str, Any]:
    found: dict[str, Any] = {
        "description": HTTPStatus(call.status).phrase,
        "content": {"application/json": {"schema": {"$ref": _REF.format(model=call.answer.__name__)}}},
    }
    return found | ({"headers": _LINK} if call.paged else {})


def _path_parameters(call: Call) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": IDS[call.subject]}
        for name in _IN_PATH.findall(call.path)
    ]


def _query_parameters(call: Call) -> list[dict[str, Any]]:
    if call.query is None:
        return []
    schema = call.query.model_json_schema(ref_template=_REF)
    required = schema.get("required", [])
    found = []
    for name, written in schema["properties"].items():
        # Left out is how nothing is said behind a `?`: the text `null` would be a value.
        part = dict(written)
        options = [one for one in part.pop("anyOf", []) if one != {"type": "null"}]
        if part.get("default", ...) is None:
            part.pop("default")
        part |= options[0] if len(options) == 1 else {"anyOf": options} if options else {}
        said = {"description": part.pop("description")} if "description" in part else {}
        part.pop("title", None)
        found.append({"name": name, "in": "query", "required": name in required, **said, "schema": part})
    return found


def _problem(status: int) -> dict[str, Any]:
    found: dict[str, Any] = {
        "description": HTTPStatus(status).phrase,
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    return found | ({"headers": _ASK} if status == HTTPStatus.UNAUTHORIZED else {})
