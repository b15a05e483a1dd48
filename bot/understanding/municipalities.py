"""Municipalities in a message, as nominative Finnish names; doubtful ones as `municipality_maybe`.

A name that is also an ordinary word (Salo, Lahti, Kolari) counts as a place only with a capital letter inside a
sentence, with a cue of place ("asun", "kotikunta", "bor i"), a postcode, or when the municipality was asked.
"""

import re
from dataclasses import dataclass

from bot.meaning import Entity
from bot.understanding.gazetteer import Name, gazetteer
from bot.understanding.letters import Word, Written
from bot.understanding.wordlists import expression

_POSTCODE = re.compile(r"(?<![\d+,.-])(?:fi?n?-)?(\d{5})(?![\d,-]|\s?(?:e\b|eur|€|kr\b|km\b|m\b))")
_SENTENCE_ENDS = ".!?:\n"
_REACH = 40
_NEAR_WORDS = 3
_MOVING = re.compile(r"\b(?:muut\w+|flytta\w*|moved|moving)\b")
_CONTRAST = re.compile(r",|\b(?:mutta|mut|me|men|but)\b")
_AWAY = re.compile(r"\b(?:kotoisin|mummo|mummi|ukki|sisko|veli|ystava|kaveri|anoppi|serkku)\b[^.!?]*$")


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
    return [_judged(written, *one, sure=asked or coded) for one in met]


def _judged(written: Written, name: Name, start: int, end: int, *, sure: bool) -> _Place:
    home, placed = _cues(written, start, end)
    capital = written.text[start].isupper() and not _opens_sentence(written.text, start)
    sure = sure or not name.ambiguous or home or placed or (capital and not name.personal)
    return _Place(name, start, end, home=home, sure=sure)


def _cues(written: Written, start: int, end: int) -> tuple[bool, bool]:
    """Whether a name stands by words that tell a home, and by words that tell a place."""
    before = re.split(r"[.!?\n]\s", written.folded[max(0, start - _REACH) : start])[-1]
    after = re.split(r"[.!?\n,]", written.folded[end : end + _REACH // 2])[0]
    home = bool(expression("places", "home").search(before)) and not _AWAY.search(_CONTRAST.split(before)[-1])
    home = home or bool(re.match(r"\s*(?:asu[vmnt]\w*|bor\b|bosatt)", after))
    near = " ".join(before.split()[-2:])
    placed = bool(expression("places", "place").search(near))
    placed = placed or bool(expression("places", "town_words").match(after.strip()))
    placed = placed or (
        written.folded[start:end].endswith(("sta", "lta", "st"))
        and bool(expression("places", "from_verbs").search(near))
    )
    placed = placed or bool(
        re.search(r"\b(?:i|fran|till|in|from)\s+$", before) and written.text[start].isupper()
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
    """Of "muutimme Joensuusta Pieksämäelle" only the second is home."""
    staying = [place for place in places if not place.name.departing]
    if staying and len(staying) < len(places) and _MOVING.search(written.folded):
        return staying
    return places
