"""What a machine can see of an entry's facts: numbers, addresses, hours and days that have passed."""

import datetime as dt
import itertools
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.content import Place
from bot.guidance.catalogue import Service
from bot.guidance.entry import Hours
from bot.guidance.importing.personal import is_personal
from bot.guidance.service_channel import Channel
from bot.guidance.text_checks.finding import Finding

_SIGN_INS = {"tunnistautuminen.suomi.fi", "tunnistus.suomi.fi"}
_MOST_CLASSES, _MOST_TERMS = 4, 10
_SHORT_NUMBERS = {"112"}
_SHORTEST_NUMBER, _SHORTEST_INTERNATIONAL = 5, len("+35812345")
_DAY = 24 * 60
_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def check(service: Service, today: dt.date) -> Iterator[Finding]:
    """What is wrong or over on a local day."""
    yield from _summary(service)
    yield from _classes(service)
    if not service.channels:
        yield Finding("no_channel", ("channels",))
    yield from _hours(service.hours, ("hours",), today)
    for index, channel in enumerate(service.channels):
        yield from _channel(channel, ("channels", index))
        yield from _hours(channel.hours, ("channels", index, "hours"), today)
    yield from _over(service, today)


def _summary(service: Service) -> Iterator[Finding]:
    for code, text in service.summary.all().items():
        if text.rstrip(".").casefold() == (service.name.get(code) or "").casefold():
            yield Finding("summary_is_name", ("summary",), code)


def _classes(service: Service) -> Iterator[Finding]:
    if len(service.classes) > _MOST_CLASSES:
        yield Finding("too_many_classes", ("classes",))
    if service.classes and not any("." in code for code in service.classes):
        yield Finding("no_subclass", ("classes",))
    if len(service.ontology) > _MOST_TERMS:
        yield Finding("too_many_terms", ("ontology",))


def _channel(channel: Channel, at: Place) -> Iterator[Finding]:
    if channel.email and is_personal(channel.email):
        yield Finding("personal_address", (*at, "email"))
    for code, address in channel.url.model_dump(exclude_none=True).items() if channel.url else ():
        if (urlsplit(address).hostname or "") in _SIGN_INS:
            yield Finding("sign_in_address", (*at, "url"), code)
    if channel.number and _too_short(channel.number):
        yield Finding("number_too_short", (*at, "number"), shown=channel.number)


def _too_short(number: str) -> bool:
    if number.startswith("+"):
        return len(number) < _SHORTEST_INTERNATIONAL
    return len(re.sub(r"\D", "", number)) < _SHORTEST_NUMBER and number not in _SHORT_NUMBERS


def _hours(rules: tuple[Hours, ...], at: Place, today: dt.date) -> Iterator[Finding]:
    for index, rule in enumerate(rules):
        last = rule.date if rule.kind == "exception" else rule.valid_to
        if last is not None and last < today:
            yield Finding("hours_past", (*at, index), shown=f"{last.day}.{last.month}.{last.year}")
    weekly = [(index, rule) for index, rule in enumerate(rules) if rule.kind == "weekly"]
    for (_, one), (index, other) in itertools.combinations(weekly, 2):
        if _same_time(one, other) and _spans_meet(one, other):
            yield Finding("hours_overlap", (*at, index))


def _same_time(one: Hours, other: Hours) -> bool:
    """Whether both hold in the same weeks; hours of a season go before those of the year and may overlap them."""
    if _seasonal(one) != _seasonal(other):
        return False
    starts = max(one.valid_from or dt.date.min, other.valid_from or dt.date.min)
    return starts <= min(one.valid_to or dt.date.max, other.valid_to or dt.date.max)


def _seasonal(rule: Hours) -> bool:
    return rule.valid_from is not None or rule.valid_to is not None


def _spans_meet(one: Hours, other: Hours) -> bool:
    shifts = (0, -7 * _DAY, 7 * _DAY)  # Sunday night runs into Monday
    return any(
        first < end + shift and begin + shift < last
        for first, last in _spans(one)
        for begin, end in _spans(other)
        for shift in shifts
    )


def _spans(rule: Hours) -> Iterator[tuple[int, int]]:
    """Minutes of the week."""
    opens, closes = _minutes(rule.opens or "00:00"), _minutes(rule.closes or "24:00")
    for day in rule.days:
        begins = _WEEK.index(day) * _DAY + opens
        yield begins, begins + (closes - opens if closes > opens else closes - opens + _DAY)


def _minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def _over(service: Service, today: dt.date) -> Iterator[Finding]:
    if service.alert and service.alert.until and service.alert.until < today:
        yield Finding("alert_past", ("alert",))
    for index, group in enumerate(service.groups):
        if group.sessions and not group.weekly and all(one.date < today for one in group.sessions):
            yield Finding("group_past", ("groups", index))
