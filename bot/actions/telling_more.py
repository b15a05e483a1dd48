"""What is known of a matter besides the first thing to try: what is ordinary, what helps tonight, when to seek help."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from bot.actions.scene import Scene
from bot.conversation.guidance_asked import KINDS, SLOT
from bot.messages import Button
from bot.texts import written_in

_WAYS = "utter_guide_ways"
_CALL = "/request_callback"
_FIRST_OFFERED = ("seek_help", "tonight", "ordinary")
"""Of what has not been told, what the one button under the first advice leads to."""
_FOR_OTHERS = ("relative", "professional")
_IN_DANGER = ("violence", "child_protection")


def tell_more(scene: Scene) -> Mapping[str, Any]:
    """Tell what was asked of the matter under way, else the next that has not been told; buttons lead to the rest."""
    need, role = scene.slots.get("need"), scene.slots.get("sender_role")
    if role == "child":
        scene.say("utter_guide_from_child")
    elif not is_written(scene, need):
        scene.say("utter_guide_unknown")
    elif kind := _wished(scene, need):
        if role in _FOR_OTHERS:
            scene.say("utter_guide_for_family")
        _say_advice(scene, f"utter_{kind}_{need}")
    else:
        scene.say("utter_guide_all_told")
    _lead_on(scene, _untold(scene, need) if role != "child" else ())
    return {SLOT: None}


def advise(scene: Scene, need: str) -> None:
    """Give the first advice: what was asked with the matter, else the one thing to try; a button leads on.

    Where somebody may be in danger, the one thing to know is said whatever was asked.
    """
    asked = scene.slots.get(SLOT)
    wished = asked in KINDS and is_written(scene, need)
    if not wished or need in _IN_DANGER:
        _say_advice(scene, f"utter_tip_{need}")
    if wished:
        _say_advice(scene, f"utter_{asked}_{need}")
    if is_written(scene, need) and scene.language in scene.texts.languages(f"utter_seek_help_{need}"):
        untold = _untold(scene, need)
        next_one = next(kind for kind in _FIRST_OFFERED if kind in untold)
        scene.replies[-1] = replace(scene.replies[-1], buttons=_buttons(scene, [_payload(next_one)]))


def is_written(scene: Scene, need: str | None) -> bool:
    """Whether there is guidance for a matter."""
    return f"utter_{KINDS[0]}_{need}" in scene.texts


def _wished(scene: Scene, need: str | None) -> str | None:
    asked = scene.slots.get(SLOT)
    return asked if asked in KINDS else next(iter(_untold(scene, need)), None)


def _untold(scene: Scene, need: str | None) -> tuple[str, ...]:
    """The kinds that can be told of a matter and have not been, in their order."""
    if not is_written(scene, need):
        return ()
    return tuple(kind for kind in KINDS if not scene.times_said.get(f"utter_{kind}_{need}"))


def _say_advice(scene: Scene, name: str) -> None:
    """Say a response as advice: what a family may want on paper."""
    scene.say(name)
    scene.replies[-1] = replace(scene.replies[-1], style="advice")


def _lead_on(scene: Scene, untold: Iterable[str]) -> None:
    """Put buttons under what was told: to what has not been, and to a call when none is waited for or being booked."""
    is_booked = scene.slots.get("callback") or scene.slots.get("interrupted_flow") == "book_callback"
    calls = [] if is_booked else [_CALL]
    buttons = _buttons(scene, [*map(_payload, untold), *calls])
    scene.replies[-1] = replace(scene.replies[-1], buttons=buttons)


def _buttons(scene: Scene, payloads: Iterable[str]) -> tuple[Button, ...]:
    wanted = set(payloads)
    offered = scene.texts.variant(_WAYS, 0, scene.reading).buttons
    return tuple(
        Button(written_in(one.titles, scene.reading), one.payload) for one in offered if one.payload in wanted
    )


def _payload(kind: str) -> str:
    return f"/SetSlots({SLOT}={kind})"
