"""Working days: which days count towards the promise to ring.

Sources of the rules:

* The day on which the request arrives is not counted: section 2 of the Act on the calculation of time limits
  (laki säädettyjen määräaikain laskemisesta, 150/1930).
* Saturdays, Sundays, public holidays, Independence Day, May Day, Christmas Eve and midsummer eve are not counted:
  section 5 of the same act. New Year's Eve, Maundy Thursday and the eve of May Day are ordinary working days.
* The Finnish Institute for Health and Welfare (THL) counts access to a service and the seven working days of child
  protection the same way: what arrives on a Tuesday is to be begun by the Thursday of the following week, which is the
  seventh working day when Wednesday is the first.
* That families are rung by the third working day is the custom of the field and no statute: a setting of the area.

What an area closes on its own account is known to its calendar (`bot.callbacks.area_calendar`).
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

import holidays

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


def add_working_days(day: date, n: int, counts: Callable[[date], bool] = is_working_day) -> date:
    """The `n`th working day after `day`; `day` itself is not counted. With 0, `day` as it is.

    `counts` says whether a day is a working day where that is more than the calendar of the country.

    Raises:
        ValueError: `n` is negative.
    """
    if n < 0:
        raise ValueError("working days are counted forwards")
    for _ in range(n):
        day += timedelta(days=1)
        while not counts(day):
            day += timedelta(days=1)
    return day


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
