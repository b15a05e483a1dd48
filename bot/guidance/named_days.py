"""The days of the year that opening hours may name, as PTV does: public holidays and the eves people ask about."""

import datetime as dt
from functools import lru_cache

import holidays

from bot.guidance.entry import Holiday

_NAMES: dict[str, Holiday] = {
    "New Year's Day": "new_years_day", "Epiphany": "epiphany", "Good Friday": "good_friday",
    "Easter Sunday": "easter_sunday", "Easter Monday": "easter_monday", "May Day": "may_day",
    "Ascension Day": "ascension", "Pentecost": "whit_sunday", "Midsummer Eve": "midsummer_eve",
    "Midsummer Day": "midsummer_day", "All Saints' Day": "all_saints", "Independence Day": "independence_day",
    "Christmas Eve": "christmas_eve", "Christmas Day": "christmas_day",
    "Second Day of Christmas": "boxing_day",
}  # fmt: skip
"""As the library `holidays` calls them in English."""
_EVES: dict[tuple[int, int], Holiday] = {(4, 30): "may_day_eve", (12, 31): "new_years_eve"}
_ONE_DAY = dt.timedelta(days=1)


def names_of(day: dt.date) -> frozenset[Holiday]:
    """What `day` is called, e.g. `midsummer_eve`; two names when feasts fall together, none on an ordinary day."""
    return _year(day.year).get(day, frozenset())


@lru_cache(maxsize=16)
def _year(year: int) -> dict[dt.date, frozenset[Holiday]]:
    found: dict[dt.date, frozenset[Holiday]] = {
        dt.date(year, month, day): frozenset({name}) for (month, day), name in _EVES.items()
    }
    for day, joined in holidays.country_holidays("FI", years=year, language="en_US").items():
        for name in joined.split("; "):
            code = _NAMES[name]
            found[day] = found.get(day, frozenset()) | {code}
            if code == "good_friday":
                found[day - _ONE_DAY] = found.get(day - _ONE_DAY, frozenset()) | {"maundy_thursday"}
                found[day + _ONE_DAY] = found.get(day + _ONE_DAY, frozenset()) | {"easter_eve"}
    return found
