"""Answers about a safe call that are none yet: a maybe, a condition, a shrug, a word for something else. Pure."""

import re
from functools import cache
from typing import Final, Literal

from bot.understanding.letters import Written, fold, pattern
from bot.understanding.wordlists import expression, phrases, wordlist

Kind = Literal["vague", "shrug", "send", "text", "written", "none", "choose", "others"]
"""What an answer is instead of a yes or a no.

`vague` a maybe, a condition or a mere sound · `shrug` all is the same · `send` "lähetä", which may mean the request ·
`text` a text message · `written` nothing but a text message · `none` no message, in other words ·
`choose` we are to choose the word · `others` it names somebody who may, or may not, answer.
"""
_SAFE: Final = frozenset({"message_allowed", "who_may_answer", "code_word"})
_ASKED: Final = _SAFE | {"callback_offer", "phone", None}
_MOST_WORDS = 10
_SIGNS = re.compile("[👍👌✅👎❌]")
_WORDS = re.compile(r"[\w'’-]+")


def unsettled(text: str, asked: str | None) -> Kind | None:
    """What kind of half answer a whole message is to the question `asked`; None for any other, and for a button."""
    if asked not in _ASKED or text.startswith("/") or "?" in text:
        return None
    folded = Written(text).folded
    said = " ".join(_WORDS.findall(folded))
    if not said:
        return None if _SIGNS.search(text) or not text.strip() else "vague"
    if len(said.split()) > _MOST_WORDS:
        return None
    whole: tuple[tuple[str, Kind], ...] = (("shrug", "shrug"), ("vague", "vague"))
    if asked == "message_allowed":
        whole = (("message_send", "send"), ("message_none", "none"), *whole)
    elif asked == "code_word":
        whole = (
            ("choose_word", "choose"),
            ("vague", "none"),
            ("shrug", "none"),
            ("word_refused", "none"),
            ("message_send", "none"),
        )
    found = next((kind for heading, kind in whole if _whole(heading).fullmatch(said)), None)
    return found or (_told_by_part(said, str(asked)) if asked in _SAFE else None)


def _told_by_part(said: str, asked: str) -> Kind | None:
    """What single words in an answer make of it."""
    if asked == "message_allowed" and expression("safe_calls", "written_only").search(said):
        return "written" if expression("safe_calls", "only_so").search(said) else "text"
    if asked == "code_word":
        return None
    if _begins().match(said) or expression("safe_calls", "on_condition").search(said):
        return "vague"
    if asked == "who_may_answer" and any(
        expression("safe_calls", heading).search(said) for heading in ("partner", "others", "kin")
    ):
        return "others"
    return None


@cache
def _whole(heading: str) -> re.Pattern[str]:
    """Phrases that may be all that is said, with small words around them."""
    listed = wordlist("safe_calls")
    core, small = (
        "|".join(re.escape(fold(one)) for one in sorted(phrases(listed[name]), key=len, reverse=True))
        for name in (heading, "small_words")
    )
    return re.compile(rf"(?:(?:{small})\s+)*(?:{core})(?:\s+(?:{core}|{small}))*")


@cache
def _begins() -> re.Pattern[str]:
    """The words that open an answer that depends: "no riippuu kuka"."""
    listed = wordlist("safe_calls")
    small = "|".join(re.escape(fold(one)) for one in phrases(listed["small_words"]))
    return re.compile(rf"(?:(?:{small})\s+)*{pattern(phrases(listed['vague_begins'])).pattern}")
