"""What a word is a form of, and which words a compound is made of.

Finnish is taken apart by Voikko where the machine has it (packages `libvoikko1` and `voikko-fi` on Debian); elsewhere
by Snowball's stems, and compounds along the words of the catalogue itself. Swedish and English are stemmed everywhere.
"""

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import snowballstemmer
from libvoikko import Voikko, VoikkoException

from bot.guidance.search.letters import folded

_PART = re.compile(r"\+[^(+]*\(([^)]*)\)")
_SHORTEST_PART = 3
_TOLD_APART = {"pelätä": "pelaeta"}
"""Words that without their dots are others: to fear is not to play."""
_STEMMED = {"sv": "swedish", "en": "english"}
_LOCK = threading.Lock()
"""Neither Voikko nor Snowball may be used by two threads at once."""


@dataclass(frozen=True, slots=True)
class Forms:
    """A word taken apart: its base forms, and the words it is put together from. Folded."""

    base: frozenset[str]
    parts: frozenset[str] = frozenset()
    known: bool = True
    """Whether a dictionary knows the word; a stem is only a guess."""


Finnish = Callable[[str], Forms]


@cache
def finnish() -> Finnish:
    """What takes Finnish words apart on this machine."""
    return voikko() or stems


@cache
def voikko() -> Finnish | None:
    """Voikko with its Finnish dictionary; None where the machine has not both."""
    try:
        handle = Voikko("fi")
    except (VoikkoException, OSError):
        return None
    return lru_cache(maxsize=50_000)(lambda word: _taken_apart(handle, word))


@lru_cache(maxsize=50_000)
def stems(word: str) -> Forms:
    """The Finnish stem of a word, where there is no dictionary."""
    return Forms(frozenset({stem(word, "finnish")}), known=False)


def forms(word: str, language: str, finnish: Finnish) -> Forms:
    """A word of a text in `language` taken apart; in other languages than ours it is left as it is."""
    if language == "fi":
        return finnish(word)
    algorithm = _STEMMED.get(language)
    return Forms(frozenset({stem(word, algorithm) if algorithm else folded(word)}))


@lru_cache(maxsize=50_000)
def stem(word: str, algorithm: str) -> str:
    """The folded stem of a word."""
    with _LOCK:
        return folded(_stemmer(algorithm).stemWord(word))


def _taken_apart(handle: Any, word: str) -> Forms:
    with _LOCK:
        readings = handle.analyze(word)
    written = {reading.get("BASEFORM", "") for reading in readings} - {""}
    base = {folded(_TOLD_APART.get(one, one)) for one in written}
    if not base:
        return Forms(frozenset({folded(word)}), known=False)
    parts = {
        folded(_TOLD_APART.get(part, part))
        for one in readings
        for part in _PART.findall(one.get("WORDBASES") or "")
    }
    # What begins with a plus is an ending that makes a noun of a verb, no word.
    whole = {part for part in parts if len(part) >= _SHORTEST_PART and not part.startswith("+")}
    return Forms(frozenset(base), frozenset(whole - base))


@cache
def _stemmer(algorithm: str) -> Any:
    return snowballstemmer.stemmer(algorithm)
