"""Messages that were not understood and may teach the bot: filed under a label, or deleted, and taken out as YAML."""

from collections.abc import Mapping
from datetime import date

from aiohttp import web
from sqlalchemy.orm import Session

from bot import audit
from bot.clock import helsinki
from bot.console.moments import date_words, language_words
from bot.console.page import draw, form_of
from bot.console.words import Words, words
from bot.learning import unclear
from bot.learning.unclear import Unclear
from bot.meaning import LANGUAGES
from bot.staff.accounts import Member
from bot.understanding import labels
from bot.web.appkeys import CLOCK, DATABASE, LEARNS

_LONGEST = 500


async def show(request: web.Request, member: Member) -> web.StreamResponse:
    """The inbox."""
    return await _drawn(request, member)


async def change(request: web.Request, member: Member) -> web.StreamResponse:
    """File a message as a training sentence, or delete it."""
    form, now, w = await form_of(request), request.app[CLOCK](), words()
    message_id, what = request.match_info["id"], form.get("what", "")
    label, text = _label(form), form.get("text", "")[:_LONGEST]
    if what not in ("file", "drop"):
        raise web.HTTPBadRequest
    if what == "file" and (label is None or not text):
        error = w("unclear.choose" if text else "unclear.words_missing")
        return await _drawn(request, member, error=error, typed={message_id: form}, status=422)

    def work(session: Session) -> bool:
        audit.record(session, member.id, what, "unclear_message", [message_id], now=now)
        if what == "drop":
            return unclear.drop(session, message_id)
        return unclear.file_under(session, message_id, str(label), text)

    if not await request.app[DATABASE].write(work):
        return await _drawn(request, member, error=w("unclear.gone"), status=404)
    return await _drawn(
        request, member, done=w("unclear.filed_done" if what == "file" else "unclear.dropped_done")
    )


async def proposed(request: web.Request, _member: Member) -> web.StreamResponse:
    """The filed sentences of one language, as a file for `nlu_data/`."""
    language = request.match_info["language"]
    if language not in LANGUAGES:
        raise web.HTTPNotFound
    found = await request.app[DATABASE].read(lambda session: unclear.proposed(session, language))
    name = f'attachment; filename="proposed_{language}.yml"'
    return web.Response(text=found, content_type="application/yaml", headers={"Content-Disposition": name})


def _label(form: Mapping[str, str]) -> str | None:
    """The training label chosen, `need`, `act` or `need+act`; None when it is none of ours."""
    chosen = "+".join(part for part in (form.get("need"), form.get("act")) if part)
    return chosen if labels.parts(chosen) else None


def _about(message: Unclear, w: Words, today: date) -> dict[str, str]:
    """When and in which language it came, and what it is filed under, in words."""
    day = date_words(helsinki(message.kept_at).date(), today, w)
    filed = w("unclear.filed", label=_label_words(message.label, w)) if message.label else ""
    return {"kept": w("unclear.kept", day=day, language=language_words(message.language)), "filed": filed}


def _label_words(label: str, w: Words) -> str:
    need, act = labels.parts(label) or (None, labels.NO_ACT)
    said = [w.known("need", need) if need else "", w.known("act", act) if act != labels.NO_ACT else ""]
    return ", ".join(part for part in said if part)


async def _drawn(
    request: web.Request,
    member: Member,
    *,
    status: int = 200,
    error: str = "",
    done: str = "",
    typed: Mapping[str, Mapping[str, str]] | None = None,
) -> web.StreamResponse:
    w, today = words(), helsinki(request.app[CLOCK]()).date()
    found = await request.app[DATABASE].read(unclear.inbox)
    return draw(
        request, member, "staff/unclear.html",
        status=status, tab="unclear", error=error, done=done, learns=request.app[LEARNS],
        messages=[(one, _about(one, w, today), (typed or {}).get(one.id, {})) for one in found],
        languages=sorted({one.language for one in found if one.label}),
        needs=[("", w("unclear.no_need")), *w.group("need").items()],
        acts=[("", w("unclear.no_act")), *w.group("act").items()],
    )  # fmt: skip
