"""Who is told of an alarm that has grown louder: the area's coordinators and duty numbers, then every coordinator."""

from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from bot.alarms import letters
from bot.alarms.deciding import COORDINATORS, EVERYBODY, Alarm, Kind
from bot.clock import helsinki
from bot.guidance.areas import Areas
from bot.staff import accounts
from bot.staff.permissions import Permission


def tell(session: Session, areas: Areas, number: int, alarm: Alarm, *, before: int, now: datetime) -> None:
    """Let letters wait to those whom the alarm reaches now and did not at level `before`.

    A level is reached once, in the transaction that writes it down, so a repeated sweep writes no letter twice. Of
    what is late there is one letter a day, area and level, however many calls it is.
    """
    for level in range(max(before + 1, COORDINATORS), alarm.level + 1):
        for recipient in _recipients(session, areas, alarm.area, level):
            letters.put(
                session,
                recipient,
                _occasion(number, alarm, level, now),
                letters.Kind.ALARM,
                {"kind": alarm.kind.value, "area": alarm.area, "since": alarm.since.isoformat()},
                now=now,
            )


def _occasion(number: int, alarm: Alarm, level: int, now: datetime) -> str:
    if alarm.kind is Kind.LATE:
        return f"late:{alarm.area}:{helsinki(now).date().isoformat()}:{level}"
    return f"alarm:{number}:{now.astimezone(UTC):%Y-%m-%dT%H:%M}"


def _recipients(session: Session, areas: Areas, area_id: str, level: int) -> Iterator[str]:
    for member in accounts.members(session, Permission.HEAR_ALARMS):
        if level == EVERYBODY or member.reach.covers(area_id):
            yield letters.to_staff(member.id)
    area = areas.by_id.get(area_id)
    if area is not None and level == COORDINATORS:
        for number in range(len(area.duty)):
            yield letters.to_duty(area_id, number)
