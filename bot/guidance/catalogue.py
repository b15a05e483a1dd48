"""A service as the catalogue knows it, and the catalogue: all of them at one moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import StrictBool, StringConstraints, field_validator

from bot.guidance.areas import Areas
from bot.guidance.entry import (
    Ages,
    Channel,
    ContactPerson,
    Cost,
    Coverage,
    Group,
    Hours,
    Known,
    LanguageCode,
    Part,
    Source,
    Text,
    Verified,
    Words,
)
from bot.meaning import NEEDS

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
NAME_LIMIT, SUMMARY_LIMIT = 100, 150


class Service(Part):
    """One service a family can use. A field left out is unknown: the family is told to ask the service."""

    id: Slug
    kind: Literal["service", "permit_or_obligation"] = "service"
    status: Literal["draft", "published", "archived"] = "published"
    fictional: StrictBool = False
    """Made up to show everything; only in the fictional municipality."""
    name: Words
    summary: Words
    description: Words | None = None
    provider: Words
    """The organisation that answers for it."""
    areas: Coverage
    ages: Ages = Ages()
    who_for: Words | None = None
    not_for: Words | None = None
    cost: Cost = Cost()
    referral: Literal["needed", "not_needed", "varies", "unknown"] = "unknown"
    makes_client: Known = "unknown"
    """Whether using it makes the family its client."""
    client_note: Words | None = None
    wait: Words | None = None
    languages: tuple[LanguageCode, ...] = ()
    """The languages it serves in; says nothing of the languages this entry is written in."""
    how_to_get: Words | None = None
    channels: tuple[Channel, ...] = ()
    hours: tuple[Hours, ...] = ()
    needs: tuple[str, ...]
    """Codes of `bot.meaning.NEEDS`, the main one first. Empty: found by its name only, as a poison line is."""
    search_terms: tuple[Text, ...] = ()
    """Other names people use for it."""
    urgency: Literal["none", "soon", "crisis"] = "none"
    anonymous: Known = "unknown"
    for_young: StrictBool = False
    """A child or a young person may turn to it alone."""
    self_service: StrictBool = False
    """Done by oneself, at once, without anybody answering."""
    groups: tuple[Group, ...] = ()
    contact_persons: tuple[ContactPerson, ...] = ()
    verified: Verified = Verified()
    source: Source | None = None

    @field_validator("needs")
    @classmethod
    def _known_needs(cls, needs: tuple[str, ...]) -> tuple[str, ...]:
        unknown = [need for need in needs if need not in NEEDS]
        if unknown:
            raise ValueError(f"no such need: {', '.join(unknown)}")
        if len(set(needs)) < len(needs):
            raise ValueError("a need stands twice")
        return needs

    @field_validator("name", "summary")
    @classmethod
    def _short_enough(cls, words: Words, info: Any) -> Words:
        limit = NAME_LIMIT if info.field_name == "name" else SUMMARY_LIMIT
        for code, text in words.all().items():
            if len(text) > limit:
                raise ValueError(f"{code} is {len(text)} characters long, {limit} is the most")
        return words

    def plain(self) -> dict[str, Any]:
        """The entry as JSON data in its own order, without what is unknown; `Service.model_validate` reads it."""
        data: dict[str, Any] = self.model_dump(mode="json", exclude_defaults=True)
        return data


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """Every published service at one revision of the catalogue."""

    areas: Areas
    services: tuple[Service, ...] = ()
    revision: int = 0
    by_id: Mapping[str, Service] = field(init=False)
    by_need: Mapping[str, Sequence[Service]] = field(init=False)

    def __post_init__(self) -> None:
        by_need: dict[str, list[Service]] = {}
        for service in self.services:
            for need in service.needs:
                by_need.setdefault(need, []).append(service)
        object.__setattr__(self, "by_id", {service.id: service for service in self.services})
        object.__setattr__(self, "by_need", by_need)
