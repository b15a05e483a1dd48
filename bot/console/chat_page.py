"""The live chats: who waits for a person, and the page on which staff read, take, write and give back."""

import secrets

from aiohttp import web

from bot.console.chat_view import row_of, said_in
from bot.console.page import draw, form_of
from bot.console.words import words
from bot.live_chat.chat import Ending, NotYours, Saved, State, Taken, TakenBy
from bot.staff.accounts import Member
from bot.web import live_chat_work
from bot.web.appkeys import CLOCK, TEXTS

_MAX_CHARACTERS = 4000
_ENDINGS = {ending.value: ending for ending in (Ending.HANDED_BACK, Ending.ENDED)}


async def show_all(request: web.Request, member: Member) -> web.StreamResponse:
    """The chats that are waited for, one's own, and those of colleagues."""
    return await _all(request, member)


async def show(request: web.Request, member: Member) -> web.StreamResponse:
    """One chat with the talk so far."""
    return await _one(request, member)


async def take(request: web.Request, member: Member) -> web.StreamResponse:
    """Take it: to its page, or back with the name of whoever was quicker."""
    w, chat_id = words(), request.match_info["id"]
    match await live_chat_work.take(request.app, member, chat_id):
        case None:
            return draw(request, member, "staff/chat_gone.html", status=404, tab="chats")
        case Taken():
            raise web.HTTPSeeOther(f"/staff/chats/{chat_id}")
        case TakenBy(name=name):
            error = w("chat.taken_by", name=name)
        case NotYours():
            error = w("chat.gone")
    return await _all(request, member, status=409, error=error)


async def say(request: web.Request, member: Member) -> web.StreamResponse:
    """Write to the family. What was typed stays on the page when it cannot be sent."""
    chat_id, form = request.match_info["id"], await form_of(request)
    text = form.get("message", "")
    if not text or len(text) > _MAX_CHARACTERS:
        error = words()("chat.too_long" if text else "chat.empty")
        return await _one(request, member, status=422, error=error, typed=text)
    message_id = form.get("message_id") or secrets.token_hex(16)
    done = await live_chat_work.say(request.app, member, chat_id, text, message_id)
    if isinstance(done, Saved):
        raise web.HTTPSeeOther(f"/staff/chats/{chat_id}")
    return await _one(request, member, status=409, error=words()("chat.not_sent"), typed=text)


async def refill(request: web.Request, member: Member) -> web.StreamResponse:
    """The chat with what was typed when the sign-in ended; nothing is sent yet."""
    return await _one(request, member, typed=(await form_of(request)).get("message", ""))


async def seen(request: web.Request, member: Member) -> web.StreamResponse:
    """The open page says that its reader is there."""
    there = await live_chat_work.show_sign(request.app, member, request.match_info["id"])
    if there is None:
        return draw(request, member, "staff/chat_gone.html", status=404, tab="chats")
    return web.Response(status=204 if there else 409)


async def end(request: web.Request, member: Member) -> web.StreamResponse:
    """Give the conversation back to the bot, or end it."""
    ending = _ENDINGS.get((await form_of(request)).get("how", ""), Ending.HANDED_BACK)
    done = await live_chat_work.give_back(request.app, member, request.match_info["id"], ending)
    if isinstance(done, Saved):
        raise web.HTTPSeeOther("/staff/chats")
    return await _one(request, member, status=409, error=words()("chat.gone"))


async def _all(
    request: web.Request, member: Member, *, status: int = 200, error: str = ""
) -> web.StreamResponse:
    now, w = request.app[CLOCK](), words()
    chats = await live_chat_work.open_chats(request.app, member)
    rows = [row_of(chat, now, w) for chat in chats]
    return draw(
        request, member, "staff/chats.html",
        status=status, tab="chats", error=error,
        waiting_chats=[row for row in rows if row.holder is None],
        mine=[row for row in rows if row.holder == member.id],
        others=[row for row in rows if row.holder not in (None, member.id)],
    )  # fmt: skip


async def _one(
    request: web.Request, member: Member, *, status: int = 200, error: str = "", typed: str = ""
) -> web.StreamResponse:
    found = await live_chat_work.opened(request.app, member, request.match_info["id"])
    if found is None:
        return draw(request, member, "staff/chat_gone.html", status=404, tab="chats")
    w, chat = words(), found.chat
    return draw(
        request, member, "staff/chat.html",
        status=status, tab="chats", error=error, typed=typed,
        chat=chat, row=row_of(chat, request.app[CLOCK](), w), said=said_in(found, request.app[TEXTS](), w),
        is_mine=chat.state is State.HELD and chat.holder == member.id, message_id=secrets.token_hex(16),
    )  # fmt: skip
