"""The words around an answer that belong to the page and not to the turn (buttons of cards, sending states)."""

from dataclasses import dataclass

from bot.texts import Texts

_NAMES = (
    "sending", "delivered", "failed", "offline", "cut", "again", "typing", "empty", "long", "attachment",
    "contact", "more", "copy", "copied", "switch",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CardWords:
    """What a card says around its facts."""

    contact: str
    more: str


def chat_words(texts: Texts, language: str) -> dict[str, str]:
    """Every such word by its short name, in `language`: what chat.js shows."""
    own = {name: texts.text(f"page_chat_{name}", language) for name in _NAMES}
    return own | {"lost": texts.text("page_live_lost", language)}


def card_words(texts: Texts, language: str) -> CardWords:
    """The few that a card drawn by the server needs."""
    return CardWords(texts.text("page_chat_contact", language), texts.text("page_chat_more", language))


def starts(texts: Texts, language: str) -> tuple[str, ...]:
    """Sentences to begin with, ready to press."""
    buttons = texts.variant("page_chat_starts").buttons
    return tuple(button.titles.get(language) or button.titles["fi"] for button in buttons)
