"""A call that came by telephone, on paper or in passing, entered by staff."""

from collections.abc import Mapping
from datetime import date, datetime, time

import phonenumbers
from aiohttp import web

from bot.callbacks.request import NewCallback
from bot.clock import helsinki
from bot.console.page import draw, form_of
from bot.console.words import words
from bot.guidance.areas import Areas
from bot.meaning import LANGUAGES, NEEDS, TimeWish
from bot.messages import Urgency
from bot.staff.accounts import Member
from bot.web import staff_work
from bot.web.appkeys import AREAS, CLOCK

_CHANNELS = ("phone", "paper", "visit")
_ROLES = ("parent", "child", "relative", "professional")
_URGENCIES: Mapping[str, Urgency] = {"none": "none", "urgent": "urgent", "immediate": "immediate"}
_OLDEST, _MOST_CHILDREN = 25.0, 15
_MESSAGE = {"yes": True, "no": False}


async def ask(request: web.Request, member: Member) -> web.StreamResponse:
    """The empty form."""
    return _drawn(request, member, {}, {})


async def enter(request: web.Request, member: Member) -> web.StreamResponse:
    """Put it into the queue, or show again what was typed with what is missing."""
    form = await form_of(request)
    errors: dict[str, str] = {}
    new = read(form, request.app[AREAS], errors)
    wish = _wish(form, request.app[CLOCK](), errors)
    if errors:
        return _drawn(request, member, form, errors, status=422)
    booked = await staff_work.enter(request.app, member, new, wish)
    raise web.HTTPSeeOther(f"/staff/#row-{booked.id}")


def read(form: Mapping[str, str], areas: Areas, errors: dict[str, str]) -> NewCallback:
    """The request in the form; `errors` gets the field and the key of its words."""
    place = areas.name_of(form.get("municipality"))
    if form.get("municipality") and place is None:
        errors["municipality"] = "enter.municipality_bad"
    need = form.get("need") if form.get("need") in NEEDS else None
    language = form.get("language", "fi")
    return NewCallback(
        area="",
        municipality=place,
        need=need,
        needs=(need,) if need else (),
        urgency=_URGENCIES.get(form.get("urgency", ""), "none"),
        phone=_phone(form.get("phone", ""), errors),
        name=form.get("name", "")[:200] or None,
        child_ages=_ages(form.get("ages", ""), errors),
        language=language if language in LANGUAGES else "fi",
        interpreter=language if form.get("interpreter") == "yes" else None,
        message_allowed=_MESSAGE.get(form.get("message", "")),
        notes=form.get("notes", "")[:4000],
        channel=form["channel"] if form.get("channel") in _CHANNELS else "phone",
        sender_role=form["role"] if form.get("role") in _ROLES else "parent",
    )


def _phone(text: str, errors: dict[str, str]) -> str | None:
    try:
        number = phonenumbers.parse(text, "FI")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        errors["phone"] = "enter.phone_bad"
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _ages(text: str, errors: dict[str, str]) -> tuple[float, ...]:
    # "4, 7" are two children, "0,5" is one of half a year: a comma before a space parts, one inside a number does not.
    parts = [part.strip(" ,;") for part in text.replace(";", ", ").split(", ")]
    try:
        ages = tuple(float(part.replace(",", ".")) for part in parts if part)
    except ValueError:
        ages = (-1.0,)
    if any(not 0 <= age <= _OLDEST for age in ages) or len(ages) > _MOST_CHILDREN:
        errors["ages"] = "enter.ages_bad"
        return ()
    return ages


def _wish(form: Mapping[str, str], now: datetime, errors: dict[str, str]) -> TimeWish | None:
    day = _read_day(form.get("day", ""))
    start, end = _read_time(form.get("start", "")), _read_time(form.get("end", ""))
    if day is None and start is None and end is None:
        return None
    if day is not None and day < helsinki(now).date():
        errors["day"] = "enter.day_past"
    if start and end and start >= end:
        errors["end"] = "enter.time_bad"
    return TimeWish(words="", day=day, from_time=start, to_time=end)


def _read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _read_time(text: str) -> time | None:
    try:
        return time.fromisoformat(text)
    except ValueError:
        return None


def _drawn(
    request: web.Request,
    member: Member,
    values: Mapping[str, str],
    errors: Mapping[str, str],
    *,
    status: int = 200,
) -> web.Response:
    w = words()
    places = sorted({name for area in request.app[AREAS].all for name in area.municipalities})
    return draw(
        request,
        member,
        "staff/enter.html",
        status=status,
        tab="queue",
        values=values,
        errors={field: w(key) for field, key in errors.items()},
        needs=[(need, w(f"need.{need}")) for need in NEEDS],
        languages_offered=LANGUAGES,
        places=places,
    )
