"""What stands beside the form of a catalogue entry: when it was checked, and what depends on it."""

from datetime import date, datetime

from bot.console.words import Words
from bot.guidance.catalogue import Catalogue, Service
from bot.guidance.dependents import dependents
from bot.guidance.due import due_on


def checked_words(service: Service | None, w: Words) -> str:
    """When the facts were last checked, by whom, and by when again."""
    if service is None or service.verified.at is None:
        return w("service.check_never")
    by = service.verified.by or service.provider.fi
    due = due_on(service) or service.verified.at
    return w("service.check_last", day=_day(service.verified.at), by=by, due=_day(due))


def depends_words(catalogue: Catalogue, service: Service | None, now: datetime, w: Words) -> list[str]:
    """What would be missing without the entry; empty when nothing would."""
    if service is None:
        return []
    found, lines = dependents(catalogue, service, now), []
    places: dict[str, list[str]] = {}
    for need, place in found.uncovered:
        places.setdefault(need, []).append(place)
    if places:
        told = [f"{w(f'need.{need}')} ({', '.join(where)})" for need, where in places.items()]
        lines.append(f"{w('service.archive_needs')}: {', '.join(told)}.")
    if found.meetings or found.weekly:
        lines.append(w("service.archive_groups", number=found.meetings + found.weekly))
    if found.contact_persons:
        lines.append(w("service.archive_contacts", number=found.contact_persons))
    return lines


def _day(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"
