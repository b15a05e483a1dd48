"""A family with two different matters: one call for both or one for each, and telling the two apart."""

from collections.abc import Mapping
from typing import Any

from bot.actions.call_time import own_callback
from bot.actions.scene import Scene
from bot.callbacks import booking
from bot.callbacks.callback import Callback
from bot.callbacks.history import Entry
from bot.callbacks.request import OPEN_STATES, Saved
from bot.callbacks.wording import day_words, window_words

_OTHER = "other"


def look_for_another(scene: Scene) -> Mapping[str, Any]:
    """Whether a call waits (`callback_state`), and a matter was told since that it is not about (`another_matter`)."""
    callback, need = own_callback(scene), scene.slots.get("need")
    state = callback.state.value if callback else None
    if callback is None or callback.state not in OPEN_STATES or scene.slots.get("earlier_callback"):
        return {"callback_state": state, "another_matter": None}
    known = {callback.request.need, *callback.request.needs}
    return {"callback_state": state, "another_matter": need not in (None, "", _OTHER, *known) or None}


def add_matter(scene: Scene) -> Mapping[str, Any]:
    """Put the matter into the call that waits; staff see it at once."""
    callback, need = own_callback(scene), scene.slots.get("need")
    if callback is None or need is None:
        scene.say("utter_callback_waits" if callback else "utter_no_callback_found")
        return {"second_matter": None}
    added = booking.correct(
        scene.session,
        callback.id,
        now=scene.now,
        needs=lambda before: (*dict.fromkeys(filter(None, (before.need, *before.needs, need))),),
    )
    scene.say("utter_matter_added" if isinstance(added, Saved) else "utter_status_done")
    return {"need": callback.request.need or need, "told_to_call": None, "second_matter": None}


def begin_own_call(scene: Scene) -> Mapping[str, Any]:
    """Begin a call of its own for the matter: the words told of it come along, the time is asked."""
    words = dict.fromkeys((*(scene.slots.get("told_to_call") or ()), *(scene.slots.get("words") or ())))
    return {"words": list(words) or None, "told_to_call": None, "time": None, "window": None}


def look_for_two(scene: Scene) -> Mapping[str, Any]:
    """Whether two calls wait; says which they are."""
    first, second = _earlier(scene), own_callback(scene)
    if first is None or second is None or second.state not in OPEN_STATES:
        return {"two_calls": None}
    scene.say("utter_two_calls", first=_named(scene, first), second=_named(scene, second))
    return {"two_calls": True}


def take_call(scene: Scene) -> Mapping[str, Any]:
    """Go on with the call that was meant: the earlier one changes places with the later one."""
    if scene.slots.get("which_call") != "first" or not scene.slots.get("earlier_callback"):
        return {"two_calls": None}
    found = _earlier(scene)
    return {
        "callback": scene.slots["earlier_callback"],
        "earlier_callback": scene.slots.get("callback"),
        "callback_state": found.state.value if found else None,
        "two_calls": None,
    }


def part_notes(scene: Scene) -> list[Entry]:
    """Before a second call is booked: its words leave the notes of the first. What its history is to say of that.

    Raises `ChangedMeanwhileError` when the first has become another since the turn looked.
    """
    first, words = scene.call("callback"), scene.slots.get("words")
    if first is None or not words or not _is_second(scene):
        return []
    parted = booking.take_out(scene.session, first, words, now=scene.now)
    return [parted] if parted else []


def after_booking(scene: Scene) -> dict[str, Any]:
    """What is remembered when the call just booked is the second one."""
    return {"earlier_callback": scene.slots.get("callback")} if _is_second(scene) else {}


def _is_second(scene: Scene) -> bool:
    return scene.slots.get("second_matter") == "own"


def _earlier(scene: Scene) -> Callback | None:
    """The call that was booked first, while it is still to be made."""
    found = scene.call("earlier_callback")
    return found if found and found.state in OPEN_STATES else None


def _named(scene: Scene, callback: Callback) -> str:
    """A call by its matter and its time."""
    asked, language = callback.request, scene.language
    when = scene.text("page_my_step_by", day=day_words(callback.promised_day, language))
    if asked.window and asked.window.end > scene.now:
        when = window_words(asked.window, language)
    return f"{scene.text(f'need_{asked.need}')}, {when}" if asked.need else when
