"""Who asks for easy language (selkokieli, lätt svenska), and who may be glad to be offered it. Pure.

A wrong guess here would hurt: nobody is told that they write badly. So a sign is only what its writer says of their
own language, that something was not understood, or a form that no Finn uses in any dialect.
"""

import re
from functools import cache
from typing import Any

from bot.understanding.letters import Written, fold, pattern
from bot.understanding.wordlists import expression, phrases, wordlist

OFFER_AT = 2
"""After so many signs easy language is offered."""
_LONGEST_WHOLE = 5
_MATTER = 3
"""From so many words on, what is left besides the wish is a matter of its own."""


def wish(text: str) -> bool | None:
    """Whether easy language is asked for (True) or done without (False); None when nothing is said of it."""
    flat = _flat(text)
    if expression("easy", "off").search(flat):
        return False
    whole = flat.strip(" .!?")
    short = len(whole.split()) <= _LONGEST_WHOLE
    if (short and _below("on", "whole").fullmatch(whole)) or _below("on", "anywhere").search(flat):
        return True
    return None


def besides(text: str) -> str:
    """What a message that asks for easy language tells besides; empty when that is no more than a few words."""
    left = text
    for found in reversed(list(_below("on", "anywhere").finditer(fold(text)))):
        left = f"{left[: found.start()]} {left[found.end() :]}"
    left = " ".join(left.split()).strip(" ,.;:!?")
    return left if left != text and len(left.split()) >= _MATTER else ""


def signs(text: str) -> int:
    """How many signs there are that easy language would help, at most `OFFER_AT`; what tells it outright is enough."""
    flat = _flat(text)
    if expression("easy", "learner").search(flat):
        return OFFER_AT
    found = len(_basic_forms().findall(flat)) + len(_openings().findall(Written(text).folded))
    is_hard = expression("easy", "hard").search(flat) and not expression("easy", "not_hard").search(flat)
    return min(found + bool(is_hard), OFFER_AT)


def _flat(text: str) -> str:
    """Folded, in single blanks, with commas read as blanks."""
    return " ".join(Written(text).folded.replace(",", " ").split())


@cache
def _below(heading: str, part: str) -> Any:
    return pattern(phrases(wordlist("easy")[heading][part]))


@cache
def _basic_forms() -> re.Pattern[str]:
    """The basic form of a verb where Finnish never has it: "ei nukkua"."""
    verbs = "|".join(re.escape(fold(verb)) for verb in phrases(wordlist("easy")["beginner"]["verbs"]))
    return re.compile(rf"(?<!\w)ei (?:{verbs})(?!\w)")


@cache
def _openings() -> re.Pattern[str]:
    said = _below("beginner", "phrases").pattern
    return re.compile(rf"(?:^|[.!?,;\n]\s*|(?<!\w)(?:hei|ja|kun|koska|mutta)\s+){said}")
