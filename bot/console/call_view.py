"""One callback as the page of a call shows it: what is known, what was told and what has happened."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.callbacks.call_note import HEADINGS
from bot.callbacks.callback import Callback, HistoryEntry
from bot.callbacks.notice_outbox import Notice
from bot.callbacks.request import FAMILY, SYSTEM
from bot.clock import helsinki
from bot.console.moments import clock_words, date_words
from bot.console.rows import ages_words, matter_words
from bot.console.words import Words
from bot.phone_numbers import readable


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of the history."""

    when: str
    who: str
    what: str
    note: str | None
    parts: tuple[tuple[str, str], ...] = ()
    """The note by its headings, as staff read them; free words have an empty one."""


def facts(callback: Callback, now: datetime, w: Words) -> list[tuple[str, str]]:
    """What is known, as label and value."""
    asked = callback.request
    created = helsinki(callback.created_at)
    needs = [w.known("need", need, need) for need in asked.needs]
    return [
        (w("call.fact_name"), asked.name or w("call.fact_name_none")),
        (w("call.fact_place"), asked.municipality or w("queue.no_place")),
        (w("call.fact_ages"), ages_words(asked.child_ages, w)),
        (w("call.fact_needs"), ", ".join(needs) or w("queue.no_matter")),
        (w("call.fact_channel"), w.known("channel", asked.channel, asked.channel)),
        (w("call.fact_created"), _moment_words(created, now, w)),
        *([(w("call.fact_code"), callback.code)] if callback.code else []),
    ]


def happened(callback: Callback, now: datetime, w: Words, names: Mapping[str, str]) -> tuple[Happened, ...]:
    """The history, latest first. `names` gives the names of services by their ids."""
    return tuple(
        Happened(
            _moment_words(entry.at, now, w),
            _who(entry, w),
            _what(entry, w, names),
            entry.note,
            _parts(entry, w),
        )
        for entry in reversed(callback.history)
    )


def before(
    callbacks: Iterable[Callback], now: datetime, w: Words, names: Mapping[str, str]
) -> tuple[Happened, ...]:
    """Earlier calls, one line each: when and by whom it was closed, its matter, how it ended, and what was written."""
    lines = []
    for callback in callbacks:
        closing = callback.closing
        if closing is None:
            continue
        notes = [entry for entry in callback.history if entry.note and entry is not closing]
        text = "\n".join([*(entry.note or "" for entry in notes), closing.note or ""]).strip()
        what = f"{matter_words(callback, w)}. {_what(closing, w, names)}"
        parts = _parts(closing, w) if not notes else ()
        lines.append(Happened(_moment_words(closing.at, now, w), _who(closing, w), what, text or None, parts))
    return tuple(lines)


@dataclass(frozen=True, slots=True)
class Told:
    """What the family was sent, or should have been."""

    lines: tuple[Happened, ...]
    """Latest first; `who` is the way."""
    failed: tuple[str, ...]
    """What could not be delivered, with its way."""


def told(notices: Iterable[Notice], now: datetime, w: Words) -> Told:
    """The notices of a call."""
    lines, failed = [], []
    for one in notices:
        kind, way = w.known("notice_kind", one.kind), w.known("notice_way", one.way)
        state = w.known("notice_state", one.state)
        if one.reason and one.state != "sent":
            state = w("notices.why", state=state, reason=w.known("notice_reason", one.reason, one.reason))
        when = _moment_words(one.ended_at or one.created_at, now, w)
        lines.append(Happened(when, way, w("notices.line", kind=kind, state=state), None))
        if one.state == "failed":
            failed.append(f"{kind} ({way})" if way else kind)
    return Told(tuple(lines), tuple(failed))


def number_words(callback: Callback) -> str | None:
    """The number as people write it: `050 1234567`."""
    return readable(callback.request.phone) if callback.request.phone else None


def _who(entry: HistoryEntry, w: Words) -> str:
    if entry.actor == FAMILY.id:
        return w("history.family")
    return w("history.system") if entry.actor == SYSTEM.id else entry.actor_name


def _parts(entry: HistoryEntry, w: Words) -> tuple[tuple[str, str], ...]:
    known = {heading: w(f"call.note_{heading}") for heading in HEADINGS} | {"": ""}
    return tuple((known[heading], words) for heading, words in entry.note_parts.items() if heading in known)


def _what(entry: HistoryEntry, w: Words, names: Mapping[str, str]) -> str:
    said = w.known("history", entry.what, entry.what)
    more: list[str] = []
    if result := entry.detail.get("result"):
        more.append(w.known("result", result, result))
    if decision := entry.detail.get("decision"):
        more.append(w.known("decide", decision, decision))
    if outcome := entry.detail.get("outcome"):
        more.append(w.known("outcome", outcome, outcome))
    more += [names.get(service, service) for service in entry.detail.get("services", ())]
    if to := entry.detail.get("to_name"):
        more.append(str(to))
    if day := entry.detail.get("follow_up_on"):
        more.append(
            w("history.follow_up_on", day=date_words(date.fromisoformat(day), helsinki(entry.at).date(), w))
        )
    return f"{said}: {', '.join(more)}" if more else said


def _moment_words(moment: datetime, now: datetime, w: Words) -> str:
    local, today = helsinki(moment), helsinki(now).date()
    day = w("when.today") if local.date() == today else date_words(local.date(), today, w)
    return w("when.date_at", day=day, time=clock_words(local.time()))
