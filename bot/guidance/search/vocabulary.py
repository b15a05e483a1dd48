"""The words of the catalogue, by which a mistyped word is put right: one letter too many, too few, wrong or swapped.

Kept in the index's own temporary database, not in memory: a large catalogue has half a million such near-forms.
"""

import sqlite3
from collections.abc import Iterable

from bot.guidance.search.letters import folded
from bot.guidance.search.word_forms import stem

_SHORTEST, _LONGEST = 4, 30
_SHORTEST_OF_COMPOUND = 5
_SHORTEST_REST = 5
_MOST_NEAR = 12
_MAKE = (
    "CREATE TABLE word (form TEXT, original TEXT, PRIMARY KEY (form, original)) WITHOUT ROWID",
    "CREATE TABLE near (shorter TEXT, form TEXT, PRIMARY KEY (shorter, form)) WITHOUT ROWID",
)


def make(database: sqlite3.Connection) -> None:
    """Make the empty tables."""
    for statement in _MAKE:
        database.execute(statement)


def add(database: sqlite3.Connection, words: Iterable[str]) -> None:
    """Add words as they are written; those that are there are left."""
    rows = [(form, word) for word in set(words) for form in _forms(word)]
    database.executemany("INSERT OR IGNORE INTO word VALUES (?, ?)", rows)
    shorter = {(cut, form) for form, _ in rows if _may_be_mistyped(form) for cut in _cuts(form)}
    database.executemany("INSERT OR IGNORE INTO near VALUES (?, ?)", sorted(shorter))


def written(database: sqlite3.Connection, word: str) -> list[str]:
    """The words of the catalogue that are this one but for dots and endings."""
    for form in _forms(word):
        found = database.execute("SELECT original FROM word WHERE form = ? LIMIT 4", (form,)).fetchall()
        if found:
            return [original for (original,) in found]
    return []


def compounds(database: sqlite3.Connection, word: str) -> list[str]:
    """The words of the catalogue that begin or end with this one, for where no dictionary takes compounds apart."""
    stemmed = _forms(word)[-1]
    if len(stemmed) < _SHORTEST_OF_COMPOUND:
        return []
    found = database.execute(
        "SELECT DISTINCT original FROM word WHERE form LIKE ? OR form LIKE ? LIMIT 40",
        (f"%{stemmed}", f"{stemmed}%"),
    )
    return [original for (original,) in found]


def near(database: sqlite3.Connection, word: str) -> list[str]:
    """The words of the catalogue that differ from this one by one slip of the finger, those that begin alike first."""
    originals: list[str] = []
    for form in _forms(word):
        if not _may_be_mistyped(form):
            continue
        cuts = list(_cuts(form))
        marks = ", ".join("?" * len(cuts))
        found = database.execute(
            f"SELECT DISTINCT form FROM near WHERE shorter IN ({marks})",  # noqa: S608  (question marks alone)
            cuts,
        )
        close = sorted(candidate for (candidate,) in found if _is_one_slip(form, candidate))
        close.sort(key=lambda candidate: candidate[0] != form[0])
        originals += [original for one in close[:_MOST_NEAR] for original in written(database, one)[:1]]
    return list(dict.fromkeys(originals))


def beginnings(database: sqlite3.Connection, word: str) -> list[tuple[str, str]]:
    """Where a compound may be parted: a word of the catalogue at its beginning, the longest first, and the rest."""
    cuts = range(len(word) - _SHORTEST_REST, _SHORTEST - 1, -1)
    return [(word[:cut], word[cut:]) for cut in cuts if written(database, word[:cut])]


def _forms(word: str) -> tuple[str, ...]:
    """How a word is looked up: as it is written, and by its stem."""
    plain = folded(word)
    return tuple(dict.fromkeys((plain, stem(plain, "finnish"))))


def _may_be_mistyped(form: str) -> bool:
    return _SHORTEST <= len(form) <= _LONGEST


def _cuts(form: str) -> Iterable[str]:
    yield form
    for place in range(len(form)):
        yield form[:place] + form[place + 1 :]


def _is_one_slip(typed: str, meant: str) -> bool:
    if typed == meant:
        return True
    if abs(len(typed) - len(meant)) > 1:
        return False
    start = next(
        (place for place, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b),
        min(len(typed), len(meant)),
    )
    left, right = typed[start:], meant[start:]
    if len(left) == len(right):
        swapped = len(left) > 1 and left[:2] == right[1::-1] and left[2:] == right[2:]
        return left[1:] == right[1:] or swapped
    return left[1:] == right if len(left) > len(right) else left == right[1:]
