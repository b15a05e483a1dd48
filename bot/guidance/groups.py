"""Groups, open meeting places and activities of a service, with their meetings; and contact persons."""

import datetime as dt
from typing import Annotated, Literal, Self

from pydantic import Field, StrictBool, StringConstraints, model_validator

from bot.guidance.entry import Ages, ClockTime, Hours, LanguageCode, Links, Part, Price, Words


class GroupSession(Part):
    """One meeting of a group; `until` on the same day."""

    date: dt.date
    time: ClockTime
    until: ClockTime | None = None
    place: Words | None = None
    cancelled: StrictBool = False

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.until is not None and self.until <= self.time:
            raise ValueError("the meeting ends before it begins")
        return self


class Group(Part):
    """A group of the service, with its coming meetings and how one joins."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)] | None = None
    """A name for its calendar that stays when the group is renamed."""
    kind: Literal["group", "open_meeting_place", "course", "holiday_activity"] = "group"
    name: Words
    description: Words | None = None
    ages: Ages = Ages()
    cost: Price | None = None
    languages: tuple[LanguageCode, ...] = ()
    place: Words | None = None
    weekly: tuple[Hours, ...] = ()
    """When it meets every week, with its exceptions, as opening hours are written."""
    sessions: tuple[GroupSession, ...] = ()
    """Single meetings with a date."""
    sign_up: Words | None = None
    sign_up_url: Links | None = None
    sign_up_by: dt.date | None = None
    places: Annotated[int, Field(ge=1, le=10_000)] | None = None
    """How many families it takes."""


class ContactPerson(Part):
    """Who is asked at a day-care centre or school: the site and the role, never a name."""

    site: Words
    role: Words
