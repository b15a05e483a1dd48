"""What comes in and what goes out, whatever the channel: the one seam between channels and the turn."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Urgency = Literal["immediate", "urgent", "ask", "none"]
Style = Literal["heard", "advice", "plain", "question", "card", "note"]


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingMessage:
    """One message from a family member, as a channel handed it in."""

    channel: str
    """`web`, `rest`, `terminal`, …"""
    sender: str
    """Who writes, by the channel's own id; for the web a server-issued 128-bit id."""
    text: str
    message_id: str
    """Unique within the channel: the same id again gets the same answer again."""
    received_at: datetime
    """Aware, UTC."""
    language: str | None = None
    """The language of the page it was written on, as a hint."""
    municipality: str | None = None
    """Nominative Finnish name, when the front end knows it."""
    notify_email: str | None = None
    """Where notices about a call should go, given in a field of its own: an address in words is never kept."""


@dataclass(frozen=True, slots=True)
class Button:
    """A reply ready to press. The payload sent back as a message is the same as pressing it."""

    title: str
    payload: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One way to reach a service or a helpline, ready to show: `href` is `tel:`, `mailto:` or `https:`."""

    kind: Literal["phone", "email", "web", "chat", "form", "e_service", "visit"]
    label: str
    value: str
    href: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceCard:
    """A service as a family decides by it; every text is in the reader's language (or Finnish with `lang`)."""

    kind: Literal["service"] = "service"
    id: str
    name: str
    provider: str
    checked: str
    """`Tiedot tarkistettu 12.11.2026` or that they have not been checked."""
    summary: str
    cost: str
    referral: str
    client: str
    opening: str | None
    """`Auki nyt, klo 16 asti`, `Kiinni, aukeaa ma klo 8`; None when hours are unknown."""
    open_now: bool | None
    contacts: tuple[Contact, ...]
    notes: tuple[str, ...] = ()
    """Who it is not for, next group session, waiting time, that this entry is only an example, …"""
    labels: tuple[str, str, str] = ("Hinta", "Lähete", "Asiakkuus")
    lang: str | None = None
    """The language of name and summary when it is not the reader's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryCard:
    """A callback in one view, before it is confirmed and after."""

    kind: Literal["summary"] = "summary"
    heading: str
    when: str
    rows: tuple[tuple[str, str], ...]
    """(label, value), in order."""
    code: str | None = None
    code_label: str | None = None
    code_note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CrisisCard:
    """Help for an emergency: one sentence that receives, safety steps, numbers in order (the first filled)."""

    kind: Literal["crisis"] = "crisis"
    heard: str
    steps: tuple[str, ...]
    contacts: tuple[Contact, ...]
    after: tuple[str, ...] = ()
    """What we cannot do, who reads this, what happens to the message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguagesCard:
    """For a message in a language we do not write: the emergency number, and that an interpreter rings with us.

    Each sentence stands with the code of its language.
    """

    kind: Literal["languages"] = "languages"
    emergency: Contact
    danger: tuple[tuple[str, str], ...]
    call: tuple[tuple[str, str], ...]


Card = ServiceCard | SummaryCard | CrisisCard | LanguagesCard


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One message to the family. `text` says everything in plain words; a front end may show `card` instead."""

    text: str
    style: Style = "plain"
    buttons: tuple[Button, ...] = ()
    card: Card | None = None
    lang: str | None = None
    """The language of the text when it is not the answer's: Finnish, where a language lacks it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Everything one turn says, with what front ends and tests read from it."""

    replies: tuple[Reply, ...]
    language: str = "fi"
    urgency: Urgency = "none"
    services: tuple[str, ...] = ()
    """Ids of the services shown in this answer."""
    callback: dict[str, Any] | None = None
    """`{"code": …, "window": {"start", "end"} | None, "promised_day": …}` when one was booked, moved or asked about."""
    asks: str | None = None
    """The slot the bot is now waiting for."""
    extras: dict[str, Any] = field(default_factory=dict)
