"""`PUT /test/clock {"now": "2026-12-01T10:15+02:00"}`: sets the time, in a server started with `--test-clock`."""

import json
from datetime import datetime

from aiohttp import web

from bot.clock import SettableClock, helsinki
from bot.web.problem import problem


def add_routes(app: web.Application, clock: SettableClock) -> None:
    """Open the endpoint."""

    async def put(request: web.Request) -> web.Response:
        try:
            clock.set(datetime.fromisoformat((await request.json())["now"]))
        except (json.JSONDecodeError, KeyError, TypeError, ValueError):
            return problem(400, 'send {"now": "2026-12-01T10:15+02:00"}, a time with its zone')
        return web.json_response({"now": helsinki(clock()).isoformat()})

    app.router.add_put("/test/clock", put)
