"""Who is writing: a parent, a child, a relative or a professional; and the name, when it is offered."""

import re
from collections.abc import Iterator

from bot.meaning import Entity
from bot.understanding.ages import own_age
from bot.understanding.letters import Written, fold
from bot.understanding.wordlists import expression
from bot.understanding.yes_no import Answer

_CHILDHOOD_END = 18
_LONGEST_NAME = 3
_NAME = re.compile(r"[^\W\d_][^\W\d_'’-]*(?:[-'’][^\W\d_]+)*")
_PLAIN_CUE = re.compile(
    r"(?:nim[ei]\w* on?|heter|name is|namn ar|names|name's|зовут|звати|имя|اسمي|magacaygu.*)$"
)
"""After these a name may be written with a small letter."""
_I_AM_A_PARENT = re.compile(
    r"\b(?:olen|oon|jag ar|i am|i'm|im)\b(?:\W+\w+){0,4}?\W+(?:aiti|isa|iska|yh|yksinhuoltaja\w*|mamma"
    r"|pappa|mor|far|mother"
    r"|father|mom|mum|dad)\b"
)
_LETTERS = r"[^\W\d_]"


def find_sender_role(written: Written) -> list[Entity]:
    """At most one `sender_role`, and none when the words leave it open."""
    text = written.folded
    age = own_age(written)
    if age is not None and age < _CHILDHOOD_END:
        return [Entity(entity="sender_role", value="child", start=0, end=len(written.text))]
    own_family = expression("people", "not_child").search(text)
    for role in ("professional", "relative", "child", "parent"):
        found = expression("people", role).search(text)
        if not found or (role == "child" and own_family) or (role == "professional" and _also_parent(text)):
            continue
        return [Entity(entity="sender_role", value=role, start=found.start(), end=found.end())]
    parent = _I_AM_A_PARENT.search(text)
    return (
        [Entity(entity="sender_role", value="parent", start=parent.start(), end=parent.end())]
        if parent
        else []
    )


def _also_parent(text: str) -> bool:
    """A teacher who writes of a child of their own writes as a parent."""
    return bool(
        re.search(
            r"\b(?:oma\w* laps\w*|lapseni|lapsemme|mun laps\w*|poikani|tyttareni|mitt barn"
            r"|my (?:own )?(?:child|kids?|son|daughter))\b",
            text,
        )
    )


def find_name(written: Written, *, asked: bool, answer: Answer) -> list[Entity]:
    """The writer's name as written, when offered or asked for; never a child's."""
    found = next(_offered(written), None)
    if found is None and asked and not (answer.affirm or answer.deny or answer.skip):
        found = _whole(written)
    return [found] if found else []


def _offered(written: Written) -> Iterator[Entity]:
    text = written.folded
    for cue in expression("people", "name").finditer(text):
        before = text[: cue.start()].split()
        if before and expression("people", "not_own_name").fullmatch(before[-1]):
            continue
        yield from _name_at(written, cue.end(), loosely=bool(_PLAIN_CUE.search(cue[0])))
    for cue in expression("people", "name_greeting").finditer(text):
        if re.search(r"(?:^|[.!?,\n]|\s)\s*$", text[: cue.start()]) and _ends(text, cue.end()):
            yield from _name_at(written, cue.end(), loosely=False)
    after = re.search(
        rf"(?:^|[.!?,]\s*|\b(?:hei|moi|moro|terve|hej|hi|hello),?\s+)({_LETTERS}[^\W\d_-]+)\s+(?:tassa|har|here)\b",
        text,
    )
    if after and written.text[after.start(1)].isupper():
        yield from _name_at(written, after.start(1), loosely=False, longest=1)


def _ends(text: str, place: int) -> bool:
    """Whether only a name can follow: the last words of a message."""
    return len(text[place:].split()) <= _LONGEST_NAME + 1


def _name_at(
    written: Written, place: int, *, loosely: bool, longest: int = _LONGEST_NAME
) -> Iterator[Entity]:
    """The name that begins at a place; `loosely`: it may be written small."""
    parts: list[re.Match[str]] = []
    start = place
    while len(parts) < longest:
        gap = re.compile(r"[ \t]*[:.,]?[ \t\n]*" if not parts else r"[ \t]+").match(written.text, start)
        part = _NAME.match(written.text, gap.end() if gap else start)
        if not part or expression("people", "not_a_name").fullmatch(fold(part[0])):
            break
        if not part[0][0].isupper() and not (loosely and not parts):
            break
        parts.append(part)
        start = part.end()
    if parts:
        yield Entity(
            entity="name",
            value=written.text[parts[0].start() : parts[-1].end()],
            start=parts[0].start(),
            end=parts[-1].end(),
        )


def _whole(written: Written) -> Entity | None:
    """When the name was asked: a message of one to three words that can be one."""
    text = written.text.strip(" .,!?\n")
    shown = re.sub(
        r"^(?:olen|oon|mä oon|mä olen|minä olen|se on|no|ihan vaan|vaikka|jag är|it's|i'm|i am)\s+",
        "",
        text,
        flags=re.IGNORECASE,
    )
    parts = shown.split()
    if not 1 <= len(parts) <= _LONGEST_NAME or not all(_NAME.fullmatch(part) for part in parts):
        return None
    if any(expression("people", "not_a_name").fullmatch(fold(part)) for part in parts):
        return None
    start = written.text.index(shown)
    return Entity(entity="name", value=shown, start=start, end=start + len(shown))
