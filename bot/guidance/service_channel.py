"""Service channels, as the Finnish Service Catalogue calls the ways to reach a service."""

import re
from typing import Annotated, Literal, Self

import phonenumbers
from pydantic import Field, StrictBool, StringConstraints, field_validator, model_validator

from bot.guidance.entry import Hours, Known, LanguageCode, Links, Part, Text, Words
from bot.guidance.origin import External

_SERVICE_NUMBER = re.compile(r"^\d{3,10}$")
_INTERNATIONAL = re.compile(r"^\+[1-9]\d{6,14}$")


class Coordinates(Part):
    """A point in ETRS-TM35FIN (EPSG:3067), metres; the limits are PTV's."""

    easting: Annotated[float, Field(ge=43_500, le=765_000)]
    northing: Annotated[float, Field(ge=6_522_000, le=7_796_000)]


class Address(Part):
    """A street address a family can go to."""

    street: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    postcode: Annotated[str, StringConstraints(pattern=r"^\d{5}$")]
    municipality: Text
    detail: Words | None = None
    """The door, the floor."""
    coordinates: Coordinates | None = None


class Channel(Part):
    """One way to reach a service; `kind` says which of number, email, url and address it has."""

    kind: Literal["phone", "email", "web", "chat", "form", "e_service", "visit"]
    """In PTV: Phone (TelephoneService in version 12), WebPage, PrintableForm, EChannel (EService), ServiceLocation;
    a chat is an EChannel there and an e-mail address a support e-mail."""
    label: Words | None = None
    description: Words | None = None
    external: External | None = None
    """Its id where it comes from."""
    number: Text | None = None
    """E.164 (`+358501234567`), or a short or service number as it is rung (`116111`, `080005005`)."""
    charge: Words | None = None
    """What a call costs."""
    sms: StrictBool = False
    """The number takes text messages (instead of calls)."""
    sign_in: Known = "unknown"
    """Whether an e-service asks for strong identification."""
    accessibility: Words | None = None
    languages: tuple[LanguageCode, ...] = ()
    """The languages it serves in, where they differ from the service's."""
    email: Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+\.[a-z]{2,}$")] | None = None
    url: Links | None = None
    address: Address | None = None
    hours: tuple[Hours, ...] = ()

    @model_validator(mode="after")
    def _has_its_own(self) -> Self:
        wanted = {"phone": "number", "email": "email", "visit": "address"}.get(self.kind, "url")
        if getattr(self, wanted) is None:
            raise ValueError(f"a {self.kind} channel needs its {wanted}")
        return self

    @field_validator("number")
    @classmethod
    def _dialable(cls, number: str | None) -> str | None:
        if number is None or _SERVICE_NUMBER.fullmatch(number):
            return number
        if not _INTERNATIONAL.fullmatch(number) or not phonenumbers.is_possible_number(
            phonenumbers.parse(number, None)
        ):
            raise ValueError("not a telephone number")
        return number
