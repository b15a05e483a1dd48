"""The family's own request: `/my` asks for the code, `/my/{code}` shows, moves, cancels and deletes.

The code alone opens it, so wrong codes are counted, the address is never logged, and the number stays masked.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from aiohttp import web
from sqlalchemy.orm import Session

from bot.actions.offered_times import code_of, offered, read_code
from bot.callbacks import booking, call_times, codes, moving, reading
from bot.callbacks.call_times import Fit
from bot.callbacks.callback import Callback
from bot.callbacks.request import FAMILY, OPEN_STATES, URGENT, Change, Saved
from bot.callbacks.wording import day_words, window_words
from bot.channels.my_view import view_of
from bot.clock import system_clock
from bot.meaning import TimeWish, Window
from bot.reach import EVERYWHERE
from bot.rota.reading import RotaCache
from bot.rota.taking import take
from bot.understanding.facts import find_facts
from bot.web.appkeys import ANNOUNCER, CLOCK, DATABASE, NOTICE_WAYS, ROTA, TEXTS
from bot.web.body import form
from bot.web.language import reader_language
from bot.web.limits import CODES_BY_ADDRESS, LIMITER, client_address
from bot.web.live import QUEUE
from bot.web.rendering import render, say

_DONE = {"moved": "page_my_moved", "safe": "page_safe_saved", "gone": "page_my_gone"}


async def enter(request: web.Request) -> web.Response:
    """`GET /my`: ask for the code."""
    return render(request, "family/my_enter.html", typed="", problem=None)


async def find(request: web.Request) -> web.Response:
    """`POST /my`: to the request the code belongs to, else the question again with what is wrong."""
    typed = (await form(request)).get("code", "")[:60]
    read = codes.read_code(typed)
    if read is None:
        problem = say(request, "page_my_code_unlike")
        return render(request, "family/my_enter.html", status=400, typed=typed, problem=problem)
    if await _by_code(request, read) is None:
        problem = say(request, "page_my_code_wrong")
        return render(request, "family/my_enter.html", status=404, typed=typed, problem=problem)
    raise web.HTTPSeeOther(f"/my/{codes.show(read)}")


async def show(request: web.Request) -> web.Response:
    """`GET /my/{code}`."""
    callback = await own(request)
    done = _DONE.get(request.query.get("done", ""))
    return await _page(request, callback, notice=say(request, done) if done else None)


async def move(request: web.Request) -> web.Response:
    """`POST /my/{code}/move`: to the time the family writes; a time we cannot ring at is offered, not taken."""
    callback = await own(request)
    fields = await form(request)
    words = (fields.get("wish_chosen") or fields.get("wish", ""))[:300].strip()
    wish = _wish(request, words)
    if wish is None:
        problem = say(request, "page_my_move_unclear")
        return await _page(request, callback, status=400, wish=words, problem=problem)
    work = partial(_move, wish=wish, callback=callback, rota=request.app[ROTA], now=moment(request))
    moved = await take(request.app[DATABASE], work)
    if not isinstance(moved, Fit):
        return _changed(request, moved, "moved")
    nearest = _nearest(request, moved)
    return await _page(request, callback, wish=words, nearest=nearest, instead=moved.window)


def _move(
    session: Session, wish: TimeWish, callback: Callback, rota: RotaCache, now: datetime
) -> Change | Fit:
    """Move the call to the wished time; when it cannot be there, what can be offered instead."""
    places = rota.get(session, now).places(session, callback.request.area, now).without(callback.place)
    urgent = callback.request.urgency in URGENT
    fit = call_times.fit(wish, places.calendar, now, has_room=places.room_for(urgent))
    if fit.asked_for_impossible:
        return fit
    moved = moving.move(
        session,
        callback.id,
        window=fit.window,
        promised_day=fit.promised_day,
        now=now,
        places=places.candidates(fit.window, urgent=urgent),
    )
    if isinstance(moved, Saved):
        return booking.correct(session, callback.id, now=now, wish_words=wish.words)
    return moved


def _nearest(request: web.Request, fit: Fit) -> str:
    """Why not at the wished time, and the nearest that is free."""
    language = reader_language(request)
    if fit.window is None:
        return say(request, "page_my_move_none_free", day=day_words(fit.promised_day, language))
    name = "page_my_move_full" if fit.asked_for_impossible == "full" else "page_my_move_nearest"
    return say(request, name, when=window_words(fit.window, language))


async def ask_cancel(request: web.Request) -> web.Response:
    """`GET /my/{code}/cancel`: sure?"""
    callback = await own(request)
    if callback.state not in OPEN_STATES:
        raise web.HTTPSeeOther(_address(request))
    return render(request, "family/my_confirm.html", kind="cancel", no="keep", address=_address(request))


async def cancel(request: web.Request) -> web.Response:
    """`POST /my/{code}/cancel`."""
    callback = await own(request)
    work = partial(booking.cancel, callback_id=callback.id, by=FAMILY, now=moment(request))
    return await change(request, work, "cancelled")


async def ask_delete(request: web.Request) -> web.Response:
    """`GET /my/{code}/delete`: sure?"""
    await own(request)
    return render(request, "family/my_confirm.html", kind="delete", no="delete_no", address=_address(request))


async def delete(request: web.Request) -> web.Response:
    """`POST /my/{code}/delete`: everything personal is gone at once, and the code opens nothing any more."""
    callback = await own(request)
    now = moment(request)
    await request.app[DATABASE].write(lambda session: booking.erase(session, callback.id, now=now))
    _tell_staff(request)
    return render(request, "family/my_deleted.html")


async def change(request: web.Request, work: Callable[[Session], Change], done: str) -> web.Response:
    """Do a change, tell staff, and show the request with what was done; or that it could not be done any more."""
    return _changed(request, await request.app[DATABASE].write(work), done)


def _changed(request: web.Request, changed: Change, done: str) -> web.Response:
    _tell_staff(request)
    raise web.HTTPSeeOther(f"{_address(request)}?done={done if isinstance(changed, Saved) else 'gone'}")


def _tell_staff(request: web.Request) -> None:
    if announcer := request.app.get(ANNOUNCER):
        announcer.announce(QUEUE)


async def own(request: web.Request) -> Callback:
    """The callback of the code in the address. Raises `HTTPNotFound`, and `HTTPTooManyRequests` for guessing."""
    callback = await _by_code(request, request.match_info["code"])
    if callback is None:
        raise web.HTTPNotFound
    return callback


async def _by_code(request: web.Request, code: str) -> Callback | None:
    limiter, address = request.app[LIMITER], client_address(request)
    if not limiter.has_room(CODES_BY_ADDRESS, address):
        raise web.HTTPTooManyRequests(headers={"Retry-After": "600"})
    callback = await request.app[DATABASE].read(lambda session: reading.by_code(session, code, EVERYWHERE))
    if callback is None:
        limiter.allow(CODES_BY_ADDRESS, address)
    return callback


def _wish(request: web.Request, words: str) -> TimeWish | None:
    """The wish in the family's words, or in the code of a time that was offered; None when there is none in them."""
    language = reader_language(request)
    if exactly := read_code(words, language):
        return exactly
    facts = find_facts(words, now=moment(request), language=language, asked="time")
    wish = next((found.value for found in facts.entities if found.entity == "time_window"), None)
    return wish if isinstance(wish, TimeWish) else None


async def _page(
    request: web.Request, callback: Callback, *, status: int = 200, notice: str | None = None, wish: str = "",
    problem: str | None = None, nearest: str | None = None, instead: Window | None = None,
) -> web.Response:  # fmt: skip
    language, now, rota = reader_language(request), moment(request), request.app[ROTA]
    area = callback.request.area
    places = await request.app[DATABASE].read(lambda s: rota.get(s, now).places(s, area, now))
    free = offered(places, now, language)
    ways = request.app.get(NOTICE_WAYS, frozenset())
    variant = request.app[TEXTS]().variant("page_my_move_quick")
    code = codes.show(codes.read_code(request.match_info["code"]) or "")
    return render(
        request,
        "family/my.html",
        status=status,
        mine=view_of(callback, code, language, partial(say, request), moment(request), notices=ways),
        notice=notice,
        wish=wish,
        problem=problem,
        nearest=nearest,
        instead=code_of(instead) if instead else None,
        free=free,
        # The first two name tomorrow in words; where times are free, those stand instead of them.
        quick=[button.titles.get(language) or button.titles["fi"] for button in variant.buttons][
            2 if free else 0 :
        ],
    )


def _address(request: web.Request) -> str:
    return f"/my/{codes.show(codes.read_code(request.match_info['code']) or '')}"


def moment(request: web.Request) -> datetime:
    """The present moment, as the application's clock tells it; aware, UTC."""
    return request.app.get(CLOCK, system_clock)()
