"""How much the layer catches and how often it cries wolf, counted over labelled sentences."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.safety.assessment import assess
from bot.safety.verdict import URGENCIES, Urgency, Verdict


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence somebody labelled: `level` is an urgency; `manner` is `explicit` or `indirect`."""

    level: str
    category: str
    language: str
    text: str
    manner: str = "explicit"


@dataclass(frozen=True, slots=True)
class Row:
    """What was said to the sentences of one language and level. `language` may be `all`, for every language."""

    language: str
    level: str
    """An urgency, or `indirect`: emergencies that are only hinted at."""
    lines: int
    immediate: int
    urgent: int
    ask: int

    @property
    def interrupted(self) -> int:
        """How many got the crisis card, whether immediate or urgent."""
        return self.immediate + self.urgent

    @property
    def noticed(self) -> int:
        """How many got any card, the gentle line included."""
        return self.interrupted + self.ask


def sentences(path: Path) -> list[Sentence]:
    """The sentences of a file: level, category, language, text and perhaps manner, a tab between; `#` comments.

    Raises OSError when it cannot be read, TypeError for a line with too few or too many fields.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    return [Sentence(*line.split("\t")) for line in lines if line and not line.startswith("#")]


def verdict(sentence: Sentence) -> Verdict:
    """What is said to a sentence on a page in its language."""
    return assess(sentence.text, language=None if sentence.language == "und" else sentence.language)


Judge = Callable[[Sentence], Verdict]
"""Says how urgent a sentence is."""


def counted(found: list[Sentence], judge: Judge = verdict) -> list[Row]:
    """The counts of labelled sentences, by language and level, and then for all languages.

    `judge` is by default the crisis layer alone, as it answers when all else is down.
    """
    said: dict[tuple[str, str], list[Urgency]] = {}
    for sentence in found:
        hinted = sentence.manner == "indirect" and sentence.level in ("immediate", "urgent")
        level = "indirect" if hinted else sentence.level
        urgency = judge(sentence).urgency
        for language in (sentence.language, "all"):
            said.setdefault((language, level), []).append(urgency)
    levels = [*URGENCIES[:2], "indirect", *URGENCIES[2:]]
    languages = [*dict.fromkeys(sentence.language for sentence in found), "all"]
    return [
        Row(language, level, len(told), told.count("immediate"), told.count("urgent"), told.count("ask"))
        for language in languages
        for level in levels
        if (told := said.get((language, level), []))
    ]
