"""Clock times, dates and "in three days" read off the signs: "puol kolmen aikaan", "between 2 and 4"."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bot.clock import helsinki
from bot.understanding.said_times import Clock, Day, Sign, Span

_AROUND = 30
_AT = 60
"""A call "at two" is looked for within the hour that follows."""
_DAY_MINUTES = 24 * 60

Rule = tuple[re.Pattern[str], Callable[[list[Sign], datetime], list[Sign] | None]]


def _joined(kind: str, value: object, found: list[Sign]) -> list[Sign]:
    return [Sign(kind, value, found[0].start, found[-1].end)]


def _clocks(found: list[Sign]) -> list[Clock]:
    return [sign.value for sign in found if isinstance(sign.value, Clock)]


def _number(found: list[Sign]) -> int:
    clocks = _clocks(found)
    return clocks[0].minutes // 60 if clocks else 1


def _part_hour(minutes: Callable[[int], int]) -> Callable[[list[Sign], datetime], list[Sign] | None]:
    """A clock time made from an hour and a half or quarter before or after it, in the hour's own case.

    After "yli" and "vaille" the case says nothing more: "varttia yli kahden".
    """

    def read(found: list[Sign], _: datetime) -> list[Sign] | None:
        hour = next(sign for sign in found if isinstance(sign.value, Clock))
        kind = "c" if hour.kind in "nd" or (found[0].kind == "Q" and hour.kind in "gp") else hour.kind
        return _joined(kind, Clock(minutes(hour.value.minutes)), found)

    return read


def _range(found: list[Sign], _: datetime) -> list[Sign] | None:
    start, end = _clocks(found)
    if start.minutes >= _DAY_MINUTES or end.minutes > _DAY_MINUTES:
        return None
    return _joined("t", Span(start=start, end=end), found)


def _either(found: list[Sign], now: datetime) -> list[Sign] | None:
    """One hour or the other: "klo 10 tai 11" is any time from the first until the second is over; 9 or 15 are two."""
    start, end = _clocks(found)
    if not 0 <= end.minutes - start.minutes <= _AT:
        said = [sign for sign in found if isinstance(sign.value, Clock)]
        return [one for sign in said for one in _at([sign], now) or ()]
    return _joined("t", Span(start=start, end=Clock(end.minutes + _AT, end.fixed)), found)


def _after(found: list[Sign], _: datetime) -> list[Sign] | None:
    return _joined("t", Span(start=_clocks(found)[0]), found)


def _before(found: list[Sign], _: datetime) -> list[Sign] | None:
    return _joined("t", Span(end=_clocks(found)[0]), found)


def _around(found: list[Sign], _: datetime) -> list[Sign] | None:
    clock = _clocks(found)[0]
    around = Span(
        start=Clock(clock.minutes - _AROUND, clock.fixed), end=Clock(clock.minutes + _AROUND, clock.fixed)
    )
    return _joined("t", around, found)


def _at(found: list[Sign], _: datetime) -> list[Sign] | None:
    clock = _clocks(found)[0]
    if clock.minutes >= _DAY_MINUTES:
        return None
    return _joined("t", Span(start=clock, end=Clock(clock.minutes + _AT, clock.fixed)), found)


def _at_instead(found: list[Sign], now: datetime) -> list[Sign] | None:
    """A bare number after a clock time that is not meant: "ei klo 10 vaan 11"."""
    at = _at(found[-1:], now)
    return [*found[:-1], *at] if at else None


def _after_day(found: list[Sign], now: datetime) -> list[Sign] | None:
    """A day or part of the day with a bare clock time after it: "huomenna 14"."""
    at = _at(found[1:], now)
    return [found[0], *at] if at else None


def _from_now(found: list[Sign], now: datetime) -> list[Sign] | None:
    """A time counted from now: "kolmen päivän päästä", "in an hour", "om en vecka"."""
    unit = next("week" if sign.kind == "v" else sign.value for sign in found if sign.kind in "Uv")
    if unit == "minute" and [sign.kind for sign in found if sign.kind != "~"] == ["l", "U"]:
        return None  # "ring om min son" is about him, not in a minute
    number = _number(found)
    after = found[0].kind == "a"
    if after and unit in ("hour", "pm"):  # "после двух часов", "после двух дня": after two o'clock
        return found[:-1]
    if unit in ("hour", "minute", "halfhour"):
        ahead = {"hour": timedelta(hours=number), "minute": timedelta(minutes=number)}.get(
            unit, timedelta(minutes=30)
        )
        moment = helsinki(now.astimezone(UTC) + ahead)
        day = Day(kind="date", number=moment.day, month=moment.month, year=moment.year)
        clock = Clock(moment.hour * 60 + moment.minute, fixed=True)
        return [*_joined("D", day, found), *_joined("t", Span(start=clock), found)]
    if unit in ("day", "pm", "week") and any(sign.value == "within" for sign in found):
        return _joined("D", Day(kind="within", number=number * (7 if unit == "week" else 1)), found)
    if unit == "month":
        return _joined("D", Day(kind="month", number=number, part="day"), found)
    return _joined("D", Day(kind="offset", number=number * (7 if unit == "week" else 1)), found)


def _day_of_month(found: list[Sign], _: datetime) -> list[Sign] | None:
    month = next(sign.value for sign in found if sign.kind == "y")
    day = _number(found)
    return _joined("D", Day(kind="date", number=day, month=month), found) if 1 <= day <= 31 else None  # noqa: PLR2004


def _week_number(found: list[Sign], _: datetime) -> list[Sign] | None:
    return _joined("D", Day(kind="week-number", number=_number(found)), found)


def _holiday(relation: str) -> Callable[[list[Sign], datetime], list[Sign] | None]:
    def read(found: list[Sign], _: datetime) -> list[Sign] | None:
        name = next(sign.value for sign in found if sign.kind == "h")
        return _joined("D", Day(kind="holiday", part=name, relation=relation), found)

    return read


def _told(found: list[Sign], _: datetime) -> list[Sign] | None:
    """What was: "kolme vuotta sitten", "two weeks ago": a story, not a wish."""
    return _joined("G", None, found)


def _weekday(found: list[Sign], _: datetime) -> list[Sign] | None:
    relation, day = found[0].value, found[-1].value
    if isinstance(day, Day) and day.kind == "weekdays" and relation in ("next", "coming"):
        return _joined("D", Day(kind="next-working-day"), found)
    if not isinstance(day, Day) or day.kind != "weekday":
        return [Sign("~", None, found[0].start, found[0].end), *found[1:]]
    said = Day(
        kind="weekday", number=day.number, relation=relation, recurring=day.recurring or relation == "every"
    )
    return _joined("D", said, found)


def _weekday_range(found: list[Sign], _: datetime) -> list[Sign] | None:
    """From a day to a day: "ma–pe", "tisdag–torsdag": the first is where it begins."""
    first, last = found[0].value, found[-1].value
    if first.kind != "weekday" or last.kind != "weekday" or first.recurring:
        return None
    left = Day(kind="weekday", number=first.number, relation="from")
    return [
        Sign("D", left, found[0].start, found[0].end),
        Sign("~", "range", found[1].start, found[1].end),
        found[-1],
    ]


def _week_ahead(found: list[Sign], _: datetime) -> list[Sign] | None:
    """A week later: "viikon päästä tiistaina": the Tuesday after the coming one."""
    day = next(sign.value for sign in found if sign.kind == "D")
    unit = next("week" if sign.kind == "v" else sign.value for sign in found if sign.kind in "Uv")
    if day.kind != "weekday" or unit != "week":
        return None
    return _joined(
        "D", Day(kind="weekday", number=day.number, relation="weeks-later", part=str(_number(found))), found
    )


_NUM, _BARE = "[ngbeipdc]", "[dnc]"
_RULES: tuple[Rule, ...] = tuple(
    (re.compile(expression), read)
    for expression, read in (
        ("U~*o|[gndp]~*U~*o", _told),
        ("H[ngbeipd]", _part_hour(lambda minutes: minutes - 30)),
        ("P[nd]", _part_hour(lambda minutes: minutes + 30)),
        ("[ndc]~?I", _part_hour(lambda minutes: minutes + 30)),
        (f"Q[Ya]{_NUM}", _part_hour(lambda minutes: minutes + 15)),
        (f"Q[Vr]{_NUM}", _part_hour(lambda minutes: minutes - 15)),
        ("[gnd]?~?[Uv]L~?D|D~?[gnd]?~?[Uv]L", _week_ahead),
        ("[gndp]~?[Uv]L|[la]~?[nd]~?[Uv]", _from_now),
        ("[Uv]L|l~?[Uv]", _from_now),
        ("d~?y|yd", _day_of_month),
        ("vd|dv", _week_number),
        ("a~?h|hA", _holiday("after")),
        ("B~?h", _holiday("before")),
        ("h", _holiday("on")),
        ("M~?D", _weekday),
        ("D[rfT]~?D", _weekday_range),
        (f"wK?{_BARE}[Orf]K?{_BARE}|K?[ngdc]O~?K?[ngdc](?:W|w$|w(?=[.,]))", _range),
        (
            f"F~?K?{_BARE}[Trf,O]?K?{_BARE}|K?e[f~]?K?[ib]T?|K?{_BARE}[rf]K?{_BARE}T?|K{_BARE}O{_BARE}W",
            _range,
        ),
        (f"(?<!B)K{_BARE}OK?{_BARE}(?![ARTE])", _either),
        (
            (
                f"a[q~]?K?{_NUM}|A~?K?[gpd]|K?{_NUM}A|K?[edc]E|F~?K?{_BARE}E|q?K?{_BARE}E|FK?{_BARE}(?![UvL])"
                f"|z~?K?{_NUM}|K?{_NUM}~?z|FK?e"
            ),
            _after,
        ),
        (f"B[q~]?K?[pndcbi]|K?[idc]T|TK?{_BARE}|x~?K?{_NUM}|K?{_NUM}~?x|fK?[dnci]", _before),
        (f"q?K?{_NUM}R|q[~K]*[dncb]", _around),
        (f"K[q~]?{_NUM}|b|c", _at),
        (f"X[~k]*t[!&]~?{_BARE}(?![_Uv])", _at_instead),
        ("[DS][q~]?[dn]", lambda found, now: _after_day([found[0], *found[-1:]], now)),
    )
)


def read_clock_times(signs: list[Sign], now: datetime) -> list[Sign]:
    """The same signs, with numbers and small words read as days (`D`) and spans of clock times (`t`)."""
    code = "".join(sign.kind for sign in signs)
    for expression, read in _RULES:
        if expression.search(code):
            signs = _rewritten(signs, code, expression, read, now)
            code = "".join(sign.kind for sign in signs)
    return signs


def _rewritten(
    signs: list[Sign],
    code: str,
    expression: re.Pattern[str],
    read: Callable[[list[Sign], datetime], list[Sign] | None],
    now: datetime,
) -> list[Sign]:
    result: list[Sign] = []
    place = 0
    for found in expression.finditer(code):
        group = signs[found.start() : found.end()]
        new = read(group, now)
        if new is not None:
            result += [*signs[place : found.start()], *new]
            place = found.end()
    return [*result, *signs[place:]]
