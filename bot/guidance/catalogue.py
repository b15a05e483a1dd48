"""A service as the catalogue knows it, and the catalogue: all of them at one moment."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import Field, StrictBool, StringConstraints, field_validator

from bot.guidance.areas import Areas
from bot.guidance.entry import (
    Ages,
    Cost,
    Coverage,
    Hours,
    Keywords,
    Known,
    LanguageCode,
    Part,
    Text,
    Url,
    Words,
)
from bot.guidance.groups import ContactPerson, Group
from bot.guidance.origin import Alert, External, GeneralDescription, Owner, Source, Translation, Verified
from bot.guidance.service_channel import Channel
from bot.meaning import NEEDS

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
NAME_LIMIT, SUMMARY_LIMIT = 100, 150
ServiceClass = Annotated[str, StringConstraints(pattern=r"^P\d{1,2}(\.\d{1,2})?$")]
TargetGroup = Annotated[str, StringConstraints(pattern=r"^KR\d(\.\d{1,2}){0,2}$")]
LifeEvent = Annotated[str, StringConstraints(pattern=r"^KE\d{1,2}(\.\d{1,2})?$")]
"""Codes of PTV's lists, as `P3.6`, `KR1.2`, `KE1.1`."""
TranslatedInto = Literal["sv", "en", "ru", "et", "ar", "so", "uk"]


class Times(Part):
    """How long things take, in words; PTV has the same three."""

    deadline: Words | None = None
    processing: Words | None = None
    validity: Words | None = None


class Service(Part):
    """One service a family can use. A field left out is unknown: the family is told to ask the service."""

    id: Slug
    kind: Literal["service", "permit_or_obligation"] = "service"
    status: Literal["draft", "published", "archived"] = "published"
    fictional: StrictBool = False
    """Made up to show everything; only in the fictional municipality."""
    name: Words
    aka: Words | None = None
    """Another name it goes by (PTV: AlternativeName)."""
    summary: Words
    description: Words | None = None
    provider: Words
    """The organisation that answers for it."""
    other_responsible: tuple[Words, ...] = ()
    producers: tuple[Words, ...] = ()
    """Who gives it, where that is somebody else."""
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
    times: Times = Times()
    languages: tuple[LanguageCode, ...] = ()
    """The languages it serves in; says nothing of the languages this entry is written in."""
    how_to_get: Words | None = None
    channels: tuple[Channel, ...] = ()
    hours: tuple[Hours, ...] = ()
    needs: tuple[str, ...]
    """Codes of `bot.meaning.NEEDS`, the main one first. Empty: found by its name only, as a poison line is."""
    search_terms: tuple[Text, ...] = ()
    """Other names people use for it."""
    classes: tuple[ServiceClass, ...] = ()
    target_groups: tuple[TargetGroup, ...] = ()
    life_events: tuple[LifeEvent, ...] = ()
    ontology: tuple[Url, ...] = ()
    """Terms of the ontology KOKO, as addresses."""
    keywords: Keywords = Keywords()
    """Words the register gives for searching; `search_terms` are ours."""
    urgency: Literal["none", "soon", "crisis"] = "none"
    anonymous: Known = "unknown"
    for_young: StrictBool = False
    """A child or a young person may turn to it alone."""
    self_service: StrictBool = False
    """Done by oneself, at once, without anybody answering."""
    groups: tuple[Group, ...] = ()
    contact_persons: tuple[ContactPerson, ...] = ()
    alert: Alert | None = None
    verified: Verified = Verified()
    translations: dict[TranslatedInto, Translation] = Field(default_factory=dict)
    source: Source | None = None
    external: tuple[External, ...] = ()
    general_description: GeneralDescription | None = None
    ownership: dict[str, Owner] = Field(default_factory=dict)
    """Of an imported entry: who decides over a field; a field not named here follows the register."""
    publish_at: dt.date | None = None
    archive_at: dt.date | None = None
    archived_reason: Text | None = None

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
