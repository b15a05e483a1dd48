"""The settings of this run, and how it logs."""

import logging
import sys

import structlog

from bot.settings import Settings


def read_settings() -> Settings:
    """The settings from the environment and `.env`. Raises pydantic's ValidationError."""
    return Settings()


def log_to_stderr() -> None:
    """Log lines as JSON on standard error: times in UTC, ids, never words."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _without_words,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s")


def _without_words(
    _logger: object, _name: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Replace an exception by its type and place: its message and its values may hold what a family wrote."""
    error = sys.exc_info()[1] if event.pop("exc_info", None) else None
    if error is not None:
        event["error"] = type(error).__name__
        event["at"] = _places(error)
    return event


def _places(error: BaseException) -> list[str]:
    places, trace = [], error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename.rpartition('/bot/')[2]}:{trace.tb_lineno}")
        trace = trace.tb_next
    return places[-6:]
