"""Whether the directory of contact persons may be used: roles and sites, in places that are, and nobody's name."""

import datetime as dt
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot import content
from bot.content import ContentError, Document, Place, Problem
from bot.guidance import contact_persons
from bot.guidance.areas import Areas
from bot.guidance.contact_persons import ContactPerson
from bot.texts import COMPLETE

CONTACT_IN_TEXT = re.compile(r"\+358|\b0\d{1,2}[ -]?\d{3,}|https?://|www\.|\S@\S")
"""A number or an address in running text, where nobody mends it."""
_NAME = re.compile(r"\b[A-ZÅÄÖ][a-zåäö]+ [A-ZÅÄÖ][a-zåäö]+")


def check(catalogue_dir: Path, areas: Areas, services: Collection[str], today: dt.date) -> list[Problem]:
    """Every mistake in the directory; `services` are the ids of the catalogue's entries."""
    try:
        directory = contact_persons.load(catalogue_dir)
    except ContentError as error:
        return list(error.problems)
    if not directory.all:
        return []
    document = content.read(catalogue_dir / contact_persons.FILE)
    known = _Known(areas, services, today)
    found: list[Problem] = []
    for index, person in enumerate(directory.all):
        at: Place = ("contact_persons", index)
        found += _facts(person, known, document, at)
        found += _words(person, document, at)
    return [*found, *_twice(directory.all, document)]


@dataclass(frozen=True, slots=True)
class _Known:
    """What an entry is held against."""

    areas: Areas
    services: Collection[str]
    today: dt.date


def _facts(person: ContactPerson, known: _Known, document: Document, at: Place) -> Iterator[Problem]:
    if not known.areas.knows(person.municipality):
        what = f"no municipality '{person.municipality}'"
        yield document.problem(what, "use its Finnish name", *at, "municipality")
    elif person.fictional != known.areas.area_of(person.municipality).fictional:
        what = "what is made up stands in a real place, or is not marked in the fictional one"
        yield document.problem(what, "correct `fictional` or the municipality", *at)
    if person.service and person.service not in known.services:
        yield document.problem(f"no service '{person.service}'", "use an entry's id", *at, "service")
    if person.verified.at and person.verified.at > known.today:
        yield document.problem("checked on a day still to come", "correct the date", *at, "verified")


def _words(person: ContactPerson, document: Document, at: Place) -> Iterator[Problem]:
    for field, words in (("site", person.site), ("role", person.role), ("reach", person.reach)):
        for code in COMPLETE:
            if words.get(code) is None:
                yield document.problem(
                    f"the {field} is not written in '{code}'", f"add `{code}:`", *at, field
                )
        if any(CONTACT_IN_TEXT.search(text) for text in words.all().values()):
            what = "a number or address in the text"
            yield document.problem(what, "say how to reach the role through the site", *at, field)
    if any(_NAME.search(text) for text in person.role.all().values()):
        yield document.problem("this looks like a person's name", "write the role", *at, "role")


def _twice(everybody: tuple[ContactPerson, ...], document: Document) -> Iterator[Problem]:
    seen: set[tuple[str, str]] = set()
    for index, person in enumerate(everybody):
        for name in person.known_as:
            if (person.municipality, name) in seen:
                what = f"'{name}' names two sites in {person.municipality}"
                yield document.problem(what, "make the names longer", "contact_persons", index, "known_as")
            seen.add((person.municipality, name))
