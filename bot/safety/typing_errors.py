"""Reads words with one slip of the finger: a letter missing, too many, wrong, or two in the wrong order.

Only longer words with the first letter right, and never a word that is a word of its own (`tapaa`, to meet, is
no slip of `tappaa`); those are listed in `words.txt`.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

SHORTEST = 5
"""Letters of the known word; shorter words have too many neighbours that mean something else."""
SHORTEST_BEGINNING = 6
"""Letters of a known beginning of words; what follows it may be anything, so a shorter one has even more neighbours."""
ANY_WRONG_LETTER = 7
"""Letters of a known word of which any letter may be wrong; in a shorter one only by a key beside the right one."""
_ROWS = ("qwertyuiopa", "asdfghjklo", "zxcvbnm")
"""The keys in their rows as they are after folding: å beside p, ö beside l."""
_BESIDE = frozenset(
    pair for row in _ROWS for left, right in pairwise(row) for pair in (left + right, right + left)
)
LONGEST = 20
"""Longer words are compounds; their slips are not read, so that the work on any message stays small."""

Index = Mapping[str, tuple[tuple[str, bool], ...]]
"""A known word with one letter left out → such known words, and whether each is only the beginning of words."""


def index(words: Iterable[str], beginnings: Iterable[str]) -> Index:
    """The index of the known words and beginnings of words that are long enough."""
    found: dict[str, list[tuple[str, bool]]] = {}
    for known, is_beginning in (*((w, False) for w in words), *((b, True) for b in beginnings)):
        if len(known) >= (SHORTEST_BEGINNING if is_beginning else SHORTEST):
            for shorter in {known, *_one_less(known)}:
                found.setdefault(shorter, []).append((known, is_beginning))
    return {shorter: tuple(entries) for shorter, entries in found.items()}


def meant(word: str, known: Index) -> set[tuple[str, bool]]:
    """The known words, or beginnings of words, that are one slip away from an unknown word."""
    if not SHORTEST - 1 <= len(word) <= LONGEST:
        return set()
    found: set[tuple[str, bool]] = set()
    for end in range(SHORTEST - 1, len(word) + 1):
        begun = word[:end]
        for shorter in (begun, *_one_less(begun)):
            for entry in known.get(shorter, ()):
                if entry not in found and (entry[1] or end == len(word)) and _one_slip(begun, entry[0]):
                    found.add(entry)
    return found


def _one_less(word: str) -> Iterator[str]:
    """The word with each letter but the first left out in turn."""
    return (word[:place] + word[place + 1 :] for place in range(1, len(word)))


def _one_slip(written: str, known: str) -> bool:
    """Whether one letter is missing, too many or wrong, or two neighbours are in the wrong order."""
    start = 0
    while start < min(len(written), len(known)) and written[start] == known[start]:
        start += 1
    rest, other = written[start:], known[start:]
    if len(rest) == len(other):
        if rest[1::-1] == other[:2] and rest[2:] == other[2:]:
            return True
        likely = len(known) >= ANY_WRONG_LETTER or rest[:1] + other[:1] in _BESIDE
        return rest[1:] == other[1:] and (likely or not rest)
    return rest[1:] == other if len(rest) > len(other) else rest == other[1:]
