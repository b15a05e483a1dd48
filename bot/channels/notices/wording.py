"""What a notice says: neutral words of `dialogues/responses/notices.yml`, in the person's language."""

from dataclasses import dataclass

from bot.callbacks.notices import TIMELESS, Kind, When
from bot.callbacks.wording import day_words, window_words
from bot.meaning import LANGUAGES
from bot.texts import Texts

_OTHERS = "en"
"""What somebody reads whose language we do not write."""


@dataclass(frozen=True, slots=True)
class Worded:
    """A notice in words."""

    language: str
    subject: str
    """Of an e-mail."""
    text: str


def worded(texts: Texts, kind: Kind, when: When, language: str) -> Worded:
    """The notice in `language`, or in English for a language that is none of ours."""
    subject = "utter_notice_subject"
    plain = language.partition("-")[0]  # `fi` of the easy Finnish `fi-x-easy`: a notice is easy as it is
    language = plain if plain in LANGUAGES and plain in texts.languages(subject) else _OTHERS
    if kind in TIMELESS:
        text = texts.text(f"utter_notice_{kind}", language)
    elif when.window:
        text = texts.text(f"utter_notice_{kind}_window", language, when=window_words(when.window, language))
    else:
        text = texts.text(f"utter_notice_{kind}_day", language, day=day_words(when.day, language))
    return Worded(language, texts.text(subject, language), text)
