"""What time it is, as an argument: everything that needs the time is given a clock or a `now`."""

from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

HELSINKI: tzinfo = ZoneInfo("Europe/Helsinki")

Clock = Callable[[], datetime]
"""Gives the present moment, aware, in UTC."""


def system_clock() -> datetime:
    """The machine's time, aware, in UTC."""
    return datetime.now(UTC)


class SettableClock:
    """A clock that stands where it was put, for tests and for `PUT /test/clock`; runs on its own until set."""

    def __init__(self, now: datetime | None = None) -> None:
        self._now = now

    def __call__(self) -> datetime:
        """Now, or the moment it was set to."""
        return self._now if self._now is not None else system_clock()

    def set(self, now: datetime) -> None:
        """Stop the clock at `now` (aware, any zone)."""
        if now.tzinfo is None:
            raise ValueError("a clock needs a time with its zone")
        self._now = now.astimezone(UTC)


def helsinki(moment: datetime) -> datetime:
    """The same moment as people in Finland read it."""
    return moment.astimezone(HELSINKI)
