"""The kinds of jobs. Pure: a job says what it does and when; `bot.jobs.running` runs it."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from bot.callbacks.call_times import local_moment
from bot.clock import helsinki


@dataclass(frozen=True, slots=True)
class Sweep:
    """A job that asks the tables what is due and may run twice without harm. One replica runs it."""

    name: str
    work: Callable[[Session, datetime], int]
    """Does it in one transaction, at `now` (aware, UTC); gives how many rows it touched."""
    every: int
    """Seconds between two rounds."""


@dataclass(frozen=True, slots=True)
class Work:
    """What waits for the network and so is no sweep; each replica takes what no other has taken."""

    name: str
    work: Callable[[], Awaitable[int]]
    """Works off what is due; gives how much that was."""
    every: int
    """Seconds between two rounds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """A job of a day or a week: done exactly once for each, whatever replicas come and go.

    A period that nobody was there for is made good within `grace`; an older one is reported and not done.
    """

    name: str
    work: Callable[[Session, datetime], int]
    """Does it in one transaction, at `now` (aware, UTC); gives how many rows it wrote."""
    at: time
    """The local time of day from which it is due."""
    weekday: int | None = None
    """Monday is 0; None: every day."""
    grace: timedelta

    @property
    def step(self) -> timedelta:
        """From one period to the next."""
        return timedelta(days=1 if self.weekday is None else 7)

    def latest(self, now: datetime) -> date:
        """The newest period that has begun: the local day on which it was due."""
        day = helsinki(now).date()
        if self.weekday is not None:
            day -= timedelta(days=(day.weekday() - self.weekday) % 7)
        return day if self.due(day) <= now else day - self.step

    def due(self, period: date) -> datetime:
        """The moment from which a period's work is due; aware."""
        return local_moment(period, self.at)

    def between(self, done: date, latest: date) -> Iterator[date]:
        """The periods after `done` and before `latest`, oldest first."""
        period = done + self.step
        while period < latest:
            yield period
            period += self.step


Led = Sweep | Calendar
"""What only the replica with the lease does."""

_MOST_PAUSE = timedelta(minutes=15)
_FIRST_PAUSE = timedelta(seconds=30)
ALARM_AFTER = 5
"""After so many failures in a row a job is an alarm on the console and in the health of the server."""


def pause_after(failures: int) -> timedelta:
    """How long a job rests after so many failures in a row (1 or more): doubled each time, a quarter hour at most."""
    return min(_FIRST_PAUSE * (1 << min(failures - 1, 10)), _MOST_PAUSE)
