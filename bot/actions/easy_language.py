"""Easy language (selkokieli): going over to it, and offering it once to somebody who may be glad of it."""

from collections.abc import Mapping
from typing import Any

from bot.actions.scene import Scene
from bot.conversation.state import State
from bot.texts import placeholders
from bot.understanding.easy import OFFER_AT

_DONE: Mapping[str, Any] = {"say_easily": None, "conversation_language": None}
_ALWAYS_FILLED = frozenset({"municipality", "phone"})


def speak_easily(scene: Scene) -> Mapping[str, Any]:
    """Say that easy language begins, and the last thing again in it when nothing is asked; a new talk gets a greeting.

    It may be wished for together with its language ("Selkosuomi"). In a language without easy texts only the advisor
    is told of the wish.
    """
    if (wanted := scene.slots.get("conversation_language")) in scene.texts.written:
        scene.language = str(wanted)
    if not _has_easy_texts(scene):
        scene.say("utter_easy_call_only")
        return _DONE
    begins = not scene.times_said
    scene.say("utter_easy_on")
    if begins:
        scene.say("utter_greet")
    last = scene.slots.get("say_easily")
    if last and _may_be_said_again(scene, scene.form_of(last)):
        scene.say(last)
    return _DONE


def with_easy_offer(scene: Scene, state: State) -> State:
    """The answer with the offer of easy language under it, when there are signs enough; once in a conversation."""
    slots = state.slots
    known = slots.get("easy") is not None or slots.get("easy_offered")
    if known or (slots.get("easy_signs") or 0) < OFFER_AT or not _has_easy_texts(scene):
        return state
    scene.say("utter_easy_offer")
    return state.with_slots(easy_offered=True)


def _has_easy_texts(scene: Scene) -> bool:
    return scene.language in scene.texts.easy


def _may_be_said_again(scene: Scene, name: str) -> bool:
    if name not in scene.texts:
        return False
    variant = scene.texts.variant(name, 0, scene.reading)
    return scene.reading in variant.texts and placeholders(variant.texts["fi"]) <= _ALWAYS_FILLED
