"""`POST /model/parse`: what a message means, in Rasa's own form with our more fields. Opened by `--enable-api`."""

import asyncio
from datetime import datetime
from typing import Any

from aiohttp import web

from bot.safety import assess
from bot.understanding.danger import second_look
from bot.understanding.parse_answer import parse_answer
from bot.understanding.understand import Understander
from bot.web.appkeys import CLOCK
from bot.web.body import without_halves
from bot.web.problem import problem


def parsed(
    understander: Understander, text: str, now: datetime, language: str | None = None
) -> dict[str, Any]:
    """Rasa's parse answer for one message, with the crisis layer's urgency and category."""
    understood = understander.understand(text, now=now, language=language)
    verdict = second_look(assess(text, language=language), understood.danger)
    return parse_answer(understood, verdict.urgency, verdict.category)


def add_routes(app: web.Application, understander: Understander) -> None:
    """Open the endpoint."""

    async def parse(request: web.Request) -> web.Response:
        try:
            body = without_halves(await request.json())
            text = body["text"]
        except (ValueError, KeyError, TypeError, RecursionError):
            return problem(400, 'send a JSON object {"text": "…"}')
        if not isinstance(text, str):
            return problem(400, "`text` must be a string")
        return web.json_response(await asyncio.to_thread(parsed, understander, text, request.app[CLOCK]()))

    app.router.add_post("/model/parse", parse)
