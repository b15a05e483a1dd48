"""The running texts of an entry, each with its place and language."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.content import Place
from bot.guidance.catalogue import Service
from bot.guidance.entry import Words
from bot.guidance.text_checks.finding import Finding

_FIELDS = ("summary", "description", "who_for", "not_for", "client_note", "wait", "how_to_get")


@dataclass(frozen=True, slots=True)
class Running:
    """One text in one language."""

    at: Place
    language: str
    text: str

    def finding(self, code: str, shown: str = "") -> Finding:
        """Something to mend in it."""
        return Finding(code, self.at, self.language, shown)


def running_texts(service: Service) -> Iterator[Running]:
    """Every text made of sentences, in every language it is written in."""
    for name in _FIELDS:
        yield from _of((name,), getattr(service, name))
    yield from _of(("cost", "text"), service.cost.text)
    for place, price in service.cost.by_municipality.items():
        yield from _of(("cost", "by_municipality", place, "text"), price.text)
    for index, group in enumerate(service.groups):
        yield from _of(("groups", index, "description"), group.description)


def labels(service: Service) -> Iterator[Running]:
    """What is written on the ways to reach it."""
    for index, channel in enumerate(service.channels):
        yield from _of(("channels", index, "label"), channel.label)
        yield from _of(("channels", index, "description"), channel.description)


def _of(at: Place, words: Words | None) -> Iterator[Running]:
    for code, text in words.all().items() if words else ():
        yield Running(at, code, text)
