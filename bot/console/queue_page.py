"""The queue: who waits, what was promised, what is mine; filtered by words, area and kind."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from bot.callbacks.callback import Callback
from bot.callbacks.request import OPEN_STATES, Claimed, Gone, HeldBy, State
from bot.console.page import draw
from bot.console.rows import Row, grouped, matter_words, row_of
from bot.console.words import words
from bot.staff.accounts import Member
from bot.web import staff_work
from bot.web.appkeys import AREAS, CLOCK

_MOST = 500
"""More open callbacks than this are shown once the first ones are done."""
KINDS = ("late", "interpreter", "professional")


@dataclass(frozen=True, slots=True)
class Filter:
    """What the queue is narrowed to, as it stands in the address."""

    kind: str = ""
    area: str = ""
    query: str = ""

    @property
    def is_set(self) -> bool:
        """Whether anything is left out."""
        return bool(self.kind or self.area or self.query)


async def show(request: web.Request, member: Member) -> web.StreamResponse:
    """The queue page."""
    return await _drawn(request, member)


async def claim(request: web.Request, member: Member) -> web.StreamResponse:
    """Take a callback from the queue: to its page, or back with the name of whoever was quicker."""
    callback_id = request.match_info["id"]
    done = await staff_work.claim(request.app, member, callback_id)
    match done:
        case Claimed():
            raise web.HTTPSeeOther(f"/staff/callbacks/{callback_id}")
        case Gone(state=None):
            return draw(request, member, "staff/gone.html", status=404, tab="queue")
        case HeldBy(name=name):
            return await _drawn(request, member, status=409, error=words()("queue.held", name=name))
        case _:
            return await _drawn(request, member, status=409, error=words()("queue.gone"))


async def _drawn(
    request: web.Request, member: Member, *, status: int = 200, error: str = ""
) -> web.StreamResponse:
    now, w = request.app[CLOCK](), words()
    wanted = filter_of(request.query, member)
    everyone, _ = await staff_work.listed(request.app, member, OPEN_STATES, limit=_MOST)
    waiting = [callback for callback in everyone if callback.state is State.WAITING]
    shown = [callback for callback in waiting if _fits(callback, wanted, member, now)]
    held = [row_of(callback, now, w) for callback in everyone if callback.holder not in (None, member.id)]
    return draw(
        request,
        member,
        "staff/queue.html",
        status=status,
        tab="queue",
        error=error,
        wanted=wanted,
        groups=grouped(shown, now, w),
        waiting=len(waiting),
        counts=_counts(waiting, member, now),
        areas=_areas(request, waiting, member),
        mine=[row_of(callback, now, w) for callback in everyone if callback.holder == member.id],
        others=_by_name(held),
    )


def filter_of(query: Mapping[str, str], member: Member) -> Filter:
    """What the address asks for; who has areas of their own begins with those."""
    kind = query.get("show", "")
    area = query.get("area", "own" if member.areas else "")
    return Filter(kind if kind in KINDS else "", area[:64], query.get("q", "").strip()[:100])


def _fits(callback: Callback, wanted: Filter, member: Member, now: datetime) -> bool:
    asked = callback.request
    if asked.urgency == "immediate" and not wanted.query:
        return True  # no filter hides it
    if wanted.kind and not _is_kind(callback, wanted.kind, now):
        return False
    if wanted.area == "own" and asked.area not in member.areas:
        return False
    if wanted.area not in ("", "own") and asked.area != wanted.area:
        return False
    return not wanted.query or _has_words(callback, wanted.query)


def _is_kind(callback: Callback, kind: str, now: datetime) -> bool:
    asked = callback.request
    return {
        "late": callback.is_late(now),
        "interpreter": bool(asked.interpreter),
        "professional": asked.sender_role == "professional",
    }[kind]


def _has_words(callback: Callback, query: str) -> bool:
    asked = callback.request
    parts = (
        callback.code, asked.notes, asked.name, asked.municipality, matter_words(callback, words()),
        asked.wish_words,
    )  # fmt: skip
    text = " ".join(part for part in parts if part).casefold()
    return all(word in text or word in text.replace("-", "") for word in query.casefold().split())


def _counts(waiting: Iterable[Callback], member: Member, now: datetime) -> dict[str, int]:
    counts = Counter(dict.fromkeys(KINDS, 0))
    for callback in waiting:
        counts.update(kind for kind in KINDS if _is_kind(callback, kind, now))
        counts["own"] += callback.request.area in member.areas
    return counts


def _areas(request: web.Request, waiting: Iterable[Callback], member: Member) -> list[tuple[str, str, int]]:
    numbers = Counter(callback.request.area for callback in waiting)
    return [
        (area.id, area.name.fi, numbers[area.id])
        for area in request.app[AREAS].all
        if member.reach.covers(area.id) and (numbers[area.id] or not area.fictional)
    ]


def _by_name(rows: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    names: dict[str, list[Row]] = {}
    for row in rows:
        names.setdefault(row.holder or "", []).append(row)
    return sorted(names.items())
