"""A family gives a message that was not understood: only when asked for, only with a yes, without who they are."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.actions.teaching import redacted
from bot.clock import SettableClock
from bot.database import Database
from bot.learning import unclear
from bot.meaning import Entity
from bot.messages import Answer, IncomingMessage
from bot.turn import Turns
from tests.hearing import turns_on

KUMMALLINEN = "se yks juttu Matilla Mikkelissä, laita viestiä a.b@example.org"


@pytest.fixture
def turns(database: Database, clock: SettableClock) -> Turns:
    return replace(turns_on(database, clock), learns=True)


async def say(turns: Turns, text: str, number: int) -> Answer:
    return await turns.take(
        IncomingMessage(
            channel="web",
            sender="s",
            text=text,
            message_id=str(number),
            received_at=turns.clock(),
            language="fi",
        )
    )


def titles(answer: Answer) -> list[str]:
    return [button.title for reply in answer.replies for button in reply.buttons]


async def test_nothing_is_kept_until_the_sender_says_so_and_then_once(
    turns: Turns, database: Database
) -> None:
    asked = await say(turns, KUMMALLINEN, 1)
    assert "Viestistäni saa oppia" in titles(asked)
    assert database.read_now(unclear.inbox) == []
    thanked = await say(turns, "/SetSlots(teach=true)", 2)
    assert "poistuu 30 päivässä" in thanked.replies[0].text
    await say(turns, "/SetSlots(teach=true)", 3)
    kept = database.read_now(unclear.inbox)
    assert [(one.text, one.language, one.label) for one in kept] == [
        ("se yks juttu … …, laita viestiä …", "fi", None)
    ]


async def test_the_question_comes_once_in_a_conversation(turns: Turns) -> None:
    await say(turns, KUMMALLINEN, 1)
    assert "Viestistäni saa oppia" not in titles(await say(turns, "toinen outo juttu", 2))


async def test_it_is_never_asked_for_where_it_is_not_switched_on(turns: Turns, database: Database) -> None:
    silent = replace(turns, learns=False)
    assert "Viestistäni saa oppia" not in titles(await say(silent, KUMMALLINEN, 1))
    await say(silent, "/SetSlots(teach=true)", 2)
    assert database.read_now(unclear.inbox) == []


async def test_a_cry_for_help_is_not_asked_for(turns: Turns) -> None:
    assert "Viestistäni saa oppia" not in titles(await say(turns, "en jaksa enää elää", 1))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Pekka lyö taas Liisaa", "Pekka lyö taas …"),
        ("soita 050 123 4567 tai 0401234567", "soita … tai …"),
        ("hetu 010190-123A ja uusi 010110Y123B", "hetu … ja uusi …"),
        ("katso https://example.org/minä", "katso …"),
        ("Hei. Lapsi on 3 v eikä nuku. Mitä teen", "Hei. Lapsi on 3 v eikä nuku. Mitä teen"),
        ("ребёнок Маша не спит", "ребёнок … не спит"),
        ("طفلي لا ينام", "طفلي لا ينام"),
        ("I am tired and I'm alone", "I am tired and I'm alone"),
    ],
)
def test_what_could_tell_who_wrote_is_taken_out(text: str, left: str) -> None:
    assert redacted(text, ()) == left


def test_names_and_places_that_were_understood_are_taken_out_in_small_letters_too() -> None:
    found = Entity(entity="municipality", value="Mikkeli", start=7, end=18)
    assert redacted("asutaan mikkelissä ja", (replace(found, start=8, end=18),)) == "asutaan … ja"


def test_messages_are_gone_after_30_days(database: Database, clock: SettableClock) -> None:
    now = clock()
    database.write_now(lambda s: unclear.keep(s, "vanha", language="fi", now=now - timedelta(days=31)))
    database.write_now(lambda s: unclear.keep(s, "uusi", language="fi", now=now - timedelta(days=29)))
    assert database.write_now(lambda s: unclear.forget_old(s, now)) == 1
    assert database.write_now(lambda s: unclear.forget_old(s, now)) == 0
    assert [one.text for one in database.read_now(unclear.inbox)] == ["uusi"]
