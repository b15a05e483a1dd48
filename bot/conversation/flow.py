"""A dialogue as data: flows of steps, as Rasa's flows write them, laid out so that every step has an address."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

END = "END"

StepKind = Literal["collect", "action", "set_slots", "link", "call", "noop"]


@dataclass(frozen=True, slots=True)
class Branch:
    """Where a flow goes when a condition holds; the last branch of a step holds always."""

    condition: str | bool
    target: str
    """A step's id, or `END`."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """What is said when a slot's value will not do, and the question is asked again."""

    condition: str | bool
    utter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a flow."""

    id: str
    kind: StepKind
    name: str = ""
    """The slot to collect, the action, or the flow to link or call."""
    branches: tuple[Branch, ...]
    utter: str = ""
    """For a collect step: the response that asks."""
    ask_before_filling: bool = False
    offer: bool = False
    """A question that may be left unanswered: it is dropped when the person goes on to something else."""
    once: bool = False
    """A question that is asked at most once: whatever comes back, the flow goes on."""
    rejections: tuple[Rejection, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    """For set_slots: slot → value; a value may be null."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """One dialogue."""

    id: str
    name: str
    description: str
    triggers: tuple[str, ...] = ()
    """Intents (needs and acts) that start it."""
    first: str
    steps: Mapping[str, Step]
    persisted_slots: frozenset[str] = frozenset()
    file: str = ""
    line: int = 1

    @property
    def is_pattern(self) -> bool:
        """Whether it is one of the conversation-repair patterns, which nobody asks for by name."""
        return self.id.startswith("pattern_")

    def collects(self) -> frozenset[str]:
        """The slots this flow asks for."""
        return frozenset(step.name for step in self.steps.values() if step.kind == "collect")


@dataclass(frozen=True, slots=True)
class Flows:
    """All dialogues."""

    by_id: Mapping[str, Flow]
    by_trigger: Mapping[str, str]
    """Intent → flow id."""
    slot_types: Mapping[str, str] = field(default_factory=dict)
    """Slot → its Rasa type (`text`, `bool`, `float`, `list`, `any`, `categorical`)."""

    def __getitem__(self, flow_id: str) -> Flow:
        return self.by_id[flow_id]
