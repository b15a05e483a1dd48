"""The crisis layer's data files, read only when their checksums are right."""

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.safety import grammar
from bot.safety.grammar import Grammar
from bot.safety.normalise import fold
from bot.safety.verdict import LANGUAGES

FOLDER = Path(__file__).parent / "data"
SEALS = "SHA256SUMS"


class SealError(Exception):
    """A data file is missing or is not the one that was sealed."""


def sums(folder: Path = FOLDER) -> dict[str, str]:
    """The checksum of every data file now in the folder, by name."""
    files = (path for path in sorted(folder.iterdir()) if path.name != SEALS and path.is_file())
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def sealed(folder: Path = FOLDER) -> dict[str, str]:
    """The checksums written when the data was last checked, by name."""
    lines = (folder / SEALS).read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, name in (line.split("  ", 1) for line in lines if line)}


def read(name: str, folder: Path = FOLDER) -> str:
    """The text of one data file. Raises SealError when it is missing or changed since it was sealed."""
    try:
        content = (folder / name).read_bytes()
        expected = sealed(folder).get(name)
    except OSError as error:
        raise SealError(f"{name} cannot be read") from error
    if hashlib.sha256(content).hexdigest() != expected:
        raise SealError(
            f"{name} is not the file that was sealed (check it, then `python -m bot.safety.seal`)"
        )
    return content.decode("utf-8")


@lru_cache(maxsize=1)
def texts() -> dict[str, Any]:
    """Replies and helplines. Raises SealError."""
    found: dict[str, Any] = json.loads(read("help.json"))
    return found


@lru_cache(maxsize=1)
def grammars() -> tuple[Grammar, ...]:
    """The rules of every language. Raises SealError and RuleError."""
    return tuple(grammar.read(language, read(f"rules.{language}.txt")) for language in (*LANGUAGES, "und"))


@lru_cache(maxsize=1)
def vocabulary() -> frozenset[str]:
    """Every whole word the rules know, folded."""
    return frozenset(word for language in grammars() for word in language.exact)


@lru_cache(maxsize=1)
def own_words() -> frozenset[str]:
    """Words of their own, folded: known to some rules, or listed as looking like a slip of the finger."""
    return vocabulary() | frozenset(fold(word) for word in read("words.txt").split())
