"""A call that came by telephone, on paper or in passing, entered by staff."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time

import phonenumbers
from aiohttp import web

from bot.callbacks.request import NewCallback
from bot.clock import helsinki
from bot.console.page import draw, form_of
from bot.console.words import words
from bot.guidance.areas import Areas
from bot.live_chat.chat import Chat
from bot.meaning import LANGUAGES, NEEDS, TimeWish
from bot.messages import Urgency
from bot.staff.accounts import Member
from bot.web import live_chat_work, staff_work
from bot.web.appkeys import AREAS, CLOCK
from bot.web.live_chat_work import Opened

_CHANNELS = ("phone", "paper", "visit")
_ROLES = ("parent", "child", "relative", "professional")
_URGENCIES: Mapping[str, Urgency] = {"none": "none", "urgent": "urgent", "immediate": "immediate"}
_OLDEST, _MOST_CHILDREN = 25.0, 15
_MOST_NOTES = 4000
_MESSAGE = {"yes": True, "no": False}


async def ask(request: web.Request, member: Member) -> web.StreamResponse:
    """The empty form; from a live chat of one's own (`?chat=`) with what the family has told filled in."""
    chat_id = request.query.get("chat", "")
    found = await live_chat_work.opened(request.app, member, chat_id) if chat_id else None
    return _drawn(request, member, _told(found) if found and found.chat.holder == member.id else {}, {})


async def enter(request: web.Request, member: Member) -> web.StreamResponse:
    """Put it into the queue, or show again what was typed with what is missing."""
    form = await form_of(request)
    errors: dict[str, str] = {}
    new = read(form, request.app[AREAS], errors)
    wish = _wish(form, request.app[CLOCK](), errors)
    if errors:
        return _drawn(request, member, form, errors, status=422)
    chat = await _own_chat(request, member, form.get("chat", ""))
    if chat:
        new = replace(new, channel="web", conversation=chat.conversation, urgency=_graver(new, chat))
    booked = await staff_work.enter(request.app, member, new, wish)
    if chat:
        await live_chat_work.turned_into_call(request.app, member, chat.id, booked)
    raise web.HTTPSeeOther(f"/staff/#row-{booked.id}")


def _told(found: Opened) -> dict[str, str]:
    """What the family has told in a live chat, as the form's fields."""
    chat = found.chat
    own = [line.text for line in found.lines if line.author == "family"]
    return {
        "chat": chat.id,
        "municipality": chat.municipality or "",
        "need": chat.need or "",
        "language": chat.language,
        "urgency": chat.urgency if chat.is_crisis else "none",
        "notes": "\n".join(dict.fromkeys([*found.words, *own]))[:_MOST_NOTES],
    }


async def _own_chat(request: web.Request, member: Member, chat_id: str) -> Chat | None:
    """The live chat that is turned into a call, when the member still has it."""
    found = await live_chat_work.opened(request.app, member, chat_id) if chat_id else None
    return found.chat if found and found.chat.holder == member.id else None


def _graver(new: NewCallback, chat: Chat) -> Urgency:
    """A danger told in the chat is not lost by the form."""
    return new.urgency if new.urgency != "none" or not chat.is_crisis else _URGENCIES[chat.urgency]


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
        notes=form.get("notes", "")[:_MOST_NOTES],
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
