"""Municipalities in a message, as nominative Finnish names; doubtful ones as `municipality_maybe`.

A name that is also an ordinary word (Salo, Lahti, Kolari) counts as a place only with a capital letter inside a
sentence, with a cue of place ("asun", "kotikunta", "bor i"), a postcode, or when the municipality was asked.
"""

import re
from dataclasses import dataclass, replace

from bot.meaning import Entity
from bot.understanding.gazetteer import Name, gazetteer
from bot.understanding.letters import Word, Written, fold
from bot.understanding.wordlists import expression

_POSTCODE = re.compile(r"(?<![\d+,.-])(?:fi?n?-)?(\d{5})(?![\d,-]|\s?(?:e\b|eur|€|kr\b|km\b|m\b))")
_SENTENCE_ENDS = ".!?:\n"
_REACH = 40
_NEAR_WORDS = 3
_MOVING = re.compile(r"\b(?:muut\w+|flytta\w*|moved|moving)\b")
_CONTRAST = re.compile(r",|\b(?:mutta|mut|me|men|but)\b")
_WORD_BEFORE = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?[ ]$")
_MARK_BEFORE = re.compile(r"(?:^|[.,!?:;(\n])\s*$")
_MARK_AFTER = re.compile(r"\s*(?:$|[.,!?:;)/\n]|-[A-ZÅÄÖ])")
_JOINED = re.compile(r"\s*(?:tai|ja|or|and|eller|och|,|-|/)\s*")
_HOME_AFTER = re.compile(r"\s*(?:asu[vmnt]\w*|bor\b|bosatt|ayaa\w* (?:ku )?(?:nool|deg)|elame|elan)")
_BUT = re.compile(r"\b(?:mutta|mut|men|but|но|але)\b")
_FROM = re.compile(r"\b(?:from|fran|из|з)\s+$")
_CLOSE_BY = re.compile(r"\s+(?:lahell\w+|liepeill\w+|lahisto\w+|vieress\w+|kupees\w+)")
_AWAY = re.compile(
    r"\b(?:kotoisin|syntyja\w+|syntyisin|lahtoisin|aitini|isani|vanhempani|vanhemmat|isovanhem\w*|appivanhem\w*"
    r"|suku\w*|exa\w*|lasten isa|lapsen isa|mummo|mummi|ukki|sisko|veli|ystava|kaveri|anoppi|serkku)\b[^.!?]*$"
)


@dataclass(frozen=True, slots=True)
class _Place:
    name: Name
    start: int
    end: int
    home: bool
    sure: bool


def find_municipalities(written: Written, *, asked: bool = False) -> list[Entity]:
    """The places named; where one is told to be home, only that one. `asked`: the bot has just asked for it."""
    places = _by_postcode(written)
    taken = [(place.start, place.end) for place in places]
    places += [
        place for place in _by_name(written, asked, bool(taken)) if (place.start, place.end) not in taken
    ]
    if not places:
        places = _misspelt(written, asked)
    homes = [place for place in places if place.home]
    chosen = sorted(homes or places, key=lambda place: place.start)
    chosen = _without_left_behind(written, chosen)
    entities, seen = [], set()
    for place in chosen:
        if place.name.municipality not in seen:
            seen.add(place.name.municipality)
            kind = "municipality" if place.sure else "municipality_maybe"
            entities.append(
                Entity(entity=kind, value=place.name.municipality, start=place.start, end=place.end)  # type: ignore[arg-type]
            )
    return entities


def is_postcode(text: str) -> bool:
    """Whether a text is a postcode in use, written as one."""
    return text in gazetteer().postcodes


def _by_postcode(written: Written) -> list[_Place]:
    known = gazetteer().postcodes
    return [
        _Place(Name(known[found[1]]), found.start(1), found.end(1), home=True, sure=True)
        for found in _POSTCODE.finditer(written.folded)
        if found[1] in known
    ]


def _by_name(written: Written, asked: bool, coded: bool) -> list[_Place]:
    found = gazetteer().forms.find(written)
    lowered = written.text.lower()
    met = [
        (one.value, one.start, one.end)
        for one in found
        if asked or one.value.fits(lowered[one.start : one.end])
    ]
    met += [
        (name, word.start, word.end)
        for word in written.words
        if "lai" in word.text and (name := gazetteer().residents(word.text))
    ]
    judged = [_judged(written, *one, sure=asked or coded) for one in met]
    return _with_neighbours(written, [place for place in judged if place is not None])


def _judged(written: Written, name: Name, start: int, end: int, *, sure: bool) -> _Place | None:
    """The place a name means here; None where it is rather another word, or somebody's surname."""
    home, placed = _cues(written, start, end)
    told = sure or home or placed
    capital = written.text[start].isupper() and not _opens_sentence(written.text, start)
    if not told and not name.local and _after_first_name(written.text, start):
        return None
    if not name.ambiguous or told:
        return _Place(name, start, end, home=home, sure=True)
    if capital and not name.personal and not name.elsewhere and name.exact(written.text[start:end].lower()):
        return _Place(name, start, end, home=home, sure=True)
    return _Place(name, start, end, home=home, sure=False) if _perhaps(written, name, start, end) else None


def _perhaps(written: Written, name: Name, start: int, end: int) -> bool:
    """Whether a name that is another word too, without any word of place by it, can be a place at all."""
    if name.elsewhere or not name.exact(written.text[start:end].lower()):
        return False
    if expression("places", "other_words").fullmatch(written.folded[start:end]):
        return not written.text[:start].strip() and not written.text[end:].strip(" .!?")
    return name.local or _alone(written.text, start, end)


def _after_first_name(text: str, start: int) -> bool:
    """Whether a name follows a first name ("Pertti Salo"), so that it is a surname."""
    before = _WORD_BEFORE.search(text[:start])
    if not before or not text[start].isupper():
        return False
    first = expression("people", "first_names").fullmatch(fold(before[0].strip()))
    return bool(first) and before[0][0].isupper()


def _alone(text: str, start: int, end: int) -> bool:
    """Whether a name is all there is between two marks, or in the message: "Salo, 4v poika"."""
    return bool(_MARK_BEFORE.search(text[:start]) and _MARK_AFTER.match(text[end:]))


def _with_neighbours(written: Written, places: list[_Place]) -> list[_Place]:
    """A doubtful name joined to a sure one is sure: "Turussa tai Kaarinassa"."""
    joined = {
        (one.start, other.start)
        for one in places
        for other in places
        if one.end <= other.start and _JOINED.fullmatch(written.folded[one.end : other.start])
    }
    sure = {place.start for place in places if place.sure}
    return [
        replace(place, sure=True)
        if any(place.start in pair and sure & set(pair) for pair in joined)
        else place
        for place in places
    ]


def _cues(written: Written, start: int, end: int) -> tuple[bool, bool]:
    """Whether a name stands by words that tell a home, and by words that tell a place."""
    before = re.split(r"[.!?\n]\s", written.folded[max(0, start - _REACH) : start])[-1]
    after = re.split(r"[.!?\n,]", written.folded[end : end + _REACH // 2])[0]
    home = bool(expression("places", "home").search(_BUT.split(before)[-1])) and not _AWAY.search(
        _CONTRAST.split(before)[-1]
    )
    home = home or bool(_HOME_AFTER.match(after))
    near = " ".join(before.split()[-2:])
    placed = bool(expression("places", "place").search(near))
    placed = placed or (
        written.folded[start:end].endswith("n")
        and bool(expression("places", "town_words").match(after.strip()))
    )
    placed = placed or (
        written.folded[start:end].endswith(("sta", "lta", "st"))
        and bool(expression("places", "from_verbs").search(near))
    )
    placed = placed or bool(
        re.search(r"\b(?:i|fran|till|in|from|в|во|из|у|з)\s+$", before) and written.text[start].isupper()
    )
    return home, placed


def _opens_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \"'(-")
    return not before or before[-1] in _SENTENCE_ENDS


def _misspelt(written: Written, asked: bool) -> list[_Place]:
    """Names with a slip of one letter, where a place was asked or is told."""
    found = []
    for word in written.words:
        if not asked and not _right_after_cue(written, word):
            continue
        name = _corrected(word)
        if name:
            found.append(_Place(name, word.start, word.end, home=False, sure=True))
    return found


def _right_after_cue(written: Written, word: Word) -> bool:
    near = " ".join(re.split(r"[.!?,\n]", written.folded[: word.start])[-1].split()[-_NEAR_WORDS:])
    return bool(expression("places", "home").search(near))


def _corrected(word: Word) -> Name | None:
    if not word.text.isalpha() or expression("places", "not_places").fullmatch(word.text):
        return None
    return gazetteer().misspelt(word.text)


def _without_left_behind(written: Written, places: list[_Place]) -> list[_Place]:
    """Of "muutimme Joensuusta Pieksämäelle" only the second is home, of "Oulun lähellä Kempeleessä" too."""
    text = written.folded
    near = [place for place in places if _CLOSE_BY.match(text[place.end :])]
    others = [
        place
        for place in places
        if place not in near
        and not _AWAY.search(_CONTRAST.split(text[max(0, place.start - _REACH) : place.start])[-1])
    ]
    places = others or places
    staying = [place for place in places if not (place.name.departing or _FROM.search(text[: place.start]))]
    return staying if staying and _MOVING.search(text) else places
