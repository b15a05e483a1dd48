"""Whether the server lives and may be sent visitors, and its figures for monitoring (no words, no people)."""

from contextlib import suppress

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from sqlalchemy.orm import Session

from bot.alarms import board
from bot.alarms.board import Standing
from bot.clock import system_clock
from bot.database import DatabaseUnavailableError
from bot.jobs import health
from bot.jobs.health import ClockHealth
from bot.web.appkeys import CLOCK, DATABASE
from bot.web.problem import problem


async def live(_request: web.Request) -> web.Response:
    """`GET /health/live`: the process answers."""
    return web.json_response({"status": "ok"})


async def ready(request: web.Request) -> web.Response:
    """`GET /health/ready`: the database answers too. Jobs that fail are told and do not keep visitors away."""
    try:
        clock, alarms = await _looked(request)
    except DatabaseUnavailableError:
        return problem(503, "the database does not answer")
    jobs = {"led": clock.led, "failing": list(clock.failing), "missed_periods": clock.missed}
    loud = sum(one.number for one in alarms if one.loud and not one.acknowledged)
    return web.json_response({"status": "ok", "jobs": jobs, "alarms": loud})


async def metrics(request: web.Request) -> web.Response:
    """`GET /metrics`: Prometheus text format; the figures of the database are left out while it does not answer."""
    text = generate_latest()
    with suppress(DatabaseUnavailableError):
        text += generate_latest(_registry(*await _looked(request)))
    return web.Response(body=text, headers={"Content-Type": CONTENT_TYPE_LATEST})


async def _looked(request: web.Request) -> tuple[ClockHealth, list[Standing]]:
    now = request.app.get(CLOCK, system_clock)()

    def look(session: Session) -> tuple[ClockHealth, list[Standing]]:
        return health.read(session, now), board.standing(session)

    return await request.app[DATABASE].read(look)


def _registry(clock: ClockHealth, alarms: list[Standing]) -> CollectorRegistry:
    registry = CollectorRegistry()
    led = Gauge("perheovi_jobs_led", "Whether some replica runs the jobs.", registry=registry)
    led.set(clock.led)
    missed = Gauge("perheovi_job_periods_missed", "Of the last seven days.", registry=registry)
    missed.set(clock.missed)
    failures = Gauge("perheovi_job_failures", "In a row.", ["job"], registry=registry)
    went_well = Gauge(
        "perheovi_job_went_well_timestamp_seconds", "The last good round noted.", ["job"], registry=registry
    )
    for one in clock.jobs:
        failures.labels(one.job).set(one.failures)
        if one.went_well_at is not None:
            went_well.labels(one.job).set(one.went_well_at.timestamp())
    raised = Gauge("perheovi_alarms", "Open alarms.", ["kind", "level", "acknowledged"], registry=registry)
    for each in alarms:
        raised.labels(each.kind.value, str(each.level), str(each.acknowledged).lower()).set(each.number)
    return registry
