"""What was read, kept aside on disk while an import looks at all of it: memory stays the same for 400 and 100,000.

A private SQLite database that the system deletes when it is closed, or when the process dies.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any

from bot.guidance.importing.files import Found

_CACHE_KIB = 8 * 1024


class Spool:
    """Services in the order they were read; beside them channels and organisations by id; links to channels."""

    def __init__(self) -> None:
        self._kept = sqlite3.connect("", isolation_level=None)
        self._kept.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        self._kept.executescript(
            """
            PRAGMA journal_mode = OFF;
            PRAGMA synchronous = OFF;
            CREATE TABLE record (place INTEGER PRIMARY KEY, file TEXT, line INTEGER, data TEXT);
            CREATE TABLE aside (kind TEXT, id TEXT, data TEXT, PRIMARY KEY (kind, id)) WITHOUT ROWID;
            CREATE TABLE link (service TEXT, place INTEGER, data TEXT, PRIMARY KEY (service, place)) WITHOUT ROWID;
            CREATE TABLE entry (place INTEGER PRIMARY KEY, data TEXT);
            """
        )

    def close(self) -> None:
        """Give the disk back."""
        self._kept.close()

    def add_record(self, found: Found) -> None:
        """Keep a service."""
        row = (found.file, found.line, _written(found.data))
        self._kept.execute("INSERT INTO record (file, line, data) VALUES (?, ?, ?)", row)

    def add_aside(self, kind: str, id_: str, data: Mapping[str, Any]) -> None:
        """Keep a channel or an organisation; the last of one id stays."""
        self._kept.execute("INSERT OR REPLACE INTO aside VALUES (?, ?, ?)", (kind, id_, _written(data)))

    def add_link(self, service_id: str, data: Mapping[str, Any]) -> None:
        """Keep a link of a service to a channel, in the order given."""
        self._kept.execute(
            "INSERT INTO link SELECT ?1, COUNT(*), ?2 FROM link WHERE service = ?1",
            (service_id, _written(data)),
        )

    def add_entry(self, data: Mapping[str, Any]) -> None:
        """Keep what became of a service."""
        self._kept.execute("INSERT INTO entry (data) VALUES (?)", (_written(data),))

    @property
    def records(self) -> int:
        """How many services there are."""
        return int(self._kept.execute("SELECT COUNT(*) FROM record").fetchone()[0])

    @property
    def entries(self) -> int:
        """How many of them were kept."""
        return int(self._kept.execute("SELECT COUNT(*) FROM entry").fetchone()[0])

    def each_record(self) -> Iterator[Found]:
        """The services, in order."""
        rows = self._kept.cursor().execute("SELECT file, line, data FROM record ORDER BY place")
        return (Found(file, line, json.loads(data)) for file, line, data in rows)

    def some_entries(self, after: int, count: int) -> list[dict[str, Any]]:
        """At most `count` of what was kept, after the first `after`."""
        rows = self._kept.execute(
            "SELECT data FROM entry WHERE place > ? ORDER BY place LIMIT ?", (after, count)
        )
        return [json.loads(data) for (data,) in rows]

    def links(self, service_id: str) -> list[dict[str, Any]]:
        """The links of a service."""
        rows = self._kept.execute("SELECT data FROM link WHERE service = ? ORDER BY place", (service_id,))
        return [json.loads(data) for (data,) in rows]

    def aside(self, kind: str) -> Mapping[str, Mapping[str, Any]]:
        """What was kept aside of one kind, by id; read when it is asked for."""
        return _Aside(self._kept, kind)


class _Aside(Mapping[str, Mapping[str, Any]]):
    def __init__(self, kept: sqlite3.Connection, kind: str) -> None:
        self._kept, self._kind = kept, kind

    def __getitem__(self, id_: str) -> Mapping[str, Any]:
        query = "SELECT data FROM aside WHERE kind = ? AND id = ?"
        row = self._kept.execute(query, (self._kind, id_)).fetchone()
        if row is None:
            raise KeyError(id_)
        found: dict[str, Any] = json.loads(row[0])
        return found

    def __iter__(self) -> Iterator[str]:
        rows = self._kept.execute("SELECT id FROM aside WHERE kind = ?", (self._kind,))
        return (row[0] for row in rows)

    def __len__(self) -> int:
        query = "SELECT COUNT(*) FROM aside WHERE kind = ?"
        return int(self._kept.execute(query, (self._kind,)).fetchone()[0])


def _written(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False)
