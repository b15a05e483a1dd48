"""A catalogue with work waiting: proposals of an import, a report, a link to look at, a draft that needs two."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.guidance import reports, reviewing, store
from bot.guidance.catalogue import Service
from bot.guidance.importing import proposals
from bot.guidance.importing.incoming import Incoming
from bot.guidance.links import store as links
from bot.guidance.links.link import Result

SAMPLE = "esimerkkila-perhetupa"
_OURS = "Meiltä apua kasvatukseen."


def fill(session: Session, now: datetime, *, editor: str, owner: str) -> None:
    """Make the work. `editor` writes a new number; `owner` keeps the sample entry true (ids of accounts)."""
    _import(session, now, [_record(number) for number in "123"], apply=True)
    for number in "12":
        _edited(session, f"ptv-{number}", now, by=editor)
    later = [
        _record("1", summary={"fi": "Tukea vanhemmille."}),
        _record("2", cost={"type": "free"}),
        _record("3", channels=[_phone("+358507654321", "Tidsbokning")]),
        _record("4"),
        _record("5", name={"fi": "Isien ryhmä"}),
    ]
    _import(session, now, later, apply=False)
    reports.tell(session, service_id=SAMPLE, text="Numero ei vastaa.", language="fi", now=now)
    _link_gone(session, now)
    reviewing.set_owners(session, SAMPLE, [owner])
    _waits_for_four_eyes(session, now, by=editor)


def _record(number: str, **changes: Any) -> Incoming:
    place = {"street": "Kirkkotie 1", "postcode": "07500", "municipality": "Askola"}
    entry = {
        "id": f"ptv-{number}",
        "name": {"fi": f"Perheneuvola {number}", "sv": "Familjerådgivning"},
        "summary": {"fi": "Apua kasvatukseen ja parisuhteeseen."},
        "provider": {"fi": "Esimerkkilän hyvinvointialue"},
        "areas": {"scope": "limited", "municipalities": ["Askola"]},
        "channels": [_phone("+358501234567", "Tidsbeställning"), {"kind": "visit", "address": place}],
        "classes": ["P3.7"],
        "needs": ["upbringing"],
        "external": [{"scheme": "ptv", "id": number}],
        "source": {"name": "Suomi.fi-palvelutietovaranto", "system": "ptv"},
    }
    return Incoming(
        key=number, entry=Service.model_validate(entry | changes).plain(), notes=(("emails", "fax"),)
    )


def _phone(number: str, swedish: str) -> dict[str, Any]:
    hours = [{"days": ["mon", "tue"], "opens": "09:00", "closes": "12:00"}]
    label = {"fi": "Ajanvaraus", "sv": swedish}
    return {
        "kind": "phone", "number": number, "label": label, "hours": hours, "external": {"scheme": "ptv", "id": "a"},
    }  # fmt: skip


def _import(session: Session, now: datetime, records: list[Incoming], *, apply: bool) -> None:
    decided = proposals.look(session, "ptv", records, {})
    proposals.carry_out(session, "ptv", decided, apply=apply, now=now)


def _edited(session: Session, service_id: str, now: datetime, *, by: str) -> None:
    entry = store.entry(session, service_id)
    assert entry is not None
    assert entry.newest is not None
    ours = entry.newest.plain() | {"summary": {"fi": _OURS}, "ownership": {"summary": "local"}}
    store.publish(session, Service.model_validate(ours), based_on=entry.revision, by=by, now=now)


def _link_gone(session: Session, now: datetime) -> None:
    links.plan(session, now)
    for state in (404, 404):
        links.plan(session, now)
        for link in links.take(session, 3, now=now):
            links.keep(session, link, Result(at=now, status=state))


def _waits_for_four_eyes(session: Session, now: datetime, *, by: str) -> None:
    entry = store.entry(session, SAMPLE)
    assert entry is not None
    assert entry.service is not None
    plain = entry.service.plain()
    phone = {**plain["channels"][0], "number": "+358507654321"}
    changed = {
        "summary": {**plain["summary"], "sv": "Ett ställe där familjehandledaren lyssnar."},
        "channels": [phone, *plain["channels"][1:]],
        "hours": [{"days": ["mon", "tue", "wed"], "opens": "10:00", "closes": "15:00"}, *plain["hours"][2:]],
        "classes": ["P3.7", "P3.1"],
    }
    draft = Service.model_validate(plain | changed)
    number = store.save_draft(session, draft, based_on=entry.revision, by=by, now=now)
    reviewing.send(session, SAMPLE, based_on=number, by=by, now=now)
