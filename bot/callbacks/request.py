"""A request for a call: what a family gives, the states it passes through, and what staff may record."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from bot.meaning import Window
from bot.messages import Urgency
from bot.reach import EVERYWHERE, Reach


class State(StrEnum):
    """Where a callback stands, as everybody outside sees it."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    DONE = "done"
    CANCELLED = "cancelled"


URGENT = ("urgent", "immediate")
"""What is never refused a place among the calls."""

OPEN_STATES = (State.WAITING, State.CLAIMED)
"""The states in which somebody will still ring."""

WhoMayAnswer = Literal["anyone", "only_me"]
"""`only_me`: whoever else answers is not told who rings or why."""
LONGEST_CODE_WORD = 40

TRIES_BEFORE_DECISION = 3
"""After so many unanswered tries a person decides what to do; the callback stays in the queue until then."""


class AttemptResult(StrEnum):
    """What happened when staff rang."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    WRONG_NUMBER = "wrong_number"


UNANSWERED = (AttemptResult.NO_ANSWER, AttemptResult.BUSY)
"""Results after which the callback goes back to the queue with a later try."""


class Outcome(StrEnum):
    """What came of a callback, chosen when it is closed."""

    ENOUGH = "enough"
    """The talk was enough."""
    GUIDED = "guided"
    """Guided on to one or more services."""
    NETWORK_MEETING = "network_meeting"
    ASSESSMENT = "assessment"
    """A contact to social services together with the family, so that its need of support is assessed."""
    ASSESSMENT_NOT_NEEDED = "assessment_not_needed"
    """Talked over with the family: its need of support does not have to be assessed."""
    FOLLOW_UP = "follow_up"
    """Agreed to ring again on a day; the day itself is `follow_up_on`, which any outcome may have."""
    UNREACHABLE = "unreachable"
    WRONG_NUMBER = "wrong_number"
    CANCELLED_BY_FAMILY = "cancelled_by_family"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: a member of staff, an API token, the family or the system itself.

    `id` is the staff or token id; `name` is what colleagues are shown.
    """

    id: str
    name: str
    reach: Reach
    """What it may change; every change looks at it in its own statement."""


FAMILY = Actor("family", "", EVERYWHERE)
SYSTEM = Actor("system", "", EVERYWHERE)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCallback:
    """A request as it is booked. Everything a family said and staff need stands here."""

    area: str
    """Id of the area whose staff ring."""
    municipality: str | None = None
    """Nominative Finnish name."""
    need: str | None = None
    needs: tuple[str, ...] = ()
    urgency: Urgency = "none"
    category: str | None = None
    """The crisis layer's category, when it found one."""
    phone: str | None = None
    """E.164."""
    contact_mode: str = "call"
    """`call`, `text`, `video_interpreting`, …"""
    name: str | None = None
    child_ages: tuple[float, ...] = ()
    """Years."""
    language: str = "fi"
    interpreter: str | None = None
    """The language to interpret, when an interpreter is wanted."""
    easy_language: bool = False
    """Whether easy language (selkokieli) is wished for in the call."""
    wish_words: str | None = None
    """When the family hopes to be rung, in its own words."""
    window: Window | None = None
    message_allowed: bool | None = None
    """Whether a message may be left; None when it was not said."""
    who_may_answer: WhoMayAnswer | None = None
    """Whether we may speak with whoever answers; None when it was not said."""
    show_number: bool | None = None
    """Whether our number may be seen on the family's screen; None when it was not said."""
    code_word: str | None = None
    """What we say, or the family says, so that both know who speaks."""
    notes: str = ""
    """The family's own words about its matter."""
    told: tuple[str, ...] = ()
    """Ids of the services the bot has shown."""
    channel: str = "web"
    sender_role: str = "parent"
    """`parent`, `child`, `relative` or `professional`."""
    conversation: str | None = None
    """Id of the conversation it was booked in."""
    email: str | None = None
    """Where notices go instead of the number, when the family has asked for that."""
    telegram_chat: int | None = None
    """The chat in Telegram where the talk began; notices go there when a message may be sent."""


@dataclass(frozen=True, slots=True)
class Booked:
    """A request that stands in the queue."""

    id: str
    code: str
    """As the family sees it: `7K3M-9QXT-R2VB`."""
    promised_day: date
    window: Window | None


@dataclass(frozen=True, slots=True)
class Claimed:
    """The callback is the asker's, until `lease_until` (aware, UTC) if nothing is heard from them."""

    lease_until: datetime


@dataclass(frozen=True, slots=True)
class Saved:
    """The change is made."""

    id: str


@dataclass(frozen=True, slots=True)
class HeldBy:
    """Refused: somebody else has the callback."""

    name: str
    id: str
    """The holder's id."""


@dataclass(frozen=True, slots=True)
class NotClaimed:
    """Refused: nobody has the callback, so it must be claimed first (a claim that ran out, or was released)."""


@dataclass(frozen=True, slots=True)
class Gone:
    """Refused: there is no such callback (`state` None), or it is done or cancelled already."""

    state: State | None


class ChangedMeanwhileError(Exception):
    """Others were quicker than what was read; read again and go on from there. The transaction must end."""


Refused = HeldBy | NotClaimed | Gone
Claiming = Claimed | HeldBy | Gone
Change = Saved | Refused
