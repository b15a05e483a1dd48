"""What a family can do with the callback it has booked in this conversation: see it, move it, cancel it, delete it."""

from collections.abc import Mapping
from typing import Any

from bot.actions import safe_calling
from bot.actions.call_time import became_full, candidates, fit_time, fitted
from bot.actions.call_time import own_callback as _own
from bot.actions.scene import Scene
from bot.callbacks import booking, moving
from bot.callbacks.callback import Callback, window_as_json
from bot.callbacks.request import FAMILY, Saved, State
from bot.callbacks.wording import day_words, window_words
from bot.clock import helsinki
from bot.conversation.safe_calling import ANSWERS, CAREFUL
from bot.live_chat import changing

_OPEN = (State.WAITING, State.CLAIMED)
_CALLS = ("callback", "earlier_callback")
"""The slots of the calls this conversation has booked, the one it goes on with first."""
_CORRECTED: Mapping[str, str] = {
    "phone": "utter_corrected_phone",
    "message_allowed": "utter_corrected_message",
    "name": "utter_noted",
    "contact_mode": "utter_corrected",
}
"""What can be told anew of a request that waits, and how it is said back; the gravest first."""


def look_for_callback(scene: Scene) -> Mapping[str, Any]:
    """Find out whether this conversation has a callback, and how it stands."""
    callback = _own(scene)
    return {"callback_state": callback.state.value if callback else None}


def callback_status(scene: Scene) -> Mapping[str, Any]:
    """Say how the callback stands; never its number or code, for whoever holds the telephone now."""
    callback = _own(scene)
    if callback is None:
        return {"callback_state": None}
    window = callback.request.window
    day = day_words(callback.promised_day, scene.language)
    if callback.state is State.WAITING and callback.tries:
        scene.say("utter_status_tried")
    elif callback.state is State.WAITING and window and window.end > scene.now:
        same_day = helsinki(window.start).date() == callback.promised_day
        name = "utter_status_waiting_day" if same_day else "utter_status_waiting_window"
        scene.say(name, when=window_words(window, scene.language), day=day)
    else:
        scene.say(f"utter_status_{callback.state}", day=day)
    scene.callback = _told(callback)
    return {"callback_state": callback.state.value}


def begin_move(scene: Scene) -> Mapping[str, Any]:
    """See whether the callback can be moved; the earlier wish is put away unless the message brings a new one."""
    callback = _own(scene)
    new = scene.heard.first("time_window") is not None or "time" in scene.heard.set_slots
    return {
        "callback_state": callback.state.value if callback else None,
        "time": scene.slots.get("time") if new or callback is None else None,
    }


def move_callback(scene: Scene) -> Mapping[str, Any] | None:
    """Move the callback to the wish in the slots; staff see it at once."""
    callback = _own(scene)
    if callback is None:
        return {"callback_state": None}
    fit = fitted(scene)
    if became_full(scene, fit):
        return {**fit_time(scene), "confirm": None}
    moved = moving.move(
        scene.session,
        callback.id,
        window=fit.window,
        promised_day=fit.promised_day,
        now=scene.now,
        places=candidates(scene, fit),
    )
    if not isinstance(moved, Saved):
        scene.say("utter_status_done")
        return None
    day = day_words(fit.promised_day, scene.language)
    if fit.window:
        scene.say("utter_moved", when=window_words(fit.window, scene.language))
    else:
        scene.say("utter_moved_anytime", day=day)
    told = {"window": window_as_json(fit.window), "promised_day": fit.promised_day.isoformat()}
    scene.callback = told
    return {"callback": {"id": callback.id, **told}}


def correct_callback(scene: Scene) -> Mapping[str, Any] | None:
    """Put what was told after the booking into the request that waits; staff see it at once."""
    callback = _own(scene)
    if callback is None:
        return None
    if callback.state not in _OPEN:
        scene.say("utter_status_done")
        return {"words": None}
    changes = {
        name: scene.slots[name]
        for name in _CORRECTED
        if scene.slots.get(name) not in (None, "", getattr(callback.request, name))
        # The family's own page changes it as well: only what is told now is put right here.
        and (name != "message_allowed" or safe_calling.tells(scene, name))
    }
    if callback.request.email and scene.slots.get("message_allowed") is False:
        changes |= {"email": None, "message_allowed": False}
    safely = safe_calling.changes_of(scene, callback.request)
    words = scene.slots.get("words") or ()
    if words:
        changes["notes"] = lambda before: "\n".join(filter(None, (before.notes, *words)))
    if (changes or safely) and not _is_kept(scene, callback, {**changes, **safely}):
        scene.say("utter_status_done")
        return {"words": None}
    if safe_calling.told_now(scene):
        safe_calling.say_back(scene)
    if not changes:
        return safely or None
    said = next((_CORRECTED[name] for name in _CORRECTED if name in changes), "utter_noted")
    if said == "utter_corrected_message" and not changes["message_allowed"]:
        said = "utter_corrected_no_message"
    scene.say(said)
    scene.callback = _told(callback)
    return {"words": None, "told_to_call": list(words) or None, **safely}


def _is_kept(scene: Scene, callback: Callback, changes: Mapping[str, Any]) -> bool:
    """Change the request; whether it still could be, however it stood when this turn first looked."""
    return isinstance(booking.correct(scene.session, callback.id, now=scene.now, **changes), Saved)


def begin_safe_call(scene: Scene) -> Mapping[str, Any]:
    """See whether a call waits whose answers of safe calling can be given anew; the earlier ones are put away."""
    callback = _own(scene)
    anew = dict.fromkeys(ANSWERS) if callback else {}
    return {"callback_state": callback.state.value if callback else None, CAREFUL: None, **anew}


def keep_safe_call(scene: Scene) -> None:
    """Put the answers just given into the request that waits; staff see them at once."""
    callback, told = _own(scene), safe_calling.fields(scene.slots)
    if callback is None or told["who_may_answer"] is None:
        scene.say("utter_callback_kept" if callback else "utter_no_callback_found")
        return
    kept = booking.correct(scene.session, callback.id, now=scene.now, **told)
    if isinstance(kept, Saved):
        scene.say(f"utter_safe_call_{told['who_may_answer']}")
        scene.callback = _told(callback)
    else:
        scene.say("utter_status_done")


def cancel_callback(scene: Scene) -> Mapping[str, Any]:
    """Cancel the callback for good."""
    callback = _own(scene)
    if callback and callback.state in _OPEN:
        booking.cancel(scene.session, callback.id, by=FAMILY, now=scene.now)
    scene.say("utter_cancelled")
    left = scene.slots.get("earlier_callback")
    return {"callback": left, "earlier_callback": None, "callback_state": None, "time": None}


def delete_data(scene: Scene) -> None:
    """Delete the conversation, and with it the callback it booked."""
    for known in filter(None, map(scene.slots.get, _CALLS)):
        booking.erase(scene.session, known["id"], now=scene.now)
    changing.erase(scene.session, scene.conversation)
    scene.extras.clear()
    scene.erased = True
    scene.say("utter_deleted")


def raise_urgency(scene: Scene) -> None:
    """Let staff see at once that a family already waiting has written of a crisis: in each of its calls."""
    known = [one["id"] for name in _CALLS if (one := scene.slots.get(name))]
    if not known:
        return
    told = safe_calling.told_now(scene) and _own(scene)
    safely = safe_calling.changes_of(scene, told.request) if told else {}
    booking.correct_all(
        scene.session,
        known,
        now=scene.now,
        urgency=scene.slots.get("urgency") or "urgent",
        category=scene.slots.get("category"),
        **safely,
    )


def _told(callback: Callback) -> dict[str, Any]:
    return {
        "window": window_as_json(callback.request.window),
        "promised_day": callback.promised_day.isoformat(),
        "state": callback.state.value,
    }
