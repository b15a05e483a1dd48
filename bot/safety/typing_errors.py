"""Reads words with one slip of the finger: a letter missing, too many, wrong, or two in the wrong order.

Only longer words, and never a word that is a word of its own (`tapaa`, to meet, is no slip of `tappaa`);
those are listed in `words.txt`.
"""

from collections.abc import Iterable, Iterator, Mapping

SHORTEST = 5
"""Letters of the known word; shorter words have too many neighbours that mean something else."""
SHORTEST_OTHER_START = 7
"""Letters of a known whole word of which even the first letter may be wrong."""
LONGEST = 20
"""Longer words are compounds; their slips are not read, so that the work on any message stays small."""

Index = Mapping[str, tuple[tuple[str, bool], ...]]
"""A known word with one letter left out → such known words, and whether each is only the beginning of words."""


def index(words: Iterable[str], beginnings: Iterable[str]) -> Index:
    """The index of the known words and beginnings of words that are long enough."""
    found: dict[str, list[tuple[str, bool]]] = {}
    for known, is_beginning in (*((w, False) for w in words), *((b, True) for b in beginnings)):
        if len(known) >= SHORTEST:
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
                if entry not in found and (entry[1] or end == len(word)) and _one_slip(begun, *entry):
                    found.add(entry)
    return found


def _one_less(word: str) -> Iterator[str]:
    """The word with each letter left out in turn; the first one only of long words."""
    first = 0 if len(word) >= SHORTEST_OTHER_START - 1 else 1
    return (word[:place] + word[place + 1 :] for place in range(first, len(word)))


def _one_slip(written: str, known: str, is_beginning: bool) -> bool:
    """Whether one letter is missing, too many or wrong, or two neighbours are in the wrong order."""
    if written[0] != known[0] and (is_beginning or len(known) < SHORTEST_OTHER_START):
        return False
    start = 0
    while start < min(len(written), len(known)) and written[start] == known[start]:
        start += 1
    rest, other = written[start:], known[start:]
    if len(rest) == len(other):
        return rest[1:] == other[1:] or (rest[1::-1] == other[:2] and rest[2:] == other[2:])
    return rest[1:] == other if len(rest) > len(other) else rest == other[1:]
