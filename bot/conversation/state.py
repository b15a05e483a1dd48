"""What is remembered of a conversation while it lasts. Plain values; the store seals them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Frame:
    """A flow under way and the step it is at."""

    flow: str
    step: str
    interrupted: bool = False
    """Whether another matter came in between, so that the return to it is said aloud."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Where a conversation is. `stack` has the flow that is spoken now last."""

    language: str = "fi"
    stack: tuple[Frame, ...] = ()
    slots: Mapping[str, Any] = field(default_factory=dict)
    asked: str | None = None
    """The slot the bot waits for."""
    times_said: Mapping[str, int] = field(default_factory=dict)
    """Response → how often it was said: each time takes the next of its wordings."""
    last_offer: tuple[str, ...] = ()
    """The responses said last, for somebody who asks to hear them again."""

    def with_slots(self, **values: Any) -> Self:
        """The same with some slots set (None empties one)."""
        slots = {**self.slots, **values}
        return replace(self, slots={name: value for name, value in slots.items() if value is not None})

    def as_json(self) -> dict[str, Any]:
        """Plain data for the store."""
        return {
            "language": self.language,
            "stack": [[frame.flow, frame.step, frame.interrupted] for frame in self.stack],
            "slots": dict(self.slots),
            "asked": self.asked,
            "times_said": dict(self.times_said),
            "last_offer": list(self.last_offer),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """What `as_json` gave."""
        return cls(
            language=data["language"],
            stack=tuple(Frame(*frame) for frame in data["stack"]),
            slots=data["slots"],
            asked=data["asked"],
            times_said=data["times_said"],
            last_offer=tuple(data["last_offer"]),
        )
