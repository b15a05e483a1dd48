"""Safe calling: whether it is asked for, what is said of it, and putting it right in a call that waits."""

from collections.abc import Mapping
from typing import Any

from bot.actions.scene import Scene
from bot.callbacks.request import NewCallback
from bot.conversation.safe_calling import ANSWERS, CAREFUL, calls_for_care

_MESSAGE_ASKED = "utter_ask_message_allowed"
_SAID_OF: Mapping[str, str] = {"others": "who_may_answer"}
"""Which answer is said back by other words than its own."""
_WHO_ASKED = "utter_ask_who_may_answer"


def weigh_care(scene: Scene) -> Mapping[str, Any]:
    """Whether it is asked who may answer: slot `careful`, true or empty.

    Who let the question go by once where it weighs, with the number perhaps, is asked again before the summary.
    """
    slots = scene.slots
    asked = any(name.startswith(_MESSAGE_ASKED) for name in scene.times_said)
    refused = asked and slots.get("message_allowed") is False and not slots.get("notify_email")
    care = {CAREFUL: calls_for_care(slots, message_refused=refused) or None}
    let_go = slots.get("who_may_answer") == "" and scene.times_said.get(_WHO_ASKED, 0) == 1
    weighs = let_go and calls_for_care(slots, message_refused=False)
    return care | ({"who_may_answer": None} if weighs else {})


def hide_number(scene: Scene) -> Mapping[str, Any] | None:
    """Our number is hidden from a telephone that others may see, unless it was told otherwise; says so."""
    if scene.slots.get("show_number") is not None:
        return None
    scene.say("utter_safe_call_number_hidden")
    return {"show_number": False}


def say_back(scene: Scene) -> None:
    """Say how we call, of what this message told."""
    told = told_now(scene)
    if taken := scene.heard.first("taken_safely"):
        scene.say(f"utter_safely_{taken}")
        told = {name: value for name, value in told.items() if name not in (taken, _SAID_OF.get(taken))}
    for name, value in told.items():
        if name == "who_may_answer" and value:
            scene.say(f"utter_safe_call_{value}")
        elif name == "show_number":
            scene.say("utter_safe_call_number_shown" if value else "utter_safe_call_number_hidden")
        elif name == "code_word" and (value or not taken):
            scene.say("utter_safe_call_code_word" if value else "utter_safe_call_no_code_word", word=value)
    if CAREFUL in _heard(scene) and not told and not taken:
        scene.say("utter_safe_call")


def told_now(scene: Scene) -> dict[str, Any]:
    """What this very message tells of safe calling, by slot."""
    heard = _heard(scene)
    return {name: heard[name] for name in ANSWERS if name in heard}


def changes_of(scene: Scene, request: NewCallback) -> dict[str, Any]:
    """What this message changes in a request that waits, by field; whoever alone may answer has our number hidden."""
    told: dict[str, Any] = {name: value or None for name, value in told_now(scene).items()}
    if "show_number" in told:
        told["show_number"] = bool(told["show_number"])
    if told.get("who_may_answer") == "only_me" and request.show_number is None:
        told.setdefault("show_number", False)
    return {name: value for name, value in told.items() if getattr(request, name) != value}


def fields(slots: Mapping[str, Any]) -> dict[str, Any]:
    """The same as fields of a request; what was not said is None."""
    return {
        "who_may_answer": slots.get("who_may_answer") or None,
        "show_number": slots.get("show_number"),
        "code_word": slots.get("code_word") or None,
    }


def rows(scene: Scene, *, booked: bool) -> list[tuple[str, str]]:
    """The rows of the summary; once it is booked the code word is not shown again, whoever looks at the screen."""
    slots = scene.slots
    listed = []
    if who := slots.get("who_may_answer"):
        listed.append((scene.text("summary_who"), scene.text(f"summary_who_{who}")))
    if (shown := slots.get("show_number")) is not None:
        value = "summary_our_number_shown" if shown else "summary_our_number_hidden"
        listed.append((scene.text("summary_our_number"), scene.text(value)))
    if word := slots.get("code_word"):
        agreed = scene.text("summary_code_word_agreed") if booked else str(word)
        listed.append((scene.text("summary_code_word"), agreed))
    return listed


def tells(scene: Scene, name: str) -> bool:
    """Whether this very message tells a fact."""
    return name in _heard(scene)


def _heard(scene: Scene) -> dict[str, Any]:
    """The message's facts and a payload's values, by name; of several the last."""
    return {one.entity: one.value for one in scene.heard.entities} | dict(scene.heard.set_slots)
