"""Opening hours of version 12 in the shape of version 11: six kinds of rules, and hours of named holidays."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.guidance.importing.localized import OURS

_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_HOLIDAYS = {
    "NewYearDay": "new_years_day", "Epiphany": "epiphany", "MaundyThursday": "maundy_thursday",
    "GoodFriday": "good_friday", "EasterSunday": "easter_sunday", "EasterMonday": "easter_monday",
    "MayDayEve": "may_day_eve", "MayDay": "may_day", "AscensionDay": "ascension", "WhitSunday": "whit_sunday",
    "MidsummerEve": "midsummer_eve", "MidsummerDay": "midsummer_day", "AllSaintsDay": "all_saints",
    "IndependenceDay": "independence_day", "ChristmasEve": "christmas_eve", "ChristmasDay": "christmas_day",
    "SecondDayOfChristmas": "boxing_day", "NewYearEve": "new_years_eve",
}  # fmt: skip
_EVERY_YEAR, _EVERY_WEEK = "RepetitionEveryYear", "Weekly"
_RESERVED, _CLOSED = "OpenOnReservation", "Closed"
Rule = Mapping[str, Any]


def as_before(given: Rule | None) -> list[dict[str, Any]]:
    """The rules beside holidays; every second week, which we have no rule for, comes as a kind nobody reads."""
    return [before for rule in (given or {}).get("hours") or () for before in _rule(rule)]


def holidays(given: Rule | None) -> list[dict[str, Any]]:
    """Hours of holidays as ours: every year's alone, as those of single years would be exceptions of a day."""
    listed = (given or {}).get("holidayServiceHours") or {}
    if (listed.get("repetition") or {}).get("type") != _EVERY_YEAR:
        return []
    found: list[dict[str, Any]] = []
    for holiday in listed["holidays"]:
        shared = {"kind": "holidays", "holiday": _HOLIDAYS[holiday["holidayName"]]}
        open_hours = [one for one in holiday["hours"] if one["openingStatus"] != _CLOSED]
        found += [{**shared, "opens": one["start"], "closes": one["end"]} for one in open_hours]
        if not open_hours:
            found.append({**shared, "closed": True})
    return found


def _rule(rule: Rule) -> Iterator[dict[str, Any]]:
    kind = str(rule["type"]).removesuffix("ServiceHour")
    before: dict[str, Any] = {
        "serviceHourType": "DaysOfTheWeek",
        "validFrom": rule.get("fromDate"),
        "validTo": rule.get("toDate"),
        "additionalInformation": _texts(rule.get("additionalInformation")) or _texts(rule.get("heading")),
        "openingHour": [],
    }
    if kind == "ExceptionalDateRange":
        yield {
            **before, "serviceHourType": "Exceptional", "openingHour": list(_weekly(rule, ())),
            "days": [day for day in _WEEK if day.lower() in rule["weeklyHours"]],
        }  # fmt: skip
    elif kind.startswith("Weekly"):
        hours = list(_weekly(rule, (_RESERVED,)))
        if any(one["repetition"] != _EVERY_WEEK for one in _days(rule)):
            yield {**before, "serviceHourType": "every second week"}
        elif hours:
            yield {**before, "openingHour": hours}
        if any(one["openingStatus"] == _RESERVED for one in _days(rule)):
            yield {**before, "isReservation": True}
    elif rule.get("openingStatus") == _RESERVED:
        yield {**before, "isReservation": True}
    elif kind == "ContinuousWeekdaysUntilFurtherNotice":
        opening = _opening(rule["fromDay"], rule["toDay"], rule["fromTime"], rule["toTime"])
        yield {**before, "serviceHourType": "OverMidnight", "openingHour": [opening]}
    else:
        yield {**before, "isAlwaysOpen": True}


def _days(rule: Rule) -> Iterator[Rule]:
    for day in _WEEK:
        yield from (rule["weeklyHours"].get(day.lower()) or {}).get("hours") or ()


def _weekly(rule: Rule, without: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    for day in _WEEK:
        for one in (rule["weeklyHours"].get(day.lower()) or {}).get("hours") or ():
            if one["openingStatus"] not in (_CLOSED, *without):
                yield _opening(day, None, one["start"], one["end"])


def _opening(first: str, last: str | None, opens: str, closes: str) -> dict[str, Any]:
    return {"dayFrom": first, "dayTo": last, "from": opens, "to": closes}


def _texts(found: Rule | None) -> list[dict[str, str]]:
    return (
        [{"language": code, "value": found[code]} for code in OURS if (found or {}).get(code)]
        if found
        else []
    )
