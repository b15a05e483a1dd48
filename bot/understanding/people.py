"""Who is writing: a parent, a child, a relative or a professional; and the name, when it is offered."""

import re
from collections.abc import Iterator
from functools import cache

from bot.meaning import Entity
from bot.understanding.ages import own_age
from bot.understanding.letters import Written, fold
from bot.understanding.wordlists import expression, phrases, wordlist
from bot.understanding.yes_no import Answer

_ARABIC = re.compile("[\u0600-\u06ff]")
_ARABIC_OPENINGS = frozenset({"انا", "مرحبا", "عليكم", "اهلا", "و"})
_GAP = re.compile(r"[ \t]*[:.,]?[ \t\n]*")
_BLANK = re.compile(r"[ \t]+")
_FROM_PLACE = re.compile(r"(?:sta|lta|ssa|lla)$")
_CHILDHOOD_END = 18
_LONGEST_NAME = 3
_NAME = re.compile(r"[^\W\d_][^\W\d_'’-]*(?:[-'’][^\W\d_]+)*")
_PLAIN_CUE = re.compile(
    r"(?:nim[ei]\w* on?|heter|name is|namn ar|names|name's|зовут|звати|имя|اسمي|magacaygu.*)$"
)
"""After these a name may be written with a small letter."""
_I_AM_A_PARENT = re.compile(
    r"\b(?:olen|oon|jag ar|i am|i'm|im)\b(?:[^\w.!?]+"
    r"(?!(?:ja|kun|mutta|etta|and|but|my|och|men|mun|minun|meidan|neighbou?r|granne|naapuri)\b)\w+){0,4}?[^\w.!?,]+(?:aiti|isa|iska|yh|yksinhuoltaja\w*|mamma"
    r"|pappa|mor|far|mother"
    r"|father|mom|mum|dad)\b"
)
_LETTERS = r"[^\W\d_]"
_GREETING = r"(?:hei(?:ppa)?|moi(?:kka)?|moro|terve|paivaa|huomenta|hej|hejsan|god dag|hi|hello|good morning)\b[\s,.!]*"
_OPENS = rf"(?:^|[.,!?\n]\s*|{_GREETING})"
_HERE = r"(?:taalla|tassa|har|here)\b"
_THEIRS = r"(?:meidan|meijan|minun|mun|lapsen|pojan|tyton|hanen|niiden)\b"
_WHOSE = rf"(?:(?!{_THEIRS})\w+n\s+){{0,2}}"
_OF_PLACE = (
    r"(?:\s+(?:\w+n|\w+(?:sta|lta|ssa|lla)|pa|i|fran|from|at|the|\w*skola|\w*daghem\w*|\w*school)){0,3}?"
)
_END = (
    r"\s*(?:$|[.,!?:\n-]|(?:hei|moi|terve|paivaa|huomenta|hej|hello|hi|ja|och|and|otan|otamme|olen|olisi|haluaisin|huoli"
    r"|huolissa\w*|kysyisin|pyytaisin|voisi\w*|soitan|soittelen|soittai\w+|soittaka\w*)\b)"
)
_GOES_ON = rf"(?={_END})"
"""After "kuraattori koululta" a verb of somebody else's ("sanoi") makes it a story."""
_SELF = r"\b(?:olen|oon|toimin|jag ar|i am|i'm|im)\b"
_ATTRIBUTE = r"(?:\w+n|uusi|yksi|eras|itse|a|an|the|his|her|their|school|class|en|hans|hennes|barnets|pojkens|flickans)"
_MANY = r"(?:yhden|kahden|kolmen|neljan|viiden|kuuden|\d)\s+(?:lapsen|pojan|tyton|vauvan|teinin|pienen)"
_CALLED_SELF = re.compile(
    r"(?:\b(?:olen|oon|ma oon|ma olen|mina olen|taalla|tassa|jag ar|det har ar|har ar|i am|i'm|im)\s+"
    r"|(?:^|[\n\s])[-~/]\s?(?=\S+(?:\s\S+)?\s*$))(?=[^\W\d_])"
)
"""Weak beginnings: a name follows only when a known first name does."""


def find_sender_role(written: Written) -> list[Entity]:
    """At most one `sender_role`, and none when the words leave it open."""
    text = written.folded
    age = own_age(written)
    if age is not None and age < _CHILDHOOD_END:
        return [Entity(entity="sender_role", value="child", start=0, end=len(written.text))]
    own_family = expression("people", "not_child").search(text)
    for role in ("professional", "relative", "child", "parent"):
        found = expression("people", role).search(text) or _presented(role, text)
        if not found or (role == "child" and own_family) or (role == "professional" and _also_parent(text)):
            continue
        return [Entity(entity="sender_role", value=role, start=found.start(), end=found.end())]
    parent = _I_AM_A_PARENT.search(text)
    return (
        [Entity(entity="sender_role", value="parent", start=parent.start(), end=parent.end())]
        if parent
        else []
    )


def _presented(role: str, text: str) -> re.Match[str] | None:
    """How somebody presents themselves without a verb: "luokanopettaja täällä", "kuraattori Pikkolan koululta"."""
    if role not in _presentations() or not _titled(role).search(text):
        return None
    return next((found for one in _presentations()[role] if (found := one.search(text))), None)


def _title(heading: str) -> str:
    """What somebody is called, alone or as the end of a longer word."""
    listed = [fold(title) for title in phrases(wordlist("people")[heading])]
    ends = "|".join(re.escape(title[1:]) for title in listed if title.startswith("*"))
    whole = "|".join(re.escape(title) for title in listed if not title.startswith("*"))
    return rf"\b(?:{whole}|\w*?(?:{ends or whole}))\b"


@cache
def _titled(role: str) -> re.Pattern[str]:
    """The end of any title of a role; without one nobody presents themselves."""
    heading = {"professional": "professions", "relative": "relatives", "parent": "parents"}[role]
    ends = {fold(title).lstrip("*") for title in phrases(wordlist("people")[heading])}
    return re.compile(rf"(?:{'|'.join(map(re.escape, sorted(ends)))})\b")


@cache
def _presentations() -> dict[str, tuple[re.Pattern[str], ...]]:
    titles = {
        "professional": _title("professions"),
        "relative": _title("relatives"),
        "parent": _title("parents"),
    }
    here = {
        role: (
            re.compile(rf"{_OPENS}{_WHOSE}{title}{_OF_PLACE}\s+{_HERE}{_GOES_ON}"),
            re.compile(
                rf"{_OPENS}{_HERE}\s+(?:(?:on|ar|is|the|a|en)\s+)?{_WHOSE}{title}(?=\s+\w+(?:n|sta|lta)\b|{_END})"
            ),
        )
        for role, title in titles.items()
    }
    self = {
        role: re.compile(rf"{_SELF}\s+(?:{_ATTRIBUTE}\s+){{0,2}}{title}") for role, title in titles.items()
    }
    title = titles["professional"]
    return {
        "professional": (
            *here["professional"],
            self["professional"],
            re.compile(rf"{_OPENS}{_WHOSE}{title}\s+(?:\w+\s+){{0,2}}\w+(?:sta|lta)\b{_GOES_ON}"),
            re.compile(rf"^(?:(?!{_THEIRS})\w+n\s+){{1,3}}{title}\W*$"),
        ),
        "relative": (*here["relative"], self["relative"]),
        "parent": (*here["parent"], re.compile(rf"\b{_MANY}\s+{titles['parent']}")),
    }


def _also_parent(text: str) -> bool:
    """A teacher who writes of a child of their own writes as a parent."""
    return bool(
        re.search(
            r"\b(?:oma\w* laps\w*|lapseni|lapsemme|mun laps\w*|poikani|tyttareni|mitt barn"
            r"|my (?:own )?(?:child|kids?|son|daughter)|lapsen (?:aiti|isa|yh)|(?:mother|father|mom|mum|dad) of"
            r"|(?:mamma|pappa) till)\b",
            text,
        )
    )


def find_name(written: Written, *, asked: bool, answer: Answer) -> list[Entity]:
    """The writer's name as written, when offered or asked for; never a child's."""
    found = next(_offered(written), None)
    if found is None and asked and not (answer.affirm or answer.deny or answer.skip):
        found = _whole(written) or next(_leading(written), None)
    return [found] if found else []


def _offered(written: Written) -> Iterator[Entity]:
    text = written.folded
    for cue in expression("people", "name").finditer(text):
        before = text[: cue.start()].split()
        if (
            _ARABIC.match(cue[0])
            and before
            and before[-1][-1].isalpha()
            and before[-1] not in _ARABIC_OPENINGS
        ):
            continue  # no capital letter tells a name there
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
    if after and written.text[after.start(1)].isupper() and _can_be_name(written, after):
        yield from _name_at(written, after.start(1), loosely=False, longest=1)
    yield from _called_self(written)


def _can_be_name(written: Written, found: re.Match[str]) -> bool:
    """Whether a word before "tässä" is known as a name, or nothing follows: "Saako tässä" goes on."""
    known = expression("people", "first_names").fullmatch(fold(found[1]))
    return bool(known) or len(written.folded[found.end() :].split()) <= 1


def _called_self(written: Written) -> Iterator[Entity]:
    """A first name after "olen", "täällä", "I'm", or as the last word after a dash."""
    known = expression("people", "first_names")
    for cue in _CALLED_SELF.finditer(written.folded):
        name = _NAME.match(written.text, cue.end())
        if not name or not known.fullmatch(fold(name[0])):
            continue
        if not name[0][0].isupper() and (
            expression("people", "words_too").fullmatch(fold(name[0]))
            or not re.match(
                r"\s*(?:$|[.,!?\n]|(?:ja|hei|moi|och|and|here|tassa|täällä)\b)", written.text[name.end() :]
            )
        ):
            continue
        yield from _name_at(written, cue.end(), loosely=True)


def _leading(written: Written) -> Iterator[Entity]:
    """When the name was asked: a known first name that opens the message."""
    first = _NAME.search(written.text)
    if first and expression("people", "first_names").fullmatch(fold(first[0])):
        yield from _name_at(written, first.start(), loosely=True)


def _ends(text: str, place: int) -> bool:
    """Whether only a name can follow: the last words of a message."""
    return len(text[place:].split()) <= _LONGEST_NAME + 1


def _name_at(
    written: Written, place: int, *, loosely: bool, longest: int = _LONGEST_NAME
) -> Iterator[Entity]:
    """The name that begins at a place; `loosely`: it may be written small."""
    title = expression("people", "professions").match(written.folded, _GAP.match(written.text, place).end())  # type: ignore[union-attr]
    parts: list[re.Match[str]] = []
    start = title.end() if title else place
    while len(parts) < longest:
        gap = (_BLANK if parts else _GAP).match(written.text, start)
        part = _NAME.match(written.text, gap.end() if gap else start)
        if not part or expression("people", "not_a_name").fullmatch(fold(part[0])):
            break
        if part[0][0].islower() and not (loosely and not parts):
            break
        parts.append(part)
        start = part.end()
    if (
        parts
        and not parts[0][0][0].isupper()
        and not expression("people", "first_names").fullmatch(fold(parts[0][0]))
    ) and written.folded[parts[-1].end() :].strip(" .,!"):  # "nimi on ihan oikein"
        return
    if parts and not _of_somebody(written, parts):
        yield Entity(
            entity="name",
            value=written.text[parts[0].start() : parts[-1].end()],
            start=parts[0].start(),
            end=parts[-1].end(),
        )


def _of_somebody(written: Written, parts: list[re.Match[str]]) -> bool:
    """Whether the name is another's ("t. Ellan äiti") or a place ("terveisiä Mikkelistä")."""
    after = written.folded[parts[-1].end() :].lstrip(" -")
    if expression("people", "parents").match(after) or expression("people", "relatives").match(after):
        return True
    word = fold(parts[-1][0])
    return bool(_FROM_PLACE.search(word)) and not expression("people", "first_names").fullmatch(word)


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
