"""The word lists beside this file: what people say, per language, kept as YAML that anybody can mend.

A list is one text with commas between its phrases; letters may be written with or without dots, and `*` at the end
of a word stands for any ending where the list is used as an expression.
"""

from functools import cache
from pathlib import Path
from typing import Any

from bot import content
from bot.understanding.letters import pattern

FOLDER = Path(__file__).parent / "words"


@cache
def wordlist(name: str) -> dict[str, Any]:
    """One file of `words/`, as plain data. Raises `ContentError` when it cannot be used."""
    data: dict[str, Any] = content.read(FOLDER / f"{name}.yaml").data
    return data


def phrases(listed: object) -> list[str]:
    """The phrases of a list, or of all lists below a heading."""
    if isinstance(listed, dict):
        return [phrase for below in listed.values() for phrase in phrases(below)]
    return [phrase.strip() for phrase in str(listed).split(",") if phrase.strip()]


@cache
def expression(name: str, heading: str) -> Any:
    """All phrases below a heading of a file as one compiled expression for folded text."""
    return pattern(phrases(wordlist(name)[heading]))
