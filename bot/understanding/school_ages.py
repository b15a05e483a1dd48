"""Ages told by a grade or a stage of school: "vitosluokkalainen", "i fyran", "5th grader", "eskari"."""

import re
from collections.abc import Iterator
from functools import cache

from bot.understanding.letters import fold, pattern
from bot.understanding.wordlists import expression, phrases, wordlist

_REACH = 45
_FIRST_GRADE = 6
"""Years to add to a grade for the age at which it begins."""
_OTHER_ORDER = re.compile(r"\s*(?:luok|kerra|viiko|kuu|sija|kerro|tunn|puol)")


def school_ages(text: str, *, asked: bool) -> Iterator[tuple[float, int, int]]:
    """The ages in years that grades and stages in a folded text stand for, with their places."""
    for found in grade_pattern().finditer(text) if _grade_named().search(text) else ():
        grade = next((value for value in found.groups() if value), None)
        if grade is None:
            continue
        years = grades().get(grade) or (int(grade) if grade.isdigit() and 1 <= int(grade) <= 9 else None)  # noqa: PLR2004
        if years:
            yield float(years + _FIRST_GRADE), *found.span()
    for found in expression("ages", "grades_alone").finditer(text):
        near = text[max(0, found.start() - _REACH) : found.end() + _REACH]
        child = asked or expression("ages", "child").search(near) or re.search(r"koulu|luok|opettaja", text)
        if child and not _OTHER_ORDER.match(text[found.end() :]):
            yield float(grades()[found[0]] + _FIRST_GRADE), *found.span()
    for typical, stage in stages():
        for found in stage.finditer(text):
            yield typical, *found.span()


@cache
def grades() -> dict[str, int]:
    """Folded word for a grade ("vitos", "fyran", "fourth") → the grade, 1 to 9."""
    listed = str(wordlist("ages")["grades"])
    return {
        fold(word): int(grade)
        for part in listed.split("|")
        for grade, _, names in [part.strip().partition(":")]
        for word in phrases(names)
    }


@cache
def _grade_named() -> re.Pattern[str]:
    """A word or figure for a grade; without one there is nothing to look for."""
    return re.compile(rf"\b(?:\d|{'|'.join(map(re.escape, grades()))})")


@cache
def grade_pattern() -> re.Pattern[str]:
    """A child's grade: "vitosluokkalainen", "5. luokalla", "3lk", "i fyran", "4th grader", "åk 5"."""
    names = "|".join(sorted(map(re.escape, grades()), key=len, reverse=True))
    return re.compile(
        rf"\b({names})\s?-?(?:luokkalai\w*|luokalai\w*|luokalla|luokalle|luokkalla|luokka\b|luokkaa\b"
        rf"|luokan (?:oppila\w+|poik\w+|poja\w+|tytt\w+|tyto\w+)|lk\b|-?klassare\w*|klassist\w*|klassen"
        rf"|graders?|grade)"
        rf"|\b(\d)\.?\s?-?\s?(?:luokkalai\w*|luokalla|luokalle|luokka\b|lk\b|lk:\w+|:?e? ?klassare"
        rf"|graders?|klass\b)"
        rf"|\b(?:kay|kayva)\s+({names})\b|\b(?:i|gar i|pa|borjar)\s+({names})\b(?!\s+(?:gang\w*|vecka\w*|hand))"
        rf"|\b(?:ak|arskurs|grade|year|класс|klass|klassis|klassi)\.?\s?(\d)\b|\b(\d)[\s-]*(?:й"
        rf"|м)?\s?(?:класс\w*|клас\w*|klassi\w*)"
    )


@cache
def stages() -> list[tuple[float, re.Pattern[str]]]:
    """Words that tell an age without a number ("eskari"), each with the age in years."""
    parts = [part.strip().partition(":") for part in str(wordlist("ages")["stages"]).split("|")]
    return [(float(years), pattern(phrases(names))) for years, _, names in parts]
