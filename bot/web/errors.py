"""Error pages: what is true, what to do next, and the numbers where a person answers.

Somebody may meet an error in the middle of something terrible, so every error page carries the helplines. The page
for 500 must come even when the templates or texts are what broke.
"""

import asyncio

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler

from bot import safety
from bot.clock import system_clock
from bot.web.appkeys import CLOCK
from bot.web.body import BodyTooLargeError
from bot.web.language import reader_language
from bot.web.problem import for_program, problem
from bot.web.rendering import render, say

log = structlog.get_logger()

_PAGES = (400, 403, 404, 405, 413, 415, 429, 500, 503)
"""The errors that have words of their own (`page_error_404_title`, …); another is shown as 400 or 500."""


@web.middleware
async def answer_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn every error into an answer a family, or a program, can do something with."""
    try:
        return await handler(request)
    except web.HTTPException as error:
        if error.status < 400:  # noqa: PLR2004  (a redirect, not an error)
            raise
        response = error_response(request, error.status)
        for name in ("Allow", "WWW-Authenticate", "Retry-After"):
            if name in error.headers:
                response.headers[name] = error.headers[name]
        return response
    except BodyTooLargeError as error:
        return error_response(request, 413, error.kept)
    except asyncio.CancelledError:
        raise
    except Exception as error:  # noqa: BLE001  (whatever it was, the reader gets an answer)
        # The kind of error and where: never its message, which could hold a family's words.
        log.error(  # noqa: TRY400
            "page failed", route=_route(request), kind=type(error).__name__, at=_where(error)
        )
        return error_response(request, 500)


def error_response(request: web.Request, status: int, kept: str | None = None) -> web.Response:
    """The answer for `status`; `kept` is what the reader wrote and must not lose."""
    shown = status if status in _PAGES else (400 if status < 500 else 500)  # noqa: PLR2004
    try:
        if for_program(request):
            return problem(status, say(request, f"page_error_{shown}_text"))
        now = request.app.get(CLOCK, system_clock)()
        helplines = safety.helplines(reader_language(request), now)
        return render(request, "error.html", status=status, shown=shown, helplines=helplines, kept=kept)
    except Exception as error:  # noqa: BLE001  (the last page must not fail)
        log.error(  # noqa: TRY400
            "error page failed", route=_route(request), kind=type(error).__name__, at=_where(error)
        )
        return web.Response(text="112\n", status=status, content_type="text/plain")


def _route(request: web.Request) -> str:
    """The pattern of the address, without what stood in it (a family's code, …)."""
    resource = request.match_info.route.resource
    return resource.canonical if resource else "unknown"


def _where(error: Exception) -> str:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}" if trace else "unknown"
