"""Children's ages in a message, in years: "3v", "kolmevuotias", "7 kk", "vitosluokkalainen", "i fyran", "15 ja 9".

Not ages of children: the writer's own ("olen 34-vuotias äiti"), years married or waited, weeks of pregnancy, times.
A grade is read as the age at which it begins in Finland: first grade 7 (Basic Education Act 628/1998, section 25).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bot.meaning import Entity
from bot.understanding.age_forms import (
    BABY_AGE,
    COUNT,
    MONTHS,
    MONTHS_LOOSE,
    ONE_AND_A_HALF,
    WEEKS,
    WEEKS_LOOSE,
    YEARS,
    YEARS_LOOSE,
    number,
)
from bot.understanding.age_surroundings import CHILDHOOD_END, OWN, REACH, child_near, is_age, no_age_before
from bot.understanding.letters import Written
from bot.understanding.school_ages import school_ages
from bot.understanding.turning_ages import turning_ages
from bot.understanding.wordlists import expression

_JOIN = (
    r"\s{0,2}(?:,|(?:-\s{0,2})?(?:ja|seka|tai|och|and|eller|or|&|\+|/"
    r"|и|или|і|й|та|або|чи|ning|voi|و|او|iyo|ama|mise)\b|و(?=\d)|&|\+|/|-)\s{0,2}(?:-\s{0,2})?"
)
_NUMBERS = rf"(?P<numbers>{COUNT}(?:(?:\s{{0,2}}(?:v|vee|kk)\b|-)?{_JOIN}{COUNT}){{0,5}})"
_MIXED = re.compile(
    rf"(?<![\w.,+])(?P<years>{COUNT})\s*-?\s*(?:v|vee|vuotta|vuoden|vuosi|ar|years?|y"
    rf"|лет|года?|рок[иі]в?|рік|aastat?|سنوات|سنة|سنين|jir|sano)\.?\s*(?P<and>ja|och|and|и|і|й|та|و|iyo"
    rf")?\s*(?P<months>{COUNT})\s*-?\s*(?:{MONTHS})(?!\w)"
)
_A_YEAR_AND = re.compile(
    rf"\b(?:vuoden|vuosi|год|рік|sann?ad)\s+(?:(?:ja|и|і|й|iyo)\s+)?(?P<months>{COUNT})\s*-?\s*(?:{MONTHS})(?!\w)"
)
_UNITS = tuple(
    (re.compile(rf"(?<![\w.,+:])(?:{_NUMBERS})\s*-?\s*(?:{unit})(?!\w)"), scale, strict)
    for unit, scale, strict in (
        (YEARS, 1.0, False),
        (MONTHS, 12.0, False),
        (WEEKS, 52.18, False),
        (YEARS_LOOSE, 1.0, True),
        (MONTHS_LOOSE, 12.0, True),
        (WEEKS_LOOSE, 52.18, True),
    )
)
_IN_WORDS = re.compile(
    "puol|pool|vuotia|half|halv|пол|пів|год|однор|نصف|نص|سنت|عام|شهر|iyo ba|vuoden|yksv|ettar"
    "|one|manad|viikon|vecka|kuukauden|month|week"
)
"""Without these no age is told in words alone."""
_YEARS_OLD = _UNITS[0][0]
_NUMBER = re.compile(rf"(?<![\w.,+:])(?={COUNT})")
_HALF = re.compile(
    r"\b(?:puoli?vuotia\w*|puoli?vuotis\w*|puolen vuoden(?: ika\w+| vanha\w*)?|puol(?:i)? vuotta|halvar\w*|ett halvt ar"
    r"|half a year|half year old|полгода|полугодова\w+|півроку|піврічн\w+|pooleaastane|pooleaastas\w*"
    r"|نصف سنة|نص سنة)\b"
)
_ONE = re.compile(
    r"\b(?:vuoden (?:ika[in]\w+|vanha\w*|vanhal\w*)|yksvuotia\w*|ettaring\w*|one year old"
    r"|годовал\w+|однорічн\w+|(?:ребенку|сыну|дочке|дочери|малышу) (?:один )?год(?!а)"
    r"|(?:(?<!\w[ -])|(?<=\bmeidan )|(?<=\bminun )|(?<=\bmun )|(?<=\bja ))(?<!\w)vuotia(?:s|an|alla|alle|ani)(?= \w))\b"
)
_TWO = re.compile(r"(?<=\bعمر)(?:ه|ها)\s+(?:سنتين|سنتان|عامين|عامان)\b(?!\s+ونص)")
_TWO_AND_A_HALF = re.compile(r"(?<=\bعمر)(?:ه|ها)\s+(?:سنتين|سنتان|عامين|عامان)\s+ونصف?\b")
_TWO_MONTHS = re.compile(r"(?<=\bعمر)(?:ه|ها)\s+(?:شهرين|شهران)\b")
_ONE_MONTH = re.compile(
    r"\b(?:kuukauden (?:ika[in]\w+|vanha\w*)|en manad gammal|(?:a|one)[- ]month[- ]old)\b"
)
_ONE_WEEK = re.compile(r"\b(?:viikon (?:ika[in]\w+|vanha\w*)|en vecka gammal|(?:a|one)[- ]week[- ]old)\b")
_IN_ONE_WORD = (
    (1.0, _ONE),
    (2.0, _TWO),
    (2.5, _TWO_AND_A_HALF),
    (1 / 12, _ONE_MONTH),
    (2 / 12, _TWO_MONTHS),
    (1 / 52.18, _ONE_WEEK),
)
_AND_NO_CHILD = rf"(?:ja|och|and)\b(?!\s+{expression('ages', 'child').pattern})"
_BARE = re.compile(
    rf"(?<![\w.,:+]){COUNT}(?:(?:{_JOIN}|\s+(?=\d)){COUNT}){{1,5}}(?![\w:]|[.,]\d|\s*(?:lasta|lapsi\w*|kertaa|tuntia"
    rf"|h\b|klo|paivaa|viikkoa|vk|kk|euro\w*|e\b|%|barn\b|kids|children|times|pm|am|hours|days|timmar"
    rf"|dagar|ganger|halvt?\b|half\b|puol))"
)
_IS = re.compile(
    rf"(?<![\w.,:+])(?P<numbers>{COUNT})(?=\s*(?:$|[.,!?;)]|\b(?:ja|mutta|mut|eika|niin|kun|ku|jolla|joka"
    rf"|och|men|som|and|but|who|poika|tytto|pojka|flicka|nyt|kohta|kesalla|syksylla|kevaalla|ei|inte|does|won't|doesn't)\b))"
)
_UNIT_NOUNS = (
    r"lasta|laps\w*|kertaa|kerran|tunti\w*|tuntia|h\b|klo|paiva\w*|viikko\w*|vk|kk|kuukau\w*|vuotta|euro\w*|e\b|min\w*|kg|km|cm"
    r"|barn\b|kids|children|times|pm|am|hours?|days?|weeks?|months?|years?|timm\w+|dag\w*|veck\w+|manad\w*|ar\b|ganger|luok\w*"
    r"|tai|astetta|kaveri\w*|prosentt\w*"
)
_PLURAL = re.compile(r"\b(?:lapset|lapsia|pojat|tytot|barn|barnen|kids|children)\W*(?:on|ovat|ar|are)?\W*$")
_ONLY = re.compile(r"\b(?:on vasta|vasta|only|bara|at age)\s+(\d{1,2})\W*$")
_CALL = re.compile(
    r"\b(?:soit\w+|ring\w*|call\w*|phone|klo|kello|sopi\w*|huomenna|tomorrow|today|tavoit\w+|\w+day|week|after|before|kl|klockan|\w+dag)\b"
)
_OWN_PLAIN = re.compile(
    r"\b(?:olen|oon|jag ar|i am|i'm|im)\s+(?:vasta\s+|nyt\s+|jo\s+)?(\d{1,2})(?=\s*(?:$|[.,!?]|\b(?:ja|och|and)\b))"
)
_YOUNG_ADULT = 21


@dataclass(frozen=True, slots=True)
class _Age:
    years: float
    start: int
    end: int


def find_ages(written: Written, *, asked: bool = False, timed: bool = False) -> list[Entity]:
    """`child_age` entities in years with at most two decimals. `asked`: the bot has just asked, so "4" is an age.

    `timed`: it has just asked for a time, so a number without a unit is none.
    """
    text = written.folded
    found = [_Age(*age) for age in turning_ages(text) if age[0] < CHILDHOOD_END]
    for more in (_told(text, asked), _words(text), (_Age(*age) for age in school_ages(text, asked=asked))):
        for age in more:
            if not _covered(age, found):
                found.append(age)
    if not timed:
        beside = _after_children(text) if found else _beside_child(text)
        found += [age for age in beside if not _covered(age, found)]
    if not found and (young := _young_writer(written)):
        found = [young]
    if not found and asked:
        found = list(_bare(written)) or list(_babies(text))
    unique = {(age.start, age.years): age for age in found}
    return [
        Entity(entity="child_age", value=round(age.years, 2), start=age.start, end=age.end)
        for age in sorted(unique.values(), key=lambda age: (age.start, age.years))
    ]


def _young_writer(written: Written) -> _Age | None:
    """A child who writes tells their own age without a unit: "olen 12"."""
    told = _OWN_PLAIN.search(written.folded)
    return _Age(float(told[1]), *told.span(1)) if told and float(told[1]) < CHILDHOOD_END else None


def own_age(written: Written) -> float | None:
    """The writer's own age, when it is told ("olen 12", "I'm 34 years old"); else None."""
    text = written.folded
    for found in _matches(_YEARS_OLD, text, _number_places(text)):
        if OWN.search(text[: found.start()]):
            return number(re.findall(COUNT, found["numbers"])[0])
    plain = _OWN_PLAIN.search(text)
    return float(plain[1]) if plain else None


def _number_places(text: str) -> list[int]:
    """Where numbers begin in a folded text, in figures or words."""
    return [found.start() for found in _NUMBER.finditer(text)]


def _matches(expression_: re.Pattern[str], text: str, places: list[int]) -> Iterator[re.Match[str]]:
    """What `finditer` would give, looked for only where a number begins."""
    end = 0
    for place in places:
        found = expression_.match(text, place) if place >= end else None
        if found:
            end = found.end()
            yield found


def _told(text: str, asked: bool) -> Iterator[_Age]:
    """Numbers with a unit of age."""
    taken: list[tuple[int, int]] = []
    places = _number_places(text)
    for found in _matches(_MIXED, text, places):
        taken.append(found.span())
        years, months = number(found["years"]), number(found["months"]) / 12
        if found["and"] and _PLURAL.search(text[: found.start()]):  # "pojat 3 v ja 10 kk" are two
            yield _Age(years, *found.span("years"))
            yield _Age(months, *found.span("months"))
        else:
            yield _Age(years + months, *found.span())
    for found in _A_YEAR_AND.finditer(text):
        taken.append(found.span())
        yield _Age(1 + number(found["months"]) / 12, *found.span())
    for unit, scale, strict in _UNITS:
        for found in _matches(unit, text, places):
            if any(start < found.end() and found.start() < end for start, end in taken):
                continue
            if not is_age(text, found, scale, strict=strict and not asked):
                continue
            taken.append(found.span())
            for one in re.finditer(COUNT, found["numbers"]):
                years = number(one[0]) / scale
                start = found.start("numbers") + one.start()
                if years < _limit(text, found.end()):
                    yield _Age(
                        years,
                        start,
                        found.end() if one.end() == len(found["numbers"]) else start + len(one[0]),
                    )


@cache
def _after_child() -> re.Pattern[str]:
    """A figure right after one child: "tyttö 14 on alkanut…"; not "lapset 3", which may be how many."""
    return re.compile(
        rf"(?:{expression('ages', 'child').pattern})(?<!lapset)(?<!lapsia)(?<!lasta)(?<!lasten)(?<!pojat)"
        r"(?<!tytot)(?<!barn)(?<!kids)(?<!children)"
        rf"(?<!han)(?<!hon)(?<!\bhe)(?<!she)\s+\(?(\d{{1,2}})\)?(?=\s*(?:$|[,.!?;)])|\s+(?!{_UNIT_NOUNS}|{_AND_NO_CHILD})[^\W\d])"
    )


def _limit(text: str, end: int) -> int:
    """Children are under 18; a young adult counts when called somebody's child."""
    return (
        _YOUNG_ADULT
        if re.match(r"\s*(?:poika|tytto|tytar|lapsi|lapsen|son\b|dotter|daughter)", text[end:])
        else CHILDHOOD_END
    )


def _words(text: str) -> Iterator[_Age]:
    if not _IN_WORDS.search(text):
        return
    for found in _HALF.finditer(text):
        if not expression("ages", "no_age_after").match(text[found.end() :].lstrip()) and not (
            found[0].endswith(("vuotta", "vuoden"))
            and not re.match(r"\s*(?:vanha|ika)", text[found.end() :])
            and not child_near().search(text[: found.start()])
        ):
            yield _Age(0.5, *found.span())
    for found in ONE_AND_A_HALF.finditer(text):
        if expression("ages", "no_age_after").match(text[found.end() :].lstrip()):
            continue
        yield _Age(1.5, *found.span())
    for years, expression_ in _IN_ONE_WORD:
        for found in expression_.finditer(text):
            yield _Age(years, *found.span())


def _covered(age: _Age, others: list[_Age]) -> bool:
    return any(one.start <= age.start < one.end or age.start <= one.start < age.end for one in others)


def _after_children(text: str) -> list[_Age]:
    met = [_Age(float(found[1]), *found.span(1)) for found in _after_child().finditer(text)]
    return [age for age in met if 0 < age.years < CHILDHOOD_END]


def _beside_child(text: str) -> list[_Age]:
    """Numbers without a unit right beside a child: "lapset 15 ja 9", "poika on neljä", "she's 7"."""
    met = _after_children(text)
    if not _CALL.search(text):
        met += [_Age(float(found[1]), *found.span(1)) for found in _ONLY.finditer(text)]
    met = [age for age in met if 0 < age.years < CHILDHOOD_END]
    for pattern_ in (_BARE, _IS):
        for found in pattern_.finditer(text):
            before = re.split(r"[.!?;\n]", text[: found.start()])[-1][-REACH:]
            plural = _PLURAL.search(before) and len(re.findall(COUNT, found[0])) == 1
            if plural or not child_near().search(before) or no_age_before().search(before):
                continue
            for one in re.finditer(COUNT, found[0]):
                age = _Age(number(one[0]), found.start() + one.start(), found.start() + one.end())
                if age.years < CHILDHOOD_END and not _covered(age, met):
                    met.append(age)
    return met


def _bare(written: Written) -> Iterator[_Age]:
    """When the age was asked: the numbers of a short answer."""
    text = written.folded
    if re.search(r"\d{3,}", text):
        return
    half = re.fullmatch(rf"\W*({COUNT})\s*(?:ja|och|and)\s*(?:puoli|puol|en halv|a half)\W*", text)
    if half:
        yield _Age(number(half[1]) + 0.5, half.start(1), half.end())
        return
    for found in re.finditer(
        rf"(?<![\w.,:+]){COUNT}(?!\w|[:]\d|\s*(?:lasta|lapsi|barn|kids|children))", text
    ):
        if number(found[0]) < CHILDHOOD_END:
            yield _Age(number(found[0]), *found.span())


def _babies(text: str) -> Iterator[_Age]:
    """A baby without a number, when the age was asked: about half a year. Unasked, nobody has told an age."""
    found = expression("ages", "baby").search(text)
    if found:
        yield _Age(BABY_AGE, *found.span())
