"""Free times that are offered to a family: their words, the code that a button carries, and how it is read again."""

import re
from collections.abc import Collection
from datetime import date, datetime, time

from bot.callbacks.area_calendar import local_moment
from bot.callbacks.call_times import fits, times_to_offer
from bot.callbacks.places import Places
from bot.callbacks.wording import near_words, window_words
from bot.clock import helsinki
from bot.meaning import TimeWish, Window

_CODE = re.compile(r"(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})/(\d{2}:\d{2})")


def offered(places: Places, now: datetime, language: str) -> list[tuple[str, str]]:
    """The next few free times, each as its title ("Huomenna klo 9–10") and its code; `now` aware."""
    today = helsinki(now).date()
    free = times_to_offer(places.calendar, now, places.has_room)
    return [(_title(near_words(window, today, language)), code_of(window)) for window in free]


def offered_everywhere(places: Collection[Places], now: datetime, language: str) -> list[tuple[str, str]]:
    """The same for somebody whose area is not known yet: what is free in every one of them."""
    first, today = next(iter(places)), helsinki(now).date()

    def is_free(window: Window) -> bool:
        return all(fits(window, one.calendar, now, one.has_room) for one in places)

    free = times_to_offer(first.calendar, now, is_free)
    return [(_title(near_words(window, today, language)), code_of(window)) for window in free]


def code_of(window: Window) -> str:
    """A window as a button carries it, in Finnish time: `2026-11-25T09:00/10:00`."""
    return f"{helsinki(window.start):%Y-%m-%dT%H:%M}/{helsinki(window.end):%H:%M}"


def read_code(code: str, language: str) -> TimeWish | None:
    """The wish that a button's code stands for, worded in a language; None for what is no such code."""
    found = _CODE.fullmatch(code.strip())
    if found is None:
        return None
    try:
        day, start, end = (
            date.fromisoformat(found[1]),
            time.fromisoformat(found[2]),
            time.fromisoformat(found[3]),
        )
    except ValueError:
        return None
    if start >= end:
        return None
    words = window_words(Window(local_moment(day, start), local_moment(day, end)), language)
    return TimeWish(words=words, day=day, from_time=start, to_time=end)


def _title(words: str) -> str:
    return words[:1].upper() + words[1:]
