"""A service that fits and why; how near it is to a family, and whether its facts are too old."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from bot.guidance.areas import Areas, county_of, find_county
from bot.guidance.catalogue import Service

Reach = Literal["municipality", "county", "country"]
Reason = Literal["need", "name", "words"]
"""Why a service is shown: it is for the need, its name was said, or its texts hold the words."""
_STALE_DAYS = 548
"""About 18 months: after that the Finnish Service Catalogue takes an entry off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A service that fits, and why."""

    service: Service
    need: str | None
    """The need it answers; None when it was searched for by words."""
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
