"""A call that came by telephone, on paper or in passing, entered by staff."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import phonenumbers
from aiohttp import web

from bot import safety
from bot.callbacks import wording
from bot.callbacks.callback import Callback
from bot.callbacks.request import NewCallback
from bot.console.page import draw, form_of
from bot.console.words import words
from bot.guidance.areas import Areas
from bot.live_chat.chat import Chat
from bot.meaning import LANGUAGES, NEEDS, TimeWish
from bot.messages import Urgency
from bot.staff.accounts import Member
from bot.understanding.facts import find_facts
from bot.web import entering, live_chat_work, safe_answers, staff_work
from bot.web.appkeys import AREAS, CLOCK
from bot.web.live_chat_work import Opened

_CHANNELS = ("phone", "paper", "visit")
_ROLES = ("parent", "child", "relative", "professional")
_URGENCIES: Mapping[str, Urgency] = {"none": "none", "urgent": "urgent", "immediate": "immediate"}
_OLDEST, _MOST_CHILDREN = 25.0, 15
_MOST_NOTES = 4000
_MESSAGE = {"yes": True, "no": False}
_MORE = ("name", "ages", "language", "interpreter", "urgency", "role", "channel")
"""The fields that are folded away: six are enough."""
_USUAL = {"language": "fi", "interpreter": "no", "urgency": "none", "role": "parent", "channel": "phone"}


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was entered just before, as the caller is told it."""

    id: str
    promise: str
    """When we ring, and the day by which at the latest: the same as the family's own page says."""
    code: str
    gone_to: str = ""
    """The name of the area into whose queue it went, when that is out of the sight of who entered it."""
    otherwise: str = ""
    """Why it is at another time than the caller wished for, in words; empty when it is as wished."""


async def ask(request: web.Request, member: Member) -> web.StreamResponse:
    """The empty form; from a live chat of one's own (`?chat=`) with what the family has told filled in.

    `?entered=` names what was entered just before: its promise and code are shown, to be told to the caller.
    """
    chat_id, before = request.query.get("chat", ""), request.query.get("entered", "")
    found = await live_chat_work.opened(request.app, member, chat_id) if chat_id else None
    values = _told(found) if found and found.chat.holder == member.id else {}
    if request.query.get("channel") in _CHANNELS:
        values["channel"] = request.query["channel"]
    receipt = await _receipt(request, member, before)
    if receipt:
        receipt = replace(receipt, otherwise=_why_otherwise(request.query.get("otherwise")))
    return _drawn(request, member, values, {}, receipt=receipt)


async def enter(request: web.Request, member: Member) -> web.StreamResponse:
    """Put it into the queue, or show again what was typed with what is missing."""
    form = await form_of(request)
    errors: dict[str, str] = {}
    new = read(form, request.app[AREAS], errors)
    wish = _wish(form.get("when", ""), request.app[CLOCK](), errors)
    if errors:
        return _drawn(request, member, form, errors, status=422)
    chat = await _own_chat(request, member, form.get("chat", ""))
    if chat:
        new = replace(new, channel="web", conversation=chat.conversation, urgency=_graver(new, chat))
    entered = await entering.enter(request.app, member, new, wish)
    booked = entered.booked
    if chat:
        await live_chat_work.turned_into_call(request.app, member, chat.id, booked)
    if not entered.stays_in_sight:  # it cannot be opened again, so what the caller is told is shown at once
        told = _told_of(entered.callback, request.app[AREAS], gone=True)
        if told:
            told = replace(told, otherwise=_why_otherwise(entered.not_as_wished))
        return _drawn(request, member, {"channel": new.channel}, {}, receipt=told)
    if chat:
        raise web.HTTPSeeOther(f"/staff/#row-{booked.id}")
    otherwise = f"&otherwise={entered.not_as_wished}" if entered.not_as_wished else ""
    raise web.HTTPSeeOther(f"/staff/callbacks/new?entered={booked.id}&channel={new.channel}{otherwise}")


async def refill(request: web.Request, member: Member) -> web.StreamResponse:
    """The form as it was when the sign-in ended; nothing is entered yet."""
    return _drawn(request, member, await form_of(request), {})


async def _receipt(request: web.Request, member: Member, callback_id: str) -> Receipt | None:
    """What to tell the caller of a callback; None when it is unknown or its family has deleted it."""
    found = await staff_work.opened(request.app, member, callback_id) if callback_id else None
    return _told_of(found, request.app[AREAS]) if found else None


def _why_otherwise(reason: str | None) -> str:
    """Why the call is not at the wished time; empty for none of our reasons."""
    return words().known("enter.otherwise", reason)


def _told_of(found: Callback, areas: Areas, *, gone: bool = False) -> Receipt | None:
    if found.code is None:
        return None
    day, window = wording.day_words(found.promised_day, "fi"), found.request.window
    w, when = words(), wording.window_words(window, "fi") if window else ""
    promise = w("enter.done_window", when=when, day=day) if window else w("enter.done_by", day=day)
    area = areas.by_id.get(found.request.area) or areas.area_of(None)
    return Receipt(found.id, promise, found.code, area.name.fi if gone else "")


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
    urgency, category = _urgency(form)
    return NewCallback(
        area="",
        municipality=place,
        need=need,
        needs=(need,) if need else (),
        urgency=urgency,
        category=category,
        phone=_phone(form.get("phone", ""), errors),
        name=form.get("name", "")[:200] or None,
        child_ages=_ages(form.get("ages", ""), errors),
        language=language if language in LANGUAGES else "fi",
        interpreter=language if form.get("interpreter") == "yes" else None,
        message_allowed=_MESSAGE.get(form.get("message", "")),
        **safe_answers.read(form),
        notes=form.get("notes", "")[:_MOST_NOTES],
        channel=form["channel"] if form.get("channel") in _CHANNELS else "phone",
        sender_role=form["role"] if form.get("role") in _ROLES else "parent",
    )


def _urgency(form: Mapping[str, str]) -> tuple[Urgency, str | None]:
    """What staff chose, raised when the family's words tell of danger, as in every channel; never lowered."""
    chosen = _URGENCIES.get(form.get("urgency", ""), "none")
    verdict = safety.assess(form.get("notes", ""), language=form.get("language"))
    if not verdict.interrupts:
        return chosen, None
    return ("immediate" if chosen == "immediate" else verdict.urgency), verdict.category


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


def _wish(text: str, now: datetime, errors: dict[str, str]) -> TimeWish | None:
    """When the family hopes to be rung, heard as in the chat; None for any time."""
    if not text:
        return None
    found = find_facts(text, now=now, language="fi", asked="time").entities
    wish: TimeWish | None = next((one.value for one in found if one.entity == "time_window"), None)
    if wish is None:
        errors["when"] = "enter.when_bad"
    return wish


def _drawn(
    request: web.Request,
    member: Member,
    values: Mapping[str, str],
    errors: Mapping[str, str],
    *,
    status: int = 200,
    receipt: Receipt | None = None,
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
        receipt=receipt,
        safe_open=any(values.get(name) for name in safe_answers.FIELDS),
        more_open=any(
            values.get(name, "") not in ("", _USUAL.get(name, "")) or name in errors for name in _MORE
        ),
        errors={field: w(key) for field, key in errors.items()},
        needs=[(need, w(f"need.{need}")) for need in NEEDS],
        languages_offered=LANGUAGES,
        places=places,
    )
