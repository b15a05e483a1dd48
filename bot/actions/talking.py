"""Small things in the course of a talk."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.actions.call_time import fitted
from bot.actions.scene import Scene
from bot.callbacks.wording import window_words
from bot.conversation.other_language import script_of
from bot.messages import Button, Contact, LanguagesCard
from bot.texts import Texts

_LEARNED_BY_MANY = ("en", "fr", "es", "ar")
"""Languages that many people in Finland read who write in another one."""


def acknowledge_correction(scene: Scene) -> None:
    """Say that what was said before has been corrected."""
    corrected = scene.slots.get("corrected") or []
    if "phone" in corrected and scene.slots.get("phone"):
        scene.say("utter_corrected_phone")
    elif "time" in corrected and (window := fitted(scene).window) and not fitted(scene).asked_for_impossible:
        scene.say("utter_corrected_time", when=window_words(window, scene.language))
    elif "name" in corrected and scene.slots.get("name"):
        scene.say("utter_corrected_name", name=scene.slots["name"])
    elif "municipality" in corrected and scene.slots.get("municipality"):
        scene.say("utter_corrected_municipality")
    elif "child_age" in corrected and scene.slots.get("child_age"):
        scene.say("utter_corrected_child_age", age=", ".join(f"{age:g}" for age in scene.slots["child_age"]))
    elif "message_allowed" in corrected and scene.slots.get("message_allowed") is False:
        scene.say("utter_corrected_no_message")
    elif "message_allowed" in corrected and scene.slots.get("message_allowed"):
        scene.say("utter_corrected_message")
    else:
        scene.say("utter_corrected")


def show_languages(scene: Scene) -> None:
    """Answer words in a language we do not write: 112, a call with an interpreter, the languages to choose from.

    Nobody who writes so has chosen Finnish, so an empty conversation goes on in English.
    """
    if scene.language == "fi" and not scene.times_said:
        scene.language = "en"
    scene.times_said["card_other_danger"] = scene.times_said.get("card_other_danger", 0) + 1
    card = languages_card(
        scene.texts, readable_in(scene.texts, scene.slots.get("language"), scene.heard.text)
    )
    title = scene.texts.text("card_other_button", card.call[0][0])
    scene.show(card, "\n".join(sentence for _, sentence in (*card.danger, *card.call)))
    choices = scene.texts.variant("utter_language_choice").buttons
    buttons = [
        Button(title, "/request_callback"),
        *(Button(one.titles["fi"], one.payload) for one in choices),
    ]
    scene.replies[-1] = replace(scene.replies[-1], buttons=tuple(buttons))


def languages_card(texts: Texts, codes: tuple[str, ...]) -> LanguagesCard:
    """The card in these languages."""
    return LanguagesCard(
        emergency=Contact(kind="phone", label="112", value="112", href="tel:112"),
        danger=tuple((code, texts.text("card_other_danger", code)) for code in codes),
        call=tuple((code, texts.text("card_other_call", code)) for code in codes),
    )


def readable_in(texts: Texts, likely: str | None, words: str) -> tuple[str, ...]:
    """The languages in which the writer of `words` can likely read the card, likeliest first.

    The one it was taken for; else those of the same script; else a few that many have learned.
    """
    known = texts.variant("card_other_call").texts
    if likely is not None and likely in known:
        return tuple(dict.fromkeys((likely, "en")))
    script = script_of(words)
    if script in ("LATIN", "ARABIC", None):
        return _LEARNED_BY_MANY
    return (*(code for code, sentence in known.items() if script_of(sentence) == script), *_LEARNED_BY_MANY)


def change_language(scene: Scene) -> Mapping[str, Any] | None:
    """Go on in another language; for one we do not write, offer the call with an interpreter.

    A call in the language that is left was the talk's own choice, so it is chosen anew; any other wish for it stays,
    and so does one with an interpreter: whoever writes now may be helping.
    """
    wanted, before = scene.slots.get("conversation_language") or scene.heard.first("language"), scene.language
    if wanted is None:
        scene.say("utter_language_choice")
    elif wanted in scene.texts.written:
        scene.language = wanted
        scene.say("utter_language_changed")
        told = scene.slots.get("language")
        anew = told == before and not scene.slots.get("interpreter")
        return {"conversation_language": None, "language": None if anew else told}
    else:
        scene.say("utter_language_by_interpreter")
        return {"language": wanted, "interpreter": True, "conversation_language": None}
    return {"conversation_language": None}
