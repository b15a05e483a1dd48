"""`POST /my/{code}/safe`: how the family can be called safely, changed by itself as long as a call waits."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from aiohttp import web
from sqlalchemy.orm import Session

from bot.callbacks import booking
from bot.callbacks.callback import Callback
from bot.callbacks.request import Change, NewCallback, Saved
from bot.channels import my
from bot.web import safe_answers
from bot.web.body import form

_MESSAGE = {"yes": True, "no": False}


async def save(request: web.Request) -> web.Response:
    """Keep the answers; staff see them at once. Nothing told anew changes nothing."""
    callback = await my.own(request)
    told = changes(await form(request), callback.request)
    return await my.change(request, partial(_correct, callback=callback, told=told, request=request), "safe")


def changes(fields: Mapping[str, str], before: NewCallback) -> dict[str, Any]:
    """What the form changes; whoever allows no message gets none by e-mail either."""
    told = safe_answers.changes(fields, before)
    allowed = _MESSAGE.get(fields.get("message", ""))
    if allowed is not None and allowed != before.message_allowed:
        told["message_allowed"] = allowed
    return told


def _correct(session: Session, *, callback: Callback, told: dict[str, Any], request: web.Request) -> Change:
    if not told:
        return Saved(callback.id)
    return booking.correct(session, callback.id, now=my.moment(request), **told)
