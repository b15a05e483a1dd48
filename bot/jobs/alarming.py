"""The jobs that need the areas and their calendars: alarms, crowded half hours, and the letters of a morning."""

from datetime import datetime, time, timedelta

from sqlalchemy.orm import Session

from bot.alarms import letters, mornings, watching
from bot.guidance.areas import Areas
from bot.jobs.job import Calendar, Led, Sweep
from bot.rota import settling
from bot.rota.reading import RotaCache

_MONDAY = 0


def alarm_jobs(areas: Areas, rota: RotaCache) -> tuple[Led, ...]:
    """The jobs of alarms and letters, for the table of this process."""

    def watch(session: Session, now: datetime) -> int:
        return watching.sweep(session, areas, rota.get(session, now).calendar, now)

    def settle(session: Session, now: datetime) -> int:
        return settling.settle(session, rota.get(session, now), now)

    return (
        Sweep("watch what waits", watch, 20),
        Sweep("settle crowded half hours", settle, 60),
        Calendar(name="letters of the day", work=mornings.write_days, at=time(8), grace=timedelta(hours=6)),
        Calendar(
            name="digest of the week",
            work=mornings.write_digests,
            at=time(7),
            weekday=_MONDAY,
            grace=timedelta(hours=36),
        ),
        Sweep("forget old letters", letters.forget_old, 3600),
    )
