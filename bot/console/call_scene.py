"""The page of one call as it is drawn: everything on it, whoever looks and whatever has just happened."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from aiohttp import web

from bot.callbacks.call_note import HEADINGS
from bot.callbacks.callback import Callback
from bot.callbacks.drafts import Draft
from bot.callbacks.request import State
from bot.callbacks.workdays import is_working_day
from bot.clock import helsinki
from bot.console import call_form, call_services
from bot.console.call_form import NOT_TALKED_CHOICES, TALKED_CHOICES
from bot.console.call_view import before, facts, happened, number_words, told
from bot.console.moments import clock_words, day_words
from bot.console.page import draw
from bot.console.rows import matter_words, minutes_left, row_of, when_words
from bot.console.safe_calling import beside_number, if_another_answers, other_way, to_mind
from bot.console.words import Words, words
from bot.staff.accounts import Member
from bot.web.appkeys import AREAS, CLOCK
from bot.web.call_reading import OpenCall, open_call

_WEEKS = (1, 2, 4)
"""Follow-ups one press away."""


async def drawn(
    request: web.Request,
    member: Member,
    *,
    status: int = 200,
    error: str = "",
    values: Mapping[str, Any] | None = None,
    action: str = "read",
    number_shown: bool = False,
) -> web.StreamResponse:
    """The page; 404 for a callback that is not there or out of reach.

    Args:
        request: The request; its path names the callback.
        member: Who looks.
        status: What the answer says of itself.
        error: What went wrong, as a sentence.
        values: What was typed; without it the draft is shown, where there is one.
        action: What the audit says.
        number_shown: Whether the number is shown, to whoever has claimed the call.
    """
    found = await open_call(request.app, member, request.match_info["id"], action=action)
    if found is None:
        return draw(request, member, "staff/gone.html", status=404, tab="queue")
    now, w, callback = request.app[CLOCK](), words(), found.callback
    restored = found.draft if values is None else None
    shown = call_form.filled(restored.fields if restored else values)
    return draw(
        request, member, "staff/call.html", status=status, tab="queue", error=error, values=shown,
        typed_note=call_form.has_note(shown), restored=_restored(restored, shown, w),
        number=number_words(callback) if number_shown and found.is_mine else None,
        **_call(found, member, now, w), **_services(request, found, shown, now, w), **_form(now),
    )  # fmt: skip


def _call(found: OpenCall, member: Member, now: datetime, w: Words) -> dict[str, Any]:
    callback = found.callback
    return {
        "callback": callback,
        "row": row_of(callback, now, w),
        "matter": matter_words(callback, w),
        "when": when_words(callback, now, w),
        "minds": to_mind(callback, now, w),
        "strict": beside_number(callback.request, w),
        "script": if_another_answers(callback.request, member.name, w),
        "other_way": other_way(callback, w),
        "facts": facts(callback, now, w),
        "notices": told(found.notices, now, w),
        "is_mine": found.is_mine,
        "is_open": callback.state in (State.WAITING, State.CLAIMED),
        "minutes": minutes_left(callback, now),
        "colleagues": found.colleagues,
        "follow_up": _follow_up(callback, now, w),
        "stage": w(f"stage.{callback.stage}", number=callback.tries),
        "offered_to_me": callback.offered_to == member.id,
        "alike": [row_of(one, now, w) for one in found.alike],
        "answered": [row_of(one, now, w) for one in found.answered],
        "next_day": _open_from(helsinki(now).date() + timedelta(days=1)).isoformat(),
    }


def _services(
    request: web.Request, found: OpenCall, values: Mapping[str, Any], now: datetime, w: Words
) -> dict[str, Any]:
    callback, catalogue = found.callback, found.catalogue
    names = {id_: service.name.fi for id_, service in catalogue.by_id.items()}
    return {
        "found": call_services.offered(catalogue, callback, values["services"], request.app[AREAS], now),
        "told": call_services.told(catalogue, callback.request.told, w),
        "history": happened(callback, now, w, names),
        "earlier": None if found.earlier is None else before(found.earlier, now, w, names),
    }


def _form(now: datetime) -> dict[str, Any]:
    today = helsinki(now).date()
    days = [(weeks, _open_from(today + timedelta(weeks=weeks)).isoformat()) for weeks in _WEEKS]
    return {
        "headings": HEADINGS,
        "talked": TALKED_CHOICES,
        "not_talked": NOT_TALKED_CHOICES,
        "follow_up_first": (today + timedelta(days=1)).isoformat(),
        "follow_up_weeks": days,
    }


def _open_from(day: date) -> date:
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def _restored(draft: Draft | None, values: Mapping[str, Any], w: Words) -> str | None:
    if draft is None or not call_form.has_note(values):
        return None
    return w("call.draft_restored", time=clock_words(helsinki(draft.at).time()))


def _follow_up(callback: Callback, now: datetime, w: Words) -> str | None:
    if callback.follow_up_on is None:
        return None
    day = day_words(callback.follow_up_on, helsinki(now).date(), w)
    return w("call.follow_up_due", name=callback.follow_up_name or "", day=day)
