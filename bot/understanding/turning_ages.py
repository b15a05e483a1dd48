"""Ages told by a birthday or the start of school: "täyttää ensi kuussa neljä", "fyllde just fem", "starts school".

A birthday on a day to come makes the child a year younger now; one that is only near ("kohta", "soon") is rounded up.
School begins in August of the year in which a child turns seven, preschool a year earlier (Basic Education Act
628/1998, sections 25 and 26a), so that who starts "in autumn" is six, or five.
"""

import re
from collections.abc import Iterator

from bot.understanding.age_forms import COUNT, number

_MONTH = (
    r"(?:tammi|helmi|maalis|huhti|touko|kesa|heina|elo|syys|loka|marras|joulu)kuussa|(?:in|i) (?:jan|feb|mar|apr|ma[jy]"
    r"|jun|jul|aug|sep|oct|okt|nov|dec)\w*"
)
_SEASON = (
    r"kesalla|syksylla|kevaalla|talvella|jouluna|vappuna|juhannuksena|(?:in|this|next) (?:the )?(?:summer|autumn|fall"
    r"|spring|winter|august)|(?:i|nasta) (?:sommar|host|var|vinter)(?:en|as)?|till (?:sommaren|hosten|varen)"
)
_DATED = (
    rf"(?:ensi|ens|tulevana|seuraava\w*|nasta|next|kommande) [^\W\d]+|{_MONTH}|{_SEASON}|(?:yli)?huomenna|tomorrow"
    r"|i ?morgon|[^\W\d]+(?:paivan|viikon|kuukauden|kuun|vuoden) (?:paasta|kuluttua)|(?:viikon|kuukauden) (?:paasta"
    r"|kuluttua)|in (?:a|two|three|\d+) (?:days?|weeks?|months?)|om (?:en|tva|tre|\d+) (?:dag\w*|veck\w*|manad\w*)"
    r"|(?:maanantai|tiistai|torstai|perjantai|lauantai|sunnuntai|keskiviikko)na|(?:on |pa )?(?:mon|tues|wednes|thurs"
    r"|fri|satur|sun)day|pa (?:man|tis|ons|tors|fre|lor|son)dag"
)
_NEAR = r"kohta|pian|piakkoin|snart|soon|just|juuri|nyt|vasta|jo"
_YEARS = r"(?:\s*-?\s*(?:vuotta|vuotiaa\w*|vee|v|ar|years?(?: old)?|лет|года?)\b\.?|(?!\w))"
_TURNS = r"\b(?:tayttaa|tayttavat|fyller|turns?|(?:is |are |will be )?turning|will be)"
_TURNED = r"\b(?:taytti|tayttivat|tayttanyt|tayttaneet|fyllde|fyllt|turned)"
_THEN_AGE = re.compile(
    rf"{_TURNS}\s+(?:(?:{_NEAR})\s+)?(?:(?P<dated>{_DATED})\s+|(?:{_NEAR})\s+)(?P<count>{COUNT}){_YEARS}"
)
_AGE_THEN = re.compile(rf"{_TURNS}\s+(?P<count>{COUNT}){_YEARS}\s+(?P<dated>{_DATED})(?!\w)")
_PAST = re.compile(rf"{_TURNED}\s+(?:[^\W\d]+\s+){{0,2}}?(?P<count>{COUNT}){_YEARS}")
_HAS_TURNED = re.compile(rf"(?<![\w.,])(?P<count>{COUNT})(?:\s+vuotta)?\s+tayttany?\w*")
_STARTS = (
    r"\b(?:menee|mennee|aloittaa|alottaa|lahtee|siirtyy|alkaa|borjar|starts?|will start|is starting|starting|goes to"
    r"|going to)"
)
_AUTUMN = (
    r"(?:ensi|ens|tulevana)?\s?syksy(?:lla|na)|ensi vuonna|ens vuonna|elokuussa|i host|nasta host|till hosten|nasta ar"
    r"|(?:in|this|next) (?:the )?(?:autumn|fall|august|year)"
)
_PRESCHOOL = r"(?P<preschool>eskari\w*|esikoulu\w*|esiopetu\w*|forskola\w*|preschool|pre-school)"
_SCHOOL = r"(?P<school>koulu(?:un|n|nsa)?|ekaluokalle|ekalle(?: luokalle)?|skolan?|school|first grade|ettan)"
_FILL = r"\s+(?:[^\W\d]+\s+){0,2}?"
_BEGINS = tuple(
    re.compile(_STARTS + _FILL + order)
    for order in (
        rf"(?:{_AUTUMN}){_FILL}(?:{_PRESCHOOL}|{_SCHOOL})\b",
        rf"(?:{_PRESCHOOL}|{_SCHOOL}){_FILL}(?:{_AUTUMN})\b",
    )
)
_BIRTHDAY = re.compile("taytta|taytti|fyll|turn|will be")
_SCHOOLING = re.compile("koulu|eskari|esiop|ekalle|skol|school|grade|ettan")
"""Without these there is nothing to look for."""
_BEFORE_SCHOOL, _BEFORE_PRESCHOOL = 6.0, 5.0


def turning_ages(text: str) -> Iterator[tuple[float, int, int]]:
    """The ages in years that a folded text tells by a birthday or the start of school, with their places."""
    for expression in (_AGE_THEN, _THEN_AGE, _PAST, _HAS_TURNED) if _BIRTHDAY.search(text) else ():
        for found in expression.finditer(text):
            younger = 1 if found.groupdict().get("dated") else 0
            yield number(found["count"]) - younger, *found.span()
    for expression in _BEGINS if _SCHOOLING.search(text) else ():
        for found in expression.finditer(text):
            yield _BEFORE_PRESCHOOL if found["preschool"] else _BEFORE_SCHOOL, *found.span()
