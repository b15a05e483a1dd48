"""The facts in a message: place, ages, numbers, times, wishes, name; and whether it says yes, no, or takes back."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.meaning import Entity, TimeWish
from bot.understanding.ages import find_ages
from bot.understanding.letters import Written, visible
from bot.understanding.municipalities import find_municipalities, is_postcode
from bot.understanding.people import find_name, find_sender_role
from bot.understanding.phones import find_phones
from bot.understanding.remarks import asks_to_repeat, correction_at, is_abuse
from bot.understanding.safe_calls import apart_from_code_word, find_safe_calls
from bot.understanding.time_wishes import find_time_wishes
from bot.understanding.wishes import find_wishes
from bot.understanding.yes_no import ASKS_YES_OR_NO, Answer, opening_no, read_answer

_LONGEST = 4000
_NUMBER_WORD = re.compile(
    r"(?:\b(?:mun|minun|min|mitt|my|pa|till|to|at|on)\s+)?"
    r"\b(?:puh\w*|p|nro|nr|no|num|nume?ro\w*|nummer\w*|number|tel\w*|phone(?:\s+number)?|mobile|mob|gsm)\b"
    r"[\s.:]*(?:(?:on|is|ar)\b[\s:]*)?$"
)
_FILLING = 12
"""Letters that may stand beside a bare time: "vasta", "hellre", "make it"."""
_CALLING = re.compile(r"\b(?:soit|ring|call)")
_ASKS_TO_MOVE = re.compile(
    r"\b(?:siirra|siirtakaa|siirretaan|vaihda|vaihdetaan|(?:voi|vois|voisi|voiko|voiks|voisko|saako|saisko)\w* "
    r"(?:sen |sita |ajan |aikaa |soiton )*(?:siirtaa|vaihtaa|muuttaa))\b|^(?:hei |no |joo |ei |eiku |mut )*sittenkin\b"
    r"|\b(?:kan|far|kunde) (?:jag|vi|man|ni) (?:byta|flytta|andra)\b"
    r"|\b(?:change|move|switch) (?:it|the call|the time|my call) to\b|\breschedule\b"
    r"|\bперенес(?:ите|ти)\b|\bперенести\b"
)
"""Asks for another time: a time in it is a wish, whatever else stands there. Of folded text."""
_TOLD_BY = {"time": "time_window", "phone": "phone", "municipality": "municipality", "child_age": "child_age"}
"""What answers a question, so that "next Monday" passes nothing."""
_REACH = 20
_DENIABLE = frozenset({"phone", "municipality", "child_age"})
_NOT_BUT = re.compile(r"\b(?:ei|en|emme)\b[^.!?]*?\bvaan\b|\b(?:inte|not)\b[^.!?]*?\b(?:utan|but)\b")
_NOT_THIS = re.compile(r"(?:(?:,|\bja|\d)\s*\(?(?:ei|en)|(?:,|\boch|\band|\d)\s*\(?(?:inte|not))\s+$")
_NOT_THIS_SWEDISH = re.compile(r"(?:,|\boch|\d)\s*\(?inte\s+$")
"""In Swedish "en" is an article: "en femåring, en tvååring"."""
_SINGLE = frozenset({"phone", "municipality", "time_window", "child_age", "language", "name"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a message states, whatever it is about. Entities are in the order of the text, real phones first."""

    entities: tuple[Entity, ...] = ()
    correction: bool = False
    repeat: bool = False
    abuse: bool = False
    affirm: bool = False
    deny: bool = False
    skip: bool = False


def find_facts(text: str, *, now: datetime, language: str, asked: str | None = None) -> Facts:
    """The facts of one message.

    `now` is aware, any zone; days are counted in Europe/Helsinki. `language` is the message's or the conversation's.
    `asked` is the slot the bot is waiting for (`phone`, `time`, `municipality`, `child_age`, `confirm`, …): with it
    a bare "4", "Salo" or "ei" is an answer; without it, it means nothing.
    """
    shown, places = visible(text[:_LONGEST])
    written = Written(shown)
    answer = read_answer(written, language=language, asked=asked)
    taken_back = correction_at(written)
    if taken_back is None and answer.deny and asked in ASKS_YES_OR_NO:
        taken_back = _renewed_after_no(written, now, language, asked)
    names = find_name(written, asked=asked == "name", answer=answer)
    entities = [
        *(
            one
            for one in _stated(written, now, language, asked, taken_back or 0)
            if not _is_surname(one, names)
        ),
        *find_wishes(written, asked=asked, answer=Answer() if _only_corrects(answer, taken_back) else answer),
        *find_sender_role(written),
        *names,
        *find_safe_calls(written, asked=asked),
    ]
    if taken_back is not None:
        entities = _as_corrected(entities, taken_back)
    entities = apart_from_code_word(entities)
    entities = _without_denied(entities, written.folded, _NOT_THIS_SWEDISH if language == "sv" else _NOT_THIS)
    if places is not None:
        entities = [replace(one, start=places[one.start], end=places[one.end]) for one in entities]
    return Facts(
        entities=tuple(entities),
        correction=taken_back is not None,
        repeat=asks_to_repeat(written),
        abuse=is_abuse(written),
        affirm=answer.affirm,
        deny=answer.deny and not _only_corrects(answer, taken_back),
        skip=answer.skip and not any(one.entity == _TOLD_BY.get(asked or "") for one in entities),
    )


def _stated(written: Written, now: datetime, language: str, asked: str | None, since: int) -> list[Entity]:
    phones = find_phones(written, asked=asked == "phone")
    if asked != "phone":  # "04400" begins like a mobile number, and is a postcode
        phones = [one for one in phones if not is_postcode(written.text[one.start : one.end])]
    rest = written.without(*(_with_its_word(written.folded, one) for one in phones))
    ages = find_ages(rest, asked=asked == "child_age", timed=asked == "time")
    rest = rest.without(*places_of(ages))
    municipalities = find_municipalities(rest, asked=asked == "municipality")
    times = find_time_wishes(
        rest,
        now=now,
        language=language,
        asked=asked == "time"
        or (asked == "phone" and bool(phones))
        or bool(_ASKS_TO_MOVE.search(rest.folded)),
        called=any(one.entity == "phone" for one in phones),
        since=since,
    )
    if since and not any(one.start >= since for one in times):
        times = _new_times(rest.without((0, since)), now, language) or times
    if ages and asked == "child_age":  # "pian kuus" asks for no haste
        times = [one for one in times if not one.value.as_soon_as_possible]
    return [*phones, *municipalities, *ages, *times]


def _is_surname(one: Entity, names: list[Entity]) -> bool:
    """Whether a place is part of a name: "t. Anna Lahti"."""
    return one.entity.startswith("municipality") and any(
        name.start <= one.start and one.end <= name.end for name in names
    )


def _renewed_after_no(written: Written, now: datetime, language: str, asked: str | None) -> int | None:
    """Where a no ends that puts a new time or number in the place of what was read back; None for a plain no.

    "Nej fredag kl 9", "ei vaan 050…". When a message on the answering machine was asked about, only a bare time
    counts: "ei, soittakaa kolmen jälkeen" refuses the message.
    """
    end = opening_no(written, language=language)
    if end is None:
        return None
    rest = written.without((0, end))
    if asked == "confirm":
        renewed = any(one.entity == "phone" for one in find_phones(rest)) or bool(
            _new_times(rest, now, language)
        )
    else:
        renewed = bool(_new_times(rest, now, language)) and not _CALLING.search(rest.folded)
    return end if renewed else None


def _new_times(rest: Written, now: datetime, language: str) -> list[Entity]:
    """The times put in the place of others: a wish in itself, or with only a word or two around it."""
    plain = [one for one in find_time_wishes(rest, now=now, language=language) if _dated(one.value)]
    if plain:
        return plain
    times = [
        one for one in find_time_wishes(rest, now=now, language=language, asked=True) if _dated(one.value)
    ]
    told = len(rest.text.strip(" .,!")) - sum(one.end - one.start for one in times)
    return times if told <= _FILLING and any(" " in one.value.words or one.value.day for one in times) else []


def _dated(wish: TimeWish) -> bool:
    return bool(wish.day or wish.from_time or wish.to_time)


def _with_its_word(text: str, phone: Entity) -> tuple[int, int]:
    """Where a number stood together with the word that announces it: "nro 040…", "numeroni on 040…"."""
    word = _NUMBER_WORD.search(text[: phone.start])
    return (word.start() if word else phone.start), phone.end


def _as_corrected(entities: list[Entity], since: int) -> list[Entity]:
    """What stands before "ei kun" gives way to the same kind of fact after it."""
    renewed = {one.entity for one in entities if one.start >= since}
    return [one for one in entities if one.start >= since or one.entity not in renewed & _SINGLE]


def _without_denied(entities: list[Entity], text: str, not_this: re.Pattern[str]) -> list[Entity]:
    """Places, ages and numbers said not to be so fall away beside the right one: "en Mikkelissä vaan Kuopiossa"."""
    deniable = [one for one in entities if one.entity in _DENIABLE]
    if len(deniable) < 2:  # noqa: PLR2004  (what is not so, and what is)
        return entities
    not_but = [found.span() for found in _NOT_BUT.finditer(text)]
    denied = [
        one
        for one in deniable
        if any(start < one.start < end for start, end in not_but)
        or not_this.search(text[max(0, one.start - _REACH) : one.start])
    ]
    right = {one.entity for one in entities if one not in denied}
    return [one for one in entities if one not in denied or one.entity not in right]


def _only_corrects(answer: Answer, taken_back: int | None) -> bool:
    return taken_back is not None and answer.deny


def places_of(entities: Iterable[Entity]) -> list[tuple[int, int]]:
    """Where entities stood."""
    return [(one.start, one.end) for one in entities]
