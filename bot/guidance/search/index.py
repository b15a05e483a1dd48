"""The words of a catalogue in a temporary SQLite database: one for each process, the truth stays in the catalogue.

SQLite's FTS5 finds and weighs; what it holds are base forms and parts of compounds, so it needs no tokenizer of its
own. An area is a word too, so that only what serves somewhere is looked at. The database lies in a file that nobody
else sees and that goes with the process.
"""

import sqlite3
import threading
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.guidance.catalogue import Catalogue, Service
from bot.guidance.search import vocabulary
from bot.guidance.search.columns import (
    MADE_UP,
    all_texts,
    columns,
    kind_token,
    need_token,
    need_tokens,
    of_families,
    place_tokens,
    spaced,
)
from bot.guidance.search.kinds import kinds_of
from bot.guidance.search.letters import NOT_NAMES, words_of
from bot.guidance.search.word_forms import Finnish, Forms, forms

_MAKE = (
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    "PRAGMA cache_size = -8000",
    "CREATE VIRTUAL TABLE entry USING fts5(name, terms, summary, body, place, needs, kinds, tokenize = 'unicode61')",
    "CREATE VIRTUAL TABLE counted USING fts5vocab(entry, 'row')",
    """CREATE TABLE service (number INTEGER PRIMARY KEY, id TEXT UNIQUE, families REAL, kinds TEXT,
    name TEXT, text TEXT, called TEXT)""",
)
_FIELDS = "{name terms summary body}"
_WEIGHTS = "6.0, 6.0, 4.0, 2.0, 0.0, 0.0, 0.0"
_SHORTEST_STEM, _SHORTEST_REST = 4, 3
_MOST_REMEMBERED = 20_000
Remembered = TypeVar("Remembered")
Texts = dict[str, list[str]]
"""The tokens of each column."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A service that holds some of the words: how weightily, and the tokens of its name and of its short texts.

    Tokens stand in one text, with a space on both sides of each: most candidates are asked for a few tokens only.
    """

    id: str
    weight: float
    of_families: float
    """How likely it is for families, 0–1."""
    of_kinds: str
    name: str
    """Of its name and the other names it has."""
    text: str
    called: str
    """The base forms of its name alone."""

    def kinds(self) -> Iterator[tuple[str, float]]:
        """Of which kinds it is, and how wholly (0–1)."""
        for told in self.of_kinds.split():
            kind, _, wholly = told.partition(":")
            yield kind, float(wholly)


class Index:
    """The searchable words of one catalogue, kept up with its changes."""

    def __init__(self, finnish: Finnish, said: Iterable[str] = ()) -> None:
        """`finnish` takes Finnish words apart; `said` are words people say that no service has."""
        self.finnish = finnish
        self._database = sqlite3.connect("", check_same_thread=False, isolation_level=None)
        for statement in _MAKE:
            self._database.execute(statement)
        vocabulary.make(self._database)
        vocabulary.add(self._database, said)
        self._held: dict[str, Service] = {}
        self._stems: set[str] = set()
        self._using = threading.RLock()
        self._remembered: dict[Hashable, Any] = {}

    def keep_to(self, catalogue: Catalogue) -> None:
        """Take up what is new or changed in the catalogue, and let go what it has not."""
        with self._using:
            changed = [one for one in catalogue.services if self._held.get(one.id) != one]
            gone = self._held.keys() - catalogue.by_id.keys()
            if not changed and not gone:
                return
            self._database.execute("BEGIN")
            for service_id in [*gone, *(one.id for one in changed if one.id in self._held)]:
                self._forget(service_id)
            self._learn_words(changed)
            for service in changed:
                self._add(service)
            self._database.execute("COMMIT")
            self._remembered.clear()

    def remember(self, key: Hashable, make: Callable[[], Remembered]) -> Remembered:
        """What `make` gave for this key since the catalogue last changed: words come again and again."""
        found: Remembered | None = self._remembered.get(key)
        if found is None:
            if len(self._remembered) >= _MOST_REMEMBERED:
                self._remembered.clear()
            found = self._remembered[key] = make()
        return found

    @property
    def count(self) -> int:
        """How many services there are."""
        return len(self._held)

    def holding(self, tokens: Collection[str], places: Collection[str], limit: int) -> list[Candidate]:
        """The services that hold any of the tokens, the weightiest first; `places` from `places_of`."""
        wanted = " OR ".join(f'"{token}"' for token in tokens)
        return self._matching(f"{_FIELDS} : ({wanted})", places, limit) if wanted else []

    def answering(self, need: str, places: Collection[str], limit: int) -> list[tuple[Candidate, bool]]:
        """The services for a need, those mainly for it (True) first."""
        main = self._matching(f'needs : "{need_token(need, main=True)}"', places, limit)
        beside = self._matching(f'needs : "{need_token(need, main=False)}"', places, limit - len(main))
        return [*((one, True) for one in main), *((one, False) for one in beside)]

    def of_kinds(self, kinds: Collection[str], places: Collection[str], limit: int) -> list[Candidate]:
        """The services of any of the kinds."""
        wanted = " OR ".join(f'"{kind_token(kind)}"' for kind in kinds)
        return self._matching(f"kinds : ({wanted})", places, limit) if wanted else []

    def number_holding(self, token: str) -> int:
        """How many services hold a token."""
        with self._using:
            row = self._database.execute("SELECT doc FROM counted WHERE term = ?", (token,)).fetchone()
        return row[0] if row else 0

    def written(self, word: str) -> list[str]:
        """See `vocabulary.written`."""
        with self._using:
            return vocabulary.written(self._database, word)

    def compounds(self, word: str) -> list[str]:
        """See `vocabulary.compounds`."""
        with self._using:
            return vocabulary.compounds(self._database, word)

    def repaired(self, word: str) -> list[str]:
        """The words one slip of the finger away, what most services have first; a compound by its mistyped end."""
        with self._using:
            found = vocabulary.near(self._database, word)
            if not found:
                parted = vocabulary.beginnings(self._database, word)
                found = [
                    begin + end for begin, rest in parted for end in vocabulary.near(self._database, rest)
                ]
        return sorted(found, key=lambda one: (one[0] != word[0], -self._most_holding(one)))

    def _most_holding(self, word: str) -> int:
        return max((self.number_holding(token) for token in self.forms(word, "fi").base), default=0)

    def forms(self, word: str, language: str) -> Forms:
        """A word taken apart, compounds without a dictionary along the stems of the catalogue's own words."""
        found = forms(word, language, self.finnish)
        return (
            found
            if found.known and language == "fi"
            else Forms(found.base, self._split(found.base), known=False)
        )

    def _split(self, stems: Iterable[str]) -> frozenset[str]:
        found = set()
        for stem in stems:
            for cut in range(_SHORTEST_REST, len(stem) - _SHORTEST_REST + 1):
                found |= {part for part in (stem[:cut], stem[cut:]) if part in self._stems}
        return frozenset(found)

    def _matching(self, wanted: str, places: Collection[str], limit: int) -> list[Candidate]:
        if limit <= 0:
            return []
        near = " OR ".join(f'"{place}"' for place in places)
        question = f"({wanted}) AND place : ({near})" if near else f'({wanted}) NOT place : "{MADE_UP}"'
        with self._using:
            rows = self._database.execute(
                f"SELECT s.id, -bm25(entry, {_WEIGHTS}) AS weight, s.families, s.kinds, s.name, s.text, s.called"  # noqa: S608
                " FROM entry JOIN service AS s ON s.number = entry.rowid"
                " WHERE entry MATCH ? ORDER BY weight DESC LIMIT ?",
                (question, limit),
            ).fetchall()
        return [Candidate(*row) for row in rows]

    def _learn_words(self, services: Iterable[Service]) -> None:
        """Know every written word before any compound is taken apart."""
        seen: set[str] = set()
        for service in services:
            for language, text in all_texts(service):
                for word in words_of(text):
                    if word in seen:
                        continue
                    seen.add(word)
                    base = forms(word, language, self.finnish).base
                    self._stems |= {stem for stem in base if len(stem) >= _SHORTEST_STEM}
        vocabulary.add(self._database, seen)

    def _add(self, service: Service) -> None:
        tokens: Texts = {
            column: [token for language, text in texts for token in self._tokens(text, language)]
            for column, texts in columns(service).items()
        }
        kinds = kinds_of(service.name.fi)
        short = {*tokens["name"], *tokens["terms"], *tokens["summary"]}
        number = self._database.execute(
            "INSERT INTO service (id, families, kinds, name, text, called) VALUES (?, ?, ?, ?, ?, ?)",
            (
                service.id,
                of_families(service, kinds),
                " ".join(f"{kind}:{wholly:.2f}" for kind, wholly in kinds.items()),
                *map(spaced, ({*tokens["name"], *tokens["terms"]}, short, self._called(service))),
            ),
        ).lastrowid
        row = [" ".join(tokens[column]) for column in ("name", "terms", "summary", "body")]
        row += [" ".join(place_tokens(service)), " ".join(need_tokens(service))]
        row.append(" ".join(map(kind_token, kinds)))
        self._database.execute(
            "INSERT INTO entry (rowid, name, terms, summary, body, place, needs, kinds)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (number, *row),
        )
        self._held[service.id] = service

    def _called(self, service: Service) -> set[str]:
        return {
            token for word in words_of(service.name.fi) for token in self.forms(word, "fi").base
        } - NOT_NAMES

    def _forget(self, service_id: str) -> None:
        (number,) = self._database.execute(
            "SELECT number FROM service WHERE id = ?", (service_id,)
        ).fetchone()
        self._database.execute("DELETE FROM entry WHERE rowid = ?", (number,))
        self._database.execute("DELETE FROM service WHERE number = ?", (number,))
        del self._held[service_id]

    def _tokens(self, text: str, language: str) -> Iterator[str]:
        for word in words_of(text):
            found = self.forms(word, language)
            yield from sorted(found.base)
            yield from sorted(found.parts)
