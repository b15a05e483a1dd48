"""One notice ready to be sent, and what can become of it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What is sent, and where."""

    notice_id: int
    key: str
    """The same at every try of the same notice, so that a gateway that has it need not send it again."""
    address: str
    """A number (E.164), an e-mail address, or a chat's number."""
    language: str
    subject: str
    text: str
    handed_over: bool = False
    """Whether an earlier try has already given it to the other outbox that sends it."""


@dataclass(frozen=True, slots=True)
class Taken:
    """It is on its way to the family."""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """Another outbox of ours has it; look soon what became of it."""


@dataclass(frozen=True, slots=True)
class NotNow:
    """Nobody took it; it is tried again. `reason` is one of `console` `notice_reason`."""

    reason: str
    after: timedelta | None = None
    """The pause that was asked for."""


@dataclass(frozen=True, slots=True)
class Refused:
    """It will never be taken."""

    reason: str


Outcome = Taken | HandedOver | NotNow | Refused
Deliver = Callable[[Telling], Awaitable[Outcome]]
"""Sends one notice; never raises for what a network or the other side does."""
