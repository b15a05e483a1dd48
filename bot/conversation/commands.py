"""What an understood message asks of the conversation, in CALM's terms: start this flow, set that slot."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class SetSlots:
    """Facts to keep. `corrected` names those that replace what was said before."""

    values: Mapping[str, Any]
    corrected: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class StartFlow:
    """Take up a dialogue."""

    flow: str


@dataclass(frozen=True, slots=True)
class TakeOver:
    """Put everything under way aside for something that cannot wait; what was said is kept."""

    flow: str


@dataclass(frozen=True, slots=True)
class Digress:
    """Say a pattern first; then what was under way goes on."""

    pattern: str


@dataclass(frozen=True, slots=True)
class CancelFlow:
    """Leave the dialogue under way."""


@dataclass(frozen=True, slots=True)
class DropOffer:
    """Leave an optional question unanswered."""


@dataclass(frozen=True, slots=True)
class Clarify:
    """Ask which of these needs was meant."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """Say the last thing again."""


@dataclass(frozen=True, slots=True)
class Explain:
    """Say what the last question or offer means, in other words; it stays open."""


@dataclass(frozen=True, slots=True)
class CannotHandle:
    """The message was not understood."""


Command = (
    SetSlots
    | StartFlow
    | TakeOver
    | Digress
    | CancelFlow
    | DropOffer
    | Clarify
    | Repeat
    | Explain
    | CannotHandle
)
