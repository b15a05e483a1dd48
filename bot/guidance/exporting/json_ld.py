"""A service as schema.org JSON-LD, for search engines: what it is, where, how it is reached, when, and its meetings."""

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from typing import Any

from bot.clock import HELSINKI, helsinki
from bot.guidance.areas import Areas
from bot.guidance.catalogue import Service
from bot.guidance.entry import Ages, Hours, Words
from bot.guidance.groups import Group, GroupSession
from bot.guidance.hours import DAYS, finnish_holidays, open_times
from bot.guidance.named_days import names_of
from bot.guidance.service_channel import Channel

Data = dict[str, Any]
_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_AHEAD_DAYS = 180
"""How far ahead days that are otherwise are told."""
_ESCAPED = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


def graph(service: Service, *, url: str, language: str, areas: Areas, now: dt.datetime) -> Data:
    """The service and its coming meetings as one graph; `url`: of its page. What is unknown is left out."""
    maker = _Maker(service, url, language, helsinki(now).date())
    return {"@context": "https://schema.org", "@graph": [maker.service(areas), *maker.events()]}


def script(data: Data) -> str:
    """The graph as text that can stand inside a `script` element: nothing in it ends the element."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED)


class _Maker:
    """Makes the parts for one service, in one language."""

    def __init__(self, service: Service, url: str, language: str, today: dt.date) -> None:
        self._service, self._url, self._language, self._today = service, url, language, today

    def _say(self, words: Words) -> str:
        return words.get(self._language) or words.fi

    def service(self, areas: Areas) -> Data:
        """The service itself; one of the public administration where its register says so."""
        own = self._service
        of_register = own.source is not None and own.source.system == "ptv"
        visits = [channel for channel in own.channels if channel.address]
        return _known(
            {
                "@type": "GovernmentService" if of_register else "Service",
                "@id": self._url,
                "url": self._url,
                "name": self._say(own.name),
                "alternateName": self._say(own.aka) if own.aka else None,
                "description": self._say(own.summary),
                "provider": {"@type": "Organization", "name": self._say(own.provider)},
                "areaServed": list(self._areas(areas)),
                "audience": self._audience(own.ages),
                "offers": self._offer(own.cost.type),
                "hoursAvailable": list(self._hours(own.hours)),
                "availableChannel": [
                    self._channel(channel) for channel in own.channels if not channel.address
                ]
                + [self._place_channel(channel) for channel in visits],
            }
        )

    def _areas(self, areas: Areas) -> Iterator[Data]:
        own = self._service.areas
        if own.scope == "whole_country":
            yield {"@type": "Country", "name": "Suomi"}
        known = [areas.by_id[id_].name for id_ in own.service_areas if id_ in areas.by_id]
        for name in (*own.municipalities, *own.counties, *(self._say(words) for words in known)):
            yield {"@type": "AdministrativeArea", "name": name}

    def _audience(self, ages: Ages) -> Data | None:
        who = self._service.who_for
        if who is None and ages == Ages():
            return None
        return _known(
            {
                "@type": "PeopleAudience",
                "audienceType": self._say(who) if who else None,
                "suggestedMinAge": ages.min,
                "suggestedMaxAge": ages.max,
            }
        )

    def _offer(self, kind: str) -> Data | None:
        return {"@type": "Offer", "price": "0", "priceCurrency": "EUR"} if kind == "free" else None

    def _channel(self, channel: Channel) -> Data:
        point = _known(
            {
                "@type": "ContactPoint",
                "name": self._say(channel.label) if channel.label else None,
                "telephone": channel.number,
                "email": channel.email,
                "url": channel.url.get(self._language) if channel.url else None,
                "availableLanguage": list(channel.languages or self._service.languages),
                "hoursAvailable": list(self._hours(channel.hours)),
            }
        )
        languages = point.get("availableLanguage")
        if channel.url:
            found = {"@type": "ServiceChannel", "serviceUrl": point["url"], "name": point.get("name")}
        else:
            found = {"@type": "ServiceChannel", "servicePhone": point}
        return _known({**found, "availableLanguage": languages})

    def _place_channel(self, channel: Channel) -> Data:
        return _known({"@type": "ServiceChannel", "serviceLocation": self._place(channel)})

    def _place(self, channel: Channel) -> Data:
        address = channel.address
        hours = list(self._hours(channel.hours))
        return _known(
            {
                "@type": "Place",
                "name": self._say(channel.label) if channel.label else self._say(self._service.name),
                "address": address
                and {
                    "@type": "PostalAddress",
                    "streetAddress": address.street,
                    "postalCode": address.postcode,
                    "addressLocality": address.municipality,
                    "addressCountry": "FI",
                },
                "openingHoursSpecification": [one for one in hours if "dayOfWeek" in one],
                "specialOpeningHoursSpecification": [one for one in hours if "dayOfWeek" not in one],
            }
        )

    def _hours(self, rules: Sequence[Hours]) -> Iterator[Data]:
        """The week, then each day of the next half year that is otherwise; one that is closed is open 0–0."""
        standing = [rule for rule in rules if rule.kind in ("weekly", "always")]
        for rule in standing:
            days = rule.days or DAYS
            yield _known(
                {
                    "@type": "OpeningHoursSpecification",
                    "dayOfWeek": [_DAY_NAMES[DAYS.index(day)] for day in days],
                    "opens": rule.opens or "00:00",
                    "closes": _clock(rule.closes or "24:00"),
                    "validFrom": rule.valid_from and rule.valid_from.isoformat(),
                    "validThrough": rule.valid_to and rule.valid_to.isoformat(),
                }
            )
        for offset in range(_AHEAD_DAYS if standing else 0):
            day = self._today + dt.timedelta(days=offset)
            if _is_otherwise(rules, day):
                for opens, closes in open_times(rules, day) or (("00:00", "00:00"),):
                    yield {
                        "@type": "OpeningHoursSpecification",
                        "opens": opens,
                        "closes": _clock(closes),
                        "validFrom": day.isoformat(),
                        "validThrough": day.isoformat(),
                    }

    def events(self) -> Iterator[Data]:
        """Each coming meeting of a group, and the week of those that meet every week."""
        for group in self._service.groups:
            for one in group.sessions:
                if one.date >= self._today:
                    yield self._event(group, one)
            weekly = [rule for rule in group.weekly if rule.kind == "weekly"]
            if weekly:
                yield {**self._about(group, None), "eventSchedule": [_schedule(rule) for rule in weekly]}

    def _event(self, group: Group, one: GroupSession) -> Data:
        state = "EventCancelled" if one.cancelled else "EventScheduled"
        return _known(
            {
                **self._about(group, one.place),
                "startDate": _moment(one.date, one.time),
                "endDate": _moment(one.date, one.until) if one.until else None,
                "eventStatus": f"https://schema.org/{state}",
            }
        )

    def _about(self, group: Group, place: Words | None) -> Data:
        named = place or group.place
        visit = next((channel for channel in self._service.channels if channel.address), None)
        where = self._place(visit) if visit else {"@type": "Place", "name": self._say(self._service.provider)}
        return _known(
            {
                "@type": "Event",
                "name": self._say(group.name),
                "description": self._say(group.description) if group.description else None,
                "location": {**where, "name": self._say(named)} if named else where,
                "organizer": {"@type": "Organization", "name": self._say(self._service.provider)},
                "about": {"@id": self._url},
                "isAccessibleForFree": True if group.cost and group.cost.type == "free" else None,
                "url": group.sign_up_url.get(self._language) if group.sign_up_url else None,
            }
        )


def _schedule(rule: Hours) -> Data:
    return _known(
        {
            "@type": "Schedule",
            "repeatFrequency": "P1W",
            "byDay": [f"https://schema.org/{_DAY_NAMES[DAYS.index(day)]}" for day in rule.days],
            "startTime": rule.opens,
            "endTime": _clock(rule.closes or "24:00"),
            "startDate": rule.valid_from and rule.valid_from.isoformat(),
            "endDate": rule.valid_to and rule.valid_to.isoformat(),
            "scheduleTimezone": "Europe/Helsinki",
        }
    )


def _is_otherwise(rules: Sequence[Hours], day: dt.date) -> bool:
    """Whether a day may differ from its day of the week: it is a feast, or has hours of its own."""
    own = any(rule.kind == "exception" and rule.date == day for rule in rules)
    return own or day in finnish_holidays() or bool(names_of(day) & {rule.holiday for rule in rules})


def _clock(time: str) -> str:
    """A day of schema.org has no 24:00."""
    return "23:59" if time == "24:00" else time


def _moment(day: dt.date, time: str) -> str:
    if time == "24:00":
        day, time = day + dt.timedelta(days=1), "00:00"
    return dt.datetime.combine(day, dt.time.fromisoformat(time), HELSINKI).isoformat()


def _known(data: Data) -> Data:
    """Without what is not known."""
    return {name: value for name, value in data.items() if value not in (None, [], "")}
