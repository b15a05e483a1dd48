"""What imports propose, in the database: compared in batches, kept until somebody clicks, then applied or not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from bot.database import new_id
from bot.guidance import reviewing, store
from bot.guidance.catalogue import Service
from bot.guidance.catalogue_tables import ServiceRow
from bot.guidance.exporting import csv_table
from bot.guidance.importing.csv_table import SYSTEM
from bot.guidance.importing.incoming import ASKED, Decided, Incoming, Known, decide, digest_of
from bot.guidance.importing.merging import Merged, digest, merge
from bot.guidance.importing.tables import DoNotList, Proposal, UpstreamBase
from bot.guidance.publishing import ColleagueNeededError

BY_IMPORT = "import"
"""Who published what came in without a click, in an entry's history."""
_WITHDRAWN = "withdrawn"
"""The reason of an entry that its register has withdrawn."""
Row = TypeVar("Row", UpstreamBase, DoNotList, Proposal)


class GoneError(Exception):
    """The proposal is not in the queue any more: somebody else has decided."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a proposal that was taken: its entry, and whether families see it already."""

    service_id: str
    published: bool
    """False: it is a draft that waits for its keeper or, in review, for a colleague."""


def made_by_hand(session: Session) -> dict[tuple[str, str], str]:
    """Entries written here that name their id in a register: they are merged with, and not made twice."""
    rows = session.execute(select(ServiceRow.id, ServiceRow.data).where(ServiceRow.data.is_not(None)))
    return {
        (external["scheme"], external["id"]): service_id
        for service_id, data in rows.yield_per(500)
        for external in (data or {}).get("external", ())
        if not service_id.endswith(str(external["id"]))
    }


def look(
    session: Session, system: str, batch: Sequence[Incoming], linked: Mapping[tuple[str, str], str]
) -> list[Decided]:
    """What is to become of a batch; changes nothing. `linked`: as `made_by_hand` gives it."""
    keys = [one.key for one in batch]
    bases = _by_key(session, UpstreamBase, system, keys)
    refused = _by_key(session, DoNotList, system, keys)
    waiting = _by_key(session, Proposal, system, keys)
    ids = {one.key: _service_id(one, linked) for one in batch}
    rows = {
        row.id: row for row in session.scalars(select(ServiceRow).where(ServiceRow.id.in_(set(ids.values()))))
    }
    decided = []
    for one in batch:
        row, base, asked = rows.get(ids[one.key]), bases.get(one.key), waiting.get(one.key)
        ours = (row.draft or row.data) if row else None
        known = Known(
            service_id=ids[one.key],
            status=row.status if row else None,
            ours=ours,
            told=_told(system, ours),
            drafted=bool(row and row.draft),
            base=base.payload if base else None,
            waiting=asked.digest if asked else None,
            refused=one.key in refused,
        )
        decided.append(decide(one, known))
    return decided


def carry_out(
    session: Session, system: str, decided: Iterable[Decided], *, apply: bool, now: datetime
) -> None:
    """Put what is to be asked into the queue, or with `apply` publish it where nobody has to choose or to look."""
    new: list[Decided] = []
    asked: list[Decided] = []
    for one in decided:
        if one.known.waiting and one.fate in {*ASKED, "same", "refused"}:
            _take_out(session, system, one.incoming.key)
        if one.fate not in ASKED:
            continue
        if not apply or one.fate not in ("new", "changed") or one.held:
            asked.append(one)
        elif one.known.status is None:
            new.append(one)
        else:
            _publish(session, system, one, now)
    if new:
        _publish_new(session, system, new, now)
    if asked:
        session.execute(insert(Proposal), [_proposal(system, one, now) for one in asked])


def _publish(session: Session, system: str, one: Decided, now: datetime) -> None:
    service_id = one.known.service_id
    row = session.get(ServiceRow, service_id)
    service = Service.model_validate({**one.result, "id": service_id})
    store.publish(session, service, based_on=row.revision if row else 0, by=BY_IMPORT, now=now)
    _remember(session, (system, one.incoming.key), service_id, one.incoming.entry, now)


def _publish_new(session: Session, system: str, decided: Sequence[Decided], now: datetime) -> None:
    """Publish entries that were not there, all with the same few statements: an import may bring 100,000."""
    entries = {one.known.service_id: {**one.incoming.entry, "id": one.known.service_id} for one in decided}
    store.publish_new(session, entries, by=BY_IMPORT, now=now)
    for one in decided:
        if one.known.base is not None:  # somebody took another decision over it before
            _remember(session, (system, one.incoming.key), one.known.service_id, one.incoming.entry, now)
    unheard = [one for one in decided if one.known.base is None]
    if unheard:
        rows = [
            _base((system, one.incoming.key), one.known.service_id, one.incoming.entry, now)
            for one in unheard
        ]
        session.execute(insert(UpstreamBase), rows)


def waiting(session: Session) -> list[Proposal]:
    """The queue: what needs a choice first, then by name."""
    order = {"conflict": 0, "gone": 1, "changed": 2, "new": 3}
    found = session.scalars(select(Proposal))
    return sorted(found, key=lambda one: (order.get(one.kind, 9), one.name.casefold(), one.id))


def proposal(session: Session, proposal_id: str) -> tuple[Proposal, Merged]:
    """One proposal, merged with our entry as it is now. Raises `GoneError`."""
    found = session.get(Proposal, proposal_id)
    if found is None:
        raise GoneError(proposal_id)
    return found, _merged(session, found)


def take(
    session: Session,
    proposal_id: str,
    *,
    theirs: Iterable[str] = (),
    by: str,
    now: datetime,
    publish: bool = True,
) -> Taken:
    """Apply a proposal, or without `publish` make it the entry's draft.

    What two people have to see, and what would be published along with somebody's draft, goes to review.

    `theirs`: of the fields both sides have changed, those in which the register is right; in the others we are.
    Raises `GoneError`, and `store.ConflictError` when somebody edits the entry at this moment.
    """
    found, merged = proposal(session, proposal_id)
    published = True
    if found.kind == "gone":
        row = session.get(ServiceRow, found.service_id)
        if row is not None and row.status != "archived":
            reviewing.archive(session, found.service_id, _WITHDRAWN, based_on=row.revision, by=by, now=now)
    else:
        result, chosen = dict(merged.result), set(theirs)
        for change in merged.changes:
            if change.conflict and change.field in chosen:
                result[change.field] = change.theirs
        service = Service.model_validate({**result, "id": found.service_id})
        published = _put(session, service, by=by, now=now, publish=publish)
        _remember(session, (found.system, found.external_id), found.service_id, found.theirs, now)
    _decided(session, proposal_id)
    return Taken(found.service_id, published)


def leave(session: Session, proposal_id: str, *, now: datetime) -> str:
    """Keep ours; asked again only when the register changes the entry once more. Raises `GoneError`."""
    found, _ = proposal(session, proposal_id)
    _remember(session, (found.system, found.external_id), found.service_id, found.theirs, now)
    _decided(session, proposal_id)
    return found.service_id


def refuse(session: Session, proposal_id: str, *, by: str, now: datetime) -> str:
    """Keep ours, and never ask about this entry of the register again. Raises `GoneError`."""
    found, _ = proposal(session, proposal_id)
    values = {"system": found.system, "external_id": found.external_id, "at": now, "by": by}
    session.execute(insert(DoNotList).values(values))
    _decided(session, proposal_id)
    return found.service_id


def _decided(session: Session, proposal_id: str) -> None:
    gone = session.execute(delete(Proposal).where(Proposal.id == proposal_id).returning(Proposal.id)).all()
    if not gone:
        raise GoneError(proposal_id)


def _merged(session: Session, found: Proposal) -> Merged:
    row = session.get(ServiceRow, found.service_id)
    ours = (row.draft or row.data) if row else None
    if ours is None or found.kind == "gone":
        return Merged(dict(ours or found.theirs), ())
    base = session.get(UpstreamBase, (found.system, found.external_id))
    told = _told(found.system, ours)
    return merge(base.payload if base else None, ours, found.theirs, told=told)


def _told(system: str, ours: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """Ours as a register that can tell less than we know would tell it; None for one that tells everything."""
    return csv_table.told(ours) if system == SYSTEM and ours is not None else None


def _put(session: Session, service: Service, *, by: str, now: datetime, publish: bool) -> bool:
    """Publish an entry, make it a draft, or send it to review; gives whether families see it."""
    before = store.entry(session, service.id)
    based_on = before.revision if before else 0
    if publish and (before is None or before.draft is None):
        try:
            reviewing.need_no_colleague(session, service, before, who=by, at_once=True)
        except ColleagueNeededError:
            pass
        else:
            store.publish(session, service, based_on=based_on, by=by, now=now)
            return True
    number = store.save_draft(session, service, based_on=based_on, by=by, now=now)
    if publish:
        reviewing.send(session, service.id, based_on=number, by=by, now=now)
    return False


def _remember(
    session: Session, of: tuple[str, str], service_id: str, entry: Mapping[str, Any], now: datetime
) -> None:
    """Keep the register's word on an entry (`of`: system and id there) as the ground of the next comparison."""
    session.merge(UpstreamBase(**_base(of, service_id, entry, now)))


def _base(of: tuple[str, str], service_id: str, entry: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    return {
        "system": of[0], "external_id": of[1], "service_id": service_id, "payload": dict(entry),
        "digest": digest(entry), "fetched_at": now,
    }  # fmt: skip


def _take_out(session: Session, system: str, key: str) -> None:
    session.execute(delete(Proposal).where(Proposal.system == system, Proposal.external_id == key))


def _proposal(system: str, one: Decided, now: datetime) -> dict[str, Any]:
    theirs = one.known.ours if one.incoming.gone else one.incoming.entry
    return {
        "id": new_id(), "system": system, "external_id": one.incoming.key, "service_id": one.known.service_id,
        "kind": one.fate, "name": (theirs or {}).get("name", {}).get("fi", one.incoming.key)[:200],
        "theirs": dict(theirs or {}), "digest": digest_of(one.incoming),
        "notes": [list(note) for note in one.incoming.notes], "why": one.incoming.why, "made_at": now,
    }  # fmt: skip


def _service_id(one: Incoming, linked: Mapping[tuple[str, str], str]) -> str:
    externals = ((known["scheme"], known["id"]) for known in one.entry.get("external", ()))
    return next((linked[known] for known in externals if known in linked), str(one.entry["id"]))


def _by_key(session: Session, table: type[Row], system: str, keys: Sequence[str]) -> dict[str, Row]:
    rows = session.scalars(select(table).where(table.system == system, table.external_id.in_(keys)))
    return {row.external_id: row for row in rows}
