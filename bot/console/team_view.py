"""The team page's contents, worded: the days ahead, each person's week, absences and the area's own days."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.callbacks.placed import Placed
from bot.clock import helsinki
from bot.console.moments import clock_words, date_words, day_words
from bot.console.team_form import as_text
from bot.console.words import Words
from bot.rota.outlook import Day
from bot.rota.tables import AdvisorAbsenceRow, AdvisorHoursRow, AreaExceptionRow
from bot.staff.accounts import Member
from bot.web.team_work import Sight, may_manage


@dataclass(frozen=True, slots=True)
class DayRow:
    """A line of the days ahead."""

    when: str
    hours: str
    people: str
    room: int
    booked: int
    free: int
    state: str
    """`closed`, `over`, `full` or `free`."""
    over: Sequence[tuple[str, str]]
    """The calls of times with too many: where each is opened, and what it is called."""
    excess: int


@dataclass(frozen=True, slots=True)
class PersonCard:
    """One advisor: the week as it is written, and whether the reader may change it."""

    id: str
    name: str
    areas: Sequence[str]
    may_change: bool
    is_me: bool
    week: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """An absence, or a day of the area that is otherwise."""

    id: str
    title: str
    text: str
    may_remove: bool


def day_rows(sight: Sight, today: date, w: Words) -> list[DayRow]:
    """The days ahead."""
    names = {one.id: one.name for one in sight.people}
    return [_day_row(day, sight, names, today, w) for day in sight.days]


def person_cards(sight: Sight, member: Member) -> list[PersonCard]:
    """Everybody of the team, the reader first."""
    cards = [
        PersonCard(
            id=one.id,
            name=one.name,
            areas=one.areas,
            may_change=may_manage(member, one),
            is_me=one.id == member.id,
            week=_week(sight.hours.get(one.id, ())),
        )
        for one in sight.people
    ]
    return sorted(cards, key=lambda card: (not card.is_me, card.name))


def week_words(week: Mapping[str, str], w: Words) -> list[tuple[str, str]]:
    """The days of a week on which somebody works: `ma`, `9–11.30, 12–16`."""
    return [(w(f"day.{day}"), week[f"day{day}"]) for day in range(7) if week.get(f"day{day}")]


def absence_lines(sight: Sight, member: Member, today: date, w: Words) -> list[Line]:
    """Who is away when, soonest first."""
    people = {one.id: one for one in sight.people}
    return [_absence(row, people[row.staff_id], member, today, w) for row in sight.absences]


def exception_lines(
    rows: Iterable[AreaExceptionRow], today: date, w: Words, *, may_remove: bool
) -> list[Line]:
    """The area's own days, soonest first."""
    lines = []
    for row in rows:
        days = date_words(row.first_day, today, w)
        if row.last_day != row.first_day:
            days = f"{days} – {date_words(row.last_day, today, w)}"
        hours = as_text([(row.opens, row.closes)]) if row.opens and row.closes else w("team.closed")
        text = f"{hours} · {row.reason}" if row.reason else hours
        lines.append(Line(row.id, days, text, may_remove))
    return lines


def _day_row(day: Day, sight: Sight, names: Mapping[str, str], today: date, w: Words) -> DayRow:
    people = sorted(_person(one, day, names, w) for one in {*day.at_work, *day.away})
    over = [one for one in sight.over if one.place.start in day.over]
    state = "over" if day.over else "closed" if day.hours is None else "full" if not day.free else "free"
    default = w("team.default_people", number=sight.places.team.at_once)
    return DayRow(
        when=day_words(day.day, today, w),
        hours=as_text([(day.hours.opens, day.hours.closes)]) if day.hours else w("team.closed"),
        people=(", ".join(people) if sight.places.team.shifts else default) if day.hours else "",
        room=day.room,
        booked=day.booked,
        free=day.free,
        state=state,
        over=[(f"/staff/callbacks/{one.id}", _call_words(one, w)) for one in over],
        excess=sum(day.over.values()),
    )


def _person(staff_id: str, day: Day, names: Mapping[str, str], w: Words) -> str:
    """A name, and whether that advisor is away for all of the day or a part of it."""
    name = names.get(staff_id, "")
    if staff_id not in day.away:
        return name
    return w("team.partly_away" if staff_id in day.at_work else "team.is_away", name=name)


def _call_words(call: Placed, w: Words) -> str:
    """`klo 10 Maija, Järvenpää`."""
    at = clock_words(helsinki(call.place.start).time())
    name = call.name or w("team.anonymous")
    words = w("team.call", time=at, name=name, place=call.municipality or w("queue.no_place"))
    return f"{words} · {w('team.urgent')}" if call.is_urgent else words


def _week(rows: Iterable[AdvisorHoursRow]) -> dict[str, str]:
    rows = list(rows)
    week = {
        f"day{day}": as_text((one.starts, one.ends) for one in rows if one.weekday == day) for day in range(7)
    }
    first = next((one.first_day for one in rows if one.first_day), None)
    last = next((one.last_day for one in rows if one.last_day), None)
    areas = next((one.areas for one in rows if one.areas), [])
    return week | {
        "first_day": first.isoformat() if first else "",
        "last_day": last.isoformat() if last else "",
        "areas": " ".join(areas),
    }


def _absence(row: AdvisorAbsenceRow, who: Member, member: Member, today: date, w: Words) -> Line:
    when = _span(helsinki(row.starts_at), helsinki(row.ends_at), today, w)
    return Line(row.id, who.name, f"{when} · {w(f'team.kind_{row.kind}')}", may_manage(member, who))


def _span(start: datetime, end: datetime, today: date, w: Words) -> str:
    """`ti 24.11. klo 9–12`, or whole days: `ti 24.11. – pe 27.11.`."""
    whole = start.time() == end.time() == datetime.min.time()
    last = (end - timedelta(days=1) if whole else end).date()
    first, until = date_words(start.date(), today, w), date_words(last, today, w)
    if whole:
        return first if start.date() == last else f"{first} – {until}"
    if start.date() == end.date():
        return w("team.clock", day=first, start=clock_words(start.time()), end=clock_words(end.time()))
    return w(
        "team.span", first=first, start=clock_words(start.time()), last=until, end=clock_words(end.time())
    )
