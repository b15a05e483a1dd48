"""Telephone numbers written in words: "nolla viiskyt yks kaks kolme…", "noll fyrtio…", "zero five zero…"."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bot.understanding.letters import Word, Written, fold
from bot.understanding.wordlists import phrases, wordlist

_SHORTEST = 4
_SHORTEST_NAME = 2


@dataclass(frozen=True, slots=True)
class SpokenNumber:
    """Digits that stood in words, and their place."""

    text: str
    start: int
    end: int


@cache
def _digits() -> dict[str, str]:
    said = {
        fold(word): str(digits)
        for digits, listed in wordlist("digits").items()
        for word in phrases(listed)
    }  # fmt: skip
    units = {
        word: digits
        for word, digits in said.items()
        if len(digits) == 1 and digits.isdigit() and digits != "0"
    }
    tens = {word: digits for word, digits in said.items() if len(digits) > 1 and digits.endswith("0")}
    teens = {unit + "toista": f"1{digit}" for unit, digit in units.items()}
    joined = {ten + unit: digits[0] + digit for ten, digits in tens.items() for unit, digit in units.items()}
    return joined | teens | said


def spoken_numbers(written: Written) -> Iterator[SpokenNumber]:
    """Runs of number words (digits may stand among them, words run together) that begin with a zero or a plus."""
    run: list[Word] = []
    for word in (*written.words, Word("", 0, 0)):
        if parts := _parts(word.text):
            run += [Word(part, word.start, word.end) for part in parts]
        elif word.text.isdigit() and (run or word.text.startswith("0")):
            run.append(word)
        elif word.text in ("-", ",", ".") and run:
            continue
        else:
            yield from _whole(run)
            run = []


@cache
def _parts(word: str) -> tuple[str, ...]:
    """The number words that make up a word, one or several run together ("nollaviisnolla"); nothing for any other."""
    known = _digits()
    if word in known:
        return (word,)
    for length in range(len(word) - _SHORTEST_NAME, _SHORTEST_NAME - 1, -1):
        if word[:length] in known and (rest := _parts(word[length:])):
            return (word[:length], *rest)
    return ()


def _whole(run: list[Word]) -> Iterator[SpokenNumber]:
    known = _digits()
    text = ""
    for place, word in enumerate(run):
        digits = known.get(word.text, word.text)
        # "viiskyt kuus" is 56, "viiskyt" before another ten or at the end is 50.
        before = known.get(run[place - 1].text, "") if place else ""
        text = text[:-1] + digits if len(digits) == 1 and _open_ten(text, before) else text + digits
    named = sum(word.text in known for word in run)
    if named > 1 and text.startswith(("0", "+")) and len(text) >= _SHORTEST:
        yield SpokenNumber(text, run[0].start, run[-1].end)


def _open_ten(text: str, before: str) -> bool:
    """Whether a ten said just before waits for its unit."""
    # The operator's prefix is said as a whole ("nolla viiskyt" = 050, "nolla neljäkyt" = 040).
    return len(before) == 2 and before.endswith("0") and len(text) > 3  # noqa: PLR2004
