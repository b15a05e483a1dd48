"""A service that fits and why; how near it is to a family, and whether its facts are too old."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from bot.guidance.areas import Areas, county_of, find_county
from bot.guidance.catalogue import Service

Reach = Literal["municipality", "county", "country"]
Reason = Literal["need", "name", "words", "kind"]
"""Why a service is shown: it is for the need, its name was said, its texts hold the words, or it is of the kind of
service that such words are about."""
_STALE_DAYS = 548
"""About 18 months: after that the Finnish Service Catalogue takes an entry off."""
_DROPPED_DAYS = 731
"""About 24 months: after that nobody is sent there on our word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A service that fits, and why."""

    service: Service
    need: str | None
    """The need it answers; None when only words were searched for, or it answers none of the needs."""
    main: bool
    """Whether that need is what the service is mainly for."""
    reach: Reach
    """How near it is: of the municipality, of its county or area, of the whole country."""
    stale: bool
    """Not checked for more than 18 months."""
    reason: Reason = "need"


def reach(service: Service, municipality: str | None, areas: Areas) -> Reach | None:
    """How near a service is to a family of a municipality (Finnish name); None when it does not serve there."""
    if service.areas.scope == "whole_country":
        return "country"
    if municipality is None:
        return None
    if municipality in service.areas.municipalities:
        return "municipality"
    area, county = areas.area_of(municipality), county_of(municipality)
    if area.id in service.areas.service_areas:
        return "municipality" if len(area.municipalities) == 1 else "county"
    if county and any(find_county(name) == county for name in service.areas.counties):
        return "county"
    return None


def is_stale(service: Service, today: dt.date) -> bool:
    """Whether nobody has checked it for more than 18 months; one never checked is not stale but unchecked."""
    return service.verified.at is not None and (today - service.verified.at).days > _STALE_DAYS


def is_offered(service: Service, today: dt.date) -> bool:
    """Whether a family may be sent there on a local day: its time has come and is not over, its facts not too old.

    A crisis service is never dropped for its age; `perheovi check --release` fails instead. One never checked is
    offered, and its card says so.
    """
    if service.publish_at is not None and service.publish_at > today:
        return False
    if service.urgency == "crisis":
        return True
    if service.archive_at is not None and service.archive_at <= today:
        return False
    return service.verified.at is None or (today - service.verified.at).days <= _DROPPED_DAYS
