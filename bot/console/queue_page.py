"""The queue: who waits, what was promised, what is mine; a screenful at a time, narrowed as its reader left it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aiohttp import web

from bot.callbacks.callback import Callback
from bot.callbacks.queue_view import of_pairs
from bot.callbacks.request import Claimed, Gone, HeldBy
from bot.callbacks.worklist import PER_PAGE, SEARCHED, Count, Held, Shown, Wanted
from bot.console.page import draw, draw_open, form_of
from bot.console.queue_filters import address, filters
from bot.console.rows import GROUPS, Row, matter_words, row_of
from bot.console.words import Words, words
from bot.staff.accounts import Member
from bot.web import staff_work
from bot.web.appkeys import AREAS, CLOCK
from bot.web.looking import looker_of
from bot.web.queue_work import HasWords, Look, look, look_at_crises

_LONGEST_SEARCH = 100
_SOONEST_SECONDS, _LATEST_SECONDS = 5, 300
"""An open page looks again when a row becomes late, and every five minutes, since it says how long they wait."""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading; `number` counts those of every page."""

    name: str
    number: int
    rows: Sequence[Row]


async def show(request: web.Request, member: Member) -> web.StreamResponse:
    """The queue page. Filters stand in its address; who comes without any finds those of the last time."""
    return await _drawn(request, member, of_pairs(request.query.items()))


async def crises(request: web.Request, member: Member) -> web.StreamResponse:
    """The first group of the queue by itself: an open page fetches it before the rest when a crisis has come."""
    found = await look_at_crises(request.app, member, looker_of(request))
    now, w = request.app[CLOCK](), words()
    rows = [_row(one, now, w) for one in found.waiting]
    groups = [Group("crisis", len(rows), rows)] if rows else []
    return draw_open(request, "staff/crises.html", groups=groups, revision=found.revision)


async def search(request: web.Request, member: Member) -> web.StreamResponse:
    """The same narrowed by words. They come in a form, so that they stay out of addresses and histories."""
    form = await form_of(request)
    sought = form.get("q", "")[:_LONGEST_SEARCH]
    return await _drawn(request, member, of_pairs(request.query.items()) or Wanted(), sought=sought)


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
            error = words()("queue.held", name=name)
        case _:
            error = words()("queue.gone")
    return await _drawn(request, member, None, status=409, error=error)


async def _drawn(
    request: web.Request,
    member: Member,
    asked: Wanted | None,
    *,
    sought: str = "",
    status: int = 200,
    error: str = "",
) -> web.StreamResponse:
    now, w = request.app[CLOCK](), words()
    page = _page_of(request)
    has_words = _seeker(sought, w) if sought else None
    looker = looker_of(request)
    found = await look(request.app, member, asked, page=page, has_words=has_words, looker=looker)
    mine = [_row(one, now, w) for one in found.screen.mine]
    return draw(
        request,
        member,
        "staff/queue.html",
        status=status,
        tab="queue",
        error=error,
        sought=sought,
        mine=mine,
        offered=[(_row(one, now, w), one.callback.holder_name) for one in found.screen.offered],
        others=_by_name(found.screen.others, w),
        narrowed=filters(found.wanted, found.tally.counts, len(mine), request.app[AREAS], w),
        missed_follow_ups=found.tally.missed_follow_ups,
        waiting=sum(one.number for one in found.tally.counts),
        revision=found.revision,
        look_again=_look_again(found, now),
        crises_first=page == 1 and not sought,
        **_listed(found, mine, page, now, w),
    )


def _listed(found: Look, mine: list[Row], page: int, now: datetime, w: Words) -> dict[str, Any]:
    """The groups of rows, how many there are in all, and where the pages before and after are."""
    rows = [_row(one, now, w) for one in found.screen.waiting]
    if found.screen.found is not None:
        numbers = Counter(str(row.group) for row in rows)
        total = found.screen.found
    else:
        numbers = _numbers(found.tally.counts, found.wanted)
        total = sum(numbers.values())
    groups = [Group(name, numbers[name], [row for row in rows if row.group == name]) for name in GROUPS]
    if found.wanted.mine:
        groups.append(Group("mine", len(mine), mine))
    first = (page - 1) * PER_PAGE
    return {
        "groups": [group for group in groups if group.rows],
        "total": total,
        "here": address(found.wanted, page),
        "before": address(found.wanted, page - 1) if page > 1 else None,
        "after": address(found.wanted, page + 1) if first + PER_PAGE < total else None,
        "first": first + 1,
        "last": first + len(rows),
        "unsearched": None if found.screen.searched_all else SEARCHED,
    }


def _row(one: Shown, now: datetime, w: Words) -> Row:
    return row_of(one.callback, now, w, rang=one.rang, same_number=one.same_number)


def _numbers(counts: Iterable[Count], wanted: Wanted) -> Counter[str]:
    numbers: Counter[str] = Counter()
    for one in counts:
        if one.rank == "crisis" or (one.fits(wanted) and not wanted.mine):
            numbers[one.rank] += one.number
    return numbers


def _page_of(request: web.Request) -> int:
    text = request.query.get("page", "")
    return max(int(text), 1) if text.isdecimal() and len(text) < 6 else 1  # noqa: PLR2004  (no such long queue)


def _seeker(sought: str, w: Words) -> HasWords:
    """Whether a callback has every word: in its code, the family's words, the name, the place or the matter."""
    wanted = sought.casefold().split()

    def has_words(callback: Callback) -> bool:
        asked = callback.request
        parts = (
            callback.code,
            asked.notes,
            asked.name,
            asked.municipality,
            matter_words(callback, w),
            asked.wish_words,
        )
        text = " ".join(part for part in parts if part).casefold()
        return all(word in text or word in text.replace("-", "") for word in wanted)

    return has_words


def _look_again(found: Look, now: datetime) -> int:
    """In how many seconds the page would look different although nothing has happened."""
    dues = (one.callback.due_at for one in found.screen.waiting)
    left = [(due - now).total_seconds() for due in dues if due >= now]
    return int(min(max(min(left, default=_LATEST_SECONDS) + 1, _SOONEST_SECONDS), _LATEST_SECONDS))


def _by_name(held: Iterable[Held], w: Words) -> list[tuple[str, list[tuple[str, str]]]]:
    names: dict[str, list[tuple[str, str]]] = {}
    for one in held:
        matter = w("queue.group_crisis") if one.urgency == "immediate" else w.known("need", one.need)
        names.setdefault(one.holder_name, []).append((one.id, matter or w("queue.no_matter")))
    return sorted(names.items())
