"""What staff decide over what imports propose: taken, left or refused, with its line in the audit.

Who may publish sees everything; what two people have to see goes to review when one takes it. An owner sees what
touches own entries, and what an owner takes becomes a draft.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from aiohttp import web
from pydantic import ValidationError
from sqlalchemy.orm import Session

from bot import audit
from bot.guidance import reviewing
from bot.guidance.importing import proposals
from bot.guidance.importing.merging import Merged
from bot.guidance.importing.proposals import GoneError
from bot.guidance.importing.tables import Proposal
from bot.guidance.store import ConflictError
from bot.staff.accounts import Member
from bot.staff.permissions import Permission
from bot.web.appkeys import CLOCK, DATABASE

KIND = "service"
What = Literal["take", "leave", "refuse"]
WHAT: tuple[What, ...] = ("take", "leave", "refuse")
_DONE = {"take": "import_taken", "leave": "import_left", "refuse": "import_refused"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of several proposals."""

    done: int
    """How many were decided, and families see what was taken."""
    drafts: int
    """How many were taken and wait as drafts: for a colleague, or for their keeper."""
    missed: int
    """How many were not there or could not be."""


async def waiting(app: web.Application, member: Member) -> list[Proposal]:
    """The proposals this member may decide over."""

    def work(session: Session) -> list[Proposal]:
        found = proposals.waiting(session)
        if member.may(Permission.PUBLISH_CATALOGUE):
            return found
        own = reviewing.owned_by(session, member.id)
        return [one for one in found if _is_own(one, own)]

    return await app[DATABASE].read(work)


async def one(app: web.Application, member: Member, proposal_id: str) -> tuple[Proposal, Merged]:
    """One proposal, merged with our entry as it is now. Raises `GoneError`, as for one that is not this member's."""

    def work(session: Session) -> tuple[Proposal, Merged]:
        found, merged = proposals.proposal(session, proposal_id)
        _seen_by(session, member, found)
        return found, merged

    return await app[DATABASE].read(work)


async def decide(
    app: web.Application, member: Member, what: What, ids: Sequence[str], *, theirs: Iterable[str] = ()
) -> Outcome:
    """Take, leave or refuse proposals; each for itself, so that one that is gone stops no other.

    `theirs`: of fields both sides have changed, those in which the register is right.
    """
    outcomes: list[bool] = []
    now, chosen = app[CLOCK](), tuple(theirs)
    for proposal_id in ids:

        def work(session: Session, proposal_id: str = proposal_id) -> bool:
            found, _ = proposals.proposal(session, proposal_id)
            _seen_by(session, member, found)
            shown = True
            if what == "take":
                publish = member.may(Permission.PUBLISH_CATALOGUE)
                taken = proposals.take(
                    session, proposal_id, theirs=chosen, by=member.id, now=now, publish=publish
                )
                touched, shown = taken.service_id, taken.published
            elif what == "leave":
                touched = proposals.leave(session, proposal_id, now=now)
            else:
                touched = proposals.refuse(session, proposal_id, by=member.id, now=now)
            audit.record(session, member.id, _DONE[what], KIND, [touched], now=now)
            return shown

        try:
            outcomes.append(await app[DATABASE].write(work))
        except (GoneError, ConflictError, ValidationError):
            continue
    done = sum(outcomes)
    return Outcome(done, len(outcomes) - done, len(ids) - len(outcomes))


def _seen_by(session: Session, member: Member, found: Proposal) -> None:
    if not member.may(Permission.PUBLISH_CATALOGUE):
        own = reviewing.owned_by(session, member.id)
        if not _is_own(found, own):
            raise GoneError(found.id)


def _is_own(found: Proposal, own: frozenset[str]) -> bool:
    return found.service_id in own and found.kind in ("changed", "conflict")
