"""What the page of the queue is made of: how it is narrowed, what is counted, one screenful of it."""

from collections.abc import Hashable
from dataclasses import dataclass

from bot.callbacks.callback import Callback

PER_PAGE = 50
SEARCHED = 2_000
"""How many a search by words opens at most."""
RANKS = ("crisis", "late", "today", "coming")
"""The groups of the queue, in their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the queue is narrowed to; everything holds together. Empty: all that one may reach."""

    mine: bool = False
    """The asker's own claims, in the place of those who wait."""
    late: bool = False
    interpreter: bool = False
    professional: bool = False
    area: str = ""
    language: str = ""
    need: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """How many wait who have all of this in common."""

    rank: str
    area: str
    language: str
    need: str | None
    interpreter: bool
    professional: bool
    number: int

    def fits(self, wanted: Wanted) -> bool:
        """Whether these pass the filters; `mine` is none of theirs."""
        return not self.misses(wanted)

    def misses(self, wanted: Wanted) -> tuple[str, ...]:
        """The filters that these do not pass."""
        return tuple(
            name
            for name, passed in (
                ("late", not wanted.late or self.rank == "late"),
                ("interpreter", not wanted.interpreter or self.interpreter),
                ("professional", not wanted.professional or self.professional),
                ("area", wanted.area in ("", self.area)),
                ("language", wanted.language in ("", self.language)),
                ("need", wanted.need in ("", self.need)),
            )
            if not passed
        )


@dataclass(frozen=True, slots=True)
class Tally:
    """Everybody who waits within reach, counted; no filter changes it."""

    revision: int
    """The number of the queue's last change when it was counted, or of an earlier one."""
    view: str | None
    """How the asker last narrowed the queue; None when never."""
    counts: tuple[Count, ...]
    missed_follow_ups: int = 0
    """Follow-ups of a day that is over."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A callback on the page, its number masked, and what only the list needs to know."""

    callback: Callback
    rang: str | None
    """`rang` or `voicemail` when the family has called us in vain."""
    same_number: int
    """Open callbacks to the same number, this one among them."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a colleague has: enough to see that it is in hand, nothing opened."""

    id: str
    need: str | None
    urgency: str
    municipality: str | None
    holder_name: str


@dataclass(frozen=True, slots=True)
class Screenful:
    """One page of the queue."""

    revision: int | None
    """The number of the queue's last change when it was read; None when there was nothing to read."""
    view: str | None
    """How the asker had narrowed the queue before; None when never, or when there was nothing to read."""
    waiting: tuple[Shown, ...]
    mine: tuple[Shown, ...]
    offered: tuple[Shown, ...]
    """What colleagues hold and have offered to the asker."""
    others: tuple[Held, ...]
    found: int | None = None
    """How many a search found on all pages; None when nobody searched."""
    searched_all: bool = True
    """False when more waited than a search opens."""

    @property
    def rows(self) -> dict[str, Hashable]:
        """Every callback of which something is shown by its id, with what differs when it is shown otherwise."""
        shown = (*self.waiting, *self.mine, *self.offered)
        rows: dict[str, Hashable] = {
            one.callback.id: (one.callback.version, one.rang, one.same_number) for one in shown
        }
        return rows | {one.id: one for one in self.others}
