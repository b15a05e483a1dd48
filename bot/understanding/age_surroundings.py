"""What stands around a number decides whether it is a child's age: "poika on 4", not "naimisissa 12 vuotta"."""

import re
from functools import cache

from bot.understanding.age_forms import COUNT, number
from bot.understanding.wordlists import expression

CHILDHOOD_END = 18
REACH = 45
"""How many letters around a number are looked at."""
_MONTHS_IN_YEAR = 12.0
OWN = re.compile(
    r"\b(?:olen|oon|olemme|ollaan|itse|ma oon|mina olen|ikani on|jag ar|i am|i'm|im|мне|мені|olen ise"
    r"|ikaa minulla|mulla ikaa)\s+(?:itse\s+|jo\s+|nyt\s+|vasta\s+|just\s+|bara\s+|only\s+|a\s+|an\s+"
    r"|nuori\s+|en\s+|тільки\s+)*$"
)
_WAITED = re.compile(
    r"\b(?:odot\w+|oot(?:in|ettiin|imme|anut|elt\w+)|yritet\w+|yritim\w+|yritin|waited|vantat)\b"
)
_BABY_BEFORE = re.compile(
    r"\b(?:vauva|bebis|baby|beebi|pienokai|vastasyntyn|малыш|немовля|رضيع)\w*(?:\W+(?:on|ar|is|nyt|vasta|nu|now|only|just"
    r"|noin|n|jo|vajaa|reilu))*\W*$"
)
_BABY_AFTER = re.compile(
    r"\s*(?:vauva|ika|vanha|bebis|baby|gam(?:mal|la)|old|vana|poika|poja|tytto|tyto|lapsi|laps|taapero|aiti|\+)"
)
_LEADS_TO_CHILD = re.compile(
    r"ja|on|and|och|seka|tai|mun|minun|our|my|a|an|the|en|var|min|iyo|waa|\w+dan|\w+lla|\w*kanssa|med|with|jo|vasta|nyt|noin"
    r"|n|vajaa|reilu|melkein|only|just|about"
)


def is_age(text: str, found: re.Match[str], scale: float, *, strict: bool) -> bool:
    """Whether a number with a unit, found in a folded text, is the age of a child.

    `scale`: how many of the unit make a year. `strict`: a unit of time that is an age only beside a child.
    """
    before, after = (
        text[max(0, found.start() - REACH) : found.start()],
        text[found.end() : found.end() + REACH],
    )
    before = re.split(r"[.!?;\n]", before)[-1]
    if expression("ages", "no_age_after").match(after.lstrip(" ,")) or no_age_before().search(before):
        return False
    if found[0].endswith(("vuotiaana", "vuotiaina")):  # at that age, once: "puhui vasta nelivuotiaana"
        return False
    if OWN.search(before) and (
        scale != 1.0
        or number(re.findall(COUNT, found["numbers"])[0]) >= CHILDHOOD_END
        or not _of_child(found[0])
    ):
        return scale == 1.0 and number(re.findall(COUNT, found["numbers"])[0]) < CHILDHOOD_END
    return _is_childs(before, after, scale, strict=strict)


def _is_childs(before: str, after: str, scale: float, *, strict: bool) -> bool:
    if scale == _MONTHS_IN_YEAR and _after_plain_word(before) and not _BABY_AFTER.match(after):
        return bool(child_near().search(before))
    if not strict:
        return True
    if _WAITED.search(before):
        return False
    if scale > 1:
        return bool(_BABY_BEFORE.search(before) or _BABY_AFTER.match(after))
    if re.search(r"(?:^|,)\s*$", before) and not re.search(r"\w", after):
        return True  # "kissar på sig på natten, 6 år"
    # "4 vuotta", "3 år", "3 years": only beside a child
    return bool(child_near().search(before) or re.match(r"\s*(?:vanha|gammal|old|ikai|taytta)", after))


def _after_plain_word(before: str) -> bool:
    """Whether a plain word stands right before: "ei käy koulussa 2kk" is how long, "meidän 8 kk" is a child."""
    words = before.split()
    return (
        bool(words)
        and before[-1:].isspace()
        and words[-1].isalpha()
        and not _LEADS_TO_CHILD.fullmatch(words[-1])
    )


def _of_child(told: str) -> bool:
    """Whether "olen 15-vuotiaan äiti": it tells of the child, not of the writer."""
    return bool(re.search(r"vuotiaan|vuotiaiden|vuotiaitten|kuisen|aringens?|year old's", told))


@cache
def no_age_before() -> re.Pattern[str]:
    """Words right before a number that make it no age: "naimisissa 12 vuotta"."""
    return re.compile(
        expression("ages", "no_age_before").pattern + r"\s+(?:jo\s+|nyt\s+|noin\s+|yli\s+|about\s+|nu\s+)?$"
    )


@cache
def child_near() -> re.Pattern[str]:
    """A child named right before a number: "poika on", "aged"."""
    child, is_ = expression("ages", "child").pattern, expression("ages", "is").pattern
    return re.compile(
        rf"{child}(?:\W+(?:\w+\W+){{0,2}}?(?:{is_}))*\W*$|{child}\W+(?:\w+\W+){{0,1}}$|\b(?:aged|ages?"
        rf"|ika|iat|alder)\W*$"
    )
