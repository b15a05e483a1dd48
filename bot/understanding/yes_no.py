"""Yes, no, and "I would rather not say", in all the ways people put them."""

from dataclasses import dataclass
from functools import cache

from bot.understanding.letters import Found, Phrases, Written
from bot.understanding.wordlists import phrases, wordlist

ASKS_YES_OR_NO = frozenset(
    {
        "confirm",
        "callback_offer",
        "resume_offer",
        "consent",
        "message_allowed",
        "interpreter",
        "anything_else",
        "cancel_confirm",
        "delete_confirm",
    }
)
_ENDS_SOMETHING = frozenset({"cancel_confirm", "delete_confirm"})
"""Here "soittakaa sittenkin" is no yes."""
_CAN_BE_UNKNOWN = frozenset({"time", "child_age", "municipality", "language", "name", "interpreter", "need"})
_FILLING = frozenset(".,!?-()'\"…:;)")
_OPENING_WORDS = 3
_NOT = frozenset({"ei", "en", "eika", "inte", "icke", "never", "не"})
_BUT = frozenset({"vaan", "utan", "siis"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a message answers. At most one of `affirm` and `deny`."""

    affirm: bool = False
    deny: bool = False
    skip: bool = False


@cache
def _phrases(language: str, asked: bool) -> Phrases[str]:
    listed = wordlist("yes_no")
    entries = [(phrase, "skip") for phrase in phrases(listed["skip"])]
    entries += [(phrase, "unsure") for phrase in phrases(listed["unsure"])]
    for kind in ("deny", "affirm"):
        for heading in (language, "anywhere", *(["when_asked"] if asked else [])):
            entries += [(phrase, kind) for phrase in phrases(listed[kind].get(heading, ""))]
    return Phrases((*entries, *((phrase, "padding") for phrase in phrases(listed["padding"]))))


@cache
def _stops() -> Phrases[str]:
    return Phrases((phrase, "stop") for phrase in phrases(wordlist("yes_no")["stop_words"]))


def read_answer(written: Written, *, language: str, asked: str | None) -> Answer:
    """The answer a message gives: as a whole, or with its opening words when yes or no was asked."""
    found = _phrases(language, asked in ASKS_YES_OR_NO - _ENDS_SOMETHING).find(written)
    kinds = [one.value for one in found if one.value != "padding"]
    covered = _covers(written, found)
    if "?" in written.text:  # "is it anonymous?" asks, and passes nothing
        kinds = [kind for kind in kinds if kind != "skip"]
    if "skip" in kinds and (
        covered or (asked and asked not in ASKS_YES_OR_NO and _opens(written, found, "skip"))
    ):
        return Answer(skip=True)
    if "unsure" in kinds:
        return Answer(skip=asked in _CAN_BE_UNKNOWN)
    if covered and kinds:
        return _verdict(kinds, asked)
    if asked in ASKS_YES_OR_NO:
        return _verdict([one.value for one in _opening(written, found) if one.value != "padding"], asked)
    return Answer()


def opening_no(written: Written, *, language: str) -> int | None:
    """Where the no ends that opens a message, or None; a bare "ei" or "inte" belongs to the word right after it.

    "Ei vaan perjantaina" is a no of its own; "ei huomenna" and "ei käy huomenna" are not.
    """
    opening = _opening(written, _phrases(language, True).find(written))
    no = next((one for one in opening if one.value == "deny"), None)
    if no is None:
        return None
    joined = written.folded[no.end :].lstrip(" ")[:1].isalnum()
    said = written.folded[no.start : no.end].split()
    return None if joined and said[0] in _NOT and said[-1] not in _BUT else no.end


def _verdict(kinds: list[str], asked: str | None) -> Answer:
    if "deny" in kinds:  # "njoo ei", "joo ei kiitos": the no counts, "ei, kyllä käy" is too rare to guess
        return Answer(deny=True)
    if "affirm" in kinds:
        return Answer(affirm=True)
    return Answer(skip="skip" in kinds and asked is not None)


def _covers(written: Written, found: list[Found[str]]) -> bool:
    """Whether the phrases make up the whole message."""
    return all(
        word.text in _FILLING or any(one.start <= word.start and word.end <= one.end for one in found)
        for word in written.words
    )


def _opening(written: Written, found: list[Found[str]]) -> list[Found[str]]:
    """The phrases that open a message without a break: "joo just noin, mut älkää…" gives yes, not no."""
    opening: list[Found[str]] = []
    stops = {one.start for one in _stops().find(written)}
    for word in written.words:
        if opening and word.start < opening[-1].end:
            continue
        phrase = next((one for one in found if one.start == word.start), None)
        if phrase and not (opening and word.start in stops):
            opening.append(phrase)
        elif word.text in ".!?;" or phrase is None:
            if word.text == "," and not _answered(opening):
                continue
            break
    return opening


def _answered(opening: list[Found[str]]) -> bool:
    return any(one.value in ("affirm", "deny") for one in opening)


def _opens(written: Written, found: list[Found[str]], kind: str) -> bool:
    first = [word.start for word in written.words[:_OPENING_WORDS]]
    return any(one.value == kind and one.start in first for one in found)
