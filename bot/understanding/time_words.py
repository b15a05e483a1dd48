"""The words of time in a message: each becomes a sign with a one-letter kind, so that patterns can be read off them.

Kinds: D day · S part of the day · t span of clock times · Z any time · J as soon as possible · number words by case
n g b e i p · d digits · c clock with minutes · K "klo" · small words as named in `_KINDS` · `_` an unknown word.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from bot.understanding.letters import Phrases, Word, Written, fold, one_slip
from bot.understanding.numerals import number_words
from bot.understanding.wordlists import phrases, wordlist

_KINDS = {
    "next": "M", "coming": "M", "this": "M", "every": "M", "after-post": "A", "onwards-post": "E", "after-pre": "a",
    "before-pre": "B", "until-post": "T", "around-post": "R", "around-pre": "q", "between-post": "W",
    "between-pre": "w", "clock": "K", "from-pre": "F", "half": "H", "half-past": "P", "quarter": "Q", "over": "Y",
    "to": "V", "in-post": "L", "in-pre": "l", "not": "X", "cannot": "N", "anytime": "Z", "asap": "J", "now": "j",
    "past": "G", "or": "O", "split": "&", "cue": "C", "weak-cue": "k", "padding": "~", "ago": "o", "to-range": "r",
    "but": "!", "week-number": "v",
}  # fmt: skip
"""Headings of `words/times.yaml` whose phrases have no value of their own, and the letter of each."""

_MONTHS = "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu"
_OTHER_MONTHS = (
    "januari january jan|februari february feb|mars march|april apr|maj may|juni june jun|juli july jul|augusti august aug"
    "|september sept sep|oktober october okt oct|november nov|december dec"
)
_WEEKDAYS = "maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai"
_SHORT_WEEKDAYS = "ma ti ke to pe la su"
_PARTS = {
    "aamu": ("08:00", "10:00"),
    "aamupaiva": ("08:00", "12:00"),
    "paiva": ("10:00", "14:00"),
    "iltapaiva": ("12:00", "16:00"),
    "ilta": ("16:00", "18:00"),
}
_NUMBERS = re.compile(
    r"(?P<iso>\d{4}-\d{2}-\d{2})(?!\d)"
    r"|(?P<date>\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{4})?)(?!\d)"
    r"|(?P<slash>\d{1,2}/\d{1,2}(?:/\d{4})?)(?![\d/])"
    r"|(?P<ampm>\d{1,2}(?:[.:]\d{2})?\s?(?:am|pm|a\.m\.?|p\.m\.?)\b)"
    r"|(?P<clock>\d{1,2}[.:]\d{2}(?!\d)(?::?(?P<clockcase>lta|n|sta|een|aan|ta)\b)?)"
    r"|(?P<short>\d{1,2}\.\d{1,2})(?![\d.])"
    r"|(?P<ordinal>\d{1,2}(?:st|nd|rd|th|:e|:a|:s|\.(?=\s?[a-z]{3,})))(?![a-z])"
    r"|(?P<hour>\d{1,2})(?![\d:])(?::?(?P<case>lta|n|sta|een|aan|iin|hen|ta|a|h)\b)?(?=\D|$)"
    r"|(?P<cased>\d{1,2}):(?P<ending>lta|n|sta|een|aan|iin|hen|ta|a)\b"
)
_CASES = {
    "lta": "b",
    "n": "g",
    "sta": "e",
    "een": "i",
    "aan": "i",
    "iin": "i",
    "hen": "i",
    "ta": "p",
    "a": "p",
}
_HOURS, _MINUTES, _MONTHS_A_YEAR, _DAYS_A_MONTH, _WEEKS = 24, 60, 12, 31, 53
_KLO = re.compile(r"\b(?:klo|kello|kl|klockan|at)\.?\s*(?:noin\s*)?(?:\d{1,2}(?:[.:]\d{2})?\s?-\s?)?$")
_TYPO_LENGTH = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day or span of days as it was said, before it is counted from today.

    `kind`: `offset` weeks or days from today (`number`), `weekday` (`number` 0–6), `date` (`number` day, `month`),
    `week`, `weekend`, `weekdays`, `weekends`, `everyday`, `month` (ahead), `month-name`, `week-number`, `holiday`.
    """

    kind: str
    number: int = 0
    month: int = 0
    year: int = 0
    part: str = ""
    """`start`, `middle`, `end` of a week; name of a holiday."""
    relation: str = ""
    """`next`, `coming`, `this`, `every` with a weekday; `after`, `before` with a holiday; `from` when left behind."""
    recurring: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """Minutes after midnight as said; `fixed` when it cannot mean twelve hours later ("07:30", "3 pm")."""

    minutes: int
    fixed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A span of clock times; an open end is None. `recurring` comes from "iltapäivisin"."""

    start: Clock | None = None
    end: Clock | None = None
    recurring: bool = False


@dataclass(frozen=True, slots=True)
class Sign:
    """One word or number of time, its kind and its place."""

    kind: str
    value: Any
    start: int
    end: int
    negative: bool = field(default=False)


Meaning = tuple[tuple[str, Any], ...]


def signs(written: Written, language: str) -> list[Sign]:
    """The message as signs of time, in order; unknown words are `_`, ends of sentences `.` and commas `,`."""
    numbers = list(_numbers(written.folded))
    covered = {place for sign in numbers for place in range(sign.start, sign.end)}
    met = {one.start: one for one in _lexicon(language).find(written) if one.start not in covered}
    found: list[Sign] = list(numbers)
    skip_to = 0
    for word in written.words:
        if word.start < skip_to or word.start in covered:
            continue
        if word.start in met:
            one = met[word.start]
            skip_to = one.end
            found += [Sign(kind, value, one.start, one.end) for kind, value in one.value]
        else:
            found += _misspelt(word, language) or [_other(word, written.folded)]
    found += [Sign(".", None, place.start(), place.end()) for place in re.finditer(r"\n+", written.folded)]
    return sorted(found, key=lambda sign: sign.start)


def _other(word: Word, text: str) -> Sign:
    if word.text in number_words():
        number, case = number_words()[word.text]
        return Sign(case, Clock(number * _MINUTES), word.start, word.end)
    if word.text in ".!?;:…":
        ends = word.text != "." or word.end >= len(text) or text[word.end].isspace()
        return Sign("." if ends and word.text != ":" else "~", None, word.start, word.end)
    if word.text == ",":
        return Sign(",", None, word.start, word.end)
    if word.text == "-":
        return Sign("r", None, word.start, word.end)
    if word.text == "/":
        return Sign("O", None, word.start, word.end)
    if not word.text.isalnum():
        return Sign("~", None, word.start, word.end)
    return Sign("_", word.text, word.start, word.end)


def _misspelt(word: Word, language: str) -> list[Sign]:
    """A long word of time with a slip of one letter: "iltapaivala", "huommenna"."""
    if len(word.text) < _TYPO_LENGTH or word.text in number_words():
        return []
    meanings = {
        meaning for form, meaning in _long_words(language).get(word.text[0], ()) if one_slip(form, word.text)
    }
    if len(meanings) != 1:
        return []
    return [Sign(kind, value, word.start, word.end) for kind, value in meanings.pop()]


@cache
def _long_words(language: str) -> dict[str, list[tuple[str, Meaning]]]:
    """Long single words for days and parts of the day, by first letter."""
    found: dict[str, list[tuple[str, Meaning]]] = defaultdict(list)
    for form, meaning in _lexicon(language).items():
        if " " not in form and len(form) >= _TYPO_LENGTH and all(kind in "DS" for kind, _ in meaning):
            found[form[0]].append((form, meaning))
    return dict(found)


def _numbers(text: str) -> Iterator[Sign]:
    for found in re.finditer(
        rf"(?:(?<![\w.,:/+-])|(?<=\bklo)|(?<=\bkl)|(?<=\bklo\.))(?:{_NUMBERS.pattern})|(?<=\d-)(?:{_NUMBERS.pattern.replace('?P<', '?P<r_')})",
        text,
    ):
        groups = {
            name.removeprefix("r_"): value for name, value in found.groupdict().items() if value is not None
        }
        sign = _number(groups, found.start(), found.end(), after_klo=bool(_KLO.search(text[: found.start()])))
        if sign:
            yield sign


def _number(groups: dict[str, str], start: int, end: int, *, after_klo: bool) -> Sign | None:
    whole = next(iter(groups.values()))
    parts = [int(part) for part in re.findall(r"\d+", whole)]
    if "iso" in groups:
        return _date(parts[2], parts[1], parts[0], start, end)
    if "date" in groups or "slash" in groups:
        return _date(parts[0], parts[1], parts[2] if len(parts) > 2 else 0, start, end)  # noqa: PLR2004
    if "ampm" in groups:
        late = 12 if "p" in whole and parts[0] < 12 else 0  # noqa: PLR2004
        minutes = (parts[0] % 12 + late if late or parts[0] != 12 else 12) * _MINUTES + (
            parts[1] if len(parts) > 1 else 0
        )  # noqa: PLR2004
        return Sign("c", Clock(minutes, fixed=True), start, end)
    dotted_date = (
        "." in whole and 1 <= parts[1] <= _MONTHS_A_YEAR and not after_klo if "clock" in groups else False
    )
    if "clock" in groups and not dotted_date and parts[0] <= _HOURS and parts[1] < _MINUTES:
        case = _CASES.get(groups.get("clockcase", ""), "c")
        return Sign(case, Clock(parts[0] * _MINUTES + parts[1], fixed=whole.startswith("0")), start, end)
    if "short" in groups or "clock" in groups:
        return _date(parts[0], parts[1], 0, start, end)
    case = _CASES.get(groups.get("case", groups.get("ending", "")), "d")
    if parts[0] > _WEEKS:
        return None
    return Sign(case, Clock(parts[0] * _MINUTES), start, end)


def _date(day: int, month: int, year: int, start: int, end: int) -> Sign | None:
    if not (1 <= day <= _DAYS_A_MONTH and 1 <= month <= _MONTHS_A_YEAR):
        return None
    return Sign("D", Day(kind="date", number=day, month=month, year=year), start, end)


@cache
def _lexicon(language: str) -> Phrases[Meaning]:
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
    return Phrases((*entries, *_finnish_weekdays(), *_months()))


def _meaning(heading: str) -> Meaning:
    return tuple(_one_meaning(part.strip()) for part in heading.split("/"))


def _one_meaning(heading: str) -> tuple[str, Any]:
    name, *rest = heading.split()
    recurring = "recurring" in rest
    match name:
        case "part":
            return "S", Span(start=_clock(rest[0]), end=_clock(rest[1]), recurring=recurring)
        case "clock-after":
            return "t", Span(start=_clock(rest[0]))
        case "clock-before":
            return "t", Span(end=_clock(rest[0]))
        case "clock-office":
            return "t", Span(start=_clock("08:00"), end=_clock("16:00"))
        case "day":
            return "D", Day(kind="offset", number=int(rest[0]))
        case "weekday" | "week" | "weekend" | "month":
            part = next((word for word in rest[1:] if word != "recurring"), "")
            return "D", Day(kind=name, number=int(rest[0]), part=part, recurring=recurring)
        case "weekdays" | "weekends" | "everyday":
            return "D", Day(kind=name, recurring=True)
        case "after-weekend":
            return "D", Day(kind="after-weekend")
        case "holiday":
            return "h", rest[0]
        case "unit":
            return "U", rest[0]
        case _:
            return _KINDS[name], name


def _clock(written: str) -> Clock:
    hours, minutes = written.split(":")
    return Clock(int(hours) * _MINUTES + int(minutes), fixed=True)


def _finnish_weekdays() -> Iterator[tuple[str, Meaning]]:
    """Each weekday in every case, with a part of the day joined to it, and as spoken."""
    for number, name in enumerate(_WEEKDAYS.split()):
        stem = "keskiviiko" if number == 2 else name  # noqa: PLR2004
        once: Meaning = (("D", Day(kind="weekday", number=number)),)
        forms = [
            name,
            name + "na",
            stem + "n",
            stem + "lle",
            stem + "ksi",
            stem + "ks",
            name + "ta",
            name + "a",
            name + "n",
        ]
        forms += [name + "ko", stem + "llekin", name + "nakin", stem + "l", name + "ks"]
        forms += [name + ("on" if number == 2 else "hin"), name + ("on" if number == 2 else "hi")]  # noqa: PLR2004
        yield from ((form, once) for form in forms)
        left: Meaning = (("D", Day(kind="weekday", number=number, relation="from")),)
        yield from ((stem + ending, left) for ending in ("sta", "lta"))
        again: Meaning = (("D", Day(kind="weekday", number=number, recurring=True)),)
        plural = "keskiviikkoi" if number == 2 else name  # noqa: PLR2004
        yield from ((plural + ending, again) for ending in ("sin", "si", "in") if ending != "in")
        for part, (start, end) in _PARTS.items():
            span = Span(start=_clock(start), end=_clock(end))
            weak = {"ilta": "illalla", "aamu": "aamulla"}.get(part, part + "lla")
            for form in (
                part + "na",
                weak,
                part,
                part + "ksi",
                part + "sta",
                part.removesuffix("a") + "isin",
            ):
                yield name + form, (*once, ("S", span))
                yield f"{name}-{form}", (*once, ("S", span))
    for spoken, number in (
        ("mantaina", 0),
        ("lauvantaina", 5),
        ("launtaina", 5),
        ("perjantaina", 4),
        ("pe-na", 4),
    ):
        yield spoken, (("D", Day(kind="weekday", number=number)),)


def _months() -> Iterator[tuple[str, Meaning]]:
    for number, name in enumerate(_MONTHS.split(), 1):
        for ending in ("kuuta", "kuun", "kuu", "kuut", "k"):
            yield name + ending, (("y", number),)
        yield name + "kuussa", (("D", Day(kind="month-name", month=number)),)
    for number, listed in enumerate(_OTHER_MONTHS.split("|"), 1):
        for name in listed.split():
            yield name, (("y", number),)
            yield f"i {name}", (("D", Day(kind="month-name", month=number)),)
            yield f"in {name}", (("D", Day(kind="month-name", month=number)),)


def weekday_number(word: str) -> int | None:
    """0 for "maanantai" and so on, of a folded Finnish name; None for another word."""
    names = [fold(name) for name in _WEEKDAYS.split()]
    return names.index(word) if word in names else None
