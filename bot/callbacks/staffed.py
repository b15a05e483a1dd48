"""Whether an area's advisors are at work. Pure."""

from datetime import datetime

from bot.callbacks.call_times import CallingHours
from bot.callbacks.workdays import is_working_day
from bot.clock import helsinki


def is_staffed(hours: CallingHours, now: datetime) -> bool:
    """Whether `now` (aware, any zone) is within the calling hours of a working day."""
    local = helsinki(now)
    return is_working_day(local.date()) and hours.opens <= local.time() < hours.closes
