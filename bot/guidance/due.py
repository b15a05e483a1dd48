"""When the facts of an entry are to be checked next, by what it tells: the shorter lived, the sooner."""

from calendar import monthrange
from datetime import date

from bot.guidance.catalogue import Service

_USUAL, _SHORT_LIVED, _CRISIS = 12, 6, 3
"""Months: of an entry in general, of one with hours, telephone numbers or prices, of one for a crisis."""


def check_due(service: Service, checked: date) -> date:
    """The day by which an entry checked on `checked` is to be checked again."""
    if service.urgency == "crisis":
        return _months_after(checked, _CRISIS)
    hours = service.hours or any(channel.hours or channel.number for channel in service.channels)
    priced = service.cost.type in {"paid", "varies"} or service.cost.text or service.cost.by_municipality
    return _months_after(checked, _SHORT_LIVED if hours or priced else _USUAL)


def due_on(service: Service) -> date | None:
    """The day by which the entry is to be checked; None when nobody ever has."""
    if service.verified.at is None:
        return None
    return service.verified.next_due or check_due(service, service.verified.at)


def _months_after(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
