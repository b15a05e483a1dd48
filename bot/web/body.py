"""Reads what a form or a program sent, up to a limit, and refuses attachments."""

import json
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

MAX_BODY_BYTES = 64 * 1024
_KEPT_CHARACTERS = 20_000
_KEPT_FIELD = "message"


class BodyTooLargeError(Exception):
    """More was sent than we take. `kept` is the beginning of the reader's own words, to be shown back."""

    def __init__(self, kept: str | None = None) -> None:
        super().__init__("body too large")
        self.kept = kept


async def form(request: web.Request) -> dict[str, str]:
    """The fields of a posted form. Raises `BodyTooLargeError`, and `HTTPUnsupportedMediaType` for attachments."""
    if request.content_type != "application/x-www-form-urlencoded":
        raise web.HTTPUnsupportedMediaType
    raw, whole = await _read(request)
    try:
        pairs = parse_qsl(raw.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=200)
    except ValueError as error:
        raise web.HTTPBadRequest from error
    fields = dict(pairs)
    if not whole:
        raise BodyTooLargeError(fields.get(_KEPT_FIELD, "")[:_KEPT_CHARACTERS] or None)
    return fields


async def raw_body(request: web.Request, most: int) -> bytes:
    """Everything sent, byte by byte, for a sender who has signed it. Raises `BodyTooLargeError` above `most` bytes."""
    raw, whole = await _read(request, most)
    if not whole:
        raise BodyTooLargeError
    return raw


async def json_object(request: web.Request) -> dict[str, Any]:
    """The JSON object sent. Raises `BodyTooLargeError`, `HTTPUnsupportedMediaType` and `HTTPBadRequest`."""
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType
    raw, whole = await _read(request)
    if not whole:
        raise BodyTooLargeError
    try:
        found = without_halves(json.loads(raw))
    except (ValueError, RecursionError) as error:
        raise web.HTTPBadRequest from error
    if not isinstance(found, dict):
        raise web.HTTPBadRequest
    return found


def without_halves(value: Any) -> Any:
    """The same with U+FFFD for every lone surrogate: half of an emoji, which no database and no file can hold."""
    match value:
        case str():
            return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        case list():
            return [without_halves(one) for one in value]
        case dict():
            return {without_halves(name): without_halves(one) for name, one in value.items()}
        case _:
            return value


async def _read(request: web.Request, most: int = MAX_BODY_BYTES) -> tuple[bytes, bool]:
    """What was sent, and whether that is all of it."""
    found = bytearray()
    async for chunk in request.content.iter_chunked(16 * 1024):
        found += chunk
        if len(found) > most:
            return bytes(found[:most]), False
    return bytes(found), True
