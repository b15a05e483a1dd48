"""Hearing a matter and guiding to services."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.actions import telling_more
from bot.actions.scene import Scene
from bot.clock import helsinki
from bot.conversation.asides import tells_later
from bot.guidance import cards, matching
from bot.guidance.catalogue import Service
from bot.meaning import Understanding
from bot.messages import Button, ServiceCard

_OTHER = "other"
_NOT_PARENTS = ("child", "relative", "professional")
"""Who writes of somebody else's children, or of oneself as a child: a parent's words are not for them."""
_MOST_KEPT = 30
_SURE_ENOUGH = 0.35
_SHORT_QUESTION = 7
"""A question of so few words that names no service is about what was just shown."""


def hear(scene: Scene) -> Mapping[str, Any] | None:
    """Say that the matter was heard, and one helpful thing; once for each matter."""
    return _hear(scene, with_tip=True)


def hear_briefly(scene: Scene) -> Mapping[str, Any] | None:
    """Say that the matter was heard, when the person already wants something else: a call."""
    return _hear(scene, with_tip=False)


def _hear(scene: Scene, *, with_tip: bool) -> Mapping[str, Any] | None:
    need, role = scene.slots.get("need"), scene.slots.get("sender_role")
    heard = scene.slots.get("heard") or []
    if not need or need in heard:
        return None
    also = [one for one in scene.slots.get("also") or () if one != need and one not in heard]
    kind = f"from_{role}" if role in _NOT_PARENTS else "unknown" if need == _OTHER else need
    if need != _OTHER or (scene.slots.get("words") and not tells_later(scene.heard.text)):
        own = f"utter_heard_{need}_from_{role}"
        sure = scene.heard.need(_SURE_ENOUGH) == need  # words of one matter are said only to whom told of it
        scene.say(own if sure and own in scene.texts else f"utter_heard_{kind}")
    if also and role not in _NOT_PARENTS:
        scene.say(f"utter_heard_{also[0]}")
        scene.say("utter_both_matters")
    if with_tip and f"utter_tip_{kind}" in scene.texts:
        telling_more.advise(scene, kind)
    return {"heard": [*heard, need, *also], "guide": None}


def find_services(scene: Scene) -> Mapping[str, Any]:
    """Find out whether the answer still depends on the municipality or the child's age."""
    depends_on = _found(scene).depends_on
    if "municipality" in depends_on and scene.slots.get("municipality") is None:
        return {"guidance": "needs_municipality"}
    if "child_age" in depends_on and scene.slots.get("child_age") is None:
        return {"guidance": "needs_child_age"}
    return {"guidance": "ready"}


def show_services(scene: Scene) -> Mapping[str, Any]:
    """Show the services that fit, at most three; when they are just those shown before, only say that they hold."""
    matches = _found(scene).services
    ids = [match.service.id for match in matches]
    if not matches:
        scene.say("utter_services_none")
        return {}
    if ids == scene.slots.get("cards"):
        if scene.heard.correction:  # that it was put right is said already
            return {}
        scene.say("utter_same_there" if scene.heard.first("municipality") else "utter_told_more")
        return {}
    local = any(match.reach != "country" for match in matches)
    scene.say(
        "utter_services_here" if local and scene.slots.get("municipality") else "utter_services_anywhere"
    )
    return _show(scene, matches)


def more_services(scene: Scene) -> Mapping[str, Any]:
    """Show up to three services for the same matter that have not been shown yet."""
    matches = _found(scene, without=frozenset(scene.slots.get("shown") or ())).services
    scene.say("utter_services_more" if matches else "utter_services_no_more")
    return {"more": None, **(_show(scene, matches) if matches else {})}


def describe_service(scene: Scene) -> Mapping[str, Any] | None:
    """Tell about a service that the message names; else what the services shown last cost and ask for."""
    query = _without_places(scene.heard)
    matches = matching.search(
        scene.catalogue,
        query,
        municipality=scene.slots.get("municipality") or None,
        language=scene.language,
        limit=1,
        today=helsinki(scene.now).date(),
    )
    if matches:
        scene.say("utter_service_found")
        return _show(scene, matches)
    shown = [scene.catalogue.by_id.get(known) for known in scene.slots.get("cards") or ()]
    if len(query.split()) > _SHORT_QUESTION:
        scene.say("utter_service_not_found")
    elif any(shown):
        scene.say("utter_service_found")
        for service in filter(None, shown):
            scene.say_plainly(_facts(_card(scene, service)))
    else:
        scene.say("utter_service_general")
    return None


def _without_places(heard: Understanding) -> str:
    text = heard.text
    for entity in sorted(heard.entities, key=lambda found: -found.start):
        if entity.entity == "municipality":
            text = f"{text[: entity.start]} {text[entity.end :]}"
    return text


def _facts(card: ServiceCard) -> str:
    told = zip(card.labels, (card.cost, card.referral, card.client), strict=True)
    lines = [f"{label}: {fact}" for label, fact in told]
    return "\n".join([card.name, *lines, *([card.opening] if card.opening else [])])


def clarify(scene: Scene) -> None:
    """Ask which of at most three matters was meant."""
    options = scene.slots.get("clarification") or []
    scene.say("utter_clarify" if len(options) > 1 else "utter_clarify_one")
    buttons = [Button(scene.text(f"need_{need}"), f"/{need}") for need in options]
    buttons.append(Button(scene.text("utter_none_of_these"), "/SetSlots(clarification=none)"))
    last = scene.replies.pop()
    scene.replies.append(replace(last, style="question", buttons=tuple(buttons)))


def _found(scene: Scene, *, without: frozenset[str] = frozenset()) -> matching.Found:
    need = scene.slots.get("need")
    main = [need] if need and need != _OTHER else []
    also = [one for one in scene.slots.get("also") or () if one != need]
    found = _matching(scene, [*main, *also], without)
    others = [match for match in _matching(scene, also, without).services if match not in found.services]
    if others and not any(set(also) & set(match.service.needs) for match in found.services):
        return replace(found, services=(*found.services[: matching.AT_MOST - 1], others[0]))
    return found


def _matching(scene: Scene, needs: list[str], without: frozenset[str]) -> matching.Found:
    return matching.find(
        scene.catalogue,
        needs=needs,
        municipality=scene.slots.get("municipality") or None,
        ages=scene.slots.get("child_age") or (),
        language=scene.language,
        now=scene.now,
        without=without,
        for_young=scene.slots.get("sender_role") == "child" and "pregnancy" not in needs,
    )


def _show(scene: Scene, matches: tuple[matching.Match, ...]) -> Mapping[str, Any]:
    for match in matches:
        card = _card(scene, match.service)
        scene.services.append(match.service.id)
        scene.show(card, cards.card_text(card))
    municipality = scene.slots.get("municipality") or None
    county = cards.own_county_text(scene.areas, municipality, scene.texts, scene.language)
    if county and scene.slots.get("county_told") != municipality:
        scene.say_plainly(county)
    ids = [match.service.id for match in matches]
    shown = [*(scene.slots.get("shown") or []), *ids]
    told = {"county_told": municipality} if county else {}
    return {**told, "cards": ids, "shown": list(dict.fromkeys(shown))[-_MOST_KEPT:]}


def _card(scene: Scene, service: Service) -> ServiceCard:
    return cards.card(
        service,
        language=scene.language,
        municipality=scene.slots.get("municipality") or None,
        now=scene.now,
        texts=scene.texts,
    )
