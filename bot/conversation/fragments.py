"""Messages that are parts of one: begun and not finished, or a few words at a time. Pure."""

import re
from collections.abc import Sequence

_KIN = (
    r"poika|poja[nt]|tytär|tyttäre[nt]|tyttö|tytön|lapsi|lapse[nt]|vauva|teini|nuori|esikoinen|kuopus|kaksoset"
    r"|lapset|pojat|tytöt|mies|vaimo|puoliso|avokki|ex|äiti|isä|perhe"
    r"|son|dotter|barnet|barnen|tonåring|man|fru|exet|familj"
    r"|daughter|child|kids?|baby|teenager|husband|wife|partner|family"
)
_WHOSE = r"(?:mun|minun|mu|meidän|meijän|meiän|meillä on|mulla on|se|min|mitt|mina|vår|vårt|våra|my|our)"
_BEGUN = re.compile(
    rf"(?:(?:hei|moi|no|siis|hej|hi|hello)[,.!]?\s+)?{_WHOSE}\s+(?:\w+\s+)?(?:{_KIN})\w*"
    r"(?:\s+(?:on|oli|ei|joka|är|som|is|was|who))?"
    r"(?:\s+(?:(?:han|hon|he|she)\s+)?(?:on|är|is|på)?\s*\d{1,2}(?:\s*(?:v|år|vuotta|years? old))?)?[\s.,…]*"
)
_OPEN = re.compile(
    r"(?:\b(?:ja|mutta|mut|kun|ku|että|et|eikä|koska|jos|tai|vai|och|men|att|när|för|eller|and|but|because|that|or)|,)\s*"
)
_LONGEST = 8
_SHORT = 2
"""A message of so few words may be a part of what is written line by line."""
_PARTS = 3


def is_begun(text: str) -> bool:
    """Whether a message only begins to tell: "Mun tytär", "se on niin että"."""
    folded = " ".join(text.casefold().split())
    if _BEGUN.fullmatch(folded):
        return True
    return len(folded.split()) <= _LONGEST and bool(re.search(rf"(?:{_OPEN.pattern})$", folded))


def joined(begun: str | None, text: str) -> str:
    """A message with the one it goes on from; a pressed button stands for itself."""
    return text if not begun or text.startswith("/") else f"{begun} {text}"


def short_ones(before: Sequence[str], text: str) -> list[str]:
    """The last short messages with this one, in order; none when this one is long or a button."""
    if text.startswith("/") or not 0 < len(text.split()) <= _SHORT:
        return []
    return [*before, text][-_PARTS:]
