"""A message that was not understood may teach the bot, if its sender says so and nothing in it tells who wrote it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from bot.actions.scene import Scene
from bot.identifiers import MASK, masked
from bot.learning import unclear
from bot.meaning import Entity
from bot.messages import Button

_LEAST_WORDS = 2
_TELLING = frozenset({"phone", "phone_fragment", "name", "municipality", "municipality_maybe"})
_CODES = re.compile(r"https?://\S+|\d[\d ().-]{3,}\d", re.IGNORECASE)
"""Links and long numbers."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_BEFORE_A_SENTENCE = re.compile(r"(?:^|[.!?…\n])\W*$")


def offer_to_teach(scene: Scene) -> Mapping[str, Any] | None:
    """Put a button under what was just said: this message may be kept to teach the bot. Once in a conversation."""
    text = scene.heard.text.strip()
    too_short = len(text.split()) < _LEAST_WORDS
    if not scene.learns or too_short or scene.slots.get("teach_offered") or not scene.replies:
        return None
    last = scene.replies[-1]
    button = Button(scene.text("utter_teach_button"), "/SetSlots(teach=true)")
    scene.replies[-1] = replace(last, buttons=(*last.buttons, button))
    return {"unclear": redacted(text, scene.heard.entities), "teach_offered": True}


def keep_to_teach(scene: Scene) -> Mapping[str, Any]:
    """Keep the message that was not understood, as its sender allowed."""
    text = scene.slots.get("unclear")
    if scene.learns and text:
        unclear.keep(scene.session, text, language=scene.language, now=scene.now)
        scene.say("utter_taught")
    else:
        scene.say("utter_nothing_to_teach")
    return {"teach": None, "unclear": None}


def redacted(text: str, entities: Iterable[Entity]) -> str:
    """The text without what could tell who wrote it: numbers, names, places, addresses. Each becomes `…`."""
    for found in sorted(entities, key=lambda one: -one.start):
        if found.entity in _TELLING:
            text = f"{text[: found.start]}{MASK}{text[found.end :]}"
    return _WORD.sub(_without_name, _CODES.sub(MASK, masked(text).text))


def _without_name(word: re.Match[str]) -> str:
    """A capital inside a sentence is the name of somebody or somewhere, in all our languages that have capitals."""
    begins = _BEFORE_A_SENTENCE.search(word.string[: word.start()])
    return word[0] if begins or not word[0].istitle() else MASK
