"""Which language a talk is in, and whether a message changes it. Pure."""

from collections.abc import Collection
from dataclasses import replace

from bot.conversation.other_language import other_language, tells_language
from bot.conversation.remarks import asks_to_be_rung, speaks_of_the_call
from bot.conversation.state import State
from bot.meaning import Understanding

_SURE = 0.8
_NEWCOMER = "immigration"


def first_language(wanted: str | None, written: Collection[str]) -> str:
    """The language a talk begins in: the page's, when the bot writes it."""
    return wanted if wanted in written else "fi"  # type: ignore[return-value]


def unwritten(heard: Understanding) -> str | None:
    """The likely language of words in none of ours; nothing that is pressed is that."""
    return None if heard.set_slots or heard.text.startswith("/") else other_language(heard.text)


def for_the_call(heard: Understanding) -> Understanding:
    """The same message; an interpreter asked for together with a call is for that call, and no newcomer's matter."""
    called = speaks_of_the_call(heard.text) or asks_to_be_rung(heard.text)
    if not (called and heard.first("interpreter")):
        return heard
    return replace(
        heard,
        needs=tuple(one for one in heard.needs if one.name != _NEWCOMER),
        also=tuple(one for one in heard.also if one != _NEWCOMER),
    )


def in_language(heard: Understanding, state: State, written: Collection[str], *, begins: bool) -> State:
    """The language the person has changed to, if they clearly have."""
    if begins and state.language == "fi" and (code := unwritten(heard)):
        # Nobody who writes so has chosen Finnish, and in danger the card of languages does not come.
        return replace(state, language="en").with_slots(language=code, interpreter=True)
    language = heard.language
    sure = heard.language_confidence >= _SURE and not unwritten(heard)
    if language == state.language or not sure:
        return state
    if not begins and not tells_language(heard, state.language):
        return state
    if language in written:
        return replace(state, language=language)
    return state.with_slots(language=language)
