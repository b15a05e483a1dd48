"""`/form`: the same questions as the chat's, on one page; sent once, answered on the next page."""

from collections.abc import Mapping
from dataclasses import replace

from aiohttp import web

from bot.actions.offered_times import offered_everywhere, read_code
from bot.channels import e_form
from bot.channels.e_form import Filled
from bot.channels.incoming import answer, is_web_sender, new_sender, read_message
from bot.channels.words import card_words
from bot.clock import system_clock
from bot.meaning import NEEDS
from bot.messages import Answer
from bot.web.appkeys import AREAS, CLOCK, DATABASE, NOTICE_WAYS, ROTA, TEXTS
from bot.web.body import form
from bot.web.language import reader_language
from bot.web.rendering import render, say

CHANNEL = "form"
_EMPTY = {"call": "no", "time": "anytime", "mode": "call", "sender_role": "parent"}


async def ask(request: web.Request) -> web.Response:
    """`GET /form`."""
    return await _page(request, Filled(_EMPTY, {}), new_sender())


async def send(request: web.Request) -> web.Response:
    """`POST /form`: what is missing is asked again, the rest kept; else the answer. Sent twice, it counts once."""
    fields = await form(request)
    sender = fields.get("sender", "")
    if not is_web_sender(sender):
        sender = new_sender()
    language = reader_language(request)
    now = request.app.get(CLOCK, system_clock)()
    filled = e_form.read(
        fields, request.app[AREAS], now=now, language=language, by_email=_goes(request, "email")
    )
    if filled.problems:
        return await _page(request, filled, sender, status=422)
    turn = 0

    async def take(text: str) -> Answer:
        nonlocal turn
        turn += 1
        more = {
            "message_id": str(turn),
            "language": language,
            "municipality": filled.slots.get("municipality"),
        }
        message = read_message(request, CHANNEL, sender, text, more)
        return await answer(request, replace(message, notify_email=filled.email))

    replies, last = await e_form.converse(filled, take)
    words = card_words(request.app[TEXTS](), last.language)
    return render(request, "family/form_answer.html", replies_shown=replies, last=last, words=words)


async def _page(request: web.Request, filled: Filled, sender: str, *, status: int = 200) -> web.Response:
    def choices(group: str, codes: tuple[str, ...]) -> list[tuple[str, str]]:
        return [(code, say(request, f"{group}_{code}")) for code in codes]

    by_email = _goes(request, "email")
    needs = sorted(choices("need", NEEDS), key=lambda one: one[1].casefold())
    return render(
        request,
        "family/form.html",
        status=status,
        sender=sender,
        values=filled.fields,
        problems=_said(request, filled.problems),
        needs=needs,
        messages=choices("page_form_message", ("yes", *(("email",) if by_email else ()), "no")),
        message_hint=say(request, "page_form_message_hint_sms") if _goes(request, "sms") else "",
        by_email=by_email,
        times=[*await _free_times(request, filled), *choices("page_form_time", e_form.TIMES)],
        modes=choices("page_form_mode", e_form.MODES),
        roles=choices("page_form_role", e_form.ROLES),
    )


async def _free_times(request: web.Request, filled: Filled) -> list[tuple[str, str]]:
    """The next free times of the family's area, as far as it is known, each with its code and its words."""
    areas, rota = request.app[AREAS], request.app[ROTA]
    now, place = request.app.get(CLOCK, system_clock)(), filled.slots.get("municipality")
    wanted = [areas.area_of(place)] if place else areas.all
    ids = [area.id for area in wanted]
    places = await request.app[DATABASE].read(lambda s: rota.get(s, now).places_of(s, ids, now))
    free = offered_everywhere(places.values(), now, reader_language(request))
    chosen = filled.fields.get("time", "")
    wish = read_code(chosen, reader_language(request))
    kept = [(chosen, wish.words)] if wish and chosen not in {code for _, code in free} else []
    return [*kept, *((code, words) for words, code in free)]


def _goes(request: web.Request, way: str) -> bool:
    """Whether notices can go this way here."""
    return way in request.app.get(NOTICE_WAYS, frozenset())


def _said(request: web.Request, problems: Mapping[str, str]) -> dict[str, str]:
    return {name: say(request, response) for name, response in problems.items()}
