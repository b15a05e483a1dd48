"""What a search is narrowed by besides words and place: age, language, price, opening, and what is for a crisis."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from bot.guidance.catalogue import Service
from bot.guidance.hours import open_state
from bot.guidance.match import Match


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """What a service must be. Each part left empty asks for nothing.

    What an entry does not tell is unknown: an unknown language or price does not answer who asks for one, but unknown
    hours are not closed.
    """

    ages: Sequence[float] = ()
    """Of the children, in years; one that fits is enough."""
    served_in: str | None = None
    open_now: dt.datetime | None = None
    """A moment, aware: what is closed then is left out; what tells no hours comes after what is open."""
    free_only: bool = False
    """Only what is told to cost nothing in the municipality searched."""
    crisis: bool = False
    """Whether services for a crisis may come; without it only where words name them or a need is their main one."""

    @property
    def asks(self) -> bool:
        """Whether it leaves anything out at all."""
        return bool(self.ages or self.served_in or self.open_now or self.free_only)

    def lets(self, service: Service, municipality: str | None) -> bool:
        """Whether a service is all that is asked for; prices may differ by municipality (Finnish name)."""
        return (
            (not self.ages or any(service.ages.fits(age) for age in self.ages))
            and (self.served_in is None or serves_in(service, self.served_in))
            and (not self.free_only or service.cost.at(municipality).type == "free")
            and (self.open_now is None or is_open(service, self.open_now) is not False)
        )

    def is_surely_open(self, service: Service) -> bool:
        """Whether it is asked for what is open, and this one is known to be."""
        return self.open_now is not None and is_open(service, self.open_now) is True


EVERYTHING = Narrowing()
"""Asks for nothing."""


def serves_in(service: Service, language: str) -> bool:
    """Whether it is told that the service, or one way to reach it, serves in a language."""
    return language in service.languages or any(language in one.languages for one in service.channels)


def is_open(service: Service, now: dt.datetime) -> bool | None:
    """Whether the service or a way to reach it is open at `now` (aware); None when no hours are told."""
    every = (service.hours, *(channel.hours for channel in service.channels))
    states = [state for hours in every if (state := open_state(hours, now))]
    return any(state.open for state in states) if states else None


def because(match: Match, *, language: str, now: dt.datetime) -> tuple[str, ...]:
    """Why a service is shown, as codes to be put into words.

    First `name`, `words` or `need`, then how near it is (`municipality`, `county`, `country`), then `language` when it
    serves in the reader's and that is not Finnish, and `open` when it is open at `now`.
    """
    speaks = language != "fi" and serves_in(match.service, language)
    return (
        match.reason,
        match.reach,
        *(("language",) if speaks else ()),
        *(("open",) if is_open(match.service, now) else ()),
    )
