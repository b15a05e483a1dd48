"""A service whole, as its own page shows it: every fact a family decides by, in its language and at this moment."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from babel import Locale

from bot.clock import HELSINKI, helsinki
from bot.guidance.areas import Areas
from bot.guidance.cards import card
from bot.guidance.catalogue import Service
from bot.guidance.entry import Hours, Words
from bot.guidance.groups import Group
from bot.guidance.hours import open_state
from bot.guidance.match import is_stale
from bot.guidance.service_channel import Channel
from bot.guidance.wording import clock_text, date_text, day_text, hours_text, opening_text, span_text
from bot.messages import Contact, ServiceCard
from bot.texts import Texts

PTV = "ptv"
_MOST_PRICES = 12


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence; `lang` is `fi` where Finnish stands in for the reader's language."""

    text: str
    lang: str | None = None


Section = tuple[str, tuple[Said, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to reach the service, with its hours at this moment."""

    contact: Contact
    opening: str | None
    open_now: bool | None
    more: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One coming meeting of a group."""

    when: str
    place: Said | None
    cancelled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupShown:
    """A group with its coming meetings and how one joins."""

    name: Said
    weekly: tuple[str, ...]
    meetings: tuple[Meeting, ...]
    more: tuple[Said, ...]
    sign_up_url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FullEntry:
    """Everything a page shows of a service.

    `deciding` and `facts` are headings (names of responses) with what stands under them.
    """

    card: ServiceCard
    alert: Said | None
    description: tuple[Said, ...]
    deciding: tuple[Section, ...]
    facts: tuple[Section, ...]
    prices: tuple[tuple[str, str], ...]
    """Of municipalities with a price of their own, where none is chosen."""
    ways: tuple[Way, ...]
    hours: tuple[str, ...]
    groups: tuple[GroupShown, ...]
    notes: tuple[Said, ...]
    source: str | None


def full_entry(
    service: Service,
    *,
    language: str,
    municipality: str | None,
    areas: Areas,
    now: dt.datetime,
    texts: Texts,
) -> FullEntry:
    """The page of a service; `municipality` (Finnish name) decides the price where it varies."""
    writer = _Writer(texts, language, now)
    own = card(service, language=language, municipality=municipality, now=now, texts=texts)
    alert = service.alert
    shown = alert is not None and (alert.until is None or alert.until >= writer.today)
    return FullEntry(
        card=own,
        alert=writer.say(alert.text) if alert and shown else None,
        description=tuple(writer.paragraphs(service.description)),
        deciding=tuple(section for section in writer.deciding(service) if section[1]),
        facts=tuple(section for section in writer.facts(service, areas) if section[1]),
        prices=() if municipality else tuple(writer.prices(service)),
        ways=tuple(writer.way(*pair) for pair in zip(service.channels, own.contacts, strict=True)),
        hours=tuple(writer.hours(service.hours)),
        groups=tuple(writer.group(group) for group in service.groups),
        notes=tuple(writer.notes(service)),
        source=writer.source(service),
    )


def language_name(code: str, language: str) -> str:
    """A language by its name in the reader's language (`suomi`); its code where nobody has named it."""
    return Locale(language).languages.get(code) or code


class _Writer:
    """Writes the parts of one page."""

    def __init__(self, texts: Texts, language: str, now: dt.datetime) -> None:
        self._texts, self._language, self._now = texts, language, now
        self.today = helsinki(now).date()

    def _text(self, name: str, **values: object) -> str:
        return self._texts.text(name, self._language, **values)

    def say(self, words: Words) -> Said:
        """The words in the reader's language, else in Finnish."""
        found = words.get(self._language)
        return Said(found) if found else Said(words.fi, "fi")

    def paragraphs(self, words: Words | None) -> Iterator[Said]:
        """A text in its paragraphs."""
        if words:
            whole = self.say(words)
            yield from (Said(part.strip(), whole.lang) for part in whole.text.split("\n") if part.strip())

    def deciding(self, service: Service) -> Iterator[Section]:
        """What decides, in the order a family asks it."""
        who = [self.say(service.who_for)] if service.who_for else []
        yield "page_services_who", (*who, *self._ages(service))
        yield "page_services_not_for", tuple(self.paragraphs(service.not_for))
        yield "page_services_how", tuple(self.paragraphs(service.how_to_get))
        waits = (service.wait, service.times.processing, service.times.deadline)
        yield "page_services_wait", tuple(self.say(words) for words in waits if words)

    def facts(self, service: Service, areas: Areas) -> Iterator[Section]:
        """The languages and the places it serves."""
        spoken = [language_name(code, self._language) for code in service.languages]
        yield "page_services_languages", (Said(", ".join(spoken)),) if spoken else ()
        yield "page_services_where", (Said(self._where(service, areas)),)

    def _ages(self, service: Service) -> Iterator[Said]:
        low, high = service.ages.min or None, service.ages.max
        if low is not None and high is not None:
            yield Said(self._text("card_ages_between", min=f"{low:g}", max=f"{high:g}"))
        elif low is not None:
            yield Said(self._text("card_ages_from", min=f"{low:g}"))
        elif high is not None:
            yield Said(self._text("card_ages_to", max=f"{high:g}"))

    def _where(self, service: Service, areas: Areas) -> str:
        if service.areas.scope == "whole_country":
            return self._text("page_services_whole_country")
        known = [areas.by_id[id_].name for id_ in service.areas.service_areas if id_ in areas.by_id]
        named = [name.get(self._language) or name.fi for name in known]
        return ", ".join([*service.areas.municipalities, *service.areas.counties, *named])

    def prices(self, service: Service) -> Iterator[tuple[str, str]]:
        """What it costs in each municipality that has a price of its own."""
        for place, price in list(service.cost.by_municipality.items())[:_MOST_PRICES]:
            unknown = price.type == "unknown"
            kind = self._text("card_ask_service" if unknown else f"card_cost_{price.type}")
            yield place, self.say(price.text).text if price.text else kind

    def way(self, channel: Channel, contact: Contact) -> Way:
        """One way to reach it."""
        state = open_state(channel.hours, self._now)
        more = [self.say(words) for words in (channel.description, channel.accessibility) if words]
        if channel.sign_in == "yes":
            more.append(Said(self._text("page_services_sign_in")))
        if channel.languages:
            spoken = ", ".join(language_name(code, self._language) for code in channel.languages)
            more.append(Said(spoken))
        opening = opening_text(state, self._now, self._texts, self._language)
        return Way(contact=contact, opening=opening, open_now=state.open if state else None, more=tuple(more))

    def hours(self, rules: Sequence[Hours]) -> Iterator[str]:
        """The week, then the days that are otherwise from today on."""
        if week := hours_text(rules, self._now, self._texts, self._language):
            yield week
        for rule in rules:
            if rule.kind == "exception" and rule.date and rule.date >= self.today:
                note = f" ({self.say(rule.note).text})" if rule.note else ""
                yield f"{day_text(rule.date, self._language)} {self._span(rule)}{note}"
            elif rule.kind == "holidays" and rule.holiday is None:
                yield f"{self._text('page_services_holidays')} {self._span(rule)}"

    def _span(self, rule: Hours) -> str:
        return self._text("page_services_closed") if rule.closed else span_text(rule, self._language)

    def group(self, group: Group) -> GroupShown:
        """A group of it."""
        more = [self.say(words) for words in (group.description, group.place, group.sign_up) if words]
        if group.sign_up_by and group.sign_up_by >= self.today:
            day = date_text(group.sign_up_by, self._language)
            more.append(Said(self._text("page_services_sign_up_by", date=day)))
        if group.cost and group.cost.type != "unknown":
            known = Said(self._text(f"card_cost_{group.cost.type}"))
            more.append(self.say(group.cost.text) if group.cost.text else known)
        coming = sorted(
            (one for one in group.sessions if one.date >= self.today), key=lambda one: (one.date, one.time)
        )
        return GroupShown(
            name=self.say(group.name),
            weekly=tuple(self.hours(group.weekly)),
            meetings=tuple(
                Meeting(
                    when=self._when(one.date, one.time, one.until),
                    place=self.say(one.place) if one.place else None,
                    cancelled=one.cancelled,
                )
                for one in coming
            ),
            more=tuple(more),
            sign_up_url=group.sign_up_url.get(self._language) if group.sign_up_url else None,
        )

    def _when(self, day: dt.date, start: str, until: str | None) -> str:
        moments = [start, *([until] if until and until != "24:00" else [])]
        clocks = [
            clock_text(dt.datetime.combine(day, dt.time.fromisoformat(one), HELSINKI), self._language)
            for one in moments
            if one != "24:00"
        ]
        date = day_text(day, self._language)
        return self._text("card_group_when", day=date, time="–".join(clocks))

    def notes(self, service: Service) -> Iterator[Said]:
        """What else one should know."""
        if service.client_note:
            yield self.say(service.client_note)
        if service.anonymous == "yes":
            yield Said(self._text("card_anonymous"))
        if not service.channels:
            yield Said(self._text("card_no_channel"))
        if is_stale(service, self.today):
            yield Said(self._text("card_stale"))

    def source(self, service: Service) -> str | None:
        """Where its facts come from; a register as it wants to be named."""
        if service.source is None:
            return None
        if service.source.system == PTV:
            return self._text("page_services_source_ptv")
        return self._text("page_services_source", source=service.source.name)
