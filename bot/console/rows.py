"""The queue as rows to look at: which group, what was promised, about what, and what to know before calling."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from bot.callbacks.callback import Callback
from bot.callbacks.life import Stage
from bot.callbacks.request import NewCallback, State
from bot.clock import helsinki
from bot.console.moments import age_words, clock_words, day_words, language_words, length_words
from bot.console.words import Words

GroupName = Literal["crisis", "late", "today", "coming"]
GROUPS: tuple[GroupName, ...] = ("crisis", "late", "today", "coming")
_SOON = timedelta(hours=1)
_QUOTE_LENGTH = 140


@dataclass(frozen=True, slots=True)
class Chip:
    """Something to know before calling: words, a drawing, and how loud it is."""

    text: str
    icon: str
    tone: Literal["amber", "berry", "edge"] = "edge"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One callback in the queue."""

    id: str
    group: GroupName
    promise: str
    beside: str
    """How late it is, how long it has waited, or how soon it begins."""
    matter: str
    quote: str
    place: str
    ages: str
    chips: tuple[Chip, ...]
    tries: str
    """Which try it would be."""
    how_far: str
    """Whether anybody has looked at it, which try it would be, or that the family was reached."""
    is_reached: bool
    holder: str | None
    minutes_left: int


def row_of(
    callback: Callback, now: datetime, w: Words, *, rang: str | None = None, same_number: int = 1
) -> Row:
    """One callback as its row. `rang` and `same_number` as in `worklist.Shown`."""
    group = _group(callback, now)
    promise, beside = _promise(callback, group, now, w)
    return Row(
        id=callback.id,
        group=group,
        promise=promise,
        beside=beside,
        matter=matter_words(callback, w),
        quote=_shortened(callback.request.notes),
        place=callback.request.municipality or w("queue.no_place"),
        ages=ages_words(callback.request.child_ages, w),
        chips=(*_chips(callback, w), *_news(rang, same_number, w)),
        tries=w("queue.try", number=callback.tries + 1),
        how_far=_how_far(callback, w),
        is_reached=callback.stage is Stage.REACHED,
        holder=callback.holder_name,
        minutes_left=minutes_left(callback, now),
    )


def _how_far(callback: Callback, w: Words) -> str:
    # A first try says nothing: that nobody has looked yet, or somebody has and left it, does.
    known = {Stage.RECEIVED: "queue.new_one", Stage.WAITING: "queue.seen", Stage.REACHED: "queue.reached"}
    words = known.get(callback.stage)
    return w(words) if words else w("queue.try", number=callback.tries + 1)


def matter_words(callback: Callback, w: Words) -> str:
    """What it is about: in a crisis what the crisis layer saw, else the first two needs."""
    asked = callback.request
    if asked.urgency == "immediate" and (found := w.known("category", asked.category)):
        return found
    needs = asked.needs or ((asked.need,) if asked.need else ())
    named = [name for need in needs[:2] if (name := w.known("need", need))]
    if not named:
        return w("queue.no_matter")
    return ", ".join([named[0], *(name[:1].lower() + name[1:] for name in named[1:])])


def ages_words(ages: Sequence[float], w: Words) -> str:
    """`2 v, 6 v`."""
    return ", ".join(age_words(age, w) for age in ages) or w("queue.ages_unknown")


def minutes_left(callback: Callback, now: datetime) -> int:
    """How many minutes the holder still has it, rounded up."""
    if callback.lease_until is None:
        return 0
    return max(-(-int((callback.lease_until - now).total_seconds()) // 60), 0)


def due_day(callback: Callback) -> date:
    """The local day on which the call is to be made at the latest."""
    return helsinki(callback.due_at - timedelta(seconds=1)).date()


def _group(callback: Callback, now: datetime) -> GroupName:
    if callback.request.urgency == "immediate":
        return "crisis"
    if callback.is_late(now):
        return "late"
    return "today" if due_day(callback) <= helsinki(now).date() else "coming"


def _promise(callback: Callback, group: GroupName, now: datetime, w: Words) -> tuple[str, str]:
    if group == "crisis":
        return w("when.now"), length_words("waited", now - callback.created_at, w)
    beside = length_words("late", now - callback.due_at, w) if group == "late" else ""
    if group == "late" and callback.request.window is None and callback.next_try_at is None:
        return day_words(callback.promised_day, helsinki(now).date(), w), beside
    return when_words(callback, now, w), beside or _soon(callback, now, w)


def when_words(callback: Callback, now: datetime, w: Words) -> str:
    """When to ring: in a crisis at once; else the next try, else the wished window, else the promised day."""
    today, window = helsinki(now).date(), callback.request.window
    if callback.request.urgency == "immediate":
        return w("when.at_once" if callback.request.contact_mode == "call" else "when.at_once_without_call")
    if callback.next_try_at is not None:
        moment = helsinki(callback.next_try_at)
        day = day_words(moment.date(), today, w)
        return w("when.again", day=day, time=clock_words(moment.time()))
    if window is not None:
        start, end = helsinki(window.start), helsinki(window.end)
        times = {"start": clock_words(start.time()), "end": clock_words(end.time())}
        return w("when.between", day=day_words(start.date(), today, w), **times)
    return w("when.by_day", day=day_words(callback.promised_day, today, w))


def _soon(callback: Callback, now: datetime, w: Words) -> str:
    window = callback.request.window
    start = callback.next_try_at or (window.start if window else None)
    if start is None or not timedelta(0) < start - now <= _SOON:
        return ""
    return w("when.in_minutes", number=int((start - now).total_seconds() // 60))


def _chips(callback: Callback, w: Words) -> Iterable[Chip]:
    asked = callback.request
    if asked.urgency == "urgent":
        yield Chip(w("chip.urgent"), "warning", "berry")
    if callback.needs_decision and callback.state is State.WAITING:
        yield Chip(w("chip.decide"), "warning", "amber")
    yield from _to_mind(asked, w)
    if asked.interpreter:
        yield Chip(w("chip.interpreter", language=language_words(asked.interpreter)), "globe")
    elif asked.language != "fi":
        yield Chip(w("chip.language", language=language_words(asked.language)), "globe")
    if asked.easy_language:
        yield Chip(w("chip.easy_language"), "globe")
    if asked.sender_role != "parent":
        yield Chip(w.known("chip", asked.sender_role), "people")


def _to_mind(asked: NewCallback, w: Words) -> Iterable[Chip]:
    """What must not be done when ringing."""
    if asked.message_allowed is False:
        yield Chip(w("chip.no_message"), "no-message", "amber")
    if asked.who_may_answer == "only_me":
        yield Chip(w("chip.only_me"), "person", "amber")
    if asked.show_number is False:
        yield Chip(w("chip.hide_number"), "hidden", "amber")
    if asked.code_word:
        yield Chip(w("chip.code_word"), "key", "amber")
    if asked.contact_mode != "call":
        known = {"text": "chip.text", "video_interpreting": "chip.video"}.get(asked.contact_mode)
        yield Chip(w(known) if known else w("chip.contact_other", mode=asked.contact_mode), "chat", "berry")


def _news(rang: str | None, same_number: int, w: Words) -> Iterable[Chip]:
    if rang:
        yield Chip(w(f"chip.{rang}"), "phone")
    if same_number > 1:
        yield Chip(w("chip.same_number", number=same_number), "people")


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _QUOTE_LENGTH else line[: _QUOTE_LENGTH - 1].rstrip() + "…"
