"""The meetings of a service's groups as an iCalendar (RFC 5545): single ones, weekly ones, feasts and exceptions."""

import datetime as dt
from collections.abc import Iterator, Sequence

from icalendar import Calendar, Event, vRecur

from bot.clock import HELSINKI, helsinki
from bot.guidance.catalogue import Service
from bot.guidance.entry import Hours, Words
from bot.guidance.groups import Group, GroupSession
from bot.guidance.hours import DAYS, open_times
from bot.guidance.origin import text_hash
from bot.texts import Texts
from bot.web.finnish_zone import NAME, finnish_zone

_PRODUCT = "-//Perheovi//Groups//FI"
_EVERY = dt.timedelta(hours=12)
"""How often a calendar should look again."""
_AHEAD = dt.timedelta(days=366)
"""How far weekly meetings are told: so far are their feasts and exceptions left out one by one."""
_UNTOLD = dt.timedelta(hours=1)
"""How long a meeting takes in a calendar when nobody says."""
_BY_DAY = dict(zip(DAYS, ("MO", "TU", "WE", "TH", "FR", "SA", "SU"), strict=True))


def calendar(service: Service, *, language: str, address: str, now: dt.datetime, texts: Texts) -> bytes:
    """The calendar of every group of `service`, in the reader's language else Finnish.

    A meeting keeps its UID as long as its group, day and time stay; a cancelled one is there and says so. `address`:
    of the service's page.
    """
    made = Calendar()
    made.add("prodid", _PRODUCT)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", service.name.get(language) or service.name.fi)
    made.add("x-wr-timezone", NAME)
    made.add("refresh-interval", _EVERY)
    made.add("x-published-ttl", _EVERY)
    made.add_component(finnish_zone())
    cancelled = texts.text("page_services_cancelled", language)
    for group in service.groups:
        writer = _Writer(service, group, language, helsinki(now).date(), cancelled)
        for event in writer.events():
            event.add("dtstamp", now)
            event.add("url", address)
            made.add_component(event)
    return bytes(made.to_ical())


class _Writer:
    """Writes the meetings of one group."""

    def __init__(self, service: Service, group: Group, language: str, today: dt.date, cancelled: str) -> None:
        self._service, self._group, self._language, self._today = service, group, language, today
        self._cancelled = cancelled
        self._id = f"{service.id}-{group.id or text_hash(group.name.fi)}"

    def events(self) -> Iterator[Event]:
        """Single meetings, then weekly ones, then the days on which those are at another time."""
        for one in self._group.sessions:
            yield self._session(one)
        weekly = self._group.weekly
        first = self._today - dt.timedelta(days=self._today.weekday())
        days = [first + dt.timedelta(days=offset) for offset in range(_AHEAD.days)]
        usual: dict[dt.date, set[tuple[str, str]]] = {}
        for rule in weekly:
            if rule.kind == "weekly":
                on = [day for day in days if _meets(rule, day)]
                for day in on:
                    usual.setdefault(day, set()).add((rule.opens or "", rule.closes or ""))
                if on:
                    yield self._weekly(rule, on, weekly)
        for day in days:
            for opens, closes in open_times(weekly, day):
                if (opens, closes) not in usual.get(day, set()):
                    yield self._at(f"{day.isoformat()}-{opens}", day, opens, closes)

    def _session(self, one: GroupSession) -> Event:
        event = self._at(f"{one.date.isoformat()}-{one.time}", one.date, one.time, one.until, one.place)
        event.add("status", "CANCELLED" if one.cancelled else "CONFIRMED")
        if one.cancelled:
            del event["summary"]
            event.add("summary", f"{self._cancelled}: {self._say(self._group.name)}")
        return event

    def _weekly(self, rule: Hours, days: Sequence[dt.date], rules: Sequence[Hours]) -> Event:
        opens, closes = rule.opens or "", rule.closes or ""
        event = self._at(f"{'-'.join(rule.days)}-{opens}", days[0], opens, closes)
        last = _moment(days[-1], opens).astimezone(dt.UTC)
        event.add("rrule", vRecur(freq="weekly", byday=[_BY_DAY[day] for day in rule.days], until=last))
        for day in days:
            if (opens, closes) not in open_times(rules, day):
                event.add("exdate", _moment(day, opens))
        return event

    def _at(
        self, part: str, day: dt.date, start: str, until: str | None, place: Words | None = None
    ) -> Event:
        begins = _moment(day, start)
        event = Event()
        event.add("uid", f"{self._id}-{part}@perheovi")
        event.add("summary", self._say(self._group.name))
        event.add("dtstart", begins)
        event.add("dtend", _end(day, start, until) if until else begins + _UNTOLD)
        if where := self._where(place):
            event.add("location", where)
        if self._group.sign_up:
            event.add("description", self._say(self._group.sign_up))
        return event

    def _where(self, place: Words | None) -> str:
        named = place or self._group.place
        visit = next((channel.address for channel in self._service.channels if channel.address), None)
        parts = [self._say(named)] if named else []
        if visit:
            parts.append(f"{visit.street}, {visit.postcode} {visit.municipality}")
        return ", ".join(parts)

    def _say(self, words: Words) -> str:
        return words.get(self._language) or words.fi


def _meets(rule: Hours, day: dt.date) -> bool:
    begun = rule.valid_from is None or rule.valid_from <= day
    return DAYS[day.weekday()] in rule.days and begun and (rule.valid_to is None or day <= rule.valid_to)


def _end(day: dt.date, start: str, until: str) -> dt.datetime:
    return _moment(day if until > start else day + dt.timedelta(days=1), until)


def _moment(day: dt.date, clock: str) -> dt.datetime:
    if clock == "24:00":
        return _moment(day + dt.timedelta(days=1), "00:00")
    return dt.datetime.combine(day, dt.time.fromisoformat(clock), HELSINKI)
