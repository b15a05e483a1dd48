"""A service as a family decides by it: in their language, for their municipality, at this moment."""

import datetime as dt
import re
from collections.abc import Iterator

from bot.clock import HELSINKI, helsinki
from bot.guidance.areas import ELSEWHERE, Areas, county_of
from bot.guidance.catalogue import Service
from bot.guidance.entry import Ages, Price, Words
from bot.guidance.hours import OpenState, open_state
from bot.guidance.match import is_stale
from bot.guidance.service_channel import Channel
from bot.guidance.wording import clock_text, date_text, day_text, hours_text, opening_text
from bot.messages import Contact, ServiceCard
from bot.phone_numbers import readable
from bot.texts import Texts

_SCHEME = re.compile(r"^https?://(www\.)?")


def card(
    service: Service, *, language: str, municipality: str | None, now: dt.datetime, texts: Texts
) -> ServiceCard:
    """The card of a service; `municipality` (Finnish name) decides the price where it varies.

    What the entry leaves out reads "ask the service". A text that is not written in the reader's language stands in
    Finnish, and a note says so.
    """
    writer = _Writer(texts, language, now)
    translated = service.name.get(language) is not None and service.summary.get(language) is not None
    own = language if translated else "fi"
    state = _state(service, now)
    contacts = tuple(writer.contact(channel) for channel in service.channels)
    price = service.cost.at(municipality)
    cost = writer.cost(price)
    referral = writer.known(f"card_referral_{service.referral}")
    client = writer.known(f"card_client_{service.makes_client}")
    provider = writer.words(service.provider)
    notes = tuple(writer.notes(service))
    if not translated or writer.finnish_shown:
        notes += (texts.text("card_finnish_only", language),)
    return ServiceCard(
        id=service.id,
        name=service.name.get(own) or service.name.fi,
        provider=provider,
        checked=writer.checked(service),
        summary=service.summary.get(own) or service.summary.fi,
        cost=cost,
        referral=referral,
        client=client,
        opening=opening_text(state, now, texts, writer.frame),
        open_now=state.open if state else None,
        contacts=contacts,
        notes=notes,
        labels=writer.labels(),
        lang=None if translated else "fi",
    )


def card_text(card: ServiceCard) -> str:
    """The card in plain words, one fact a line, for a terminal or a front end without cards."""
    cost, referral, client = card.labels
    lines = [
        f"{card.name} – {card.provider}",
        card.summary,
        f"{cost}: {card.cost}",
        f"{referral}: {card.referral}",
        f"{client}: {card.client}",
        *([card.opening] if card.opening else []),
    ]
    for contact in card.contacts:
        note = f" ({contact.note})" if contact.note else ""
        lines.append(f"{contact.label}: {contact.value}{note}")
    return "\n".join([*lines, *card.notes, card.checked])


def own_county_text(areas: Areas, municipality: str | None, texts: Texts, language: str) -> str | None:
    """For a family from outside our areas: whose family services are theirs, and where to read of them."""
    county = county_of(municipality)
    if county is None or county.url is None or areas.area_of(municipality).id != ELSEWHERE:
        return None
    name = county.name.get(language) or county.name.fi
    return texts.text("card_own_county", language, county=name, url=county.url)


def _state(service: Service, now: dt.datetime) -> OpenState | None:
    """The state of the service, else of the way we name first among those that have hours."""
    every = (service.hours, *(channel.hours for channel in service.channels))
    return next((state for state in (open_state(hours, now) for hours in every) if state), None)


class _Writer:
    """Writes the parts of one card; remembers whether it had to use Finnish for another language's reader."""

    def __init__(self, texts: Texts, language: str, now: dt.datetime) -> None:
        self._texts, self._language, self._now = texts, language, now
        self.frame = language if language in texts.languages("card_checked") else "fi"
        self._today = helsinki(now).date()
        self.finnish_shown = False

    def words(self, words: Words) -> str:
        """The words in the reader's language, else in Finnish."""
        found = words.get(self._language)
        if found is None:
            self.finnish_shown = True
        return found or words.fi

    def _say(self, name: str, **values: object) -> str:
        return self._texts.text(name, self._language, 0, **values)

    def labels(self) -> tuple[str, str, str]:
        """What stands before cost, referral and client."""
        return self._say("card_label_cost"), self._say("card_label_referral"), self._say("card_label_client")

    def known(self, name: str) -> str:
        """A fact's word, or that the service knows."""
        return self._say("card_ask_service" if name.endswith("_unknown") else name)

    def cost(self, price: Price) -> str:
        """The price in its own words; with its type before them when they are not in the reader's language."""
        if price.text is None:
            return self.known(f"card_cost_{price.type}")
        text = self.words(price.text)
        if price.text.get(self._language) is None and self.frame != "fi" and price.type != "unknown":
            return f"{self._say(f'card_cost_{price.type}')}. {text}"
        return text

    def checked(self, service: Service) -> str:
        """When somebody last made sure that the entry holds."""
        if service.verified.at is None:
            return self._say("card_not_checked")
        return self._say("card_checked", date=date_text(service.verified.at, self.frame))

    def contact(self, channel: Channel) -> Contact:
        """One way to reach it, with its hours and what a call costs."""
        value, href = self._address(channel)
        notes = [hours_text(channel.hours, self._now, self._texts, self.frame)]
        notes += [
            self.words(words)
            for words in (channel.charge, channel.address and channel.address.detail)
            if words
        ]
        return Contact(
            kind=channel.kind,
            label=self.words(channel.label) if channel.label else self._say(f"card_contact_{channel.kind}"),
            value=value,
            href=href,
            note=". ".join(note.rstrip(".") for note in notes if note) or None,
        )

    def _address(self, channel: Channel) -> tuple[str, str | None]:
        if channel.kind == "phone" and channel.number:
            return readable(channel.number), f"tel:{channel.number}"
        if channel.kind == "email" and channel.email:
            return channel.email, f"mailto:{channel.email}"
        if channel.kind == "visit" and channel.address:
            place = channel.address
            return f"{place.street}, {place.postcode} {place.municipality}", None
        url = channel.url.get(self._language) if channel.url else ""
        return _SCHEME.sub("", url).rstrip("/"), url

    def notes(self, service: Service) -> Iterator[str]:
        """What else decides, in the order a family reads it."""
        if service.fictional:
            yield self._say("card_fictional")
        alert = service.alert
        if alert and (alert.until is None or alert.until >= self._today):
            yield self.words(alert.text)
        if service.who_for:
            yield self.words(service.who_for)
        else:
            yield from self._ages(service.ages)
        for words in (service.not_for, service.how_to_get, service.wait, service.client_note):
            if words:
                yield self.words(words)
        if service.anonymous == "yes":
            yield self._say("card_anonymous")
        yield from self._next_session(service)
        if not service.channels:
            yield self._say("card_no_channel")
        if is_stale(service, self._today):
            yield self._say("card_stale")

    def _ages(self, ages: Ages) -> Iterator[str]:
        """The ages, unless they are simply those of a child."""
        low, high = ages.min or None, ages.max if ages.max is not None and ages.max < 17 else None  # noqa: PLR2004
        if low is not None and high is not None:
            yield self._say("card_ages_between", min=f"{low:g}", max=f"{high:g}")
        elif low is not None:
            yield self._say("card_ages_from", min=f"{low:g}")
        elif high is not None:
            yield self._say("card_ages_to", max=f"{high:g}")

    def _next_session(self, service: Service) -> Iterator[str]:
        """The next meeting of each group, with its place and how one joins."""
        for group in service.groups:
            coming = sorted(
                (one for one in group.sessions if one.date >= self._today and not one.cancelled),
                key=lambda item: item.date,
            )
            if not coming:
                continue
            first = coming[0]
            moment = dt.datetime.combine(first.date, dt.time.fromisoformat(first.time), HELSINKI)
            when = self._say(
                "card_group_when",
                day=day_text(first.date, self.frame),
                time=clock_text(moment, self.frame),
            )
            parts = [self._say("card_group_next", group=self.words(group.name), when=when)]
            parts += [self.words(words).rstrip(".") for words in (first.place, group.sign_up) if words]
            yield ". ".join(parts) + "."
