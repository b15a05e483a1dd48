"""A message as the finders of facts read it: letters without dots, word by word, every place in the text kept."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

T = TypeVar("T")

_PLAIN = {
    ord(letter): plain
    for letters, plain in (
        ("äåáàâãāă", "a"), ("öøóòôõ", "o"), ("éèêë", "e"), ("üúùû", "u"), ("íìîï", "i"), ("šś", "s"), ("žź", "z"),
        ("çč", "c"), ("ñ", "n"), ("ё", "е"), ("ґ", "г"), ("أإآ", "ا"), ("ى", "ي"), ("–—−‐‑", "-"), ("’‘´`ʼ", "'"),
        ("\u00a0\u202f\u2009\t", " "), ("٠۰", "0"), ("١۱", "1"), ("٢۲", "2"), ("٣۳", "3"), ("٤۴", "4"),
        ("٥۵", "5"), ("٦۶", "6"), ("٧۷", "7"), ("٨۸", "8"), ("٩۹", "9"),
    )
    for letter in letters
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+|[^\w\s]")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_UNSEEN = re.compile("[\u200b-\u200f\u2060\u00ad\ufeff\u064b-\u0652]")


def fold(text: str) -> str:
    """Small letters without dots or marks, one for one: every character stays at its place."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a few capitals (İ) have no small letter of one character
        lowered = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    return lowered.translate(_PLAIN)


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word, number or mark, and its place (character offsets, end exclusive)."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Written:
    """A message with its folded spelling and its words."""

    text: str

    @cached_property
    def folded(self) -> str:
        """The same length as the text."""
        return fold(self.text)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Every word, number and mark; letters repeated for emphasis ("joooo") are cut to two."""
        return tuple(words(self.folded))

    def without(self, *places: tuple[int, int]) -> "Written":
        """The same message with some places blanked, so that what is read once is not read again."""
        if not places:
            return self
        rest = Written(_blanked(self.text, places))
        cut = [one for one in self.words if any(one.start < end and start < one.end for start, end in places)]
        if all(any(start <= one.start and one.end <= end for start, end in places) for one in cut):
            gone = {one.start for one in cut}  # what is known of the whole is known of the rest
            rest.__dict__["words"] = tuple(one for one in self.words if one.start not in gone)
        rest.__dict__["folded"] = _blanked(self.folded, places)
        return rest


def _blanked(text: str, places: Iterable[tuple[int, int]]) -> str:
    letters = list(text)
    for start, end in places:
        letters[start:end] = " " * (end - start)
    return "".join(letters)


def words(folded: str) -> Iterator[Word]:
    """The words of a folded text."""
    stretched = _STRETCHED.search(folded) is not None
    for found in _WORD.finditer(folded):
        text = found[0]
        yield Word(_STRETCHED.sub(r"\1\1", text) if stretched else text, found.start(), found.end())


def visible(text: str) -> tuple[str, list[int] | None]:
    """The text composed and without unseen characters, and where each of its characters stood (None: as it was)."""
    if not _UNSEEN.search(text) and unicodedata.is_normalized("NFC", text):
        return text, None
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        if _UNSEEN.match(letter):
            continue
        joined = unicodedata.normalize("NFC", letters[-1] + letter) if letters else letter
        if letters and unicodedata.combining(letter) and len(joined) == 1:
            letters[-1] = joined
        else:
            letters.append(letter)
            places.append(place)
    return "".join(letters), [*places, len(text)]


def pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """One expression for many phrases, to be run over folded text; `*` stands for any letters."""
    groups: dict[str, list[str]] = {}
    for phrase in sorted(map(fold, phrases), key=len, reverse=True):
        body = r"\s+".join(re.escape(part) for part in phrase.split())
        start = (
            "" if phrase.startswith("*") else re.escape(phrase[0])
        )  # by first letter, which is quick to rule out
        groups.setdefault(start, []).append(body.replace(r"\*", r"\w*").removeprefix(start))
    parts = [f"{start}(?:{'|'.join(groups[start])})" for start in sorted(groups, reverse=True)]
    return re.compile(r"(?<!\w)(?:" + "|".join(parts) + r")(?!\w)")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A phrase met in a message: what it stands for, and its place."""

    value: T
    start: int
    end: int


class Phrases(Generic[T]):
    """Many phrases, each standing for something; looked up word by word, the longest first."""

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        self._meanings: dict[str, T] = {}
        lengths: dict[str, set[int]] = {}
        for phrase, meaning in entries:
            parts = [word.text for word in words(fold(phrase))]
            if parts:
                self._meanings.setdefault(" ".join(parts), meaning)
                lengths.setdefault(parts[0], set()).add(len(parts))
        self._lengths = {first: sorted(known, reverse=True) for first, known in lengths.items()}

    def find(self, written: Written) -> list[Found[T]]:
        """Every phrase met, none overlapping another, in the order of the text."""
        found, place, all_words = [], 0, written.words
        while place < len(all_words):
            taken = 1
            for length in self._lengths.get(all_words[place].text, ()):
                if place + length > len(all_words):
                    continue
                key = " ".join(word.text for word in all_words[place : place + length])
                if key in self._meanings:
                    first, last = all_words[place], all_words[place + length - 1]
                    found.append(Found(self._meanings[key], first.start, last.end))
                    taken = length
                    break
            place += taken
        return found

    def items(self) -> Iterable[tuple[str, T]]:
        """Every phrase, folded, with what it stands for."""
        return self._meanings.items()

    def get(self, phrase: str) -> T | None:
        """What one phrase, already folded, stands for."""
        return self._meanings.get(phrase)


def one_slip(form: str, word: str) -> bool:
    """Whether two folded words differ by one letter put in, left out, changed, or two changed about."""
    if abs(len(form) - len(word)) > 1 or form == word:
        return form == word
    place = next(
        (i for i, (a, b) in enumerate(zip(form, word, strict=False)) if a != b), min(len(form), len(word))
    )
    rest, other = form[place:], word[place:]
    if len(rest) == len(other):
        return rest[1:] == other[1:] or (rest[:2] == other[1::-1] and rest[2:] == other[2:])
    longer, shorter = (rest, other) if len(rest) > len(other) else (other, rest)
    return longer[1:] == shorter
