"""When a family hopes to be called, read from their own words; a time in a story is not a wish.

A time counts when the bot has asked for one, when its clause speaks of calling ("soittakaa", "sopii", "ring", "call"),
or when a clause or the whole message is nothing but a time. Sentences, commas and words such as "mutta" part clauses.
"""

import re
from collections.abc import Iterator
from datetime import datetime

from bot.clock import helsinki
from bot.meaning import Entity
from bot.understanding.clock_times import read_clock_times
from bot.understanding.letters import Written
from bot.understanding.said_times import Day, Sign
from bot.understanding.time_words import signs
from bot.understanding.wish_assembly import wishes_of

_TIMES = "DStZJ"
_UNREAD = "_Ungeipdyhv"
"""Words that belong to no time: with them around, a clause is about something else."""
_FEW = 1
_MOVED = re.compile(r"\b(?:siir[rt]|vaih[dt]|flytta|move|resched)")
_ITEM = "[DStJ](?:~*[DStJ])*"
_LIST = rf"{_ITEM}(?:(?:~*,~*{_ITEM})*~*,?~*[OX][~OX]*{_ITEM})*"
"""Times a no reaches: over "tai", over a comma only in a list that "tai" closes: "en pääse ma, tiistai käy"."""
_CANNOT_BEFORE = re.compile(rf"{_LIST}[O,~]*[~_]?N")
_CANNOT_AFTER = re.compile(rf"N[~k_C]*{_LIST}")
_NOT = re.compile(rf"X[~k]*{_LIST}")
_NOT_YET = re.compile("X[~k]*_[~k_]*t")
"""A verb under a no before "before": "en herää ennen kymmentä"."""


def find_time_wishes(
    written: Written,
    *,
    now: datetime,
    language: str,
    asked: bool = False,
    called: bool = False,
    since: int = 0,
) -> list[Entity]:
    """The wishes as `time_window` entities with a `TimeWish`.

    `now` is aware, any zone. `asked`: the bot has just asked for a time. `called`: the message also gives a number.
    `since`: where something was taken back ("tiistaina, ei kun keskiviikkona"): what follows counts, if it is a time.
    """
    found = read_clock_times(_bare_numbers(signs(written, language), asked=asked), now)
    if not any(sign.kind in _TIMES or (asked and sign.kind == "j") for sign in found):
        return []
    clauses = [_negated(clause) for clause in _with_refusals(list(_clauses(found)))]
    cued = called or asked or any(sign.kind == "C" for sign in found) or any(map(_refuses, clauses))
    chosen = [
        sign
        for clause in clauses
        if _counts(clause, asked, cued, sum(map(bool, clauses)))
        for sign in _wished(clause, asked)
    ]
    chosen = [sign for sign in chosen if sign.start >= since] or chosen
    return wishes_of(chosen, written.text, helsinki(now).date(), moved=bool(_MOVED.search(written.folded)))


def _bare_numbers(found: list[Sign], *, asked: bool) -> list[Sign]:
    """When a time was asked, a number alone is a clock time: "2", "kahdelta", "neljä"."""
    meant = [sign for sign in found if sign.kind not in "~,.k"]
    if asked and len(meant) == 1 and meant[0].kind in "dnpg" and meant[0].value.minutes < 24 * 60:
        only = meant[0]
        return [Sign("K", None, only.start, only.start), Sign("d", only.value, only.start, only.end)]
    return found


def _clauses(found: list[Sign]) -> Iterator[list[Sign]]:
    """The signs parted where a sentence or clause ends; "or" and commas between two times part nothing."""
    clause: list[Sign] = []
    code = "".join(sign.kind for sign in found)
    for place, sign in enumerate(found):
        ahead = code[place + 1 :].replace("~", "") or "." if sign.kind in "O,r.&" else "."
        if ahead[0] == "X":  # "ei aamulla" belongs to the times before it, "ei nuku" does not
            ahead = ahead[1:].lstrip("k") or "."
        joins = (
            sign.kind in "O,r"
            and bool(clause)
            and _times_before(clause)
            and ahead[0] in _TIMES + "MqKaBFhnbd"
        )
        if sign.kind in ".&" or (sign.kind in "O," and not joins):
            yield clause
            clause = []
        else:
            clause.append(sign)
    yield clause


def _with_refusals(clauses: list[list[Sign]]) -> list[list[Sign]]:
    """Refusals joined to what they refuse: "aika on keskiviikkona mut en pääse"; without a time of their own."""
    joined: list[list[Sign]] = []
    for clause in clauses:
        kinds = [sign.kind for sign in clause if sign.kind != "~"]
        if (
            joined
            and kinds[:1] == ["N"]
            and not any(kind in _TIMES for kind in kinds)
            and _times_before(joined[-1])
        ):
            joined[-1] = [*joined[-1], *clause]
        else:
            joined.append(clause)
    return joined


def _refuses(clause: list[Sign]) -> bool:
    """Whether a clause is nothing but a time that cannot be: "fredag passar inte" speaks of a call."""
    kinds = {sign.kind for sign in clause}
    return "N" in kinds and not kinds.isdisjoint(_TIMES) and kinds.isdisjoint(_UNREAD)


def _times_before(clause: list[Sign]) -> bool:
    before = next((sign.kind for sign in reversed(clause) if sign.kind != "~"), "")
    return before in _TIMES


def _negated(clause: list[Sign]) -> list[Sign]:
    """The times under a no: "paitsi ke", "en pääse maanantaina", "perjantai ei käy"."""
    code = "".join(sign.kind for sign in clause)
    if "X" not in code and "N" not in code:
        return clause
    under: set[int] = set()
    for expression in (_CANNOT_BEFORE, _NOT):
        for found in expression.finditer(code):
            under.update(range(found.start(), found.end()))
    for found in _NOT_YET.finditer(code):
        if clause[found.end() - 1].value.start is None:
            under.add(found.end() - 1)
    if "N" in code and not _CANNOT_BEFORE.search(code):
        for found in _CANNOT_AFTER.finditer(code):
            under.update(range(found.start(), found.end()))
    return [
        Sign(sign.kind, sign.value, sign.start, sign.end, negative=place in under)
        for place, sign in enumerate(clause)
    ]


def _counts(clause: list[Sign], asked: bool, cued: bool, clauses: int) -> bool:
    """Whether the times of a clause are a wish."""
    kinds = [sign.kind for sign in clause]
    if "G" in kinds or not any(kind in _TIMES + "j" for kind in kinds):
        return False
    if asked or "C" in kinds:
        return True
    unknown = sum(kind in _UNREAD for kind in kinds)
    if not cued and any(_is_week_number(sign) for sign in clause):  # "week 34" is more often of a pregnancy
        return False
    if cued:
        return unknown == 0 or ((("k" in kinds) or "N" in kinds) and unknown <= _FEW)
    return (unknown == 0 and clauses == 1) or (unknown == 0 and "k" not in kinds and clauses <= _FEW + 1)


def _is_week_number(sign: Sign) -> bool:
    return isinstance(sign.value, Day) and sign.value.kind == "week-number"


def _wished(clause: list[Sign], asked: bool) -> list[Sign]:
    """The times of a clause; where some stand before a call is spoken of and some after, those after it.

    "Vauva itkee iltaisin soittakaa huomenna": only tomorrow is the wish.
    """
    times = [sign for sign in clause if sign.kind in _TIMES or (asked and sign.kind == "j")]
    cue = next((place for place, sign in enumerate(clause) if sign.kind == "C"), None)
    if cue is None or asked:
        return times
    after = [sign for sign in clause[cue:] if sign.kind in _TIMES]
    told = sum(sign.kind == "_" for sign in clause[:cue])
    return after if after and told > _FEW else times
