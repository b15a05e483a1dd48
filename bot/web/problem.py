"""Errors for programs: problem+json (RFC 9457)."""

import json
from http import HTTPStatus
from typing import Any

from aiohttp import web

_PROGRAM_PATHS = ("/api/", "/webhooks/", "/hooks/", "/socket.io/", "/model/", "/chat/messages", "/test/")


def for_program(request: web.Request) -> bool:
    """Whether the asker is a program (our own chat script included), and not a person's page load."""
    return request.path.startswith(_PROGRAM_PATHS) or request.path == "/api"


def problem(status: int, detail: str | None = None, **more: Any) -> web.Response:
    """A problem+json answer. `detail` is for people; `more` are members of its own."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    if detail:
        body["detail"] = detail
    return web.Response(
        text=json.dumps(body | more, ensure_ascii=False),
        status=status,
        content_type="application/problem+json",
    )
