"""Correcting what an open request says, through the API: a number or a municipality misheard, a name misspelled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aiohttp import web
from sqlalchemy.orm import Session

from bot import audit
from bot.callbacks import booking, other_area, reading
from bot.callbacks.places import Place
from bot.callbacks.request import Change, Gone, NewCallback, Saved
from bot.rota.taking import take
from bot.staff.accounts import Member
from bot.web.appkeys import ANNOUNCER, AREAS, CLOCK, DATABASE, ROTA
from bot.web.live import QUEUE
from bot.web.staff_work import KIND, Done, as_actor


@dataclass(frozen=True, slots=True)
class Changed:
    """Refused: somebody has changed it since it was read."""

    version: int
    """The last version."""


@dataclass(frozen=True, slots=True)
class ForeignArea:
    """Refused: it would go to an area that the member does not reach."""


async def correct(
    app: web.Application,
    member: Member,
    callback_id: str,
    changes: Mapping[str, Any],
    *,
    version: int | None = None,
) -> Done | Changed | ForeignArea:
    """Change fields of `NewCallback`, when it still is of this version (or whatever it is, with None).

    With another municipality it goes to that one's area.
    """
    correction = _Correction(app, member, callback_id, changes, version, app[CLOCK]())
    done = await take(app[DATABASE], correction.make)
    if isinstance(done, Saved):
        app[ANNOUNCER].announce(QUEUE)
    return done


@dataclass(frozen=True, slots=True)
class _Correction:
    app: web.Application
    member: Member
    callback_id: str
    changes: Mapping[str, Any]
    version: int | None
    now: datetime

    def make(self, session: Session) -> Done | Changed | ForeignArea:
        member, now = self.member, self.now
        found = reading.find_without_history(session, self.callback_id, member.reach)
        if found is None:
            return Gone(None)
        if self.version is not None and found.version != self.version:
            return Changed(found.version)
        changes, touched = dict(self.changes), {found.request.area}
        if "municipality" in changes:
            municipality = self.app[AREAS].name_of(changes["municipality"])
            area = self.app[AREAS].area_of(municipality).id
            if not member.reach.covers(area):
                return ForeignArea()
            changes["municipality"] = municipality
            if area not in touched:
                touched.add(area)
                moved = self._to(session, area, changes.pop("municipality"))
                if not isinstance(moved, Saved) or not changes:
                    return self._noted(session, moved, touched)
        done = booking.correct(session, self.callback_id, now=now, by=as_actor(member), **changes)
        return self._noted(session, done, touched)

    def _to(self, session: Session, area: str, municipality: str | None) -> Change:
        places = self.app[ROTA].get(session, self.now).places(session, area, self.now)

        def places_for(request: NewCallback) -> Sequence[Place] | None:
            # The time was promised: where it is full the call takes a number beyond the last, as an urgent one does.
            return places.candidates(request.window, urgent=True)

        return other_area.move_to(
            session, self.callback_id, area, municipality,
            by=as_actor(self.member), now=self.now, places_for=places_for,
        )  # fmt: skip

    def _noted(self, session: Session, done: Change, areas: set[str]) -> Change:
        if isinstance(done, Saved):
            ids = [self.callback_id]
            audit.record(session, self.member.id, "corrected", KIND, ids, now=self.now, areas=areas)
        return done
