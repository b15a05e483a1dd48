"""Small things in the course of a talk."""

from collections.abc import Mapping
from typing import Any

from bot.actions.booking import fitted
from bot.actions.scene import Scene
from bot.callbacks.wording import window_words


def acknowledge_correction(scene: Scene) -> None:
    """Say that what was said before has been corrected."""
    corrected = scene.slots.get("corrected") or []
    if "phone" in corrected and scene.slots.get("phone"):
        scene.say("utter_corrected_phone")
    elif "time" in corrected and (window := fitted(scene).window) and not fitted(scene).asked_for_impossible:
        scene.say("utter_corrected_time", when=window_words(window, scene.language))
    elif "message_allowed" in corrected and scene.slots.get("message_allowed") is False:
        scene.say("utter_corrected_no_message")
    else:
        scene.say("utter_corrected")


def change_language(scene: Scene) -> Mapping[str, Any] | None:
    """Go on in another language; for one we do not write, offer the call with an interpreter.

    A call in the language that is left was the talk's own choice, so it is chosen anew; any other wish for it stays.
    """
    wanted, before = scene.slots.get("conversation_language") or scene.heard.first("language"), scene.language
    if wanted is None:
        scene.say("utter_language_choice")
    elif wanted in scene.texts.written:
        scene.language = wanted
        scene.say("utter_language_changed")
        told = scene.slots.get("language")
        return {"conversation_language": None, "language": None if told == before else told}
    else:
        scene.say("utter_language_by_interpreter")
        return {"language": wanted, "interpreter": True, "conversation_language": None}
    return {"conversation_language": None}
