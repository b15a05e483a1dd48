"""What a register's record became: an entry of ours, what could not be taken along, and why it may be for families."""

from dataclasses import dataclass
from typing import Literal

from bot.guidance.catalogue import Service

Fate = Literal[
    "empty", "fax", "personal_email", "not_a_number", "not_an_address", "past_hours", "unreadable_hours",
    "unknown_place", "shortened", "no_finnish", "always_open_guessed", "unknown_kind", "not_kept", "no_channel",
]  # fmt: skip
"""Why something of a record was left out or changed on the way; the console and docs/ptv.md say it in words."""


@dataclass(frozen=True, slots=True)
class Note:
    """One thing to know of a record: the register's field, and what became of it. It quotes nothing of the record."""

    field: str
    fate: Fate


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One service as a register tells it. `family`: why it is thought to be for families; None when nothing says so."""

    key: str
    """Its id in the register, by which it is known again."""
    service: Service
    notes: tuple[Note, ...]
    family: str | None


@dataclass(frozen=True, slots=True)
class Broken:
    """A record that cannot be an entry: where it stands (its number in the file, from 1), and what is wrong with it."""

    place: int
    what: str
