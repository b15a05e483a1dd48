"""What the crisis layer concludes about one message."""

from dataclasses import dataclass
from typing import Literal, get_args

Urgency = Literal["immediate", "urgent", "ask", "none"]
Category = Literal[
    "suicide_self",
    "suicide_child",
    "violence_now",
    "violence_partner",
    "violence_child",
    "sexual_abuse",
    "child_neglect",
    "child_unsupervised_now",
    "intoxicated_caregiver_now",
    "baby_harm_impulse",
    "poisoning_accident",
    "runaway",
    "none",
]

URGENCIES: tuple[Urgency, ...] = get_args(Urgency)
"""Most urgent first."""
CATEGORIES: tuple[Category, ...] = get_args(Category)
LANGUAGES = ("fi", "sv", "en", "ru", "et", "ar", "so", "uk")
"""The languages in which rules and replies are written."""
RANK: dict[Urgency, int] = {urgency: place for place, urgency in enumerate(URGENCIES)}
"""0 is the most urgent."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How urgent a message is, about what, which rule said so, and in which language the words were."""

    urgency: Urgency
    category: Category
    rule: str
    """Id of the rule, never words of the message; empty when no rule met the message."""
    language: str
    """One of LANGUAGES, or `und` when the language could not be told."""

    @property
    def interrupts(self) -> bool:
        """True when the crisis reply comes first, before any ordinary answer."""
        return self.urgency in ("immediate", "urgent")


def graver(first: Verdict, second: Verdict) -> Verdict:
    """The more urgent of two verdicts; the first when they are equal."""
    return second if RANK[second.urgency] < RANK[first.urgency] else first
