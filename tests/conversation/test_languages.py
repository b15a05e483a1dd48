"""A talk goes on in any language the bot writes; another one is met with pictures and an interpreter's call."""

from dataclasses import dataclass
from datetime import datetime

import pytest

from bot.callbacks import reading as callbacks
from bot.callbacks.callback import Callback
from bot.clock import SettableClock
from bot.database import Database
from bot.meaning import LANGUAGES, Guess, Understanding
from bot.messages import Answer, IncomingMessage, LanguagesCard, SummaryCard
from bot.reach import EVERYWHERE
from bot.turn import Turns
from bot.understanding.facts import find_facts
from bot.understanding.understand import pressed
from tests.hearing import content, turns_on

TEXTS = content().texts
WRITTEN = {
    "مرحبا، أريد أن نتكلم بالعربية": "ar",
    "Здравствуйте, мы устали": "ru",
    "Järvenpää": "et",
}


@dataclass(frozen=True)
class Ear:
    """Hears buttons, numbers, and the language of a few sentences."""

    def understand(
        self, text: str, *, now: datetime, language: str | None = None, asked: str | None = None
    ) -> Understanding:
        if known := pressed(text, language or "fi"):
            return known
        facts = find_facts(text, now=now, language=language or "fi", asked=asked)
        needs = (Guess("parental_exhaustion", 0.9),) if text in WRITTEN else ()
        spoken = WRITTEN.get(text, language or "fi")
        return Understanding(text=text, language=spoken, needs=needs, entities=facts.entities)


@pytest.fixture
def turns(sqlite_database: Database, clock: SettableClock) -> Turns:
    return turns_on(sqlite_database, clock, Ear())


@dataclass
class Talk:
    turns: Turns
    page: str = "fi"
    number: int = 0

    async def says(self, text: str) -> Answer:
        self.number += 1
        message = IncomingMessage(
            channel="web",
            sender="s",
            text=text,
            message_id=str(self.number),
            received_at=self.turns.clock(),
            language=self.page,
        )
        return await self.turns.take(message)

    async def books(self) -> Answer:
        """Asks for a call and answers every question with a button or a number."""
        answer = await self.says("/request_callback")
        replies = {
            "phone": "050 123 4567",
            "time": "/SetSlots(time=anytime)",
            "municipality": "Järvenpää",
            "need": "/SetSlots(need=other)",
            "interpreter": "/affirm",
            "message_allowed": "/deny",
            "who_may_answer": "/SetSlots(who_may_answer=anyone)",
            "confirm": "/affirm",
        }
        while answer.asks in replies:
            answer = await self.says(replies[answer.asks])
        return answer


def own(database: Database, answer: Answer) -> Callback:
    assert answer.callback
    found = database.read_now(lambda session: callbacks.by_code(session, answer.callback["code"], EVERYWHERE))  # type: ignore[index]
    assert found
    return found


async def test_who_writes_arabic_is_answered_in_arabic(turns: Turns) -> None:
    answer = await Talk(turns).says("مرحبا، أريد أن نتكلم بالعربية")
    assert answer.language == "ar"
    assert answer.replies[0].text == TEXTS.text("utter_heard_parental_exhaustion", "ar")
    assert all(reply.lang is None for reply in answer.replies)


async def test_a_place_does_not_change_the_language(turns: Turns) -> None:
    talk = Talk(turns)
    await talk.says("Здравствуйте, мы устали")
    answer = await talk.says("Järvenpää")
    assert answer.language == "ru"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_language_is_chosen_from_the_list_and_a_call_is_booked_in_it(
    turns: Turns, sqlite_database: Database, language: str
) -> None:
    talk = Talk(turns)
    chosen = await talk.says(f"/SetSlots(conversation_language={language})")
    assert [reply.text for reply in chosen.replies] == [TEXTS.text("utter_language_changed", language)]
    booked = await talk.books()
    assert booked.language == language
    assert booked.replies[0].text == TEXTS.text("utter_booked", language)
    request = own(sqlite_database, booked).request
    spoken = language in ("fi", "sv", "en")
    assert (request.language, request.interpreter) == (language, None if spoken else language)
    (card,) = [reply.card for reply in booked.replies if isinstance(reply.card, SummaryCard)]
    assert card.heading == TEXTS.text("summary_heading_after", language)


async def test_in_arabic_the_number_stands_in_its_own_order(turns: Turns) -> None:
    talk = Talk(turns, page="ar")
    await talk.says("مرحبا، أريد أن نتكلم بالعربية")
    booked = await talk.books()
    texts_said = "\n".join(reply.text for reply in booked.replies)
    assert "\u2068050 ••• ••67\u2069" in texts_said


async def test_whoever_goes_back_to_finnish_is_rung_in_finnish(
    turns: Turns, sqlite_database: Database
) -> None:
    talk = Talk(turns, page="ru")
    await talk.says("Здравствуйте, мы устали")
    await talk.says("/request_callback")
    await talk.says("/SetSlots(conversation_language=fi)")
    booked = await talk.books()
    request = own(sqlite_database, booked).request
    assert (booked.language, request.language, request.interpreter) == ("fi", "fi", None)


async def test_another_language_gets_112_an_interpreter_and_the_languages(
    turns: Turns, sqlite_database: Database
) -> None:
    talk = Talk(turns)
    answer = await talk.says("فرزندم شب‌ها نمی‌خوابد و من خیلی خسته‌ام")
    (reply,) = answer.replies
    assert isinstance(reply.card, LanguagesCard)
    assert reply.card.emergency.href == "tel:112"
    assert [code for code, _ in reply.card.call] == ["fa", "en"]
    assert reply.buttons[0].title == TEXTS.text("card_other_button", "fa")
    assert [button.title for button in reply.buttons[1:]] == [
        "Suomi", "Selkosuomi", "Svenska", "English", "Русский", "Eesti", "العربية", "Soomaali", "Українська",
    ]  # fmt: skip
    assert answer.language == "en"
    booked = await talk.books()
    request = own(sqlite_database, booked).request
    assert (request.language, request.interpreter) == ("fa", "fa")
    assert "فرزندم" in request.notes


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("ልጄ አይተኛም", ["am", "ti", "en", "fr", "es", "ar"]),
        ("Моја деца не спавају, треба ми помоћ", ["ru", "uk", "en", "fr", "es", "ar"]),
        ("ბავშვს არ სძინავს", ["en", "fr", "es", "ar"]),
    ],
)
async def test_a_language_nobody_could_tell_gets_those_its_writer_may_read(
    turns: Turns, words: str, codes: list[str]
) -> None:
    (reply,) = (await Talk(turns).says(words)).replies
    assert isinstance(reply.card, LanguagesCard)
    assert [code for code, _ in reply.card.call] == codes
    assert all("112" in sentence for _, sentence in reply.card.danger)


async def test_in_the_middle_of_a_booking_the_question_stays(turns: Turns) -> None:
    talk = Talk(turns)
    await talk.says("/request_callback")
    answer = await talk.says("ich weiß nicht, wie ist meine Nummer")
    assert any(isinstance(reply.card, LanguagesCard) for reply in answer.replies)
    assert (answer.asks, answer.language) == ("phone", "fi")


async def test_a_crisis_comes_before_the_card(turns: Turns) -> None:
    answer = await Talk(turns).says("ich brauche hilfe, hän lyö minua nyt ja pelkään")
    assert answer.urgency in ("immediate", "urgent")
    assert not any(isinstance(reply.card, LanguagesCard) for reply in answer.replies)
