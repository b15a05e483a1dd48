"""A family's own callback as its page shows it: what is promised, what has happened, how we ring."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.callbacks.callback import Callback
from bot.callbacks.notices import way_of
from bot.callbacks.request import OPEN_STATES, NewCallback, State
from bot.callbacks.wording import day_words, language_name, window_words
from bot.clock import helsinki
from bot.phone_numbers import hidden
from bot.web import safe_answers

Say = Callable[..., str]
"""Gives a page's sentence by the name of its response."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the way to the call; `done` is shown by a tick and said in words."""

    title: str
    text: str
    done: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MyCallback:
    """The page's contents, in the reader's language."""

    code: str
    open: bool
    title: str
    promise: str | None
    text: str | None
    steps: tuple[Step, ...]
    rows: tuple[tuple[str, str], ...]
    safe: Mapping[str, str] = field(default_factory=dict)
    """How the family can be called safely, as the fields of its form."""
    code_word_kept: bool = False
    safe_open: bool = False
    """Whether the form of safe calling is unfolded: something was told of it."""


def view_of(
    callback: Callback, code: str, language: str, say: Say, now: datetime, *, notices: Collection[str] = ()
) -> MyCallback:
    """What to show. The number is masked: whoever reads the code over a shoulder learns no more.

    `notices` are the ways by which notices can be sent here.
    """
    if callback.state in OPEN_STATES:
        return MyCallback(
            code=code,
            open=True,
            title=_title(callback, language, say, now),
            promise=_promise(callback, language, say, now),
            text=None,
            steps=_steps(callback, language, say, now),
            rows=(*_rows(callback, language, say), *_notices(callback, say, notices)),
            safe=_safe(callback.request),
            code_word_kept=callback.request.code_word is not None,
            safe_open=callback.request.who_may_answer == "only_me",
        )
    ended = "done" if callback.state is State.DONE else "cancelled"
    return MyCallback(
        code=code,
        open=False,
        title=say(f"page_my_{ended}_title"),
        promise=None,
        text=say(f"page_my_{ended}_text"),
        steps=(),
        rows=(),
    )


def _title(callback: Callback, language: str, say: Say, now: datetime) -> str:
    window = callback.request.window
    if window and window.end > now and not callback.next_try_at:
        return say("page_my_when_window", when=window_words(window, language))
    if callback.is_late(now):
        return say("page_my_when_soon")
    return say("page_my_when_promise", day=day_words(callback.promised_day, language))


def _promise(callback: Callback, language: str, say: Say, now: datetime) -> str:
    name = "page_my_promise_late" if callback.is_late(now) else "page_my_promise"
    return say(name, day=day_words(callback.promised_day, language))


def _steps(callback: Callback, language: str, say: Say, now: datetime) -> tuple[Step, ...]:
    received = day_words(helsinki(callback.created_at).date(), language)
    steps = [Step(say("page_my_step_received"), received, done=True)]
    if callback.tries:
        steps.append(Step(say("page_my_step_tried"), say("page_my_step_tried_text"), done=True))
    if callback.state is State.CLAIMED:
        steps.append(Step(say("page_my_step_claimed"), say("page_my_step_claimed_text"), done=True))
    window = callback.request.window
    if window and window.end > now:
        when = window_words(window, language)
    else:
        when = say("page_my_step_by", day=day_words(callback.promised_day, language))
    steps.append(Step(say("page_my_step_call"), when, done=False))
    return tuple(steps)


def _rows(callback: Callback, language: str, say: Say) -> tuple[tuple[str, str], ...]:
    asked = callback.request
    rows = [
        (say("page_my_row_phone"), hidden(asked.phone) if asked.phone else ""),
        (say("page_my_row_language"), language_name(asked.language, language)),
    ]
    if asked.interpreter:
        rows.append((say("page_my_row_interpreter"), language_name(asked.interpreter, language)))
    rows += _safe_rows(asked, say)
    if asked.message_allowed is not None:
        answer = "page_my_message_yes" if asked.message_allowed else "page_my_message_no"
        rows.append((say("page_my_row_message"), say(answer)))
    if asked.wish_words and not asked.window:
        rows.append((say("page_my_row_wish"), asked.wish_words))
    return tuple(row for row in rows if row[1])


def _safe(asked: NewCallback) -> dict[str, str]:
    message = {True: "yes", False: "no", None: ""}[asked.message_allowed]
    return safe_answers.as_fields(asked) | {"message": message}


def _safe_rows(asked: NewCallback, say: Say) -> list[tuple[str, str]]:
    """What was told of safe calling; the code word is not shown, for it would help nobody but a stranger."""
    rows = []
    if who := asked.who_may_answer:
        rows.append((say("summary_who"), say(f"summary_who_{who}")))
    if asked.show_number is not None:
        shown = "summary_our_number_shown" if asked.show_number else "summary_our_number_hidden"
        rows.append((say("summary_our_number"), say(shown)))
    if asked.code_word:
        rows.append((say("summary_code_word"), say("summary_code_word_agreed")))
    return rows


def _notices(callback: Callback, say: Say, notices: Collection[str]) -> tuple[tuple[str, str], ...]:
    way = way_of(callback.request)
    return ((say("summary_notices"), say(f"summary_notices_{way}")),) if way in notices else ()
