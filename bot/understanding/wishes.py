"""Wishes about the call itself: its language, an interpreter, may a message be left, writing instead of talking."""

import re
from collections.abc import Iterator
from functools import cache

from bot.meaning import Entity
from bot.understanding.letters import Written, fold, pattern
from bot.understanding.wordlists import expression, phrases, wordlist
from bot.understanding.yes_no import Answer

_REACH = 32
_CLAUSE_END = re.compile(r"[.!?\n,]|\b(?:mutta|mut|men|but|но|vaan)\b")
_NOT = re.compile(r"\b(?:ei|inte|not|не|mitte)\s+$")
_IS_ONE = re.compile(r"\b(?:ole|olen|oon|toimin|am|ar)\s+(?:(?:sen|hanen|heidan|itse|an?|the|en)\s+)?$")
"""Who is an interpreter asks for none: "mä oon sen tulkki"."""
_CAME = re.compile(
    r"\b(?:tuli|sai|saatiin|sain|eros\w+|ilmoit\w+|jatti|sanoi|kertoi|kom|fick|came|got|told)\b[^.!?,]*$"
)
_BEGINNING = 4
_FINNISH = frozenset({"suom", "fins", "finn", "финс", "soom"})
"""How the names of Finnish begin: nobody needs an interpreter for it."""


def find_wishes(written: Written, *, asked: str | None, answer: Answer) -> list[Entity]:
    """`language`, `interpreter`, `message_allowed` and `contact_mode` entities; a bare yes or no answers `asked`."""
    found = [*_message(written, asked, answer), *_interpreter(written, asked, answer)]
    found += [
        *_language(
            written,
            asked=asked == "language",
            interpreted=any(one.entity == "interpreter" and one.value for one in found),
        ),
        *_contact_mode(written, asked=asked == "contact_mode"),
    ]
    return found


def _message(written: Written, asked: str | None, answer: Answer) -> Iterator[Entity]:
    text = written.folded
    for heading, allowed in (("message_no", False), ("message_yes", True)):
        found = expression("wishes", heading).search(text)
        if found:
            yield Entity(entity="message_allowed", value=allowed, start=found.start(), end=found.end())
            return
    if asked == "message_allowed":
        yield from _as_answered("message_allowed", written, answer)


def _interpreter(written: Written, asked: str | None, answer: Answer) -> Iterator[Entity]:
    text = written.folded
    found = [
        one
        for one in expression("wishes", "interpreter").finditer(text)
        if not _IS_ONE.search(text[: one.start()])
    ]
    if found:
        wanted = next((one for one in found if not _no_interpreter(text, one)), None)
        told = wanted or found[0]
        yield Entity(entity="interpreter", value=wanted is not None, start=told.start(), end=told.end())
    elif asked == "interpreter":
        yield from _as_answered("interpreter", written, answer)


def _no_interpreter(text: str, found: re.Match[str]) -> bool:
    """Whether an interpreter is refused in the clause where one is named."""
    before = text[max(0, found.start() - _REACH) : found.start()].rsplit(",", maxsplit=1)[-1]
    after = text[found.end() : found.end() + _REACH].split(",", maxsplit=1)[0]
    return bool(expression("wishes", "no_interpreter").search(f"{before}{found[0]}{after}"))


def _as_answered(entity: str, written: Written, answer: Answer) -> Iterator[Entity]:
    if answer.affirm or answer.deny:
        end = len(written.text.rstrip())
        yield Entity(entity=entity, value=answer.affirm, start=0, end=end)  # type: ignore[arg-type]


def _language(written: Written, *, asked: bool, interpreted: bool) -> Iterator[Entity]:
    """Languages wished for: asked, said as "in that language", or named beside speaking, calling or an interpreter."""
    text = written.folded
    near = {found[1] for found in _beginnings().finditer(text)}
    for code, expression_, beginnings in _languages():
        if near.isdisjoint(beginnings):
            continue
        found = next(
            (one for one in expression_.finditer(text) if _wished(text, one, asked, interpreted)), None
        )
        if found:
            yield Entity(entity="language", value=code, start=found.start(), end=found.end())


def _wished(text: str, found: re.Match[str], asked: bool, interpreted: bool) -> bool:
    before = re.split(r"[.!?\n]", text[max(0, found.start() - _REACH) : found.start()])[-1]
    after = _CLAUSE_END.split(text[found.end() : found.end() + _REACH])[0]
    own = re.split(r"\b(?:mutta|mut|men|but|но|vaan)\b|,", before)[-1] + " " + after
    if _NOT.search(before) or (not asked and expression("wishes", "language_refused").search(own)):
        return False
    return bool(
        asked
        or (interpreted and found[0][:_BEGINNING] not in _FINNISH)
        or _in_it().fullmatch(found[0])
        or expression("wishes", "language_cue").search(f"{before} {after}")
    )


@cache
def _languages() -> list[tuple[str, re.Pattern[str], frozenset[str]]]:
    """Each language with the expression of all its forms, and how those begin."""
    listed = {code: phrases(forms) for code, forms in wordlist("wishes")["languages"].items()}
    for code, forms in wordlist("wishes")["further_languages"].items():
        listed[code] = _forms(*(phrases(part) for part in forms.split("|")))
    return [
        (code, pattern(forms), frozenset(fold(form)[:_BEGINNING].rstrip("*") for form in forms))
        for code, forms in listed.items()
    ]


def _forms(finnish: list[str], swedish: list[str], english: list[str]) -> list[str]:
    """The forms of a language that is listed by its names alone."""
    name, partitive, stem = finnish
    genitive = stem + "n"
    return [
        *(name, partitive, stem + "ksi", genitive + " kielellä", genitive + "kiel*", genitive + " kiel*"),
        *(genitive + " tulk*", genitive + " kielen tulk*", name + "tulk*", *swedish, *english),
        *(form + " tolk*" for form in swedish),
        *(form + " interpreter*" for form in english),
    ]


@cache
def _beginnings() -> re.Pattern[str]:
    """The first letters of all forms, so that most messages need no closer look."""
    found = sorted(set().union(*(beginnings for _, _, beginnings in _languages())), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?=({'|'.join(map(re.escape, found))}))")


@cache
def _in_it() -> re.Pattern[str]:
    return pattern(phrases(wordlist("wishes")["in_it"]))


def _not_own(text: str, found: re.Match[str]) -> bool:
    return bool(expression("wishes", "contact_not_own").search(text[: found.start()]))


def _contact_mode(written: Written, *, asked: bool) -> Iterator[Entity]:
    text = written.folded
    signed = expression("wishes", "contact_sign").search(text)
    typed = expression("wishes", "contact_text").search(text)
    if typed and _CAME.search(text[: typed.start()]):
        typed = None  # "suruviesti tuli tekstarilla"
    if typed and expression("wishes", "contact_trait").fullmatch(typed[0]) and _not_own(text, typed):
        typed = None  # "pojalla on puhevamma"
    if signed and typed and expression("wishes", "contact_deaf").fullmatch(signed[0]):
        signed = None  # "olen kuuro, tekstiviesti kiitos": how they wish to be reached is said
    if signed and not _not_own(text, signed):
        yield Entity(
            entity="contact_mode", value="video_interpreting", start=signed.start(), end=signed.end()
        )
        return
    if typed:
        yield Entity(entity="contact_mode", value="text", start=typed.start(), end=typed.end())
        return
    spoken = expression("wishes", "contact_call" if asked else "contact_call_fine").search(text)
    if spoken:
        yield Entity(entity="contact_mode", value="call", start=spoken.start(), end=spoken.end())
