"""Reads words with one slip of the finger: a letter missing, doubled, wrong, or two in the wrong order.

Only longer words, only when the first letter is right, and never a word that is a word of its own
(`tapaa`, to meet, is no slip of `tappaa`); those are listed in `words.txt`.
"""

from collections.abc import Iterable, Iterator, Mapping

SHORTEST = 5
"""Letters of the known word; shorter words have too many neighbours that mean something else."""
LONGEST = 20
"""Longer words are compounds; their slips are not read, so that the work on any message stays small."""

Index = Mapping[str, frozenset[str]]
"""A known word with one letter left out → the classes of such words."""


def index(words: Mapping[str, Iterable[str]]) -> Index:
    """The index of the known words (or beginnings of words) that are long enough."""
    found: dict[str, set[str]] = {}
    for word, classes in words.items():
        if len(word) >= SHORTEST:
            for shorter in one_less(word):
                found.setdefault(shorter, set()).update(classes)
    return {shorter: frozenset(classes) for shorter, classes in found.items()}


def one_less(word: str) -> Iterator[str]:
    """The word with each letter but the first left out in turn."""
    return (word[:place] + word[place + 1 :] for place in range(1, len(word)))


def swapped(word: str) -> Iterator[str]:
    """The word with each two neighbouring letters but the first in the wrong order."""
    return (word[:p] + word[p + 1] + word[p] + word[p + 2 :] for p in range(1, len(word) - 1))


def slips(
    word: str, exact: Mapping[str, Iterable[str]], beginnings: Mapping[str, Iterable[str]], missing: Index
) -> set[str]:
    """The classes of the known words that are one slip away from an unknown word."""
    if not SHORTEST - 1 <= len(word) <= LONGEST:
        return set()
    found: set[str] = set(missing.get(word, ()))
    for shorter in one_less(word):
        if len(shorter) >= SHORTEST:
            found.update(exact.get(shorter, ()))
            _begin(shorter, beginnings, found)
        found.update(missing.get(shorter, ()))
    if len(word) >= SHORTEST:
        for other in swapped(word):
            found.update(exact.get(other, ()))
            _begin(other, beginnings, found)
    return found


def _begin(word: str, beginnings: Mapping[str, Iterable[str]], found: set[str]) -> None:
    """Add the classes of the longer known beginnings of a word."""
    for end in range(SHORTEST + 1, len(word) + 1):
        found.update(beginnings.get(word[:end], ()))
