"""Answers about two matters: one call for both or two, and which of two calls is meant. Pure."""

import re

from bot.meaning import Understanding

_SURE = 0.5
_OWN = re.compile(
    r"\b(?:oma|oman|eri|erikseen|erillinen|toinen soitto|kaksi soittoa|eget|skilt|två samtal|own|separate\w*|two calls"
    r"|отдельн\w*|окрем\w*|eraldi|gaar)\b|منفصل"
)
_SAME = re.compile(
    r"\b(?:sama|samaan|samassa|samalla|samma|same|том же|тому ж|sama[ls]|samas|isla)\b|نفسه|\b(?:lisää|lägg till|add)\b"
)
_FIRST = re.compile(
    r"\b(?:ensimmäi\w*|eka\w*|aiemp\w*|första|first|earlier|перв\w*|перш\w*|esimes\w*|koowaad)\b|الأول"
)
_SECOND = re.compile(
    r"\b(?:toi(?:nen|sta|sen)|toka\w*|uudem\w*|andra|second|later|втор\w*|друг\w*|teis\w*|labaad)\b|الثاني"
)


def same_call_or_own(heard: Understanding) -> str | None:
    """`add` for one call about everything, `own` for a second call; None when it is not said."""
    folded = heard.text.casefold()
    if _OWN.search(folded):
        return "own"
    if _SAME.search(folded):
        return "add"
    return {"affirm": "add", "request_callback": "add", "deny": "own"}.get(heard.act(_SURE) or "")


def which_call(heard: Understanding) -> str | None:
    """`first` or `second` of two calls; None when it is not said."""
    folded = heard.text.casefold()
    first, second = bool(_FIRST.search(folded)), bool(_SECOND.search(folded))
    return None if first == second else ("first" if first else "second")
