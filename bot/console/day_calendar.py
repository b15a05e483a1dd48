"""An advisor's day as an iCalendar (RFC 5545): times and links, and nothing of anybody."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from bot.callbacks.callback import Callback
from bot.callbacks.request import OPEN_STATES
from bot.clock import helsinki
from bot.console.words import Words
from bot.web.finnish_zone import NAME, finnish_zone

_PRODUCT = "-//Perheovi//My day//FI"
_EVERY = timedelta(minutes=15)
"""How often a calendar should look again; most look when they like."""


def calendar(callbacks: Iterable[Callback], advisor_id: str, address: str, now: datetime, w: Words) -> bytes:
    """Agreed calls and the advisor's follow-ups as a calendar; what is cancelled, done or moved away is not in it.

    Args:
        callbacks: What stands in the advisor's calendar.
        advisor_id: Whose follow-ups are meant.
        address: Of this server, as `https://example.org`, for the links.
        now: When it was made; aware.
        w: The console's words.
    """
    made = Calendar()
    made.add("prodid", _PRODUCT)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", w("day.feed_name"))
    made.add("x-wr-timezone", NAME)
    made.add("refresh-interval", _EVERY)
    made.add("x-published-ttl", _EVERY)
    made.add_component(finnish_zone())
    for callback in callbacks:
        for event in _events(callback, advisor_id, w):
            event.add("dtstamp", now)
            event.add("last-modified", callback.updated_at)
            event.add("sequence", callback.version)
            event.add("url", f"{address}/staff/callbacks/{callback.id}")
            event.add("description", f"{address}/staff/callbacks/{callback.id}")
            event.add("class", "PRIVATE")
            made.add_component(event)
    return bytes(made.to_ical())


def _events(callback: Callback, advisor_id: str, w: Words) -> Iterable[Event]:
    window = callback.request.window
    if callback.state in OPEN_STATES and window is not None:
        event = Event()
        event.add("uid", f"{callback.id}-call@perheovi")
        event.add("summary", w("day.feed_call"))
        event.add("dtstart", helsinki(window.start))
        event.add("dtend", helsinki(window.end))
        yield event
    if callback.follow_up_on is not None and callback.follow_up_by == advisor_id:
        event = Event()
        event.add("uid", f"{callback.id}-follow-up@perheovi")
        event.add("summary", w("day.feed_follow_up"))
        event.add("dtstart", callback.follow_up_on)
        event.add("dtend", callback.follow_up_on + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        yield event
