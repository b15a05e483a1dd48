"""What a list of callbacks is narrowed to, besides its states and areas."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, not_

from bot.callbacks.request import OPEN_STATES
from bot.callbacks.tables import CallbackRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """Every part is left out when it is None."""

    language: str | None = None
    need: str | None = None
    """The first need."""
    late: bool | None = None
    """Only open ones whose promise has passed, or only the others."""
    held_by: str | None = None
    not_held_by: str | None = None
    """Ids of members or tokens."""
    updated_since: datetime | None = None
    """Aware; with it those that changed first come first, so that a program that follows changes misses none."""

    def guards(self, now: datetime) -> Iterator[ColumnElement[bool]]:
        """The same as conditions, at `now` (aware)."""
        if self.language is not None:
            yield CallbackRow.language == self.language
        if self.need is not None:
            yield CallbackRow.need == self.need
        is_late = and_(CallbackRow.state.in_(OPEN_STATES), CallbackRow.due_at < now)
        if self.late is not None:
            yield is_late if self.late else not_(is_late)
        if self.held_by is not None:
            yield CallbackRow.holder == self.held_by
        if self.not_held_by is not None:
            yield CallbackRow.holder.is_distinct_from(self.not_held_by)
        if self.updated_since is not None:
            yield CallbackRow.updated_at >= self.updated_since


EVERYTHING = Narrowed()
