"""The registers of a sentence: how it is written, told from the text alone."""

import re

from bot.understanding.training_data import Example

_WORD = re.compile(r"\w+")
_FEW_WORDS = 4
_MANY_LETTERS = 120
_ENOUGH_LETTERS = 25
_DOTS = {"fi": "äö", "sv": "åäö"}
_SPOKEN = re.compile(
    r"\b(?:mä+|sä|mun|sun|mul|sul|mua|mie|sie|miun|mää|oon|oot|oo|enää?n?|ku|kui|tää|toi|noi|nää|meiän|teiän|niinku"
    r"|sit|viel|vaa|pitäs|vois|sais|int|ja ha|ha ja|e du|ä de|de e|nåja|gonna|wanna|dont|cant|im|u|ur)\b",
    re.IGNORECASE,
)


def registers(example: Example) -> tuple[str, ...]:
    """Which of `short` (1-4 words), `middle`, `long` (over 120 letters), and `spoken`, `without dots`, `two things`."""
    text = example.text
    words = len(_WORD.findall(text))
    found = ["short" if words <= _FEW_WORDS else "long" if len(text) > _MANY_LETTERS else "middle"]
    if _SPOKEN.search(text):
        found.append("spoken")
    dots = _DOTS.get(example.language)
    if dots and len(text) >= _ENOUGH_LETTERS and not set(text.lower()) & set(dots):
        found.append("without dots")
    if "+" in example.label:
        found.append("two things")
    return tuple(found)
