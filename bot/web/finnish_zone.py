"""Finland's time in a calendar file (RFC 5545)."""

from datetime import datetime, timedelta

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

NAME = "Europe/Helsinki"
_WINTER, _SUMMER = timedelta(hours=2), timedelta(hours=3)


def finnish_zone() -> Timezone:
    """Finland's time, as the European Union has set it since 1996.

    Written out, because the zone a library makes from its own table says when summer time begins by the clock after
    the change, and RFC 5545 (3.6.5) wants the clock before it.
    """
    zone = Timezone()
    zone.add("tzid", NAME)
    for part, name, month, hour, before, after in (
        (TimezoneDaylight(), "EEST", 3, 3, _WINTER, _SUMMER),
        (TimezoneStandard(), "EET", 10, 4, _SUMMER, _WINTER),
    ):
        day = 31 if month == 3 else 27  # noqa: PLR2004  (the last Sundays of March and October 1996)
        part.add("dtstart", datetime(1996, month, day, hour))  # noqa: DTZ001  (local: that is what it defines)
        part.add("rrule", vRecur(freq="yearly", bymonth=month, byday="-1SU"))
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("tzname", name)
        zone.add_component(part)
    return zone
