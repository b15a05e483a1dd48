"""What a message probably means: the seam between understanding a message and deciding what to do."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime, time
from typing import Any, Literal, Self

LANGUAGES = ("fi", "sv", "en", "ru", "et", "ar", "so", "uk")
"""The languages a conversation can be in. In which of them the bot writes is known by its texts (`Texts.written`)."""

SPOKEN_BY_ADVISORS = ("fi", "sv", "en")
"""The languages of a call without an interpreter."""

NEEDS = (
    "parental_exhaustion", "infant_care", "daily_routines", "upbringing", "neurodiversity", "development", "school",
    "early_education", "teen_life", "child_mood", "parent_mental_health", "substance_use", "screen_time",
    "couple_relationship", "separation", "blended_family", "home_help", "finances", "peer_support", "pregnancy",
    "immigration", "disability_illness", "grief", "violence", "child_protection",
)  # fmt: skip
"""What a family's matter can be about: the label codes shared by training data, catalogue and queue."""

EntityName = Literal[
    "municipality", "municipality_maybe", "child_age", "phone", "phone_fragment", "time_window", "language",
    "name", "interpreter", "message_allowed", "contact_mode", "sender_role",
    "who_may_answer", "show_number", "code_word", "careful", "taken_safely",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Guess:
    """A label with how sure we are of it, 0–1 and calibrated."""

    name: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A fact found in a message, with where it stood (character offsets, end exclusive).

    Values by name: `municipality` nominative Finnish name · `municipality_maybe` the same, when the word is also
    an ordinary word (Salo, Lahti) · `child_age` years as a decimal · `phone` E.164 · `phone_fragment` the digits,
    when it is not a whole number · `time_window` a `TimeWish` · `language` code · `name` as written · `interpreter`,
    `message_allowed` bool · `contact_mode` `call|text|video_interpreting` · `sender_role`
    `parent|child|relative|professional` · `who_may_answer` `anyone|only_me` · `show_number`, `careful` bool ·
    `code_word` as written, empty when none is wanted · `taken_safely` what is said of a half answer that was taken in
    the safer way: `who_may_answer`, `others`, `message_allowed`, `message_in_writing`, `code_word`.
    """

    entity: EntityName
    value: Any
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeWish:
    """When a family hopes to be called, in Europe/Helsinki.

    `day` with or without times; or times alone (`from_time`, `to_time`); or `anytime`. `last_day` ends a wish that
    spans days ("ensi viikolla": Monday to Friday). `weekdays` (0 = Monday) and `not_weekdays` narrow a recurring
    or spanning wish. `words` are the family's own.
    """

    words: str
    day: date | None = None
    last_day: date | None = None
    from_time: time | None = None
    to_time: time | None = None
    anytime: bool = False
    as_soon_as_possible: bool = False
    recurring: bool = False
    weekdays: tuple[int, ...] = ()
    not_weekdays: tuple[int, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain data: days and times in ISO 8601, nothing that is empty."""
        return {
            item.name: _plain(value)
            for item in fields(self)
            if (value := getattr(self, item.name)) not in (None, False, ())
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """What `as_json` gave."""
        values = dict(data)
        for name, read in (
            ("day", date.fromisoformat), ("last_day", date.fromisoformat),
            ("from_time", time.fromisoformat), ("to_time", time.fromisoformat),
            ("weekdays", tuple), ("not_weekdays", tuple),
        ):  # fmt: skip
            if name in values:
                values[name] = read(values[name])
        return cls(**values)


def _plain(value: Any) -> Any:
    if isinstance(value, date | time):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


@dataclass(frozen=True, slots=True)
class Window:
    """When a call will be tried: both ends aware, Europe/Helsinki, on one day, within calling hours."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """One message, understood. Rankings are best first."""

    text: str
    language: str
    language_confidence: float = 1.0
    needs: tuple[Guess, ...] = ()
    acts: tuple[Guess, ...] = ()
    danger: Guess | None = None
    """The likeliest category of danger, with the chance that there is any; None when nothing can be said of it."""
    entities: tuple[Entity, ...] = ()
    set_slots: Mapping[str, Any] = field(default_factory=dict)
    """From a button's payload `/SetSlots(slot=value)`."""
    correction: bool = False
    """It takes something back: "ei kun", "siis tarkoitin", "nej jag menade", "no I meant"."""
    repeat: bool = False
    """It asks to hear the last thing again, or what was meant."""
    abuse: bool = False
    skip: bool = False
    """It declines to answer: "en halua sanoa", "ohita"."""
    asks: str | None = None
    """A plain question, by its heading in `bot/understanding/words/asks.yaml`."""
    also: tuple[str, ...] = ()
    """Needs that its clauses tell clearly, the heaviest first; the main one may be among them."""

    def first(self, entity: EntityName) -> Any | None:
        """The first value found for an entity, or None."""
        return next((found.value for found in self.entities if found.entity == entity), None)

    def all(self, entity: EntityName) -> tuple[Any, ...]:
        """All values found for an entity, in the order of the text."""
        return tuple(found.value for found in self.entities if found.entity == entity)

    def need(self, at_least: float = 0.5) -> str | None:
        """The main need, when we are sure enough."""
        return self.needs[0].name if self.needs and self.needs[0].confidence >= at_least else None

    def act(self, at_least: float = 0.5) -> str | None:
        """The main act, when we are sure enough; `none` counts as no act."""
        found = self.acts[0] if self.acts else None
        return found.name if found and found.confidence >= at_least and found.name != "none" else None
