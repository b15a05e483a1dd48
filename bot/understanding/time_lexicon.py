"""What the words of time mean: `words/times.yaml`, and Finnish weekdays and months in all their forms."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any

from bot.understanding.letters import Phrases
from bot.understanding.numerals import number_words
from bot.understanding.said_times import Clock, Day, Meaning, Span
from bot.understanding.wordlists import phrases, wordlist

_KINDS = {
    "next": "M", "coming": "M", "this": "M", "every": "M", "after-post": "A", "onwards-post": "E", "after-pre": "a",
    "before-pre": "B", "until-post": "T", "around-post": "R", "around-pre": "q", "between-post": "W",
    "between-pre": "w", "clock": "K", "from-pre": "F", "half": "H", "half-past": "P", "quarter": "Q", "over": "Y",
    "to": "V", "in-post": "L", "in-pre": "l", "not": "X", "cannot": "N", "anytime": "Z", "asap": "J", "now": "j",
    "past": "G", "or": "O", "split": "&", "cue": "C", "weak-cue": "k", "padding": "~", "ago": "o", "to-range": "r",
    "to-or-until": "f", "after-either": "z", "before-either": "x", "half-post": "I",
    "but": "!", "story": "_", "week-number": "v",
    "holiday": "h", "unit": "U",
}  # fmt: skip
"""Headings of `words/times.yaml` whose phrases have at most a name for a value, and the letter of each."""

_MONTHS = "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu"
_OTHER_MONTHS = (
    "januari january jan|februari february feb|mars march|april apr|maj may|juni june jun|juli july jul"
    "|augusti august aug|september sept sep|oktober october okt oct|november nov|december dec"
)
_WEEKDAYS = "maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai"
_SWEDISH_HOURS = "ett två tre fyra fem sex sju åtta nio tio elva tolv"
_SOMALI_HOURS = "kowda labada saddexda afarta shanta lixda toddobada sideedda sagaalka tobanka"
_SHORT_WEEKDAYS = "ma ti ke to pe la su"
_SPOKEN_WEEKDAYS = {"mantaina": 0, "lauvantaina": 5, "launtaina": 5, "pe-na": 4}
_STRONG = ("", "na", "nakin", "n", "ta", "a", "ko")
_WEAK = ("n", "lle", "llekin", "l", "ksi", "ks")
"""Case endings of a weekday, after its strong and its weak stem (keskiviikko-na, keskiviiko-lle)."""
_PARTS = {
    "aamu": ("08:00", "10:00"),
    "aamupaiva": ("08:00", "12:00"),
    "paiva": ("10:00", "14:00"),
    "iltapaiva": ("12:00", "16:00"),
    "ilta": ("16:00", "18:00"),
}
_ORDINALS = "ensimmäinen toinen kolmas neljäs viides kuudes seitsemäs kahdeksas yhdeksäs kymmenes"
_ORDINALS_ON = (
    "ensimmäisenä toisena kolmantena neljäntenä viidentenä kuudentena seitsemäntenä kahdeksantena yhdeksäntenä"
    " kymmenentenä"
)
_PARTS_OF_MONTH = {
    "start": "alussa alkupuolella alkuun",
    "middle": "puolivälissä puolessavälissä",
    "end": "lopussa lopulla loppupuolella",
}
_MINUTES = 60
EDGE = 3
"""Of two long words one slip apart, either the first or the last three letters are the same."""
LONG = 7
"""Words of so many letters are known with one letter wrong."""


@cache
def lexicon(language: str) -> Phrases[Meaning]:
    """All words of time; a language's own short words ("ke", "to", "em") only in that language."""
    listed = wordlist("times")
    own = listed.get(language) or {}
    entries = [(phrase, _meaning(heading)) for heading, text in own.items() for phrase in phrases(text)]
    if language == "fi":
        entries += [
            (word, (("D", Day(kind="weekday", number=number)),))
            for number, word in enumerate(_SHORT_WEEKDAYS.split())
        ]
    entries += [
        (phrase, _meaning(heading))
        for heading, text in listed["anywhere"].items()
        for phrase in phrases(text)
    ]
    if language == "so":
        entries += list(_somali_hours())
    if language == "ar":
        entries += list(_arabic_ands(entries))
    return Phrases((*entries, *_finnish_weekdays(), *_months(), *_swedish_hours()))


def _somali_hours() -> Iterator[tuple[str, Meaning]]:
    """Somali hours in their definite form say the clock by themselves: "labada" is at two."""
    for hour, word in enumerate(_SOMALI_HOURS.split(), 1):
        yield word, (("K", None), ("n", Clock(hour * _MINUTES)))


def _arabic_ands(entries: list[tuple[str, Meaning]]) -> Iterator[tuple[str, Meaning]]:
    """Arabic writes "and" onto its word: "والأربعاء" is "and Wednesday", "والرابعة" "and four"."""
    joined: Meaning = (("O", "or"),)
    for phrase, meaning in entries:
        if phrase.startswith("ال") and meaning[0][0] in ("D", "S"):
            yield "و" + phrase, joined + meaning
    for word, (number, case) in number_words().items():
        if word.startswith("ال"):
            yield "و" + word, (*joined, (case, Clock(number * _MINUTES)))


def _meaning(heading: str) -> Meaning:
    return tuple(_one_meaning(part.strip()) for part in heading.split("/"))


def _one_meaning(heading: str) -> tuple[str, Any]:
    name, *rest = heading.split()
    if name in _KINDS:
        return _KINDS[name], rest[0] if rest else name
    if name.startswith("clock-"):
        return "t", _clock_span(name, rest)
    match name:
        case "part":
            return "S", Span(start=_clock(rest[0]), end=_clock(rest[1]), recurring="recurring" in rest)
        case "hour":
            return "c", _clock(rest[0])
        case _:
            return "D", _day(name, rest)


def _clock_span(name: str, rest: list[str]) -> Span:
    if name == "clock-office":
        return Span(start=_clock("08:00"), end=_clock("16:00"))
    return Span(start=_clock(rest[0])) if name == "clock-after" else Span(end=_clock(rest[0]))


def _day(name: str, rest: list[str]) -> Day:
    if name == "day":
        return Day(kind="offset", number=int(rest[0]))
    if name == "after-holiday":
        return Day(kind="holiday", part=rest[0], relation="after")
    if not rest:
        return Day(kind=name, recurring=name in ("weekdays", "weekends", "everyday"))
    part = next((word for word in rest[1:] if word not in ("recurring", "from")), "")
    relation = "from" if "from" in rest else ""
    return Day(kind=name, number=int(rest[0]), part=part, relation=relation, recurring="recurring" in rest)


def _clock(written: str) -> Clock:
    hours, minutes = written.split(":")
    return Clock(int(hours) * _MINUTES + int(minutes), fixed=True)


def _finnish_weekdays() -> Iterator[tuple[str, Meaning]]:
    """Each weekday in every case, with a part of the day joined to it, and as spoken."""
    for number, name in enumerate(_WEEKDAYS.split()):
        weak = name.replace("viikko", "viiko")
        strong = name + ("on" if name.endswith("o") else "hin")
        once: Meaning = (("D", Day(kind="weekday", number=number)),)
        yield from ((form, once) for form in (strong, strong.removesuffix("n"), *(name + e for e in _STRONG)))
        yield from ((weak + ending, once) for ending in _WEAK)
        left: Meaning = (("D", Day(kind="weekday", number=number, relation="from")),)
        yield from ((weak + ending, left) for ending in ("sta", "lta"))
        again: Meaning = (("D", Day(kind="weekday", number=number, recurring=True)),)
        yield from ((form, again) for form in (name + "sin", name + "isin", name + "si"))
        yield from _parts_of(name, number)
    for spoken, number in _SPOKEN_WEEKDAYS.items():
        yield spoken, (("D", Day(kind="weekday", number=number)),)


def _parts_of(name: str, number: int) -> Iterator[tuple[str, Meaning]]:
    """A weekday with a part of it joined on: "maanantaiaamuna", "perjantai-iltapäivisin"."""
    for part, (start, end) in _PARTS.items():
        span = ("S", Span(start=_clock(start), end=_clock(end)))
        on_it = {"ilta": "illalla"}.get(part, part + "lla")
        once: Meaning = (("D", Day(kind="weekday", number=number)), span)
        again: Meaning = (("D", Day(kind="weekday", number=number, recurring=True)), span)
        forms = [(form, once) for form in (part, on_it, *(part + ending for ending in ("na", "ksi", "sta")))]
        forms.append((part.removesuffix("a") + "isin", again))
        for form, meaning in forms:
            yield name + form, meaning
            yield f"{name}-{form}", meaning


def _months() -> Iterator[tuple[str, Meaning]]:
    for number, name in enumerate(_MONTHS.split(), 1):
        for ending in ("kuuta", "kuun", "kuu", "kuut", "k"):
            yield name + ending, (("y", number),)
        for day, ordinal in enumerate(_ordinals(), 1):
            once: Meaning = (("D", Day(kind="date", number=day, month=number)),)
            yield from (
                (f"{name}kuun {form}{ending}", once)
                for form in ordinal
                for ending in ("", " päivä", " päivänä")
            )
        for part, words in _PARTS_OF_MONTH.items():
            for word in words.split():
                yield f"{name}kuun {word}", (("D", Day(kind="month-name", month=number, part=part)),)
        yield name + "kuussa", (("D", Day(kind="month-name", month=number)),)
    for number, listed in enumerate(_OTHER_MONTHS.split("|"), 1):
        for name in listed.split():
            yield name, (("y", number),)
            yield f"i {name}", (("D", Day(kind="month-name", month=number)),)
            yield f"in {name}", (("D", Day(kind="month-name", month=number)),)


def _ordinals() -> Iterator[tuple[str, str]]:
    """The days of a month by their Finnish ordinals: what it is, and on it."""
    ones = list(zip(_ORDINALS.split(), _ORDINALS_ON.split(), strict=True))
    yield from ones
    for nominative, essive in (
        ("yhdes", "yhdente"),
        ("kahdes", "kahdente"),
        *((a, b[:-2]) for a, b in ones[2:9]),
    ):
        yield nominative + "toista", essive + "natoista"
    yield "kahdeskymmenes", "kahdentenakymmenentenä"
    for tens, tens_on in (
        ("kahdeskymmenes", "kahdentenakymmenentenä"),
        ("kolmaskymmenes", "kolmantenakymmenentenä"),
    ):
        if tens.startswith("kolmas"):
            yield tens, tens_on
        for one, one_on in ones[: 9 if tens.startswith("kahdes") else 1]:
            yield tens + one, tens_on + one_on


def _swedish_hours() -> Iterator[tuple[str, Meaning]]:
    """About an hour in one word: "tretiden", "tiotiden"."""
    for hour, name in enumerate(_SWEDISH_HOURS.split(), 1):
        around = Span(start=Clock(hour * _MINUTES - 30), end=Clock(hour * _MINUTES + 30))
        yield f"{name}tiden", (("t", around),)


@cache
def long_words(language: str) -> dict[tuple[str, int], list[tuple[str, Meaning]]]:
    """Long single words for days and parts of the day, by first letter and length."""
    found: dict[tuple[str, int], list[tuple[str, Meaning]]] = defaultdict(list)
    for form, meaning in lexicon(language).items():
        if " " not in form and len(form) >= LONG and all(kind in "DS" for kind, _ in meaning):
            found[form[0], len(form)].append((form, meaning))
    return dict(found)


@cache
def edges(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """How the long words begin, and how they end."""
    forms = [form for listed in long_words(language).values() for form, _ in listed]
    return frozenset(form[:EDGE] for form in forms), frozenset(form[-EDGE:] for form in forms)
