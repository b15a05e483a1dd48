"""Brings a message into one plain form, so that caps, missing dots, tricks and tired fingers do not hide words.

The fold is the same for messages and for the words of the rules: compatibility forms unified, invisible
characters gone, lower case, no accents (`ä` is read as `a`, so dots may be missing), look-alike letters in
the script of their word, spaced letters joined.
"""

import re
import unicodedata
from collections.abc import Container
from dataclasses import dataclass

MAX_LENGTH = 8_000
"""Characters read; of a longer message the first and the last half of this, so that time stays bounded."""

LONGEST_WORD = 40
"""Letters read of one word: no word of the rules is longer, and the work on a word grows with its square."""

_LETTERS = str.maketrans(
    {
        "ø": "o",
        "æ": "a",
        "ı": "i",
        "ł": "l",
        "đ": "d",
        "ى": "ي",
        "ة": "ه",
        "ٱ": "ا",
        "ک": "ك",
        "ی": "ي",
        "ـ": "",
    }
    | dict.fromkeys("'’ʼ`´‘", ""),
)
_CYRILLIC = "авекмнорстухіјѕ"
_LATIN = "abekmhopctyxijs"
_TO_LATIN = str.maketrans(_CYRILLIC + "αεικοντυρ", _LATIN + "aeikovtup")
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_DIGIT_LETTERS = str.maketrans("013457@$", "oieastas")

_DIGIT_IN_WORD = re.compile(r"(?<=[a-z])[013457@$]+(?=[a-z])")
_SPACED = re.compile(r"(?<![^\W_])(?:[^\W_][ .\-_*·|]{1,4}){3,}[^\W_](?![^\W_])")
_GAP = re.compile(r"[ .\-_*·|]+")
_PIECE = re.compile(r"(?P<word>[^\W_]+)|(?P<hard>[.!?؟。]+)|(?P<soft>[,;:\n،؛()–—\"”“«»…/]+)")
_SHORTENED = re.compile(r"(?<![^\W_])([^\W\d_]{1,3})\.(?= ?\d)")
"""A shortened word before a number (`v. 2015`, `klo. 9`), whose point ends no sentence."""
_AGE = re.compile(r"(?<!\d)(\d{1,2})[ -](?=(?:v|vee|vuotia\w*|kk|yo)(?!\w))")
"""A number and the short word for years or months after it, apart: `2 v`, `3-vuotias`."""
_LONG_RUN = re.compile(r"(.)\1{2,}")


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a message: its plain forms (more than one when letters were drawn out), and where it stands."""

    forms: tuple[str, ...]
    sentence: int
    clause: int


def fold(text: str) -> str:
    """Lower case without accents, invisible characters or apostrophes; the same length is not kept."""
    unified = unicodedata.normalize("NFKC", text).casefold()
    apart = unicodedata.normalize("NFD", unified)
    kept = "".join(c for c in apart if unicodedata.category(c) not in ("Mn", "Cf", "Cs", "Co"))
    return kept.translate(_LETTERS)


def tokens(text: str, vocabulary: Container[str] = ()) -> tuple[Token, ...]:
    """The words of a message in order. `vocabulary` helps to cut letters written apart without word gaps."""
    if len(text) > MAX_LENGTH:
        text = f"{text[: MAX_LENGTH // 2]}. {text[-MAX_LENGTH // 2 :]}"
    plain = _DIGIT_IN_WORD.sub(lambda found: found[0].translate(_DIGIT_LETTERS), fold(text))
    plain = _AGE.sub(r"\1v ", _SHORTENED.sub(r"\1 ", plain))
    plain = _SPACED.sub(lambda found: _joined(found[0], vocabulary), plain)
    found: list[Token] = []
    sentence = clause = 0
    for piece in _PIECE.finditer(plain):
        if piece["word"]:
            found.append(Token(_forms(_one_script(piece["word"][:LONGEST_WORD])), sentence, clause))
        elif piece["hard"] and (len(piece["hard"]) == 1 or piece["hard"].strip(".")):
            sentence, clause = sentence + 1, clause + 1
        else:
            clause += 1
    return tuple(found)


def _forms(word: str) -> tuple[str, ...]:
    """A word as it is, or with drawn-out letters shortened to two and to one (`tapaaan` → `tapaan`, `tapan`)."""
    if not _LONG_RUN.search(word):
        return (word,)
    return (_LONG_RUN.sub(r"\1\1", word), _LONG_RUN.sub(r"\1", word))


def _one_script(word: str) -> str:
    """A word that mixes Latin with look-alike Cyrillic or Greek letters, in the script of the others."""
    if word.isascii():
        return word
    if not any("a" <= c <= "z" for c in word):
        return word
    cyrillic = any("Ѐ" <= c <= "ӿ" and c not in _CYRILLIC for c in word)
    return word.translate(_TO_CYRILLIC if cyrillic else _TO_LATIN)


def _joined(letters: str, vocabulary: Container[str]) -> str:
    """`t a p a n   i t s e n i` → `tapan itseni`; without wider gaps the vocabulary finds the words."""
    gaps = [len(gap) for gap in _GAP.findall(letters)]
    if max(gaps) > min(gaps):
        # An apostrophe that was folded away leaves one more space; a gap between words is wider than that.
        narrow = min(gaps) + (max(gaps) > min(gaps) + 1)
        return _GAP.sub(lambda gap: "" if len(gap[0]) <= narrow else " ", letters)
    return " ".join(_cut(_GAP.sub("", letters), vocabulary))


def _cut(letters: str, vocabulary: Container[str]) -> list[str]:
    """The cut into words of the vocabulary that leaves the fewest letters outside it, then uses fewest words."""
    best: list[tuple[int, int, int]] = [(0, 0, 0)]
    for end in range(1, len(letters) + 1):
        ways = [(best[end - 1][0] + 1, best[end - 1][1] + 1, end - 1)]
        starts = range(max(0, end - 18), end - 1)
        ways += [(best[s][0], best[s][1] + 1, s) for s in starts if letters[s:end] in vocabulary]
        best.append(min(ways))
    words: list[str] = []
    end = len(letters)
    while end:
        start = best[end][2]
        words.append(letters[start:end])
        end = start
    return _without_crumbs(words[::-1])


def _without_crumbs(words: list[str]) -> list[str]:
    """Letters that belonged to no known word, put together again."""
    together: list[str] = []
    loose = False
    for word in words:
        if len(word) == 1 and loose:
            together[-1] += word
        else:
            together.append(word)
        loose = len(word) == 1
    return together
