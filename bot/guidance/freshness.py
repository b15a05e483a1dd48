"""What must be checked again before a release: a crisis service is never dropped for its age, so its facts may not."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from bot import content
from bot.content import ContentError, Document, Problem
from bot.guidance import reading
from bot.guidance.catalogue import Service

OLDEST_DAYS = 180
"""How old the facts of a crisis service may be when a release goes out."""


def check_release(catalogue_dir: Path, today: dt.date) -> list[Problem]:
    """Every published crisis service whose facts are too old on a local day; files that cannot be read are left out."""
    found: list[Problem] = []
    for path in reading.services_in(catalogue_dir):
        try:
            service = reading.read_service(path)
        except ContentError:  # the check tells it
            continue
        if service.urgency == "crisis" and service.status == "published" and not service.fictional:
            found += _too_old(service, content.read(path), today)
    return found


def _too_old(service: Service, document: Document, today: dt.date) -> Iterator[Problem]:
    checked, due = service.verified.at, service.verified.next_due
    remedy = "ring it, read its page, and write the day"
    if checked is None:
        yield document.problem("a crisis service nobody has checked", remedy, "verified")
    elif (age := (today - checked).days) > OLDEST_DAYS:
        yield document.problem(f"a crisis service checked {age} days ago", remedy, "verified", "at")
    if due is not None and due < today:
        yield document.problem(
            f"a crisis service whose check was due on {due}", remedy, "verified", "next_due"
        )
    if service.archive_at is not None and service.archive_at <= today:
        what = f"a crisis service that was to end on {service.archive_at}"
        yield document.problem(what, "archive it, or leave the day out", "archive_at")
