"""Working days: which days count towards the promise to ring.

The rules are those by which Finnish services and the Finnish Institute for Health and Welfare (THL) count access to
a service in working days. The day on which the request arrives is not counted (Act on the calculation of time limits
150/1930, section 2). Saturdays, Sundays, public holidays, May Day, Independence Day, midsummer eve and Christmas Eve
are not counted (section 5 of the same act names them). New Year's Eve, Maundy Thursday and the eve of May Day are
ordinary working days.
"""

from datetime import date, datetime, timedelta
from functools import lru_cache

import holidays

from bot.clock import helsinki

_SATURDAY = 5
_EVES = ((6, range(19, 26)), (12, range(24, 25)))
"""Midsummer eve is the Friday of 19–25 June; Christmas Eve is 24 December."""


def is_weekend(day: date) -> bool:
    """Whether `day` is a Saturday or a Sunday."""
    return day.weekday() >= _SATURDAY


def is_holiday(day: date) -> bool:
    """Whether `day` is a Finnish public holiday, midsummer eve or Christmas Eve, on whatever weekday."""
    return day in _holidays(day.year)


def is_working_day(day: date) -> bool:
    """Whether services ring on `day`: no weekend, no public holiday, no midsummer or Christmas Eve."""
    return not is_weekend(day) and not is_holiday(day)


def next_working_day(day: date) -> date:
    """`day` itself when it is a working day, else the first one after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def add_working_days(day: date, n: int) -> date:
    """The `n`th working day after `day`; `day` itself is not counted. With 0, `day` as it is.

    Raises:
        ValueError: `n` is negative.
    """
    if n < 0:
        raise ValueError("working days are counted forwards")
    for _ in range(n):
        day = next_working_day(day + timedelta(days=1))
    return day


def promised_day(received: datetime, *, working_days: int = 3, wished: date | None = None) -> date:
    """The day by which the family is rung, to be said to them.

    Args:
        received: When the request arrived; aware, any zone. Its day is read in Europe/Helsinki.
        working_days: The promise of the area.
        wished: The day the family hopes for.

    Returns:
        The later of the promise and the wished day, a local date.
    """
    promise = add_working_days(helsinki(received).date(), working_days)
    return max(promise, wished) if wished else promise


@lru_cache(maxsize=32)
def _holidays(year: int) -> frozenset[date]:
    # The eves are named here as well: whether the library counts them as public holidays has changed over time.
    eves = {
        date(year, month, day)
        for month, days in _EVES
        for day in days
        if month == 12 or date(year, month, day).weekday() == 4  # noqa: PLR2004  (December; Friday)
    }
    return frozenset(holidays.country_holidays("FI", years=year)) | eves
