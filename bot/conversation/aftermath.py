"""What is told or asked soon after help for a danger was given. Pure."""

import re
from collections.abc import Mapping
from types import MappingProxyType

MATTERS: Mapping[str, str] = MappingProxyType({
    "suicide_self": "parent_mental_health", "suicide_child": "child_mood", "violence_now": "violence",
    "violence_partner": "violence", "violence_child": "violence", "sexual_abuse": "violence",
    "child_neglect": "child_protection", "child_unsupervised_now": "child_protection",
    "intoxicated_caregiver_now": "substance_use", "baby_harm_impulse": "parental_exhaustion", "runaway": "teen_life",
})  # fmt: skip
"""The need in which help goes on after a danger, by the crisis layer's category."""
_WHERE = re.compile(
    r"\b(?:mihin|minne|mihinkä) (?:mä |minä |nyt |sit |sitten )*(?:soitan|soitetaan|soittaa"
    r"|pitää soittaa|voi\w* soittaa)\b"
    r"|\bmikä (?:se |on se )?numero\b|\b(?:vart|var) (?:ska|kan) (?:jag|man) ringa|\bvilket nummer (?:ska|var)\b"
    r"|\bwho (?:do|should|can) i (?:call|ring)\b|\bwhat(?:.s| is| was) the number|\bwhich number (?:do|should|was)\b"
    r"|\bкуда (?:мне )?(?:по)?звонить|\bкуди (?:мені )?(?:дзвонити|телефонувати)|\bkuhu (?:ma )?helista"
    r"|بمن أتصل|\byaan wacaa"
)
_CALLED = re.compile(
    r"\bambulanss?\w*\b.{0,20}\b(?:tuli|tulee|tulos|tulossa|matkalla|vei|kommer|kom|på väg|is coming"
    r"|on (?:its|the) way|is here|came)"
    r"|\b(?:soitin|soitettiin) (?:jo|112|hätä\w*|sinne|niille|myrkytys\w*)\b"
    r"|\b(?:ringde|har ringt) (?:redan|112|dit)\b|\bi(?:.ve)? (?:already )?(?:called|rang"
    r"|rung) (?:112|them|already)\b"
    r"|\bскорая (?:уже )?(?:едет|приехала)|\bшвидка (?:вже )?(?:їде|приїхала)|\bkiirabi (?:on )?(?:tuleb|teel|tuli)"
)

_SAFE = re.compile(
    r"\b(?:on|oon|olen|ollaan|olemme|se on|hän on) (?:nyt |jo |kotona |täällä |ihan )*turvassa\b"
    r"|\b(?:i am|i.?m|we are|we.?re|he is|he.?s|she is|she.?s) (?:now |home and )?safe\b"
    r"|\b(?:jag|vi|han|hon) är (?:nu |hemma |redan )*(?:i säkerhet|trygg|trygga)\b"
    r"|\b(?:я|мы|он|она|он уже|она уже) в безопасности\b"
)
_GOES_ON = re.compile(
    r"\b(?:jatk|soit|var(?:aa|at)|fortsätt|ring|boka|continue|go on|call|book"
    r"|продолж|позвон|продовж|подзвон|jätka|helista)"
)
_NOT = re.compile(r"\b(?:ei|en|emme|not|inte|не|jos|if|om|если)\b")


def goes_on(text: str) -> bool:
    """Whether all are said to be safe and the talk of a call is to go on ("olen turvassa, jatketaan")."""
    return _all_safe(text.casefold()) and bool(_GOES_ON.search(text.casefold()))


def answered_by(text: str) -> str | None:
    """The flow that answers words after a crisis: where to ring, help was called, all are safe; None for others."""
    folded = text.casefold()
    if _WHERE.search(folded):
        return "answer_where_to_ring"
    if _all_safe(folded) and not _GOES_ON.search(folded):
        return "answer_safe_now"
    return "answer_help_called" if _CALLED.search(folded) and "?" not in folded else None


def _all_safe(folded: str) -> bool:
    return bool(_SAFE.search(folded)) and not _NOT.search(folded) and "?" not in folded
