"""Mending the talk: what was said is said again, or meant in other words; help after a crisis; a short memory."""

from collections.abc import Mapping
from typing import Any, cast

from bot.actions.crisis import crisis_reply
from bot.actions.scene import Scene
from bot.conversation import store
from bot.safety import Category, Urgency, Verdict

_SAID = "utter_said_before"
_EXPLAINED = "utter_meaning"


def repeat(scene: Scene) -> None:
    """Say the last answer once more as it was, with its cards and buttons; without one, say so."""
    before = store.last_answer(scene.session, scene.conversation)
    if before is None or not before.replies:
        scene.say("utter_nothing_said")
        return
    known = {variant.texts.get(scene.language) for variant in scene.texts.responses[_SAID]}
    scene.say(_SAID)
    scene.replies.extend(reply for reply in before.replies if reply.text not in known)
    scene.services.extend(before.services)


def explain(scene: Scene) -> None:
    """Say in other words what the open question is for; without one, what this is and what may be asked."""
    asked = scene.slots.get("asked")
    name = f"{_EXPLAINED}_{asked}"
    if name not in scene.texts:
        name = f"{_EXPLAINED}_talk"
    elif scene.times_said.get(scene.form_of(name)):
        name = f"{_EXPLAINED}_again"  # the same words would help no more than the first time
    scene.say(name)


def ask_after_crisis(scene: Scene) -> Mapping[str, Any]:
    """Remember that it is asked whether this danger has passed: once for each."""
    return {"safety_asked": scene.slots.get("crisis_at"), "quiet_since_crisis": None}


def crisis_again(scene: Scene) -> None:
    """Show the help for the danger that was told before, whose writer is not safe yet."""
    slots = scene.slots
    verdict = Verdict(
        urgency=cast("Urgency", slots.get("urgency") or "urgent"),
        category=cast("Category", slots.get("category") or "none"),
        rule="",
        language=scene.language,
    )
    by_child = slots.get("sender_role") == "child"
    scene.replies.extend(crisis_reply(verdict, scene.language, scene.now, by_child=by_child))


def note_for_staff(scene: Scene) -> Mapping[str, Any] | None:
    """Keep what a professional told of the family's leave as a line for whoever rings, in the staff's language."""
    knows = scene.slots.get("family_knows")
    name = f"summary_note_family_{knows}"
    if name not in scene.texts:
        return None
    line = scene.texts.text(name, "fi")
    words = scene.slots.get("words") or []
    return None if line in words else {"words": [*words, line]}
