"""The contact person of a site, from the directory: for a professional who names the own site, and for a parent."""

from collections.abc import Mapping
from typing import Any

from bot.actions.scene import Scene
from bot.guidance.contact_persons import ContactPerson, kinds_in, said_in

_AT_MOST = 3
_TOLD = "told"


def find_contact_person(scene: Scene) -> Mapping[str, Any]:
    """Find out whether the directory knows the site, or would when the municipality were told."""
    if _found(scene):
        return {"contact": "found"}
    unplaced = scene.slots.get("municipality") is None and bool(kinds_in(_site(scene)))
    return {"contact": "needs_municipality" if unplaced else "unknown"}


def tell_contact_person(scene: Scene) -> Mapping[str, Any] | None:
    """Tell the role and how to reach it, once; of a site that is not in the directory, only when that was asked."""
    asked = scene.slots.get("contact")
    if asked == _TOLD:
        return None
    found = _found(scene)
    if not found and asked is not None:
        scene.say("utter_contact_person_unknown")
    for person in found:
        _tell(scene, person)
    if any(person.fictional for person in found):
        scene.say("utter_contact_person_fictional")
    return {"contact": _TOLD if found else None}


def note_joint_call(scene: Scene) -> Mapping[str, Any] | None:
    """Keep the wish for one call with the family as a line for whoever rings, in the staff's language."""
    line, words = scene.texts.text("summary_note_joint_call", "fi"), scene.slots.get("words") or []
    return {"joint_call": None} if line in words else {"joint_call": None, "words": [*words, line]}


def _tell(scene: Scene, person: ContactPerson) -> None:
    site, role, reach = (said_in(words, scene.language) for words in (person.site, person.role, person.reach))
    scene.say("utter_contact_person", site=site, role=role, reach=reach)


def _found(scene: Scene) -> tuple[ContactPerson, ...]:
    return scene.contacts.find(_site(scene), scene.slots.get("municipality") or None)[:_AT_MOST]


def _site(scene: Scene) -> str:
    return str(scene.slots.get("site") or "")
