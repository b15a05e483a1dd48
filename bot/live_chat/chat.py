"""What a live chat is: its states, how long somebody may be waited for, and what is read of one. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Literal

from bot.reach import Reach

UNTAKEN_AFTER = timedelta(minutes=2)
"""A family waits no longer than this for somebody to take the chat."""
GONE_AFTER = timedelta(minutes=5)
"""Whoever took a chat and gives no sign for so long has left it."""
KEPT = timedelta(hours=24)
"""After the last message everything said is deleted, as the conversation is."""


class State(StrEnum):
    """Where a live chat stands."""

    WAITING = "waiting"
    """Asked for; every console of the area shows it."""
    HELD = "held"
    """Somebody has it; the bot is silent."""
    BACK = "back"
    """With the bot again, which has not answered anything since."""
    OVER = "over"


OPEN = (State.WAITING, State.HELD)
"""The states in which the family's messages go to a person."""


class Ending(StrEnum):
    """How a live chat came back to the bot."""

    NOBODY_FREE = "nobody_free"
    TAKER_GONE = "taker_gone"
    HANDED_BACK = "handed_back"
    ENDED = "ended"
    CALLBACK = "callback"
    FAMILY_LEFT = "family_left"


LEFT_ALONE = (Ending.NOBODY_FREE, Ending.TAKER_GONE)
"""Endings after which the bot owes the family another way: the call."""
NOTICES: Mapping[Ending, str] = {
    Ending.NOBODY_FREE: "utter_person_nobody",
    Ending.TAKER_GONE: "utter_person_gone",
    Ending.HANDED_BACK: "utter_person_handed_back",
    Ending.ENDED: "utter_person_ended",
    Ending.CALLBACK: "utter_person_booked",
}
"""The response by which the bot tells the family of it."""
JOINED = "utter_person_joined"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """What staff need to know before they take a chat."""

    conversation: str
    area: str
    municipality: str | None = None
    """Nominative Finnish name."""
    need: str | None = None
    urgency: str = "none"
    category: str | None = None
    """The crisis layer's category, when it found one."""
    language: str = "fi"
    """In which the bot writes with the family."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat(HandOver):
    """One live chat as it is read. Times are aware, UTC."""

    id: str
    state: State
    asked_at: datetime
    taken_at: datetime | None
    seen_at: datetime | None
    """The last sign of its holder."""
    updated_at: datetime
    holder: str | None
    holder_name: str | None
    ending: Ending | None
    callback_id: str | None
    """The callback it was turned into."""
    last: int
    """The number of its newest line; 0 for none."""

    @property
    def is_open(self) -> bool:
        """Whether the family's messages go to a person."""
        return self.state in OPEN

    @property
    def is_crisis(self) -> bool:
        """Whether danger was told of."""
        return self.urgency in ("immediate", "urgent")

    @property
    def first_name(self) -> str:
        """What the family is told of who has it; empty when nobody has."""
        return first_name(self.holder_name or "")

    def left_alone(self, now: datetime) -> Ending | None:
        """Why nobody can be waited for any longer; None while somebody can."""
        if self.state is State.WAITING and now - self.asked_at >= UNTAKEN_AFTER:
            return Ending.NOBODY_FREE
        if self.state is State.HELD and self.seen_at and now - self.seen_at >= GONE_AFTER:
            return Ending.TAKER_GONE
        return None


Author = Literal["family", "staff", "bot"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing said in a live chat."""

    number: int
    """Counts from 1 within the chat; a later line has a greater one."""
    at: datetime
    author: Author
    text: str = ""
    """The words of family or staff; empty for the bot."""
    name: str = ""
    """The first name of who wrote, for staff."""
    response: str = ""
    """What the bot says: the name of a response, worded where it is shown."""
    values: Mapping[str, Any] = field(default_factory=dict)
    urgency: str = "none"
    """What the crisis layer made of the family's words."""


@dataclass(frozen=True, slots=True)
class Taker:
    """A member of staff, by id and whole name, and what they may reach."""

    id: str
    name: str
    reach: Reach


@dataclass(frozen=True, slots=True)
class Taken:
    """The chat is the asker's."""


@dataclass(frozen=True, slots=True)
class TakenBy:
    """Refused: a colleague was quicker."""

    name: str


@dataclass(frozen=True, slots=True)
class Saved:
    """Done."""

    number: int


@dataclass(frozen=True, slots=True)
class NotYours:
    """Refused: the chat is over, with the bot again, or somebody else has it."""


Taking = Taken | TakenBy | NotYours
Change = Saved | NotYours


def first_name(name: str) -> str:
    """The name that a family is told."""
    return name.split(maxsplit=1)[0] if name.strip() else ""
