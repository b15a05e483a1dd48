"""Whether the catalogue's files may be used: everything a reader of one entry cannot see by its shape alone."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from bot import content
from bot.clock import helsinki
from bot.content import ContentError, Document, Problem
from bot.guidance import areas as area_files
from bot.guidance import contact_persons_checking, reading
from bot.guidance.areas import Areas, find_county
from bot.guidance.catalogue import Catalogue, Service
from bot.guidance.entry import Hours, Price
from bot.guidance.matching import find
from bot.guidance.service_channel import Channel
from bot.guidance.text_checks import checks_of
from bot.guidance.text_checks.finding import ERRORS
from bot.meaning import NEEDS
from bot.texts import COMPLETE, Texts


def check(catalogue_dir: Path, texts: Texts, now: dt.datetime) -> list[Problem]:
    """Every mistake in the catalogue's files, each with its file and line; empty when they may be used."""
    problems = list(_texts_missing(texts, catalogue_dir))
    try:
        areas = area_files.load(catalogue_dir)
    except ContentError as error:
        return [*problems, *error.problems]
    services: list[Service] = []
    for path in reading.services_in(catalogue_dir):
        try:
            service = reading.read_service(path)
        except ContentError as error:
            problems += error.problems
            continue
        services.append(service)
        problems += check_service(service, content.read(path), areas, helsinki(now).date())
    ids = {service.id for service in services}
    problems += contact_persons_checking.check(catalogue_dir, areas, ids, helsinki(now).date())
    return [*problems, *_uncovered(catalogue_dir, areas, services, now)]


def check_service(service: Service, document: Document, areas: Areas, today: dt.date) -> list[Problem]:
    """What is wrong with one entry beyond its shape; `document` tells the lines."""
    return [
        *_places(service, document, areas),
        *_languages(service, document),
        *_fiction(service, document, areas),
        *_channels(service, document),
        *_all_hours(service, document),
        *_findings(service, document, today),
        *_dates(service, document, today),
    ]


def _places(service: Service, document: Document, areas: Areas) -> Iterator[Problem]:
    for index, name in enumerate(service.areas.municipalities):
        if not areas.knows(name):
            yield document.problem(
                f"no municipality '{name}'", "use its Finnish name", "areas", "municipalities", index
            )
    for index, name in enumerate(service.areas.counties):
        if find_county(name) is None:
            yield document.problem(
                f"no county '{name}'",
                "use its code or Finnish name, as in Etelä-Savo",
                "areas",
                "counties",
                index,
            )
    for index, name in enumerate(service.areas.service_areas):
        if name not in areas.by_id:
            yield document.problem(
                f"no area '{name}'", "use an id of areas.yaml", "areas", "service_areas", index
            )
    for name in service.cost.by_municipality:
        if not areas.knows(name):
            yield document.problem(
                f"no municipality '{name}'", "use its Finnish name", "cost", "by_municipality", name
            )


def _languages(service: Service, document: Document) -> Iterator[Problem]:
    for field, words in (("name", service.name), ("summary", service.summary)):
        for code in COMPLETE:
            if words.get(code) is None:
                yield document.problem(f"the {field} is not written in '{code}'", f"add `{code}:`", field)


def _fiction(service: Service, document: Document, areas: Areas) -> Iterator[Problem]:
    made_up = {name for area in areas.all if area.fictional for name in area.municipalities}
    made_up_areas = {area.id for area in areas.all if area.fictional}
    places, groups = set(service.areas.municipalities), set(service.areas.service_areas)
    inside = places <= made_up and groups <= made_up_areas and not service.areas.counties
    if service.fictional and (service.areas.scope == "whole_country" or not inside):
        yield document.problem(
            "made up, but offered in a real place", "keep it in the fictional one", "areas"
        )
    if not service.fictional and (places & made_up or groups & made_up_areas):
        yield document.problem(
            "offered in the fictional place, but not marked", "add `fictional: true`", "areas"
        )


def _channels(service: Service, document: Document) -> Iterator[Problem]:
    for index, channel in enumerate(service.channels):
        at = ("channels", index)
        if not service.fictional and _is_example(channel):
            yield document.problem("an example address in a real entry", "correct or leave it out", *at)


def _is_example(channel: Channel) -> bool:
    places = [channel.email or "", *(channel.url.model_dump().values() if channel.url else ())]
    return any(re.search(r"\.example\b|example\.(com|org|fi)", place or "") for place in places)


def _all_hours(service: Service, document: Document) -> Iterator[Problem]:
    yield from _hours(service.hours, document, "hours")
    for index, channel in enumerate(service.channels):
        yield from _hours(channel.hours, document, "channels", index, "hours")


def _hours(hours: tuple[Hours, ...], document: Document, *at: str | int) -> Iterator[Problem]:
    exceptions: set[dt.date] = set()
    for index, rule in enumerate(hours):
        if rule.opens is not None and rule.opens == rule.closes:
            yield document.problem(
                "opens and closes at the same time", "write 00:00 and 24:00 for all day", *at, index
            )
        if len(set(rule.days)) < len(rule.days):
            yield document.problem("a day stands twice", "keep one", *at, index)
        if rule.valid_from and rule.valid_to and rule.valid_from > rule.valid_to:
            yield document.problem("ends before it begins", "correct valid_from or valid_to", *at, index)
        if rule.kind == "exception" and rule.date:
            if rule.date in exceptions and rule.closed:
                yield document.problem(f"{rule.date} is both open and closed", "keep one", *at, index)
            exceptions.add(rule.date)


def _findings(service: Service, document: Document, today: dt.date) -> Iterator[Problem]:
    """What is wrong in the texts and facts; what is only advice is told by `perheovi check --advice`."""
    for finding in checks_of(service, today):
        if finding.severity == "error":
            what, remedy = ERRORS[finding.code]
            yield document.problem(what.format(language=finding.language), remedy, *finding.place)


def _dates(service: Service, document: Document, today: dt.date) -> Iterator[Problem]:
    checked = service.verified
    if checked.at and checked.at > today:
        yield document.problem("checked on a day still to come", "correct the date", "verified", "at")
    if checked.at and checked.next_due and checked.next_due <= checked.at:
        yield document.problem(
            "the next check is due before the last", "correct a date", "verified", "next_due"
        )


def _uncovered(
    catalogue_dir: Path, areas: Areas, services: list[Service], now: dt.datetime
) -> Iterator[Problem]:
    """Each need must find a service in every municipality of ours, and elsewhere."""
    real = tuple(service for service in services if service.status == "published" and not service.fictional)
    catalogue = Catalogue(areas, real)
    file = content.shown(catalogue_dir / "areas.yaml")
    for area in areas.all:
        for need in NEEDS:
            for place in area.municipalities or (None,):
                found = find(catalogue, needs=[need], municipality=place, ages=[], language="fi", now=now)
                if not found.services:
                    what = f"nothing for the need '{need}' in {place or area.id}"
                    yield Problem(file, 1, what, "add a service, or one of the whole country")


def _texts_missing(texts: Texts, catalogue_dir: Path) -> Iterator[Problem]:
    for name in card_texts():
        if name not in texts:
            yield Problem(content.shown(catalogue_dir), 1, f"the response '{name}' is missing", "write it")
        elif missing := [code for code in COMPLETE if code not in texts.languages(name)]:
            variant = texts.variant(name)
            what = f"'{name}' is not written in {', '.join(missing)}"
            yield Problem(variant.file, variant.line, what, "add its translation")


def card_texts() -> list[str]:
    """The responses a card may need: one for each fact an entry can state, and the fixed ones."""
    facts = [
        (
            "card_cost",
            [kind for kind in get_args(Price.model_fields["type"].annotation) if kind != "unknown"],
        ),
        ("card_referral", ["needed", "not_needed", "varies"]),
        ("card_client", ["yes", "no"]),
        ("card_contact", list(get_args(Channel.model_fields["kind"].annotation))),
        ("card_label", ["cost", "referral", "client"]),
        ("card_open", ["until", "until_day", "always"]),
        ("card_opens", ["today", "tomorrow", "day"]),
        ("card_ages", ["between", "from", "to"]),
        ("card_group", ["next", "when"]),
    ]
    single = ["ask_service", "closed", "by_appointment", "no_channel", "checked", "not_checked", "stale"]
    single += ["fictional", "finnish_only", "anonymous", "own_county"]
    return [f"{stem}_{end}" for stem, ends in facts for end in ends] + [f"card_{name}" for name in single]
