"""Plain questions in words a model takes for something else: is it my fault, may they take my child, are you a person.

What is listed stands in `words/asks.yaml`, per question and language.
"""

from functools import cache
from typing import Any

from bot.understanding.letters import Written, pattern
from bot.understanding.wordlists import expression, phrases, wordlist

_LONGEST_WHOLE = 6
_LONGEST = 12
"""In a longer message the question is a part of a story, which is heard as one."""
_WHOLE = "whole"
_MARKS = " .,!?…"


def asked(text: str) -> str | None:
    """The question a message asks, by its heading; None when it asks none of them. Buttons ask nothing."""
    if text.startswith("/"):
        return None
    flat = Written(text).folded.replace(",", " ").strip(_MARKS)
    length = len(flat.split())
    listed = wordlist("asks")
    if length <= _LONGEST_WHOLE and (
        found := next((name for name in listed[_WHOLE] if _entire(name).fullmatch(flat)), None)
    ):
        return str(found)
    if length > _LONGEST:
        return None
    return next((name for name in listed if name not in (_WHOLE, "not") and _says(name, flat)), None)


def _says(name: str, flat: str) -> bool:
    """Whether a question stands in a text, and no "not" before it."""
    found = expression("asks", name).search(flat)
    before = flat[: found.start()].split() if found else []
    return bool(found) and not (before and expression("asks", "not").fullmatch(before[-1]))


@cache
def _entire(name: str) -> Any:
    return pattern(phrases(wordlist("asks")[_WHOLE][name]))
