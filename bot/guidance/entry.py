"""The parts a catalogue entry is made of: words in several languages, areas, ages, costs, hours.

Every part refuses keys it does not know, so that a mistyped field is told and not lost. What is left out is
unknown, and is shown so; nothing is guessed. Field names follow the Finnish Service Catalogue (PTV) where it has
them; the limits are those of its version 12.
"""

import datetime as dt
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StringConstraints, model_validator

Known = Literal["yes", "no", "unknown"]
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
ClockTime = Annotated[str, StringConstraints(pattern=r"^(([01]\d|2[0-3]):[0-5]\d|24:00)$")]
"""`HH:MM`, Europe/Helsinki; `24:00` is the midnight that ends a day."""
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=5000)]
Url = Annotated[str, StringConstraints(pattern=r"^https?://\S+$", max_length=500)]
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[a-z]{2})?$")]


class Part(BaseModel):
    """The parent of all parts: unchangeable, and strict about names."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(Part):
    """One text in the languages it is written in; Finnish always."""

    fi: Text
    sv: Text | None = None
    en: Text | None = None
    ru: Text | None = None
    et: Text | None = None
    ar: Text | None = None
    so: Text | None = None
    uk: Text | None = None

    def get(self, language: str) -> str | None:
        """The text in `language`, or None when it is not written."""
        found: str | None = getattr(self, language, None)
        return found

    def all(self) -> dict[str, str]:
        """Every text that is written, by language."""
        return {code: text for code, text in self if text is not None}


class Keywords(Part):
    """Words to search by, in each language; any of them may be empty."""

    fi: tuple[Text, ...] = ()
    sv: tuple[Text, ...] = ()
    en: tuple[Text, ...] = ()

    def all(self) -> tuple[str, ...]:
        """Every word, whatever its language."""
        return (*self.fi, *self.sv, *self.en)


class Links(Part):
    """One page's addresses by the language of the page."""

    fi: Url
    sv: Url | None = None
    en: Url | None = None

    def get(self, language: str) -> str:
        """The page in `language`, else the Finnish one."""
        found: str | None = getattr(self, language, None)
        return found or self.fi


class Coverage(Part):
    """Where a service is given: the whole country, or the sum of what is listed."""

    scope: Literal["whole_country", "limited"]
    municipalities: tuple[Text, ...] = ()
    """Finnish names as in the register."""
    counties: tuple[Text, ...] = ()
    """Wellbeing services counties: two-digit code or Finnish name (`Etelä-Savo`)."""
    service_areas: tuple[Text, ...] = ()
    """Ids of `areas.yaml`."""

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        listed = self.municipalities or self.counties or self.service_areas
        if self.scope == "limited" and not listed:
            raise ValueError("a limited area lists no place")
        if self.scope == "whole_country" and listed:
            raise ValueError("the whole country and single places exclude each other")
        return self


class Ages(Part):
    """The ages of the child it is for, in whole years, both ends included: 0–6 ends on the seventh birthday."""

    min: Annotated[int | float, Field(ge=0, le=120)] | None = None
    max: Annotated[int | float, Field(ge=0, le=120)] | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError("the youngest age is above the oldest")
        return self

    def fits(self, age: float) -> bool:
        """Whether a child of `age` years belongs to it."""
        return (self.min is None or age >= self.min) and (self.max is None or age < self.max + 1)


class Price(Part):
    """What it costs in one place."""

    type: Literal["free", "paid", "varies", "unknown"]
    text: Words | None = None


class Cost(Price):
    """What it costs, with exceptions by municipality (Finnish names)."""

    type: Literal["free", "paid", "varies", "unknown"] = "unknown"
    by_municipality: dict[str, Price] = Field(default_factory=dict)

    def at(self, municipality: str | None) -> Price:
        """The price in a municipality; the general one when it has none of its own."""
        return self.by_municipality.get(municipality or "", self)


Holiday = Literal[
    "new_years_day", "epiphany", "maundy_thursday", "good_friday", "easter_eve", "easter_sunday", "easter_monday",
    "may_day_eve", "may_day", "ascension", "whit_sunday", "midsummer_eve", "midsummer_day", "all_saints",
    "independence_day", "christmas_eve", "christmas_day", "boxing_day", "new_years_eve",
]  # fmt: skip
"""The days PTV names for holiday hours (its list has no Whit Sunday)."""


class Hours(Part):
    """One rule of opening. An exception goes before holidays, holidays before the week (Europe/Helsinki)."""

    kind: Literal["weekly", "always", "appointment", "exception", "holidays"] = "weekly"
    holiday: Holiday | None = None
    """Of `holidays`: which one; all of them without it."""
    days: tuple[Day, ...] = ()
    opens: ClockTime | None = None
    closes: ClockTime | None = None
    """At or before `opens` it means the next day."""
    date: dt.date | None = None
    """The day of an exception."""
    closed: StrictBool = False
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    note: Words | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        timed = self.opens is not None and self.closes is not None
        if (self.opens is None) != (self.closes is None):
            raise ValueError("opening and closing belong together")
        if self.kind == "weekly" and not (self.days and timed):
            raise ValueError("weekly hours need days, opens and closes")
        if self.kind == "exception" and self.date is None:
            raise ValueError("an exception needs its date")
        if self.holiday is not None and self.kind != "holidays":
            raise ValueError("only hours of holidays name a holiday")
        if self.kind in {"exception", "holidays"} and timed == self.closed:
            raise ValueError("give either closed: true or opens and closes")
        return self
