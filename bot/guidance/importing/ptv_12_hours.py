"""Opening hours of version 12: six kinds of rules, and hours of named holidays."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.guidance.importing.localized import OURS

_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_HOLIDAYS = {
    "NewYearsDay": "new_years_day", "Epiphany": "epiphany", "MaundyThursday": "maundy_thursday",
    "GoodFriday": "good_friday", "EasterSaturday": "easter_eve", "EasterEve": "easter_eve",
    "EasterSunday": "easter_sunday", "EasterMonday": "easter_monday", "MayDayEve": "may_day_eve", "MayDay": "may_day",
    "AscensionDay": "ascension", "MidsummerEve": "midsummer_eve", "MidsummerDay": "midsummer_day",
    "AllSaintsDay": "all_saints", "IndependenceDay": "independence_day", "ChristmasEve": "christmas_eve",
    "ChristmasDay": "christmas_day", "BoxingDay": "boxing_day", "NewYearsEve": "new_years_eve",
    "NewYearEve": "new_years_eve",
}  # fmt: skip
Rule = Mapping[str, Any]


def as_before(given: Any) -> list[dict[str, Any]]:
    """The rules in the shape of version 11."""
    return [_rule(rule) for rule in _rules(given, "hours")]


def holidays(given: Any) -> list[dict[str, Any]]:
    """Hours of holidays as ours: every year's only, those of single years would be exceptions of a day."""
    found: list[dict[str, Any]] = []
    for rule in _rules(given, "holidayServiceHours"):
        name = _HOLIDAYS.get(str(rule.get("holiday") or rule.get("holidayCode")))
        every_year = "SelectedYears" not in str(rule.get("repetition") or rule.get("type") or "")
        if name is None or not every_year:
            continue
        times = list(_times(rule))
        if not times or _closed(rule):
            found.append({"kind": "holidays", "holiday": name, "closed": True})
        found += [
            {"kind": "holidays", "holiday": name, "opens": opens, "closes": closes}
            for opens, closes in ([] if _closed(rule) else times)
        ]
    return found


def _rules(given: Any, field: str) -> list[Rule]:
    listed = given.get(field) if isinstance(given, Mapping) else (given if field == "hours" else ())
    return [rule for rule in listed or () if isinstance(rule, Mapping)]


def _rule(rule: Rule) -> dict[str, Any]:
    kind = str(rule.get("type") or "").removesuffix("ServiceHour")
    before: dict[str, Any] = {
        "serviceHourType": "DaysOfTheWeek",
        "validFrom": rule.get("fromDate"),
        "validTo": rule.get("toDate"),
        "isClosed": _closed(rule),
        "isReservation": rule.get("openingStatus") == "Reservation",
        "additionalInformation": _texts(rule.get("additionalInformation") or rule.get("heading") or {}),
        "openingHour": [],
    }
    if kind.startswith("Exceptional"):
        opening = [{"dayFrom": None, "from": opens, "to": closes} for opens, closes in _times(rule)]
        return {**before, "serviceHourType": "Exceptional", "openingHour": opening}
    if kind.startswith("ContinuousWeekdays"):
        opening = [_opening(rule["fromDay"], rule["toDay"], rule["fromTime"], rule["toTime"])]
        return {**before, "serviceHourType": "OverMidnight", "openingHour": opening}
    if kind.startswith("Continuous"):
        return {**before, "isAlwaysOpen": not _closed(rule)}
    if not kind.startswith("Weekly"):
        return {**before, "serviceHourType": kind or "unknown"}
    return {**before, "openingHour": list(_weekly(rule.get("weeklyHours") or {}))}


def _weekly(hours: Rule) -> Iterator[dict[str, Any]]:
    for day in _WEEK:
        for opens, closes in _times(hours.get(day.lower()) or hours.get(day) or {}):
            yield _opening(day, None, opens, closes)


def _times(rule: Any) -> Iterator[tuple[str, str]]:
    """Times of one day: in a list, in `times` or `openingTimes`, or `fromTime` and `toTime` themselves."""
    listed = rule if isinstance(rule, list) else rule.get("openingTimes") or rule.get("times") or [rule]
    for one in listed:
        if one.get("fromTime") and one.get("toTime"):
            yield str(one["fromTime"])[:5], str(one["toTime"])[:5]


def _opening(first: str, last: str | None, opens: str, closes: str) -> dict[str, Any]:
    return {"dayFrom": first, "dayTo": last, "from": opens, "to": closes}


def _closed(rule: Rule) -> bool:
    return rule.get("openingStatus") == "Closed"


def _texts(found: Any) -> list[dict[str, str]]:
    if not isinstance(found, Mapping):
        return []
    return [{"language": code, "value": found[code]} for code in OURS if found.get(code)]
