"""What stands around the form of a catalogue entry: choices, what is kept up elsewhere, checks, what depends on it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from bot.console import service_tasks
from bot.console.moments import language_words
from bot.console.service_codes import LOCKABLE
from bot.console.service_groups import GROUP_KINDS
from bot.console.service_hours import dotted
from bot.console.service_ways import KINDS
from bot.console.words import Words
from bot.guidance.areas import Areas
from bot.guidance.catalogue import Catalogue, Service
from bot.guidance.dependents import dependents
from bot.guidance.due import due_on
from bot.guidance.store import Entry
from bot.meaning import LANGUAGES, NEEDS
from bot.phone_numbers import readable
from bot.texts import COMPLETE

Facts = tuple[str, tuple[str, ...]]


def choices(values: Mapping[str, Any], errors: Mapping[str, str], areas: Areas, w: Words) -> dict[str, Any]:
    """What the form of an entry offers to choose from, whatever the entry."""

    def wrong_in(*names: str) -> bool:
        return any(name.startswith(names) for name in errors)

    return {
        "codes": LANGUAGES,
        "needs": [(need, w(f"need.{need}")) for need in NEEDS],
        "areas": [(area.id, area.name.fi) for area in areas.all],
        "kinds": [(code, w(f"service.kind.{code}")) for code in KINDS],
        "group_kinds": [(code, w(f"service.group.{code}")) for code in GROUP_KINDS],
        "known": [(code, w(f"service.client_{code}")) for code in ("yes", "no", "unknown")],
        "way_places": [(str(one), str(one)) for one in range(1, int(values.get("ways") or 1) + 1)],
        "hours_help": tuple(w.group("service.hours_help").values()),
        "wrong_in": wrong_in,
    }


_SECTIONS = (
    ("basics", "service.basics"), ("three", "service.short_three"), ("areas-title", "service.short_areas"),
    ("needs-title", "service.short_needs"), ("contact-title", "service.short_contact"),
    ("hours", "service.hours"), ("groups-title", "service.short_groups"), ("persons-title", "service.persons"),
    ("more-title", "service.more_title"), ("preview-title", "service.preview"),
)  # fmt: skip


def sections(w: Words) -> list[tuple[str, str]]:
    """The sections of the form by their ids, to leap to."""
    return [(id_, w(key)) for id_, key in _SECTIONS]


def language_states(service: Service | None, w: Words) -> dict[str, str]:
    """What is lacking of an entry by language: its texts, or that they are of the Finnish of now."""
    if service is None:
        return {}
    lacking = [code for code in LANGUAGES if not (service.name.get(code) and service.summary.get(code))]
    return {code: w("service.language_missing") for code in lacking if code in COMPLETE} | {
        code: w("service.language_outdated") for code in service_tasks.outdated(service)
    }


def new_numbers(entry: Entry) -> list[tuple[str, str]]:
    """Telephone numbers of a draft that families do not see yet, as they are read and as they are dialled."""
    seen = {one.number for one in entry.service.channels} if entry.service else set()
    drafted = entry.draft.channels if entry.draft else ()
    return [(readable(one.number), one.number) for one in drafted if one.number and one.number not in seen]


def lockable(service: Service | None, w: Words) -> list[tuple[str, str]]:
    """The fields of an imported entry a register may be kept from; none of an entry that is ours alone."""
    if service is None or not (service.external or service.ownership):
        return []
    return [(name, w(f"entry.field.{name}")) for name in LOCKABLE]


def register(service: Service | None, w: Words) -> list[Facts]:
    """What is kept up elsewhere than in the form, and so only shown."""
    return list(_register(service, w)) if service else []


def _register(service: Service, w: Words) -> Iterator[Facts]:
    source = service.source
    if service.fictional:
        yield w("service.register_fictional"), (w("service.register_fictional_why"),)
    if source:
        yield w("service.register_source"), tuple(filter(None, (source.name, source.url)))
        if source.fetched_at:
            yield w("service.register_fetched"), (dotted(source.fetched_at),)
        if source.licence:
            yield w("service.register_licence"), (source.licence,)
    if service.external:
        told = tuple(
            f"{w.known('imports.system', one.scheme, one.scheme)} {one.id}" for one in service.external
        )
        yield w("service.register_external"), told
    if service.general_description:
        yield w("service.register_general"), (service.general_description.id,)
    local = tuple(
        w.known("entry.field", name, name) for name, owner in service.ownership.items() if owner == "local"
    )
    if local:
        yield w("service.register_local"), (", ".join(local),)
    for code, one in service.translations.items():
        told = (w(f"service.register_{one.state}"), *((one.by,) if one.by else ()))
        yield w("service.register_translation", language=language_words(code)), told


def checked_words(service: Service | None, w: Words) -> str:
    """When the facts were last checked, by whom, and by when again."""
    if service is None or service.verified.at is None:
        return w("service.check_never")
    told = (service.verified.by or service.provider.fi, service.verified.how)
    by = ", ".join(filter(None, told))
    due = due_on(service) or service.verified.at
    return w("service.check_last", day=dotted(service.verified.at), by=by, due=dotted(due))


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
