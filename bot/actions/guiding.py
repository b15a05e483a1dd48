"""Hearing a matter and guiding to services."""

from collections.abc import Mapping
from typing import Any

from bot.actions.scene import Scene
from bot.guidance import cards, matching
from bot.messages import Button, Reply

_OTHER = "other"
_MOST_KEPT = 30


def hear(scene: Scene) -> Mapping[str, Any] | None:
    """Say that the matter was heard, and one helpful thing; once for each matter."""
    return _hear(scene, with_tip=True)


def hear_briefly(scene: Scene) -> Mapping[str, Any] | None:
    """Say that the matter was heard, when the person already wants something else: a call."""
    return _hear(scene, with_tip=False)


def _hear(scene: Scene, *, with_tip: bool) -> Mapping[str, Any] | None:
    need = scene.slots.get("need")
    heard = scene.slots.get("heard") or []
    if not need or need in heard:
        return None
    if need == _OTHER:
        scene.say("utter_heard_unknown")
    else:
        scene.say(f"utter_heard_{need}")
        if with_tip:
            scene.say(f"utter_tip_{need}")
    return {"heard": [*heard, need]}


def find_services(scene: Scene) -> Mapping[str, Any]:
    """Find out whether the answer still depends on the municipality or the child's age."""
    depends_on = _found(scene).depends_on
    if "municipality" in depends_on and scene.slots.get("municipality") is None:
        return {"guidance": "needs_municipality"}
    if "child_age" in depends_on and scene.slots.get("child_age") is None:
        return {"guidance": "needs_child_age"}
    return {"guidance": "ready"}


def show_services(scene: Scene) -> Mapping[str, Any]:
    """Show the services that fit, at most three."""
    matches = _found(scene).services
    if not matches:
        scene.say("utter_services_none")
        return {}
    local = any(match.reach != "country" for match in matches)
    scene.say(
        "utter_services_here" if local and scene.slots.get("municipality") else "utter_services_anywhere"
    )
    return _show(scene, matches)


def describe_service(scene: Scene) -> Mapping[str, Any] | None:
    """Tell about a service that the message names; else about the matter that is already known."""
    municipality = scene.slots.get("municipality") or None
    query = scene.heard.text
    matches = matching.search(
        scene.catalogue, query, municipality=municipality, language=scene.language, limit=1
    )
    if not matches and (shown := scene.slots.get("shown")):
        known = scene.catalogue.by_id.get(shown[-1])
        if known and len(query.split()) < 8:  # noqa: PLR2004  (a short question is about what was just shown)
            scene.say("utter_service_found")
            _card(scene, known)
            return {"shown": shown}
    if not matches:
        scene.say("utter_service_not_found")
        return None
    scene.say("utter_service_found")
    return _show(scene, matches)


def clarify(scene: Scene) -> None:
    """Ask which of at most three matters was meant."""
    options = scene.slots.get("clarification") or []
    scene.say("utter_clarify")
    buttons = [Button(scene.text(f"need_{need}"), f"/{need}") for need in options]
    buttons.append(Button(scene.text("utter_none_of_these"), "/ask_human"))
    last = scene.replies.pop()
    scene.replies.append(Reply(text=last.text, style="question", buttons=tuple(buttons)))


def _found(scene: Scene) -> matching.Found:
    need = scene.slots.get("need")
    also = [guess.name for guess in scene.heard.needs if guess.confidence >= 0.5 and guess.name != need]  # noqa: PLR2004
    return matching.find(
        scene.catalogue,
        needs=[need, *also] if need and need != _OTHER else also,
        municipality=scene.slots.get("municipality") or None,
        ages=scene.slots.get("child_age") or (),
        language=scene.language,
        now=scene.now,
    )


def _show(scene: Scene, matches: tuple[matching.Match, ...]) -> Mapping[str, Any]:
    for match in matches:
        _card(scene, match.service)
    shown = [*(scene.slots.get("shown") or []), *(match.service.id for match in matches)]
    return {"shown": list(dict.fromkeys(shown))[-_MOST_KEPT:]}


def _card(scene: Scene, service: Any) -> None:
    card = cards.card(
        service,
        language=scene.language,
        municipality=scene.slots.get("municipality") or None,
        now=scene.now,
        texts=scene.texts,
    )
    scene.services.append(service.id)
    scene.show(card, cards.card_text(card))
