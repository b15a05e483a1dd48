"""A queue as it looks on a weekday morning. Every word and number is made up."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from bot.callbacks import booking, claiming
from bot.callbacks.request import Actor, NewCallback
from bot.meaning import Window
from bot.reach import EVERYWHERE
from bot.staff.accounts import everybody


@dataclass(frozen=True, slots=True)
class Asked:
    """One family's request."""

    words: str
    municipality: str
    area: str
    needs: tuple[str, ...]
    ages: tuple[float, ...]
    hours_ago: float
    promised: date
    window: tuple[int, int] | None = None
    """First and last hour of the promised day, local."""
    more: dict[str, Any] = field(default_factory=dict)
    taken_by: int | None = None
    """Which of the advisors has it."""


MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (date(2026, 11, day) for day in (23, 24, 25, 26, 27))
REQUESTS = (
    Asked(
        "Mies huutaa taas ja lapset pelkää. Olen vessassa oven takana.",
        "Kangasala",
        "kangasala",
        ("violence",),
        (3.0, 7.0),
        0.2,
        TUESDAY,
        more={"urgency": "immediate", "category": "violence_now", "message_allowed": False},
    ),
    Asked(
        "Koulusta soitetaan joka viikko, enkä enää tiedä mitä sanoa.",
        "Mikkeli",
        "etela-savo",
        ("school",),
        (9.0,),
        93,
        MONDAY,
    ),
    Asked(
        "Vauva herää tunnin välein, itkeskelen päivisin. Puoliso reissutöissä.",
        "Järvenpää",
        "jarvenpaa",
        ("infant_care", "parental_exhaustion"),
        (0.5,),
        20,
        TUESDAY,
        (12, 14),
        {"message_allowed": False, "told": ("jarvenpaa-hyvinvoinninohjaajat",)},
    ),
    Asked(
        "لا أنام والطفل يبكي طوال الليل",
        "Järvenpää",
        "jarvenpaa",
        ("infant_care",),
        (1.0,),
        44,
        TUESDAY,
        (13, 15),
        {"language": "ar", "interpreter": "ar"},
    ),
    Asked(
        "Eskari sujuu, kotona huutaa kaikesta. Odotetaan tutkimuksiin.",
        "Savonlinna",
        "etela-savo",
        ("neurodiversity",),
        (6.0,),
        26,
        WEDNESDAY,
        (9, 12),
    ),
    Asked(
        "Vi har separerat och barnen bor varannan vecka. Det blev gräl i helgen.",
        "Askola",
        "askola",
        ("separation",),
        (5.0, 8.0),
        22,
        WEDNESDAY,
        more={"language": "sv"},
    ),
    Asked(
        "Teini on huoneessaan kaikki illat eikä puhu. Pelaa aamuun.",
        "Pieksämäki",
        "etela-savo",
        ("teen_life", "screen_time"),
        (14.0,),
        17,
        THURSDAY,
        (14, 16),
    ),
    Asked(
        "Rahat loppu ennen kuun vaihdetta ja talvivaatteet puuttuu.",
        "Kangasala",
        "kangasala",
        ("finances",),
        (2.0, 4.0, 10.0),
        3,
        THURSDAY,
        more={"urgency": "urgent"},
    ),
    Asked(
        "Perhe on antanut luvan ottaa yhteyttä. Äiti toivoo apua iltoihin.",
        "Järvenpää",
        "jarvenpaa",
        ("home_help",),
        (3.0,),
        1,
        FRIDAY,
        more={"sender_role": "professional"},
    ),
    Asked(
        "Ero on tuore ja poika kysyy joka ilta isää.",
        "Järvenpää",
        "jarvenpaa",
        ("separation", "child_mood"),
        (4.0,),
        21,
        TUESDAY,
        taken_by=1,
    ),
)


def fill(session: Session, now: datetime) -> None:
    """Book every request, each at its hour; `now` is aware."""
    advisors = [person for person in everybody(session) if person.role == "advisor"]
    for number, asked in enumerate(REQUESTS):
        at = now - timedelta(hours=asked.hours_ago)
        booked = booking.book(session, _new(asked, number, now), now=at, promised_day=asked.promised)
        if asked.taken_by is not None:
            who = advisors[asked.taken_by]
            claiming.claim(
                session, booked.id, Actor(who.id, who.name, EVERYWHERE), now=now, lease=timedelta(minutes=30)
            )


def _new(asked: Asked, number: int, now: datetime) -> NewCallback:
    start = now.replace(hour=0, minute=0, day=asked.promised.day) - timedelta(
        hours=2
    )  # midnight in Finland, in winter
    window = Window(*(start + timedelta(hours=hour) for hour in asked.window)) if asked.window else None
    given: dict[str, Any] = {"message_allowed": True, **asked.more}
    return NewCallback(
        area=asked.area, municipality=asked.municipality, need=asked.needs[0], needs=asked.needs,
        phone=f"+35850000{1200 + number}", child_ages=asked.ages, notes=asked.words, window=window, **given,
    )  # fmt: skip
