"""Whether the server lives and may be sent visitors, and its figures for monitoring (no words, no people)."""

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text

from bot.database import DatabaseUnavailableError
from bot.web.appkeys import DATABASE
from bot.web.problem import problem


async def live(_request: web.Request) -> web.Response:
    """`GET /health/live`: the process answers."""
    return web.json_response({"status": "ok"})


async def ready(request: web.Request) -> web.Response:
    """`GET /health/ready`: the database answers too."""
    try:
        await request.app[DATABASE].read(lambda session: session.execute(text("SELECT 1")).scalar_one())
    except DatabaseUnavailableError:
        return problem(503, "the database does not answer")
    return web.json_response({"status": "ok"})


async def metrics(_request: web.Request) -> web.Response:
    """`GET /metrics`: Prometheus text format."""
    return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})
