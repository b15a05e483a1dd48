"""The API's description, made from its table of routes: OpenAPI 3.1, and the same as a plain page."""

import re
from collections.abc import Iterable, Sequence
from html import escape
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from bot.api.calls import Call

_REF = "#/components/schemas/{model}"
_IN_PATH = re.compile(r"\{(\w+)\}")
_ALWAYS = (401, 403, 422, 503)
_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "holder": {"type": "string", "description": "Who has the callback, with 409."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
            },
        },
    },
}


def document(calls: Sequence[Call], *, version: str) -> dict[str, Any]:
    """The OpenAPI 3.1 document of `calls`."""
    _, definitions = models_json_schema(_models(calls), ref_template=_REF)
    paths: dict[str, dict[str, Any]] = {}
    for call in calls:
        paths.setdefault(call.path, {})[call.method.lower()] = _operation(call)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Perheovi staff API",
            "version": version,
            "description": "Callbacks and the service catalogue, for staff and their programs.",
        },
        "paths": paths,
        "security": [{"token": []}, {"session": []}],
        "components": {
            "schemas": {**definitions.get("$defs", {}), "Problem": _PROBLEM},
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "session": {"type": "apiKey", "in": "cookie", "name": "__Host-perheovi"},
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


def _operation(call: Call) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "summary": call.summary,
        "operationId": call.handler.__module__.rpartition(".")[2] + "_" + call.handler.__name__,
        "description": f"Needs the permission `{call.permission}`.",
        "parameters": [*_path_parameters(call), *_query_parameters(call)],
        "responses": {
            str(call.status): {
                "description": HTTPStatus(call.status).phrase,
                "content": {
                    "application/json": {"schema": {"$ref": _REF.format(model=call.answer.__name__)}}
                },
            }
        }
        | {str(status): _problem(status) for status in sorted({*_ALWAYS, *call.problems})},
    }
    if call.body is not None:
        operation["requestBody"] = {
            "required": call.body_required,
            "content": {"application/json": {"schema": {"$ref": _REF.format(model=call.body.__name__)}}},
        }
    return operation


def _path_parameters(call: Call) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in _IN_PATH.findall(call.path)
    ]


def _query_parameters(call: Call) -> list[dict[str, Any]]:
    if call.query is None:
        return []
    schema = call.query.model_json_schema(ref_template=_REF)
    required = schema.get("required", [])
    return [
        {"name": name, "in": "query", "required": name in required, "schema": part}
        for name, part in schema["properties"].items()
    ]


def _problem(status: int) -> dict[str, Any]:
    return {
        "description": HTTPStatus(status).phrase,
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


def page(calls: Sequence[Call], style_sheets: Iterable[str], mark: str) -> str:
    """The calls as a plain page for people who write programs."""
    rows = "".join(
        f"<tr><td><code>{call.method}</code></td><td><code>{escape(call.path)}</code></td>"
        f"<td>{escape(call.summary)}</td><td><code>{escape(call.permission)}</code></td>"
        f"<td>{_fields(call.query) or _fields(call.body)}</td></tr>"
        for call in calls
    )
    links = "".join(f'<link rel="stylesheet" href="{escape(sheet)}">' for sheet in style_sheets)
    links += f'<link rel="icon" href="{escape(mark)}">'
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Perheovi API</title>'
        '<meta name="viewport" content="width=device-width">'
        f'{links}</head><body class="api-docs">'
        '<main><h1>Perheovi staff API</h1><p>The whole description: <a href="/api/openapi.json">OpenAPI 3.1</a>. '
        'Send <code>Authorization: Bearer …</code>, or sign in at <a href="/staff/">/staff/</a>. '
        "Errors are <code>application/problem+json</code>; a list answers <code>items</code> and "
        "<code>total</code>.</p>"
        '<div class="table-scroll" role="region" aria-label="Calls" tabindex="0"><table><thead><tr><th scope="col">'
        'Method</th><th scope="col">Path</th><th scope="col">What it does</th><th scope="col">Permission</th>'
        f'<th scope="col">Takes</th></tr></thead><tbody>{rows}</tbody></table></div></main></body></html>'
    )


def _fields(model: type[BaseModel] | None) -> str:
    if model is None:
        return ""
    return ", ".join(
        f"<code>{escape(field.alias or name)}</code>" + (" *" if field.is_required() else "")
        for name, field in model.model_fields.items()
    )
