"""A family asks for a person in the chat: what the bot says, when it is silent, and that nobody talks to nobody."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.clock import SettableClock
from bot.conversation import store
from bot.database import Database
from bot.live_chat import changing, reading
from bot.live_chat.chat import Chat, Ending, State
from bot.live_chat.tables import LiveChatLineRow
from bot.messages import Answer, IncomingMessage
from bot.turn import Turns
from tests.hearing import content, turns_on
from tests.live_chat.scenes import AINO

TEXTS = content().texts
LEAVES = "/SetSlots(person_left=true)"


@pytest.fixture
def turns(database: Database, clock: SettableClock) -> Turns:
    return replace(turns_on(database, clock), live_chat=True)


class Family:
    """One family at the chat."""

    def __init__(self, turns: Turns, *, channel: str = "web", language: str = "fi") -> None:
        self.turns, self.channel, self.language = turns, channel, language
        self.number = 0

    async def says(self, text: str) -> Answer:
        self.number += 1
        return await self.turns.take(
            IncomingMessage(
                channel=self.channel,
                sender="s",
                text=text,
                message_id=str(self.number),
                received_at=self.turns.clock(),
                language=self.language,
                municipality="Järvenpää",
            )
        )

    async def asks_for_a_person(self) -> Answer:
        await self.says("/ask_human")
        return await self.says("/affirm")


def chat_of(database: Database, channel: str = "web") -> Chat | None:
    return database.read_now(lambda s: reading.of_conversation(s, store.conversation_id(s, channel, "s")))


def the_chat(database: Database) -> Chat:
    found = chat_of(database)
    assert found is not None
    return found


def takes(database: Database, clock: SettableClock) -> None:
    chat = the_chat(database)
    database.write_now(lambda s: changing.take(s, chat.id, AINO, now=clock()))


def said(answer: Answer) -> str:
    return " ".join(reply.text for reply in answer.replies)


def is_said(name: str, answer: Answer, language: str = "fi") -> bool:
    return any(said_now.texts[language].split("{")[0] in said(answer) for said_now in TEXTS.responses[name])


def words_of(database: Database) -> list[str]:
    chat = the_chat(database)
    return [line.text for line in database.read_now(lambda s: reading.lines(s, chat.id)) if line.text]


async def test_what_changes_is_said_first_and_only_a_yes_calls_anybody(
    turns: Turns, database: Database
) -> None:
    family = Family(turns)
    offered = await family.says("/ask_human")
    assert is_said("utter_ask_person_offer", offered)
    assert offered.asks == "person_offer"
    assert chat_of(database) is None
    assert is_said("utter_person_declined", await family.says("/deny"))
    assert chat_of(database) is None


async def test_after_a_yes_the_words_go_to_the_person_and_the_bot_is_silent(
    turns: Turns, database: Database, clock: SettableClock
) -> None:
    family = Family(turns)
    asked = await family.asks_for_a_person()
    assert is_said("utter_person_asked", asked)
    assert asked.extras["live"] == "waiting"
    assert the_chat(database).area == "jarvenpaa"
    assert is_said("utter_person_waiting", await family.says("ette taida ehtiä"))
    assert (await family.says("no odotan")).replies == ()
    takes(database, clock)
    quiet = await family.says("kiva että tulit")
    assert (quiet.replies, quiet.extras["live"]) == ((), "held")
    assert words_of(database) == ["ette taida ehtiä", "no odotan", "kiva että tulit"]


async def test_out_of_hours_the_bot_says_so_at_once_and_books_a_call(
    turns: Turns, clock: SettableClock
) -> None:
    clock.set(datetime(2026, 11, 24, 15, 0, tzinfo=UTC))
    answer = await Family(turns).says("/ask_human")
    assert is_said("utter_person_closed", answer)
    assert "perjantaina 27.11." in said(answer)
    assert answer.asks == "phone"


@pytest.mark.parametrize("channel", ["rest", "terminal"])
async def test_where_a_persons_words_cannot_come_by_themselves_a_call_is_offered(
    turns: Turns, channel: str
) -> None:
    assert (await Family(turns, channel=channel).says("/ask_human")).asks == "phone"


async def test_in_a_language_advisors_do_not_speak_a_call_with_an_interpreter_is_offered(
    turns: Turns,
) -> None:
    family = Family(turns, language="ru")
    assert (await family.says("/ask_human")).asks == "phone"


async def test_a_message_after_two_minutes_of_waiting_is_told_that_nobody_came(
    turns: Turns, database: Database, clock: SettableClock
) -> None:
    family = Family(turns)
    await family.asks_for_a_person()
    clock.set(clock() + timedelta(minutes=2))
    answer = await family.says("onko siellä ketään, vauva huutaa jo kolmatta tuntia")
    assert is_said("utter_person_nobody", answer)
    assert answer.asks == "callback_offer"
    assert "live" not in answer.extras
    assert the_chat(database).ending is Ending.NOBODY_FREE
    assert (await family.says("/affirm")).asks == "phone"


@pytest.mark.parametrize("held", [False, True])
async def test_a_chat_turned_back_by_the_clock_goes_on_with_the_offer_of_a_call(
    turns: Turns, database: Database, clock: SettableClock, held: bool
) -> None:
    family = Family(turns)
    await family.asks_for_a_person()
    if held:
        takes(database, clock)
    clock.set(clock() + timedelta(minutes=6))
    database.write_now(lambda s: changing.return_left_alone(s, clock()))
    assert (await family.says("/affirm")).asks == "phone"
    assert the_chat(database).state is State.OVER


async def test_the_one_who_waits_no_longer_goes_on_with_the_bot(turns: Turns, database: Database) -> None:
    family = Family(turns)
    await family.asks_for_a_person()
    left = await family.says(LEAVES)
    assert is_said("utter_person_left", left)
    assert "live" not in left.extras
    assert the_chat(database).ending is Ending.FAMILY_LEFT
    assert (await family.says("/request_callback")).asks == "phone"


async def test_a_crisis_in_the_live_chat_gets_its_card_at_once_and_marks_the_chat(
    turns: Turns, database: Database, clock: SettableClock
) -> None:
    family = Family(turns)
    await family.asks_for_a_person()
    takes(database, clock)
    answer = await family.says("mies hakkaa mua just nyt, apua")
    assert answer.urgency == "immediate"
    assert "112" in said(answer)
    assert the_chat(database).urgency == "immediate"
    assert words_of(database) == ["mies hakkaa mua just nyt, apua"]
    assert the_chat(database).state is State.HELD


async def test_a_crisis_while_nobody_comes_gets_its_card_and_the_offer_of_a_call(
    turns: Turns, database: Database, clock: SettableClock
) -> None:
    family = Family(turns)
    await family.asks_for_a_person()
    clock.set(clock() + timedelta(minutes=3))
    answer = await family.says("mies hakkaa mua just nyt, apua")
    assert "112" in said(answer)
    assert "live" not in answer.extras
    assert not the_chat(database).is_open


async def test_when_the_person_hands_back_the_bot_answers_again(
    turns: Turns, database: Database, clock: SettableClock
) -> None:
    family = Family(turns)
    await family.asks_for_a_person()
    takes(database, clock)
    chat = the_chat(database)
    database.write_now(lambda s: changing.give_back(s, chat.id, AINO, Ending.HANDED_BACK, now=clock()))
    answer = await family.says("/thanks")
    assert is_said("utter_thanks", answer)
    assert "live" not in answer.extras
    again = await family.asks_for_a_person()
    assert again.extras["live"] == "waiting"


async def test_everything_is_deleted_also_while_a_person_is_there(
    turns: Turns, database: Database, clock: SettableClock
) -> None:
    family = Family(turns)
    await family.asks_for_a_person()
    takes(database, clock)
    await family.says("salaisuus")
    await family.says("/delete_my_data")
    answer = await family.says("/affirm")
    assert is_said("utter_deleted", answer)
    assert chat_of(database) is None
    assert database.read_now(lambda s: s.scalar(select(func.count()).select_from(LiveChatLineRow))) == 0
    kept = database.read_now(lambda s: store.talk(s, store.conversation_id(s, "web", "s")))
    assert [exchange.said for exchange in kept] == [""]


async def test_the_talk_so_far_is_there_to_be_read_in_order(turns: Turns, database: Database) -> None:
    family = Family(turns)
    await family.says("oon ihan loppu")
    await family.says("/greet")
    await family.asks_for_a_person()
    kept = database.read_now(lambda s: store.talk(s, store.conversation_id(s, "web", "s")))
    assert [exchange.said for exchange in kept] == [
        "oon ihan loppu",
        "",
        "Puhun ihmiselle",
        "Kyllä, kutsu ohjaaja",
    ]
    assert all(exchange.answer.replies for exchange in kept)


async def test_asking_twice_is_no_yes(turns: Turns, database: Database) -> None:
    family = Family(turns)
    await family.says("/ask_human")
    before = ""
    for text in ("/ask_human", "öö", "/ask_human"):
        again = await family.says(text)
        assert again.asks == "person_offer"
        assert said(again) != before
        before = said(again)
    assert chat_of(database) is None


@pytest.mark.parametrize("language", ["sv", "en"])
async def test_it_is_said_in_the_familys_language(turns: Turns, database: Database, language: str) -> None:
    family = Family(turns, language=language)
    assert is_said("utter_ask_person_offer", await family.says("/ask_human"), language)
    assert is_said("utter_person_asked", await family.says("/affirm"), language)
    assert the_chat(database).language == language
