"""The words of time in a message: each becomes a sign with a one-letter kind, so that patterns can be read off them.

Kinds: D day · S part of the day · t span of clock times · Z any time · J as soon as possible · number words by case
n g b e i p · d digits · c clock with minutes · K "klo" · small words as named in `time_lexicon` · `_` unknown word.
"""

import re

from bot.understanding.letters import Found, Word, Written, one_slip
from bot.understanding.numerals import number_words
from bot.understanding.said_times import Clock, Meaning, Sign
from bot.understanding.time_figures import figures
from bot.understanding.time_lexicon import EDGE, LONG, edges, lexicon, long_words

_MINUTES = 60
_SHORT = 2
_MARKS = {".": ".", "!": ".", "?": ".", ";": ".", "…": ".", ",": ",", "-": "r", "/": "O"}
"""Marks that part or join what is said."""


def signs(written: Written, language: str) -> list[Sign]:
    """The message as signs of time, in order; unknown words are `_`, ends of sentences `.` and commas `,`."""
    numbers = list(figures(written.folded))
    covered = {place for sign in numbers for place in range(sign.start, sign.end)}
    met = {one.start: one for one in lexicon(language).find(written) if one.start not in covered}
    found: list[Sign] = list(numbers)
    skip_to = 0
    for word in written.words:
        if word.start < skip_to or word.start in covered:
            continue
        if found and found[-1].kind == "K" and _plain_hour(word, met):
            found.append(_other(word, written.folded))  # "klockan ett": here "ett" is no article
        elif word.start in met and not _other_word(written, met[word.start]):
            one = met[word.start]
            skip_to = one.end
            found += [Sign(kind, value, one.start, one.end) for kind, value in one.value]
        else:
            found += _misspelt(word, language) or [_other(word, written.folded)]
    found += [Sign(".", None, place.start(), place.end()) for place in re.finditer(r"\n+", written.folded)]
    return sorted(found, key=lambda sign: sign.start)


def _plain_hour(word: Word, met: dict[int, Found[Meaning]]) -> bool:
    """Whether a word is a number that begins no longer phrase: the Arabic eleven and twelve are two words."""
    return word.text in number_words() and (word.start not in met or met[word.start].end == word.end)


def _other_word(written: Written, one: Found[Meaning]) -> bool:
    """Whether a short word had dots that the word of time has not: "mä" is not Monday."""
    return (
        one.end - one.start <= _SHORT
        and written.text[one.start : one.end].lower() != written.folded[one.start : one.end]
    )


def _other(word: Word, text: str) -> Sign:
    if word.text in number_words():
        number, case = number_words()[word.text]
        return Sign(case, Clock(number * _MINUTES), word.start, word.end)
    if word.text.isalnum() or (len(word.text) > 1 and not word.text.isascii()):  # also "п'є"
        return Sign("_", word.text, word.start, word.end)
    kind = _MARKS.get(word.text, "~")
    if word.text == "." and word.end < len(text) and not text[word.end].isspace():
        kind = "~"  # within an abbreviation or a number
    return Sign(kind, None, word.start, word.end)


def _misspelt(word: Word, language: str) -> list[Sign]:
    """A long word of time with a slip of one letter: "iltapaivala", "huommenna"."""
    if len(word.text) < LONG or word.text in number_words():
        return []
    text, head, tail = word.text, word.text[:EDGE], word.text[-EDGE:]
    if head not in edges(language)[0] and tail not in edges(language)[1]:
        return []
    meanings = {
        meaning
        for length in (len(text) - 1, len(text), len(text) + 1)
        for form, meaning in long_words(language).get((text[0], length), ())
        if (form.startswith(head) or form.endswith(tail)) and one_slip(form, text)
    }
    if len(meanings) != 1:
        return []
    return [Sign(kind, value, word.start, word.end) for kind, value in meanings.pop()]
