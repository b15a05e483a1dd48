"""Notices to a family about its call: which there are, by which way they go, when they are sent again. Pure.

What they say is neutral on purpose (`dialogues/responses/notices.yml`): somebody else may read the screen.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.callbacks.call_times import local_moment
from bot.callbacks.request import OPEN_STATES, NewCallback, State
from bot.clock import helsinki
from bot.meaning import Window


class Kind(StrEnum):
    """What a notice tells."""

    RECEIVED = "received"
    MOVED = "moved"
    CANCELLED = "cancelled"
    TRIED = "tried"
    """We tried to reach the family and did not."""
    TRIED_OUT = "tried_out"
    """We did not reach it after so many tries that a person decides what comes next."""
    UNREACHABLE = "unreachable"
    """Closed, because we never reached it."""
    REMINDER = "reminder"
    """In the morning of the day for which a call is agreed or promised."""


TIMELESS = frozenset({Kind.CANCELLED, Kind.TRIED_OUT, Kind.UNREACHABLE})
"""Kinds that say no time."""


class Way(StrEnum):
    """How a notice goes."""

    SMS = "sms"
    EMAIL = "email"
    TELEGRAM = "telegram"


MORNING, EVENING = time(8), time(20)
"""Between evening and morning nothing is sent that the family has not just asked for itself; local times."""
GIVE_UP_AFTER = timedelta(hours=24)
"""A notice as old as this is not tried any more."""
MOST_A_DAY = 12
"""Notices to one number within 24 hours; more would be somebody playing with a stranger's telephone."""
_PAUSES = tuple(timedelta(minutes=minutes) for minutes in (0.5, 1, 2, 5, 15, 30))
_LONGEST_PAUSE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class When:
    """What a notice says of the time: the agreed window, else the day by which we ring."""

    window: Window | None
    day: date


def way_of(request: NewCallback) -> Way | None:
    """The way a family has chosen; None when it wants no notices or has said nothing of them.

    An address given for them is a choice of its own; the number and the chat are used where a message is allowed.
    """
    if request.email:
        return Way.EMAIL
    if request.message_allowed is not True:
        return None
    if request.telegram_chat is not None:
        return Way.TELEGRAM
    return Way.SMS if request.phone else None


def address_of(request: NewCallback, way: Way) -> str | None:
    """Where to send: an address, a number (E.164), or a chat's number."""
    chat = request.telegram_chat
    found = {
        Way.EMAIL: request.email,
        Way.SMS: request.phone,
        Way.TELEGRAM: None if chat is None else str(chat),
    }
    return found[way]


def is_needed(kind: Kind, state: State) -> bool:
    """Whether a notice still tells something true of a callback in this state."""
    ends_in = {Kind.CANCELLED: State.CANCELLED, Kind.UNREACHABLE: State.DONE}
    return state is ends_in[kind] if kind in ends_in else state in OPEN_STATES


def when_of(window: Window | None, promised_day: date, next_try_at: datetime | None) -> When:
    """What to say of the time; after a try without an answer, the day of the next one."""
    if next_try_at is not None:
        return When(None, helsinki(next_try_at).date())
    return When(window, promised_day)


def is_time_to_remind(day: date, created_at: datetime, due_at: datetime, now: datetime) -> bool:
    """Whether a call agreed or promised for `day` (local) is to be remembered now.

    In daytime of that day, until it is late; not on the day on which the family asked for it.
    """
    local = helsinki(now)
    if local.date() != day or helsinki(created_at).date() >= day:
        return False
    return MORNING <= local.time() < EVENING and now < due_at


def next_sending(now: datetime, tries: int, asked: timedelta | None = None) -> datetime:
    """When to send again after `tries` failures (1 or more): growing pauses, and none of them ends at night.

    `asked` is the pause a gateway has asked for; it lengthens ours.
    """
    pause = _PAUSES[tries - 1] if tries <= len(_PAUSES) else _LONGEST_PAUSE
    moment = now + max(pause, asked or pause)
    local = helsinki(moment)
    if local.time() < MORNING:
        return local_moment(local.date(), MORNING)
    if local.time() >= EVENING:
        return local_moment(local.date() + timedelta(days=1), MORNING)
    return moment


def gives_up_at(kind: Kind, created_at: datetime, due_at: datetime) -> datetime:
    """When a notice comes too late: after a day, a reminder when the call is due."""
    return due_at if kind is Kind.REMINDER else created_at + GIVE_UP_AFTER
