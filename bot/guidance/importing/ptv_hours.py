"""Opening hours of the Finnish Service Catalogue, versions 7 to 11, as ours.

`DaysOfTheWeek` holds one rule for each day or run of days, `OverMidnight` one from a day to another, `Exceptional`
single days with or without hours; version 7 said `Standard` and `Exception`. Hours without any opening time that are
not closed mean "always open" in these versions (version 11 says so with `isAlwaysOpen` as well); who reads such a
record is told that it was understood so.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from bot.guidance.entry import Day, Hours
from bot.guidance.importing.localized import texts, words
from bot.guidance.importing.record import Note

_DAYS: dict[str, Day] = {
    "Monday": "mon", "Tuesday": "tue", "Wednesday": "wed", "Thursday": "thu", "Friday": "fri", "Saturday": "sat",
    "Sunday": "sun",
}  # fmt: skip
_WEEK: tuple[Day, ...] = tuple(_DAYS.values())
_A_NIGHT = 2
"""Days that one rule can say: it begins on one and may end on the next."""
_MOST_DAYS = 92
"""An exception longer than a summer is no exception: such a rule is left out and told."""
Rule = Mapping[str, Any]


def read(
    rules: Iterable[Rule] | None, field: str, today: dt.date
) -> tuple[tuple[Hours, ...], tuple[Note, ...]]:
    """The hours and what to know of them; what is long over is left out."""
    hours: list[Hours] = []
    notes: list[Note] = []
    for rule in rules or ():
        try:
            found = list(_rule(rule, today))
        except (ValidationError, ValueError, KeyError, TypeError):
            notes.append(Note(field, "unreadable_hours"))
            continue
        if not found:
            notes.append(Note(field, "past_hours"))
        if any(one.kind == "always" for one in found) and not rule.get("isAlwaysOpen"):
            notes.append(Note(field, "always_open_guessed"))
        hours += found
    return tuple(hours), tuple(dict.fromkeys(notes))


def _rule(rule: Rule, today: dt.date) -> Iterator[Hours]:
    start, end = _date(rule.get("validFrom")), _date(rule.get("validTo"))
    if end is not None and end < today:
        return
    note = words(texts(rule.get("additionalInformation")))
    kind, openings = rule.get("serviceHourType"), rule.get("openingHour") or []
    validity = {"valid_from": start, "valid_to": end, "note": note}
    if kind in ("Exceptional", "Exception"):
        yield from _exceptions(rule, start, end or start, note, today)
    elif kind == "OverMidnight":
        yield from _through_nights(openings, validity)
    elif kind in ("DaysOfTheWeek", "Standard"):
        if rule.get("isReservation"):
            yield Hours(kind="appointment", **validity)
        elif not openings and not rule.get("isClosed"):
            yield Hours(kind="always", **validity)
        yield from _weekly(openings, validity)
    else:
        raise ValueError(f"hours of the kind {kind}")


def _weekly(openings: Iterable[Rule], validity: Mapping[str, Any]) -> Iterator[Hours]:
    """Days with the same times become one rule, as people write them."""
    by_times: dict[tuple[str, str], list[Day]] = {}
    for opening in openings:
        times = _times(opening)
        by_times.setdefault((times["opens"], times["closes"]), []).extend(_run(opening))
    for (opens, closes), days in by_times.items():
        yield Hours(days=tuple(dict.fromkeys(days)), opens=opens, closes=closes, **validity)


def _through_nights(openings: Iterable[Rule], validity: Mapping[str, Any]) -> Iterator[Hours]:
    """Open without a pause from a time of one day to a time of another; what ends within a day is one rule."""
    for opening in openings:
        days, times = _run(opening), _times(opening)
        if len(days) == 1 or (len(days) == _A_NIGHT and times["closes"] <= times["opens"]):
            yield Hours(kind="weekly", days=(days[0],), **times, **validity)
            continue
        yield Hours(days=(days[0],), opens=times["opens"], closes="24:00", **validity)
        if len(days) > _A_NIGHT:
            yield Hours(days=tuple(days[1:-1]), opens="00:00", closes="24:00", **validity)
        if not str(opening["to"]).startswith("00:00"):
            yield Hours(days=(days[-1],), opens="00:00", closes=times["closes"], **validity)


def _exceptions(
    rule: Rule, start: dt.date | None, end: dt.date | None, note: Any, today: dt.date
) -> Iterator[Hours]:
    if start is None or end is None or (end - start).days > _MOST_DAYS:
        raise ValueError("an exception without its days, or for a whole season")
    openings = rule.get("openingHour") or []
    # Version 12 names the days of a stretch that are exceptional; the others go on as ever.
    listed = None if rule.get("days") is None else {_day(name) for name in rule["days"]}
    for offset in range((end - start).days + 1):
        day = start + dt.timedelta(days=offset)
        if day < today or (listed is not None and _WEEK[day.weekday()] not in listed):
            continue
        of_day = [one for one in openings if not one.get("dayFrom") or _WEEK[day.weekday()] in _run(one)]
        if rule.get("isClosed") or not of_day:
            yield Hours(kind="exception", date=day, closed=True, note=note)
        for opening in () if rule.get("isClosed") else of_day:
            yield Hours(kind="exception", date=day, note=note, **_times(opening))


def _run(opening: Rule) -> list[Day]:
    first = _WEEK.index(_day(opening["dayFrom"]))
    last = _WEEK.index(_day(opening["dayTo"])) if opening.get("dayTo") else first
    return [_WEEK[(first + step) % 7] for step in range((last - first) % 7 + 1)]


def _day(name: str) -> Day:
    return _DAYS[name]


def _times(opening: Rule) -> dict[str, str]:
    opens, closes = (":".join(str(opening[end]).split(":")[:2]).zfill(5) for end in ("from", "to"))
    return {"opens": opens, "closes": "24:00" if closes in ("00:00", "23:59") else closes}


def _date(text: Any) -> dt.date | None:
    return dt.date.fromisoformat(str(text)[:10]) if text else None
