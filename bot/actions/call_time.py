"""When a call is tried: the family's wish fitted into calling hours and into what is still free."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.actions.scene import Scene
from bot.callbacks import call_times
from bot.callbacks.call_times import Fit
from bot.callbacks.callback import Callback, window_as_json
from bot.callbacks.places import Place, Places
from bot.callbacks.request import URGENT
from bot.callbacks.wording import day_words, window_words
from bot.clock import helsinki
from bot.meaning import TimeWish, Window


def fit_time(scene: Scene) -> Mapping[str, Any]:
    """Fit the wish; when it cannot be met, say so with the nearest time that can, once for each such time."""
    fit = fitted(scene)
    words, window = (scene.slots.get("time") or {}).get("words"), window_as_json(fit.window)
    told = scene.slots.get("time_told") == words
    if fit.asked_for_impossible and not (told and scene.slots.get("window") == window):
        _say_why(scene, fit)
    full = fit.asked_for_impossible == "full" or (told and scene.slots.get("time_full"))
    return {"window": window, "time_told": words, "time_full": bool(full and fit.window) or None}


def fitted(scene: Scene) -> Fit:
    """The family's wish as it can be met now; no wish is any time.

    A time that was told instead of one that is full stays theirs as long as it is free.
    """
    wish = TimeWish.from_json(scene.slots.get("time") or {"words": "", "anytime": True})
    places = _places(scene)
    has_room = places.room_for(is_urgent(scene))
    fit = call_times.fit(wish, places.calendar, scene.now, has_room=has_room)
    instead = _told_instead(scene)
    if instead is None or not call_times.fits(instead, places.calendar, scene.now, has_room):
        return fit
    promised = places.calendar.promised_day(scene.now, helsinki(instead.start).date())
    return replace(fit, window=instead, asked_for_impossible=None, promised_day=promised)


def became_full(scene: Scene, fit: Fit) -> bool:
    """Whether the time that was shown has been taken by others meanwhile."""
    return fit.asked_for_impossible == "full" and window_as_json(fit.window) != scene.slots.get("window")


def candidates(scene: Scene, fit: Fit) -> list[Place] | None:
    """The places to try for this call."""
    return _places(scene).candidates(fit.window, urgent=is_urgent(scene))


def is_urgent(scene: Scene) -> bool:
    """Whether this call is one that always gets a place."""
    return scene.slots.get("urgency") in URGENT


def wish_words(scene: Scene) -> str | None:
    """The family's own words for when it hopes to be rung; None when any time will do."""
    time = scene.slots.get("time") or {}
    return None if time.get("anytime") else time.get("words") or None


def own_callback(scene: Scene) -> Callback | None:
    """The callback booked in this conversation as it stood when this turn first looked.

    None while a second one is being booked, for another matter: what is told then is not about the first.
    """
    return None if scene.slots.get("second_matter") == "own" else scene.call("callback")


def _places(scene: Scene) -> Places:
    """The places of the area; that of the family's own call counts as free, for it may be moved from there."""
    own = own_callback(scene)
    return scene.places.without(own.place if own else None)


def _told_instead(scene: Scene) -> Window | None:
    """The time that was told in place of a full one, for the same wish."""
    words = (scene.slots.get("time") or {}).get("words")
    told = scene.slots.get("window")
    if not told or not scene.slots.get("time_full") or scene.slots.get("time_told") != words:
        return None
    return Window(datetime.fromisoformat(told["start"]), datetime.fromisoformat(told["end"]))


def _say_why(scene: Scene, fit: Fit) -> None:
    if fit.window is None:
        scene.say("utter_time_none_free", day=day_words(fit.promised_day, scene.language))
        return
    scene.say(f"utter_time_{fit.asked_for_impossible}", when=window_words(fit.window, scene.language))
