"""When a family is rung, in the talk: real free times are offered, a full one is said, and what was shown is booked."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.actions.offered_times import code_of, read_code
from bot.callbacks import queue
from bot.callbacks.request import NewCallback
from bot.callbacks.tables import CallbackRow
from bot.clock import SettableClock, helsinki
from bot.database import Database
from bot.meaning import Window
from bot.messages import Answer, IncomingMessage
from bot.rota import changing
from bot.rota.reading import RotaCache
from bot.turn import Turns
from tests.callbacks.scenes import at
from tests.conversations.conftest import Ground, turns_on
from tests.rota.scenes import AREA, AREAS

ASKED = "Haluan että joku soittaa numeroon 050 123 4567. Asun Järvenpäässä."


class Talk:
    """One family and the bot."""

    def __init__(self, turns: Turns, clock: SettableClock, sender: str = "perhe") -> None:
        self._turns, self._clock, self._sender, self._number = turns, clock, sender, 0
        self._buttons: dict[str, str] = {}
        self.answer = Answer(replies=())

    async def says(self, text: str) -> Answer:
        self._number += 1
        self.answer = await self._turns.take(
            IncomingMessage(
                channel="web", sender=self._sender, text=text, message_id=str(self._number),
                received_at=self._clock(), language="fi",
            )
        )  # fmt: skip
        buttons = [button for reply in self.answer.replies for button in reply.buttons]
        self._buttons = {button.title: button.payload for button in buttons}
        return self.answer

    async def presses(self, title: str) -> Answer:
        return await self.says(self._buttons[title])

    @property
    def titles(self) -> list[str]:
        return list(self._buttons)

    @property
    def words(self) -> str:
        return "\n".join(reply.text for reply in self.answer.replies)

    async def until_confirm(self) -> None:
        """Answer what else is asked, as shortly as can be."""
        answers = {
            "need": "uni",
            "municipality": "Järvenpää",
            "time": "milloin vain",
            "phone": "050 123 4567",
        }
        for _ in range(8):
            if self.answer.asks in ("confirm", None):
                break
            await self.says(answers.get(str(self.answer.asks), "ei"))
        assert self.answer.asks == "confirm", (self.answer.asks, self.words)


def fill(database: Database, start: str, end: str, number: int = 0) -> None:
    """Others have taken every place of these half hours."""

    def work(session: Session) -> None:
        moment, phone = at(start), number
        places = RotaCache(AREAS).get(session, moment).places(session, AREA, moment)
        while moment < at(end):
            half = Window(moment, moment + timedelta(minutes=30))
            for place in places.candidates(half) or []:
                phone += 1
                new = NewCallback(area=AREA, phone=f"+35840{number + phone:07}", window=half)
                queue.book(session, new, now=at(start), promised_day=date(2026, 12, 1), places=[place])
            moment += timedelta(minutes=30)

    database.write_now(work)


def only_callback(database: Database) -> CallbackRow:
    rows = database.read_now(
        lambda s: s.scalars(select(CallbackRow).where(CallbackRow.conversation.is_not(None))).all()
    )
    assert len(rows) == 1
    return rows[0]


@pytest.fixture
def talk(ground: Ground, database: Database, clock: SettableClock) -> Talk:
    return Talk(turns_on(ground, database, clock), clock)


async def test_a_pressed_time_is_booked_exactly(talk: Talk, database: Database) -> None:
    await talk.says(ASKED)
    assert talk.titles == ["Tänään klo 11–12", "Tänään klo 14–15", "Huomenna klo 9–10", "Milloin vain"]
    await talk.presses("Huomenna klo 9–10")
    await talk.until_confirm()
    assert "keskiviikkona 25.11. klo 9–10" in talk.words
    await talk.says("joo")
    row = only_callback(database)
    assert row.window_start is not None
    assert row.window_end is not None
    assert (helsinki(row.window_start), helsinki(row.window_end)) == (
        at("2026-11-25 09:00"), at("2026-11-25 10:00"),
    )  # fmt: skip
    assert row.place_start is not None
    assert row.window_start <= row.place_start < row.window_end


async def test_what_others_have_taken_is_not_offered(talk: Talk, database: Database) -> None:
    fill(database, "2026-11-24 10:00", "2026-11-24 16:00")
    fill(database, "2026-11-25 09:00", "2026-11-25 12:00", 100)
    await talk.says(ASKED)
    assert talk.titles == [
        "Huomenna klo 12–13",
        "Huomenna klo 15–16",
        "Torstaina 26.11. klo 9–10",
        "Milloin vain",
    ]


async def test_a_full_time_is_said_once_and_the_nearest_free_one_is_theirs(
    talk: Talk, database: Database
) -> None:
    fill(database, "2026-11-25 14:00", "2026-11-25 15:00")
    await talk.says(ASKED)
    await talk.says("huomenna klo 14")
    assert (
        "Silloin kaikki ajat on jo varattu. Lähin vapaa aika on keskiviikkona 25.11. klo 15–16." in talk.words
    )
    await talk.until_confirm()
    assert "kaikki ajat on jo varattu" not in talk.words
    assert "klo 15–16" in talk.words
    await talk.says("joo")
    row = only_callback(database)
    assert row.window_start == at("2026-11-25 15:00")
    assert row.place_start is not None


async def test_a_time_that_is_taken_while_the_summary_is_read_is_shown_anew_before_it_is_booked(
    talk: Talk, database: Database
) -> None:
    await talk.says(ASKED)
    await talk.says("huomenna klo 14")
    await talk.until_confirm()
    fill(database, "2026-11-25 14:00", "2026-11-25 15:00")
    answer = await talk.says("joo")
    assert answer.callback is None
    assert "Lähin vapaa aika on keskiviikkona 25.11. klo 15–16." in talk.words
    assert answer.asks == "confirm"
    answer = await talk.says("joo")
    assert answer.callback is not None
    assert only_callback(database).window_start == at("2026-11-25 15:00")


async def test_a_call_is_not_moved_to_a_time_the_family_has_not_said_yes_to(
    talk: Talk, database: Database
) -> None:
    await talk.says(ASKED)
    await talk.presses("Huomenna klo 9–10")
    await talk.until_confirm()
    await talk.says("joo")
    fill(database, "2026-11-26 14:00", "2026-11-26 15:00", 300)
    answer = await talk.says("siirrä torstaille klo 14")
    assert "Lähin vapaa aika on torstaina 26.11. klo 15–16." in talk.words
    assert answer.asks == "confirm"
    await talk.presses("Ei, pidä entinen")
    assert only_callback(database).window_start == at("2026-11-25 09:00")
    await talk.says("siirrä torstaille klo 14")
    if talk.answer.asks == "confirm":
        await talk.presses("Kyllä, siirrä")
    assert "Siirretty. Soitamme torstaina 26.11. klo 15–16." in talk.words
    assert only_callback(database).window_start == at("2026-11-26 15:00")


async def test_where_nothing_is_free_a_call_is_promised_by_its_day(talk: Talk, database: Database) -> None:
    day = date(2026, 11, 24)
    database.write_now(
        lambda s: changing.add_exception(
            s, AREA, day, day + timedelta(days=90), None, reason="", by="x", now=at("2026-11-24 09:00")
        )
    )
    await talk.says(ASKED)
    assert talk.titles == ["Milloin vain"]
    await talk.says("huomenna klo 14")
    assert "Vapaita soittoaikoja ei nyt ole. Soitamme silti, viimeistään" in talk.words
    await talk.until_confirm()
    answer = await talk.says("joo")
    assert answer.callback is not None
    assert only_callback(database).place_start is None


async def test_an_urgent_call_gets_the_time_it_asks_for(talk: Talk, database: Database) -> None:
    fill(database, "2026-11-25 14:00", "2026-11-25 15:00")
    await talk.says("en jaksa enää elää")
    await talk.says("joo, soittakaa numeroon 050 123 4567 huomenna klo 14")
    assert "kaikki ajat on jo varattu" not in talk.words


def test_a_button_s_code_is_read_as_it_was_written() -> None:
    window = Window(at("2026-11-25 09:00"), at("2026-11-25 10:00"))
    assert code_of(window) == "2026-11-25T09:00/10:00"
    wish = read_code("2026-11-25T09:00/10:00", "sv")
    assert wish is not None
    assert wish.words == "onsdag 25.11 kl. 9–10"


@pytest.mark.parametrize(
    "code", ["2026-11-25T10:00/09:00", "2026-13-25T09:00/10:00", "huomenna", "2026-11-25T29:00/30:00"]
)
def test_what_is_no_code_is_none(code: str) -> None:
    assert read_code(code, "fi") is None
