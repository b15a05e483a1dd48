"""How one family is called safely: what to mind before its number is shown, and what to say to anybody else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.callbacks.callback import Callback
from bot.callbacks.request import NewCallback
from bot.clock import helsinki
from bot.console.moments import day_words, language_words
from bot.console.rows import when_words
from bot.console.words import Words

_MAY_BE_SEEN = frozenset({"violence_now", "violence_partner", "violence_child", "sexual_abuse"})
"""Categories in which somebody at home may look at the telephone: without an answer the number stays hidden."""


@dataclass(frozen=True, slots=True)
class Mind:
    """One thing to mind before ringing. `is_strict`: a "do not"."""

    icon: str
    text: str
    hint: str
    is_strict: bool = False


@dataclass(frozen=True, slots=True)
class Script:
    """What to say when somebody else answers, and what not to."""

    say: str
    not_to_say: str


def to_mind(callback: Callback, now: datetime, w: Words) -> tuple[Mind, ...]:
    """Everything that makes the call safe: each "do not" first, and within these the order in which it matters."""
    found = (*_whether(callback.request, w), *_when(callback, now, w), *_how_to_talk(callback.request, w))
    return tuple(sorted(found, key=lambda mind: not mind.is_strict))


def beside_number(asked: NewCallback, w: Words) -> tuple[str, ...]:
    """The same in a word or two, for the button that shows the number: only what must never be missed."""
    found = [
        ("call.number_text", asked.contact_mode != "call"),
        ("call.number_only_me", asked.who_may_answer == "only_me"),
        ("call.number_hidden", _hides(asked)),
        ("call.number_no_message", asked.message_allowed is False),
        ("call.number_child", asked.sender_role == "child"),
        ("call.number_interpreter", asked.interpreter is not None),
    ]
    return tuple(w(key) for key, holds in found if holds)


def if_another_answers(asked: NewCallback, advisor: str, w: Words) -> Script | None:
    """What to say to anybody but the family member who asked; None when nobody is rung.

    Who has not said who may answer, and a child, are kept as safe as somebody who has said "only me".
    """
    if asked.contact_mode != "call":
        return None
    name = asked.name
    if asked.who_may_answer == "anyone":
        say = w("call.say_anyone", advisor=advisor, name=name) if name else w("call.say_who", advisor=advisor)
        return Script(say, w("call.not_the_matter"))
    if asked.who_may_answer is None and name and asked.sender_role != "child" and not _hides(asked):
        return Script(w("call.say_is_there", name=name), w("call.not_from_where"))
    return Script(w("call.say_wrong_number"), w("call.not_anything"))


def other_way(callback: Callback, w: Words) -> str | None:
    """How the family is answered when it is not to be rung; None when a call is right."""
    mode = callback.request.contact_mode
    if mode == "call":
        return None
    return w.known("call", f"not_by_phone_{mode}", w("call.not_by_phone_other"))


def _whether(asked: NewCallback, w: Words) -> Iterable[Mind]:
    if asked.contact_mode == "text":
        yield Mind("chat", w("call.mode_text"), w("call.mode_text_hint"), is_strict=True)
    if asked.contact_mode == "video_interpreting":
        yield Mind("chat", w("call.mode_video"), w("call.mode_video_hint"), is_strict=True)
    if asked.contact_mode == "call":
        who = asked.who_may_answer or "unknown"
        words, hint = w(f"call.answers_{who}"), w(f"call.answers_{who}_hint")
        yield Mind("person", words, hint, is_strict=who == "only_me")
    if _hides(asked):
        hint = "call.hide_number_hint" if asked.show_number is False else "call.hide_number_danger"
        yield Mind("hidden", w("call.hide_number"), w(hint), is_strict=True)
    if asked.contact_mode == "call" or asked.message_allowed is not None:
        message = {True: "yes", False: "no", None: "unknown"}[asked.message_allowed]
        icon = "chat" if asked.message_allowed else "no-message"
        words, hint = w(f"call.message_{message}"), w(f"call.message_{message}_hint")
        yield Mind(icon, words, hint, not asked.message_allowed)
    if asked.sender_role == "child":
        yield Mind("person", w("call.role_child"), w("call.role_child_hint"), is_strict=True)
    if asked.code_word:
        yield Mind("key", w("call.code_word", word=asked.code_word), w("call.code_word_hint"), is_strict=True)


def _hides(asked: NewCallback) -> bool:
    return asked.show_number is False or (asked.show_number is None and asked.category in _MAY_BE_SEEN)


def _when(callback: Callback, now: datetime, w: Words) -> Iterable[Mind]:
    asked = callback.request
    promised = w("call.when_any_hint", day=day_words(callback.promised_day, helsinki(now).date(), w))
    wish = w("call.when_wish", words=asked.wish_words) if asked.wish_words else promised
    if asked.urgency == "immediate":
        yield Mind("warning", when_words(callback, now, w), wish, is_strict=True)
    elif asked.window is None and callback.next_try_at is None:
        yield Mind("clock", w("call.when_any"), wish)
    else:
        yield Mind("clock", when_words(callback, now, w), wish)


def _how_to_talk(asked: NewCallback, w: Words) -> Iterable[Mind]:
    if asked.interpreter:
        language = language_words(asked.interpreter)
        yield Mind(
            "globe", w("call.interpreter", language=language), w("call.interpreter_hint"), is_strict=True
        )
    elif asked.language != "fi":
        language = language_words(asked.language)
        yield Mind("globe", w("call.speaks", language=language), w("call.interpreter_none"))
    if asked.easy_language:
        yield Mind("globe", w("call.easy_language"), w("call.easy_language_hint"))
    if asked.sender_role in ("relative", "professional"):
        role = f"call.role_{asked.sender_role}"
        yield Mind("person", w(role), w(f"{role}_hint"))
