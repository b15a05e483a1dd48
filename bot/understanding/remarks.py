"""What a person says about the talk itself: that something is taken back, was not understood, or an insult."""

import re
from functools import cache
from typing import Any

from bot.understanding.letters import Written, pattern
from bot.understanding.wordlists import expression, phrases, wordlist

_LONGEST_WHOLE = 6
_SHOULD_BE = re.compile(
    r"\bpiti olla(?=\s+(?:\d|(?:klo\s+\d|(?:maanan|tiis|tors|perjan)tai|keskiviik|huomen|ylihuomen)\S*\W*$))"
)

_WRONG = re.compile(
    r"\b(?:nume?ro\w*|puhelinnumero\w*|nummer|numret|number|(?:kellon)?aika|paiva|tiden|dagen|time|day)\s+"
    r"(?:se\s+|jag gav\s+|i gave\s+)?"
    r"(?:on|oli|onkin|olikin|meni|menikin|ar|var|blev|is|was)\s+(?:kylla\s+|nyt\s+|ihan\s+|the\s+)?"
    r"(?:vaar\w+|fel|wrong)(?=.*\d)"
)
"""A wrong number or time counts as taken back only when another follows; else it is a plain no."""


def correction_at(written: Written) -> int | None:
    """Where the last taking back stands ("ei kun", "jag menade", "I meant"): what follows it counts, or None."""
    flat = _flat(written)
    ends = [found.end() for found in expression("remarks", "correction").finditer(flat)]
    ends += [found.end() for found in _SHOULD_BE.finditer(flat)]
    ends += [found.end() for found in _WRONG.finditer(flat)]
    return max(ends, default=None)


def asks_to_repeat(written: Written) -> bool:
    """Whether it asks to hear the last thing again, or what was meant."""
    flat = _flat(written)
    if len(written.words) <= _LONGEST_WHOLE and _repeat("whole").fullmatch(flat.strip(" .,!?")):
        return True
    return bool(_repeat("anywhere").search(flat))


def is_abuse(written: Written) -> bool:
    """Whether it insults the bot. Swearing in distress, or an insult somebody else said, is not that."""
    flat = _flat(written)
    if not expression("remarks", "abuse").search(flat):
        return False
    return not expression("remarks", "not_abuse").search(flat)


def asks_for_more(text: str) -> bool:
    """Whether a whole message asks for further services than those shown."""
    return _is_whole(text, "more")


def says_stop(text: str) -> bool:
    """Whether a whole message wants what is under way to end."""
    return _is_whole(text, "stop")


def _is_whole(text: str, heading: str) -> bool:
    flat = _flat(Written(text)).strip(" .,!?")
    return len(flat.split()) <= _LONGEST_WHOLE and bool(_whole(heading).fullmatch(flat))


@cache
def _whole(heading: str) -> Any:
    return pattern(phrases(wordlist("remarks")[heading]))


@cache
def _repeat(heading: str) -> Any:
    return pattern(phrases(wordlist("remarks")["repeat"][heading]))


def _flat(written: Written) -> str:
    """Folded, with commas read as blanks: "nej, jag menade"."""
    return written.folded.replace(",", " ")
