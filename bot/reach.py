"""What somebody may reach: the wall between areas, as one value.

Whoever reads or changes what families have told hands its reach to the statement that does it. There is no other way
to a callback or a live chat, so a wall cannot be forgotten: without it the call does not type-check and does not run.
What lies outside is as if it did not exist.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Self

from sqlalchemy import ColumnElement, ColumnExpressionArgument, false, true
from sqlalchemy.orm import InstrumentedAttribute


@dataclass(frozen=True, slots=True)
class Reach:
    """The areas whose families somebody may know of; None for all of them, empty for none."""

    areas: frozenset[str] | None

    @classmethod
    def of(cls, areas: Collection[str]) -> Self:
        """Of a member of staff or a token: its areas, or all of them when it has none of its own."""
        return cls(frozenset(areas) or None)

    @classmethod
    def only(cls, area: str) -> Self:
        """One area and nothing else."""
        return cls(frozenset((area,)))

    def covers(self, area: str) -> bool:
        """Whether the area lies within."""
        return self.areas is None or area in self.areas

    def guard(
        self, column: InstrumentedAttribute[str] | ColumnExpressionArgument[str]
    ) -> ColumnElement[bool]:
        """The same as a condition on a column that holds an area's id."""
        if self.areas is None:
            return true()
        return column.in_(sorted(self.areas)) if self.areas else false()  # type: ignore[union-attr]


EVERYWHERE = Reach(None)
"""For the family itself, which comes with a key of its own, and for the jobs. Never for staff."""
