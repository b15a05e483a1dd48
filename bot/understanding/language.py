"""Which language a message is in.

The script decides first. Between languages of one script, pieces of words learned from our own sentences decide,
together with short words everybody uses. Finnish is the likeliest guest, a conversation keeps its language, a word
or two never changes it unless it is unmistakable, and a few words only when the guess is sure.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import numpy.typing as npt

_WORD = re.compile(r"[^\W\d_]+")
_LATIN = ("fi", "sv", "en", "et", "so")
_CYRILLIC = ("ru", "uk")
_SHORT = 2
_FEW = 5
_SURE_WORDS = 0.8

UNMISTAKABLE = {
    "sv": "hej hejsan tack nej jag inte svenska god morgon kväll och vad är hjälp snälla tjena hejdå barn",
    "en": "hello hi hey thanks thank you please english help yes the good morning evening my what bye is",
    "et": "tere aitäh palun eesti keeles jah tänan",
    "so": "salaan mahadsanid haa maya caawimaad soomaali waan iska warran",
}
"""Words that are a language by themselves."""

_COMMON = {
    "fi": "ja on ei en se että mitä miten kun niin oon mä mun mulla olen minä minun hän me ole vai voi ku sit",
    "sv": "och är att det jag inte på för med vi han hon min mitt mina har kan som ett vad hur till av ni men",
    "en": "the and is to my i we you he she not do what how have can with for of our it are was but don im",
    "et": "ja on ei ma me mu meie see kuidas mida ta kas mul meil laps lapse aga väga saab palun oma tahan",
    "so": "waa iyo waxaan ayaa ma in ka ku la aan igu caruurta ilmaha miyaa sidee oo leh ugu carruurta ilmahaygu",
}
_COMMON_SETS = {code: frozenset(words.split()) for code, words in _COMMON.items()}
_UNMISTAKABLE_SETS = {code: frozenset(words.split()) for code, words in UNMISTAKABLE.items()}
_ONLY_UKRAINIAN = frozenset("іїєґ")
_ONLY_RUSSIAN = frozenset("ыэъё")


@dataclass(frozen=True, slots=True, kw_only=True)
class Languages:
    """Weights learned for the pieces of words of each language; a column for each code."""

    codes: tuple[str, ...]
    pieces: npt.NDArray[np.uint32]
    weights: npt.NDArray[np.float16]
    bias: npt.NDArray[np.float32]

    def detect(self, text: str, hint: str | None = None) -> tuple[str, float]:
        """The language's code with our confidence, 0–1; `hint` is the page's or the conversation's language."""
        words = _WORD.findall(unicodedata.normalize("NFKC", text).lower())
        expected = hint or "fi"
        if not words:
            return expected, 1.0 if hint else 0.5
        candidates = _candidates("".join(words))
        if len(candidates) == 1:
            return candidates[0], 1.0
        if len(words) <= _SHORT and expected in candidates:
            return _short(words, expected, certain=hint is not None) or self._long(words, hint, candidates)
        return self._long(words, hint, candidates)

    def _long(self, words: Sequence[str], hint: str | None, candidates: Sequence[str]) -> tuple[str, float]:
        learned = self._learned(words)
        scores = {code: learned.get(code, -9.0) + _common(words, code) for code in candidates}
        expected = hint or "fi"
        if expected in scores:
            scores[expected] += 1.5 if len(words) > _SHORT else 3.0
        best = max(scores, key=lambda code: scores[code])
        powers = {code: float(np.exp(min(0.0, score - scores[best]))) for code, score in scores.items()}
        unsure = powers[best] / sum(powers.values()) < _SURE_WORDS
        if unsure and hint in scores and len(words) <= _FEW:  # "enne kella kolme" goes on in Estonian
            best = hint
        return best, powers[best] / sum(powers.values())

    def _learned(self, words: Sequence[str]) -> Mapping[str, float]:
        numbers = np.unique(piece_numbers(words))
        rows = np.searchsorted(self.pieces, numbers)
        rows[rows == len(self.pieces)] = 0
        rows = rows[self.pieces[rows] == numbers]
        length = np.sqrt(len(numbers)) or 1.0
        scores = self.weights[rows].astype(np.float32).sum(axis=0) / length + self.bias
        # Longer messages deserve more trust than their scaled score gives them.
        return dict(zip(self.codes, (scores * min(3.0, 1 + len(words) / 6)).tolist(), strict=True))


def piece_numbers(words: Sequence[str]) -> npt.NDArray[np.uint32]:
    """Runs of one to four letters of the words, edges marked, as numbers; the letters keep their dots."""
    pieces = [
        f" {word} "[at : at + size]
        for word in words
        for size in (1, 2, 3, 4)
        for at in range(max(1, len(word) + 3 - size))
    ]
    return np.fromiter((crc32(piece.encode()) for piece in pieces), dtype=np.uint32)


def words_of(text: str) -> list[str]:
    """The words of a text as this module reads them."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).lower())


def _candidates(letters: str) -> Sequence[str]:
    """The languages written in the script most of the letters are in."""
    scripts = [unicodedata.name(letter, "?").split()[0] for letter in letters]
    script = max(set(scripts), key=scripts.count)
    if script == "ARABIC":
        return ("ar",)
    if script != "CYRILLIC":
        return _LATIN
    found = set(letters)
    if found & _ONLY_UKRAINIAN and not found & _ONLY_RUSSIAN:
        return ("uk",)
    return ("ru",) if found & _ONLY_RUSSIAN else _CYRILLIC


def _short(words: Sequence[str], expected: str, *, certain: bool) -> tuple[str, float] | None:
    for code, known in _UNMISTAKABLE_SETS.items():
        if code != expected and all(word in known for word in words):
            return code, 0.9
    return (expected, _SURE_WORDS) if certain else None


def _common(words: Sequence[str], code: str) -> float:
    known = _COMMON_SETS.get(code, frozenset())
    number = sum(word in known for word in words[:40])
    return float(1.2 * number / max(1, len(words[:40])) ** 0.5)
