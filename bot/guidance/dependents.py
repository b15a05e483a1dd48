"""What would be missing if an entry were taken from families: seen before it is archived."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.clock import helsinki
from bot.guidance.areas import Areas
from bot.guidance.catalogue import Catalogue, Service
from bot.guidance.matching import find


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependents:
    """What depends on one entry."""

    uncovered: tuple[tuple[str, str], ...] = ()
    """Needs (codes) with the municipality of ours in which nothing else would answer them."""
    meetings: int = 0
    """Coming meetings of its groups."""
    weekly: int = 0
    """Groups that meet every week."""
    contact_persons: int = 0


def dependents(catalogue: Catalogue, service: Service, now: datetime) -> Dependents:
    """What depends on `service`, by the catalogue families see at `now` (aware)."""
    today = helsinki(now).date()
    left = Catalogue(catalogue.areas, tuple(one for one in catalogue.services if one.id != service.id))
    sessions = [one for group in service.groups for one in group.sessions]
    return Dependents(
        uncovered=tuple(_uncovered(catalogue, left, service, _places(catalogue.areas, service), now)),
        meetings=sum(1 for one in sessions if one.date >= today and not one.cancelled),
        weekly=sum(1 for group in service.groups if group.weekly),
        contact_persons=len(service.contact_persons),
    )


def _places(areas: Areas, service: Service) -> list[str]:
    ours = [place for area in areas.all for place in area.municipalities]
    named = set(service.areas.municipalities)
    named |= {
        place for area in areas.all if area.id in service.areas.service_areas for place in area.municipalities
    }
    if service.areas.scope == "whole_country" or service.areas.counties:
        return ours
    return [place for place in ours if place in named]


def _uncovered(
    catalogue: Catalogue, left: Catalogue, service: Service, places: Sequence[str], now: datetime
) -> list[tuple[str, str]]:
    return [
        (need, place)
        for need in service.needs
        for place in places
        if _answered(catalogue, need, place, now) and not _answered(left, need, place, now)
    ]


def _answered(catalogue: Catalogue, need: str, place: str, now: datetime) -> bool:
    found = find(catalogue, needs=[need], municipality=place, ages=[], language="fi", now=now)
    return bool(found.services)
