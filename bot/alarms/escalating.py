"""Who is told of alarms that have grown louder: the area's coordinators and duty numbers, then every coordinator."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from bot.alarms import letters
from bot.alarms.deciding import COORDINATORS, EVERYBODY, Alarm, Kind
from bot.clock import helsinki
from bot.guidance.areas import Areas
from bot.staff import accounts
from bot.staff.accounts import Member
from bot.staff.permissions import Permission


@dataclass(frozen=True, slots=True)
class Louder:
    """An alarm that has come or has grown louder."""

    number: int
    """Its row."""
    alarm: Alarm
    before: int
    """The level it had; 0 when it is new or begins anew."""

    @property
    def levels(self) -> range:
        """The levels reached now of which letters tell."""
        return range(max(self.before + 1, COORDINATORS), self.alarm.level + 1)


def tell(session: Session, areas: Areas, louder: Iterable[Louder], now: datetime) -> None:
    """Let letters wait to those whom the alarms reach now and did not before: one select and one insert for all.

    A level is reached once, in the transaction that writes it down, so a repeated sweep writes no letter twice. Of
    what is late there is one letter a day, area and level, however many calls it is: of the first in `louder`.
    """
    reached = [(one, level) for one in louder for level in one.levels]
    if not reached:
        return
    hearers = accounts.members(session, Permission.HEAR_ALARMS)
    places = {(one.alarm.area, level) for one, level in reached}
    recipients = {place: _recipients(hearers, areas, *place) for place in places}
    waiting: dict[tuple[str, str], Mapping[str, str]] = {}
    for one, level in reached:
        alarm, occasion = one.alarm, _occasion(one, level, now)
        detail = {"kind": alarm.kind.value, "area": alarm.area, "since": alarm.since.isoformat()}
        for recipient in recipients[alarm.area, level]:
            waiting.setdefault((recipient, occasion), detail)
    letters.put_all(session, letters.Kind.ALARM, waiting, now=now)


def _occasion(one: Louder, level: int, now: datetime) -> str:
    if one.alarm.kind is Kind.LATE:
        return f"late:{one.alarm.area}:{helsinki(now).date().isoformat()}:{level}"
    return f"alarm:{one.number}:{now.astimezone(UTC):%Y-%m-%dT%H:%M}"


def _recipients(hearers: Sequence[Member], areas: Areas, area_id: str, level: int) -> list[str]:
    told = [member for member in hearers if level == EVERYBODY or member.reach.covers(area_id)]
    area = areas.by_id.get(area_id)
    duty = range(len(area.duty)) if area is not None and level == COORDINATORS else ()
    return [letters.to_staff(member.id) for member in told] + [
        letters.to_duty(area_id, number) for number in duty
    ]
