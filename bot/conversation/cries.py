"""A message in the light of what was told before it: danger does not pass because the next words are milder. Pure."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.conversation.refusals import denies_danger
from bot.safety import RANK, Verdict

_CRY = re.compile(
    r"(?:(?:nyt|ja|voi|ei|please|nu|oh|god|snälla|herregud|jumalauta|oikeesti)\s+)*"
    r"(?:apua|auta|auttakaa|autakaa|hjälp|hjälp mig|hjälp oss|help|help me|help us|hätä|paniikki"
    r"|mitä (?:mä|minä)?\s*(?:nyt )?(?:teen|pitää tehdä)(?: nyt)?|en tiedä mitä (?:mä )?teen"
    r"|vad (?:ska|gör) jag(?: göra)?(?: nu)?|what (?:do|should) i do(?: now)?)"
    r"(?:\s+(?:nyt|heti|nu|now|please|apua|help|hjälp))*"
)
_COMPANY = re.compile(
    r"(?:(?:now|nu|nyt|ja|yes|joo|min|my|mun|a) )*(?:sister|brother|friend|neighbou?r|grandma|syster|bror|vän|kompis"
    r"|granne|sisko|siskoni|veli|veljeni|ystävä|ystäväni|kaveri|naapuri) "
    r"(?:(?:is )?(?:here|with me|on (?:her|his|the) way|coming(?: over)?)|(?:är )?(?:här|hos mig|på väg(?: hit)?)"
    r"|kommer hit|on (?:täällä|tässä|tulossa|mun luona|luonani))(?: (?:now|nu|nyt|with me))*"
)
_FEAR = re.compile(
    r"\bpelottaa\b|\bpelkään (?:nyt|sitä|häntä|miestä|isää)\b"
    r"|\b(?:mies|ukko|ex|exä|isä|iskä|se|hän) (?:(?:tulee|tuli|palaa) (?:nyt|just|jo|kohta|kotiin|takaisin|ovelle)"
    r"|on (?:täällä|ovella|kotona|tulossa|oven takana))\b"
    r"|\bjag är (?:så |jätte)?rädd\b"
    r"|\b(?:han|min man|mannen|pappa) (?:kommer (?:nu|hem|snart)|är (?:här|hemma|tillbaka))\b"
    r"|\bi.?a?m (?:so |really )?(?:scared|afraid|frightened)\b"
    r"|\b(?:he|my husband|dad)(?:.s| is)? (?:coming|home|here|back|at the door|outside)\b"
    r"|\bмне (?:очень )?страшно|\bя боюсь|^страшно\W*$"
    r"|\bон (?:идёт|идет|пришёл|пришел|здесь|вернулся)\b|\bмені страшно|\bma kardan"
)
_SHORT = 8
_VIOLENCE = ("violence_now", "violence_partner", "violence_child")
_LASTS = timedelta(hours=2)
_A_WHILE, _REMEMBERED = timedelta(minutes=20), timedelta(hours=24)


def is_quiet_since(slots: Mapping[str, Any], now: datetime) -> bool:
    """Whether a crisis was told a while ago, and nobody has yet asked if it has passed."""
    told = slots.get("crisis_at")
    if told is None or slots.get("safety_asked") == told:
        return False
    return _A_WHILE <= now - datetime.fromisoformat(told) <= _REMEMBERED


def in_this_talk(verdict: Verdict, text: str, slots: Mapping[str, Any], now: datetime) -> Verdict:
    """The verdict on a message when the talk before it is remembered; never milder than it was alone.

    Within two hours of crisis help a bare "apua", a gentle sign or a lesser danger is as urgent as what was told
    then; so is fear, when violence was told. A second gentle sign within two hours is urgent, unless the words deny
    it. Reads the slots `crisis_at` and `soft_at` (ISO 8601, or missing), `urgency` and `category`; `now` is aware.
    """
    if verdict.urgency == "ask" and denies_danger(text):
        return verdict  # not made graver
    if _lately(slots.get("crisis_at"), now):
        milder = RANK[verdict.urgency] > RANK[slots["urgency"]]
        if verdict.interrupts and milder:
            return replace(verdict, urgency=slots["urgency"])
        afraid = slots["category"] in _VIOLENCE and fears(text)
        if verdict.urgency == "ask" or (milder and (cries(text) or afraid)):
            return replace(verdict, urgency=slots["urgency"], category=slots["category"])
    elif verdict.urgency == "ask" and _lately(slots.get("soft_at"), now):
        return replace(verdict, urgency="urgent")
    return verdict


def _lately(moment: str | None, now: datetime) -> bool:
    return moment is not None and now - datetime.fromisoformat(moment) <= _LASTS


def cries(text: str) -> bool:
    """Whether a message is a bare cry for help, which says nothing of what has happened."""
    words = " ".join(re.findall(r"[^\W\d_]+", text.casefold()))
    return bool(_CRY.fullmatch(words))


def fears(text: str) -> bool:
    """Whether a short message says that the writer is afraid, or that somebody is coming: "mies tulee nyt"."""
    return len(text.split()) <= _SHORT and bool(_FEAR.search(text.casefold()))


def tells_of_company(text: str) -> bool:
    """Whether a whole message says that somebody close is near or on the way: "my sister is with me now".

    Nobody of the same home is meant: that a husband or a parent is there may be the danger itself.
    """
    return bool(_COMPANY.fullmatch(" ".join(re.findall(r"[^\W\d_]+", text.casefold()))))


def told_in_crisis(
    verdict: Verdict, text: str, values: Mapping[str, Any], slots: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """The slots that a message in danger sets: its facts (`values`), and what the crisis is.

    A time is none of its facts: "right now" tells of the danger, not of a call.
    """
    return {
        **{name: value for name, value in values.items() if name != "time"},
        "urgency": verdict.urgency,
        "category": verdict.category,
        "crisis_at": now.isoformat(),
        "words": [*slots.get("words", ()), text],
    }
