"""Days and times of a call as families read them, by the reader's language."""

from datetime import date, datetime

from babel.dates import format_date

from bot.clock import HELSINKI
from bot.meaning import Window

_DAY = {"fi": "EEEE d.M.", "sv": "EEEE d.M", "en": "EEEE d MMMM"}
_CLOCK = {"fi": "klo", "sv": "kl.", "en": "at"}
_LOCALES = {"fi": "fi", "sv": "sv_FI", "en": "en_GB"}


def day_words(day: date, language: str) -> str:
    """Say a day: "torstaina 26.11.", "torsdag 26.11", "Thursday 26 November"; in Finnish for other languages."""
    known = language if language in _DAY else "fi"
    return format_date(day, _DAY[known], locale=_LOCALES[known])


def window_words(window: Window, language: str) -> str:
    """Say a window in local time: "keskiviikkona 25.11. klo 13–16"."""
    known = language if language in _CLOCK else "fi"
    start, end = (moment.astimezone(HELSINKI) for moment in (window.start, window.end))
    hours = f"{_clock(start, known)}–{_clock(end, known)}"
    return f"{day_words(start.date(), known)} {_CLOCK[known]} {hours}"


def _clock(moment: datetime, language: str) -> str:
    if language == "en":
        return f"{moment.hour}:{moment.minute:02}"
    return str(moment.hour) if moment.minute == 0 else f"{moment.hour}.{moment.minute:02}"
