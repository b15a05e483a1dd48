"""Booking a callback: the wish fitted to calling hours, the summary shown, the request put into the queue."""

from collections.abc import Mapping
from typing import Any

from bot.actions import safe_calling, two_calls
from bot.actions.call_time import became_full, candidates, fit_time, fitted, wish_words
from bot.actions.scene import Scene
from bot.callbacks import booking
from bot.callbacks.call_times import Fit
from bot.callbacks.callback import window_as_json
from bot.callbacks.notices import way_of
from bot.callbacks.request import NewCallback
from bot.callbacks.wording import day_words, language_name, window_words
from bot.meaning import SPOKEN_BY_ADVISORS, Window
from bot.messages import SummaryCard
from bot.phone_numbers import hidden, readable

_OTHER = "other"
_SHORT = 90


def explain_callback(scene: Scene) -> Mapping[str, Any] | None:
    """Say, once and before anything is asked, what changes by asking for a call.

    Who writes in a language that advisors do not speak is rung in it, unless another was told.
    """
    told = choose_call_language(scene)
    if scene.slots.get("explained"):
        return told
    scene.say("utter_explain_callback")
    return {**told, "explained": True}


def choose_call_language(scene: Scene) -> Mapping[str, Any]:
    """The language of the call where none was told: the talk's own, if advisors do not speak it."""
    own = scene.slots.get("language") is None and scene.language not in SPOKEN_BY_ADVISORS
    return {"language": scene.language} if own else {}


def show_summary(scene: Scene) -> None:
    """Show the whole request, the number in full so that it can be checked, before it is final."""
    fit = fitted(scene)
    phone = readable(str(scene.slots["phone"]))
    card = summary(
        scene, heading=scene.text("summary_heading_before"), phone=phone, window=fit.window, fit=fit
    )
    scene.show(card, summary_text(card))


def book_callback(scene: Scene) -> Mapping[str, Any]:
    """Put the request into the queue and give the code and the promise."""
    fit = fitted(scene)
    if became_full(scene, fit):  # said, shown anew, and asked again: nothing is booked that was not shown
        return {**fit_time(scene), "confirm": None}
    booked = booking.book(
        scene.session,
        _request(scene, fit),
        now=scene.now,
        promised_day=fit.promised_day,
        places=candidates(scene, fit),
        beside=two_calls.part_notes(scene),
    )
    masked = hidden(str(scene.slots["phone"]))
    scene.say("utter_booked")
    card = summary(
        scene,
        heading=scene.text("summary_heading_after"),
        phone=masked,
        window=booked.window,
        fit=fit,
        code=booked.code,
    )
    scene.show(card, summary_text(card))
    scene.say("utter_booked_promise", day=day_words(booked.promised_day, scene.language))
    told = {"window": window_as_json(booked.window), "promised_day": booked.promised_day.isoformat()}
    scene.callback = {"code": booked.code, **told}
    kept = {"callback": {"id": booked.id, **told}, "callback_state": "waiting", "words": None, "heard": None}
    kept |= two_calls.after_booking(scene)
    # Who has asked for letters can still ask for nothing at all: that is then a new answer.
    return kept | ({"message_allowed": None, "notify_email": None} if scene.slots.get("notify_email") else {})


def _request(scene: Scene, fit: Fit) -> NewCallback:
    slots = scene.slots
    need = slots.get("need")
    language = slots.get("language") or scene.language
    words = [*(slots.get("words") or ()), *([fit.note] if fit.note else ())]
    return NewCallback(
        area=scene.area.id,
        municipality=slots.get("municipality") or None,
        need=need if need and need != _OTHER else None,
        needs=tuple(
            dict.fromkeys(one for one in (need, *(slots.get("also") or ())) if one and one != _OTHER)
        ),
        urgency=slots.get("urgency") or "none",
        category=slots.get("category"),
        phone=slots["phone"],
        contact_mode=slots.get("contact_mode") or "call",
        name=slots.get("name") or None,
        child_ages=tuple(slots.get("child_age") or ()),
        language=language,
        interpreter=language if _interpreted(scene) else None,
        easy_language=bool(slots.get("easy")),
        wish_words=wish_words(scene),
        window=fit.window,
        message_allowed=slots.get("message_allowed"),
        **safe_calling.fields(slots),
        notes="\n".join(words),
        told=tuple(slots.get("shown") or ()),
        channel=scene.incoming.channel,
        sender_role=slots.get("sender_role") or "parent",
        conversation=scene.conversation,
        email=scene.incoming.notify_email or slots.get("notify_email"),
        telegram_chat=slots.get("telegram_chat"),
    )


def summary(
    scene: Scene, *, heading: str, phone: str, window: Window | None, fit: Fit, code: str | None = None
) -> SummaryCard:
    """The card of a request, in the reader's language."""
    day = day_words(fit.promised_day, scene.language)
    when = window_words(window, scene.language) if window else scene.text("summary_anytime", day=day)
    return SummaryCard(
        heading=heading,
        when=when,
        rows=tuple(_rows(scene, phone, fit, booked=code is not None)),
        code=code,
        code_label=scene.text("summary_code") if code else None,
        code_note=scene.text("summary_code_note") if code else None,
    )


def _rows(scene: Scene, phone: str, fit: Fit, *, booked: bool) -> list[tuple[str, str]]:
    slots = scene.slots
    language = slots.get("language") or scene.language
    known = f"language_{language}" in scene.texts
    spoken = scene.text(f"language_{language}") if known else language_name(language, scene.language)
    if _interpreted(scene):
        spoken = scene.text("summary_with_interpreter", language=spoken)
    if slots.get("easy"):
        spoken = scene.text("summary_easy", language=spoken)
    message = "summary_message_yes" if slots.get("message_allowed") else "summary_message_no"
    rows = [(scene.text("summary_phone"), phone), *safe_calling.rows(scene, booked=booked)]
    if name := slots.get("name"):
        rows.append((scene.text("summary_name"), str(name)))
    rows.append((scene.text("summary_language"), spoken))
    if not slots.get("contact_mode") or slots["contact_mode"] == "call":
        rows.append((scene.text("summary_no_answer"), scene.text(message)))
    way = way_of(_request(scene, fit))
    if way in scene.notices:
        rows.append((scene.text("summary_notices"), scene.text(f"summary_notices_{way}")))
    if mode := _mode(scene):
        rows.append((scene.text("summary_mode"), mode))
    if municipality := slots.get("municipality"):
        rows.append((scene.text("summary_municipality"), str(municipality)))
    if words := slots.get("words"):
        rows.append((scene.text("summary_matter"), _short(" · ".join(words))))
    if fit.note:
        rows.append((scene.text("summary_wish"), fit.note))
    return rows


def _interpreted(scene: Scene) -> bool:
    """Whether an interpreter is there: as was told; unasked, when advisors do not speak the call's language."""
    language = scene.slots.get("language") or scene.language
    told = scene.slots.get("interpreter")
    return language not in SPOKEN_BY_ADVISORS if told is None else bool(told)


def _mode(scene: Scene) -> str | None:
    mode = scene.slots.get("contact_mode")
    return scene.text(f"summary_mode_{mode}") if mode and mode != "call" else None


def summary_text(card: SummaryCard) -> str:
    """A summary card in plain words."""
    lines = [f"{card.heading} {card.when}", *(f"{label}: {value}" for label, value in card.rows)]
    if card.code:
        lines += [f"{card.code_label}: {card.code}", card.code_note or ""]
    return "\n".join(lines)


def _short(text: str) -> str:
    return text if len(text) <= _SHORT else f"{text[:_SHORT].rsplit(' ', 1)[0]}…"
