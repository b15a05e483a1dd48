"""What is remembered of a conversation while it lasts. Plain values; the store seals them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self


def titles(buttons: Iterable[tuple[str, str]]) -> dict[str, str]:
    """(title, payload) pairs as `State.buttons` keeps them."""
    return {_bare(title): payload for title, payload in buttons}


def _bare(text: str) -> str:
    return text.strip(" .,!?").casefold()


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
    buttons: Mapping[str, str] = field(default_factory=dict)
    """Titles of the buttons shown last, in small letters → payload: whoever writes a title has pressed it."""

    def with_slots(self, **values: Any) -> Self:
        """The same with some slots set (None empties one)."""
        slots = {**self.slots, **values}
        return replace(self, slots={name: value for name, value in slots.items() if value is not None})

    def pressed(self, text: str) -> str:
        """The payload of the button whose title is written, or the text as it is."""
        return self.buttons.get(_bare(text), text)

    def title_of(self, text: str) -> str:
        """The other way about: what a reader sees of a message; empty for a payload that no button had."""
        if not text.startswith("/"):
            return text
        found = next((title for title, payload in self.buttons.items() if payload == text), "")
        return found[:1].upper() + found[1:]

    def as_json(self) -> dict[str, Any]:
        """Plain data for the store."""
        return {
            "language": self.language,
            "stack": [[frame.flow, frame.step, frame.interrupted] for frame in self.stack],
            "slots": dict(self.slots),
            "asked": self.asked,
            "times_said": dict(self.times_said),
            "last_offer": list(self.last_offer),
            "buttons": dict(self.buttons),
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
            buttons=data.get("buttons", {}),
        )
