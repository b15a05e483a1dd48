"""Small things in the course of a talk."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.actions.booking import fitted
from bot.actions.scene import Scene
from bot.callbacks.wording import window_words
from bot.messages import Button, Contact, LanguagesCard
from bot.texts import Texts


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


def show_languages(scene: Scene) -> None:
    """Answer words in a language we do not write: 112, a call with an interpreter, the languages to choose from.

    Nobody who writes so has chosen Finnish, so an empty conversation goes on in English.
    """
    likely = scene.slots.get("language") or ""
    if scene.language == "fi" and not scene.times_said:
        scene.language = "en"
    scene.times_said["card_other_danger"] = scene.times_said.get("card_other_danger", 0) + 1
    card = languages_card(scene.texts, likely, scene.language)
    title = scene.texts.text("card_other_button", likely if likely in _codes(scene.texts) else scene.language)
    scene.show(card, "\n".join(sentence for _, sentence in (*card.danger, *card.call)))
    choices = scene.texts.variant("utter_language_choice").buttons
    buttons = [
        Button(title, "/request_callback"),
        *(Button(one.titles["fi"], one.payload) for one in choices),
    ]
    scene.replies[-1] = replace(scene.replies[-1], buttons=tuple(buttons))


def languages_card(texts: Texts, likely: str, own: str) -> LanguagesCard:
    """The card in the language it is likely read in, in English and in the talk's; in all when it is not known."""
    codes = _codes(texts)
    shown = tuple(dict.fromkeys((likely, "en", own))) if likely in codes else codes
    return LanguagesCard(
        emergency=Contact(kind="phone", label="112", value="112", href="tel:112"),
        danger=tuple((code, texts.text("card_other_danger", code)) for code in shown),
        call=tuple((code, texts.text("card_other_call", code)) for code in shown),
    )


def _codes(texts: Texts) -> tuple[str, ...]:
    return tuple(texts.variant("card_other_danger").texts)


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
