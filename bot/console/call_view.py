"""One callback as the page of a call shows it: what to mind before ringing, and what has happened."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.callbacks.callback import Callback, HistoryEntry
from bot.callbacks.notice_outbox import Notice
from bot.callbacks.request import FAMILY, SYSTEM, NewCallback
from bot.clock import helsinki
from bot.console.moments import clock_words, date_words, day_words, language_words
from bot.console.rows import ages_words, when_words
from bot.console.words import Words
from bot.phone_numbers import readable


@dataclass(frozen=True, slots=True)
class Mind:
    """One thing to mind before ringing. `is_strict`: a "do not"."""

    icon: str
    text: str
    hint: str
    is_strict: bool = False


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of the history."""

    when: str
    who: str
    what: str
    note: str | None


def to_mind(callback: Callback, now: datetime, w: Words) -> tuple[Mind, ...]:
    """Everything that makes the call safe, in the order it matters."""
    return tuple(_mind(callback, now, w))


def _mind(callback: Callback, now: datetime, w: Words) -> Iterable[Mind]:
    asked = callback.request
    promised = w("call.when_any_hint", day=day_words(callback.promised_day, helsinki(now).date(), w))
    wish = w("call.when_wish", words=asked.wish_words) if asked.wish_words else promised
    if asked.urgency == "immediate":
        yield Mind("warning", when_words(callback, now, w), wish, is_strict=True)
    elif asked.window is None and callback.next_try_at is None:
        yield Mind("clock", w("call.when_any"), wish)
    else:
        yield Mind("clock", when_words(callback, now, w), wish)
    if asked.contact_mode == "text":
        yield Mind("chat", w("call.mode_text"), w("call.mode_text_hint"), is_strict=True)
    if asked.contact_mode == "video_interpreting":
        yield Mind("chat", w("call.mode_video"), w("call.mode_video_hint"), is_strict=True)
    if asked.contact_mode == "call" or asked.message_allowed is not None:
        message = {True: "yes", False: "no", None: "unknown"}[asked.message_allowed]
        icon = "chat" if asked.message_allowed else "no-message"
        words, hint = w(f"call.message_{message}"), w(f"call.message_{message}_hint")
        yield Mind(icon, words, hint, not asked.message_allowed)
    yield from _how_to_talk(asked, w)


def other_way(callback: Callback, w: Words) -> str | None:
    """How the family is answered when it is not to be rung; None when a call is right."""
    mode = callback.request.contact_mode
    if mode == "call":
        return None
    return w.known("call", f"not_by_phone_{mode}", w("call.not_by_phone_other"))


def _how_to_talk(asked: NewCallback, w: Words) -> Iterable[Mind]:
    if asked.interpreter:
        language = language_words(asked.interpreter)
        yield Mind("globe", w("call.interpreter", language=language), w("call.interpreter_hint"))
    elif asked.language != "fi":
        language = language_words(asked.language)
        yield Mind("globe", w("call.speaks", language=language), w("call.interpreter_none"))
    if asked.easy_language:
        yield Mind("globe", w("call.easy_language"), w("call.easy_language_hint"))
    if asked.sender_role != "parent":
        role = f"call.role_{asked.sender_role}"
        yield Mind("person", w(role), w(f"{role}_hint"))


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
        Happened(_moment_words(entry.at, now, w), _who(entry, w), _what(entry, w, names), entry.note)
        for entry in reversed(callback.history)
    )


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


def _what(entry: HistoryEntry, w: Words, names: Mapping[str, str]) -> str:
    said = w.known("history", entry.what, entry.what)
    more: list[str] = []
    if result := entry.detail.get("result"):
        more.append(w.known("result", result, result))
    if outcome := entry.detail.get("outcome"):
        more.append(w.known("outcome", outcome, outcome))
    more += [names.get(service, service) for service in entry.detail.get("services", ())]
    if to := entry.detail.get("to_name"):
        more.append(str(to))
    return f"{said}: {', '.join(more)}" if more else said


def _moment_words(moment: datetime, now: datetime, w: Words) -> str:
    local, today = helsinki(moment), helsinki(now).date()
    day = w("when.today") if local.date() == today else date_words(local.date(), today, w)
    return w("when.date_at", day=day, time=clock_words(local.time()))
