"""Whether a service of a register is for families: by its classes, target groups, life events and words.

Tags alone are not enough: editors tick "families with children" only when a service is for nobody else. So a record is
kept when anything speaks for it, and a person looks at each before families do.
"""

import re
from collections.abc import Collection

from bot.guidance.importing.needs import proposed_needs

_CORE = re.compile(r"^P3(\.\d+)?$|^P28(\.\d+)?$|^P5\.(2|3|9)$|^P6\.(1|2|3)$|^P4\.9$")
"""Service classes of PTV that are of families: families, youth, child health, school and what is around it."""
_WHEN_SAID = re.compile(
    r"^P4\.(3|4|5|6|7|10|11|12|13|14)$|^P5\.(5|7|8|10|13|14|16|17)$|^P15\.1$|^P7\.4$|^P27\.1$|^P25\.\d+$"
)
"""Classes that are of families when the words say so too."""
_GROUPS = frozenset({"KR1.2", "KR1.3"})
"""Target groups: children and families with children; the young."""
_EVENTS = frozenset({"KE1", "KE1.1", "KE7"})
"""Life events: a child is born, adoption, divorce."""
_NAMED = re.compile(
    r"\b(laps|lasten|perhe(?!hoit)|nuor|vauva|vanhemm|äiti|isyy|neuvola|raska|synnyt|koulu|oppila|päiväko|varhaiskasv|"
    r"esiopetu|lastensuoj|adopt|elatu|huoltaj|lastenvalv|avioero|turvako|kasvatus|imety|leikki|iltapäivätoim|"
    r"barn|famil|ungdom|förälder|skol|dagvård|rådgivning|child|parent|youth|school)|"
    r"perhe\b|lapsiperhe|lapsille\b|neuvola\b|päiväkoti|leikkipuisto",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(yrity|elinkeino|maatalou|maatila|kuljetustu|vero|tulli|ilma-alu|merenkul|rakennuslu|ympäristölu|eläin|jäte|vesihuol|"
    r"ikäänty|ikäihmi|vanhus|eläke|työnantaj|viranomaisille)",
    re.IGNORECASE,
)
"""Words of services for businesses, the old and animals: their names hold family words by chance."""


def why_family(
    *, name: str, words: str, classes: Collection[str], groups: Collection[str], events: Collection[str]
) -> str | None:
    """Why a service is thought to be for families: `class`, `group`, `event`, `name` or `words`; None when not.

    Args:
        name: Its name.
        words: Its summary and keywords.
        classes: Codes of PTV's service classes, `P3.6`.
        groups: Codes of target groups, `KR1.2`.
        events: Codes of life events, `KE7`.
    """
    if _OTHERS.search(name):
        return None
    said_so = bool(_NAMED.search(words) or proposed_needs(name, ()))
    signs = {
        "class": any(_CORE.match(code) for code in classes),
        "group": bool(_GROUPS.intersection(groups)),
        "event": bool(_EVENTS.intersection(events)),
        "name": bool(_NAMED.search(name)),
        "words": said_so and any(_WHEN_SAID.match(code) for code in classes),
    }
    return next((sign for sign, is_there in signs.items() if is_there), None)
