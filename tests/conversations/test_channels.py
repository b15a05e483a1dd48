"""The same talk brings the same answers and the same call through every channel."""

import html
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.channels.telegram.answering import PERSONAL
from bot.clock import SettableClock
from bot.database import Database
from bot.turn import Turns
from tests.conversations import doors, transcript

HERE = Path(__file__).parent
EVERYWHERE = (
    "fi/guidance_asked", "fi/two_matters", "fi/all_in_one_message", "fi/correction", "fi/identity_code",
    "fi/move_and_cancel", "fi/crisis_in_a_booking", "fi/language_switch", "fi/easy_finnish", "fi/same_message_twice",
    "fi/delete_my_data", "sv/book_a_call", "sv/crisis", "en/move", "en/own_language", "ru/interpreter_call",
    "ar/switch", "so/crisis", "other/kurdish",
)  # fmt: skip
IN_TELEGRAM = (
    "fi/guidance_asked", "fi/two_matters", "fi/added_at_the_end", "fi/child_in_crisis", "fi/easy_finnish",
    "sv/book_a_call", "sv/crisis", "en/own_language", "ru/interpreter_call", "uk/guidance", "so/crisis", "ar/switch",
    "other/farsi",
)  # fmt: skip
"""Talks in which no number is told before it is asked: Telegram would hide it."""
CALL = {"call": "yes", "time": "other", "phone": "050 123 4567", "message": "no"}
BY_FORM: Mapping[str, Mapping[str, str]] = {
    "fi/all_in_one_message": {
        **CALL, "words": "vauva ei nuku", "time_words": "huomenna iltapäivällä", "municipality": "Järvenpää",
    },
    "sv/book_a_call": {
        **CALL, "words": "vi ska skiljas och barnen mår dåligt", "time_words": "i morgon eftermiddag",
        "municipality": "Sankt Michel",
    },
    "ru/interpreter_call": {
        **CALL, "words": "сына в школе обижают, он не хочет туда ходить", "time_words": "завтра после обеда",
        "phone": "040 123 4567", "message": "yes", "interpreter": "yes", "municipality": "Järvenpää",
    },
    "uk/guidance": {
        "words": "син боїться спати сам і плаче вночі, йому шість років, ми недавно приїхали з України",
        "municipality": "Järvenpää", "call": "no",
    },
    "fi/crisis_first": {"words": "mies hakkaa minua juuri nyt", "call": "no"},
    "so/crisis": {"words": "ninkaygu hadda wuu i garaacayaa, carruurtu way ooyayaan", "call": "no"},
}  # fmt: skip
"""Talks, and what somebody with the same matter fills in."""


async def played(name: str, door: transcript.Takes, database: Database, clock: SettableClock) -> None:
    """The transcript goes through this door word for word as it is written."""
    _, lines = transcript.read(HERE / f"{name}.txt")
    _, differs = await transcript.Player(door, database, clock, Path(name).stem).play(lines)
    assert not differs, f"{name}\n" + "\n\n".join(differs)


@pytest.mark.parametrize("name", EVERYWHERE)
@pytest.mark.parametrize("door", [doors.Rest, doors.Widget, doors.Plain], ids=["rest", "widget", "no-script"])
async def test_a_talk_goes_the_same_over_the_web(
    name: str,
    door: type[doors.Rest | doors.Widget | doors.Plain],
    turns: Turns,
    sqlite_database: Database,
    clock: SettableClock,
) -> None:
    async with doors.server(turns) as server:
        await played(name, door(server), sqlite_database, clock)


@pytest.mark.parametrize("name", IN_TELEGRAM)
async def test_a_talk_goes_the_same_in_telegram_and_on_the_page_it_leads_to(
    name: str, turns: Turns, sqlite_database: Database, clock: SettableClock
) -> None:
    async with doors.telegram(turns) as door:
        await played(name, door, sqlite_database, clock)
    _, lines = transcript.read(HERE / f"{name}.txt")
    asked = {line.text for line in lines if line.kind == "Asks"}
    assert bool(door.page) == bool(asked & PERSONAL), "a number is asked for on our page, and only there"


@pytest.mark.parametrize("name", BY_FORM)
async def test_the_form_brings_the_same_help_and_the_same_call(
    name: str, turns: Turns, sqlite_database: Database, clock: SettableClock
) -> None:
    _, lines = transcript.read(HERE / f"{name}.txt")
    async with doors.server(turns) as server:
        address = f"/form?lang={Path(name).parent}"
        response = await server.client.post(address, data=dict(BY_FORM[name]))
        page = await response.text()
    assert response.status == 200
    shown = [part for line in lines for row in line.below for part in in_brackets(row)]
    assert [part for part in shown if html.escape(part) not in page] == []
    assert server.answers[0].urgency == next((one.text for one in lines if one.kind == "Urgency"), "none")
    saved = [line for line in lines if line.kind == "Saved"][-1:]
    _, differs = await transcript.Player(turns, sqlite_database, clock, name).play(saved)
    assert not differs, "\n".join(differs)


def in_brackets(row: str) -> list[str]:
    """The services or numbers that a transcript shows below a reply."""
    return row.strip()[1:-1].split(" · ") if row.strip().startswith("(") else []
