"""Pages in every language: the list of them, the direction of reading, and what a language lacks said plainly."""

import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.actions.talking import languages_card
from bot.channels.incoming import new_sender
from bot.clock import SettableClock
from bot.database import Database
from bot.meaning import LANGUAGES
from bot.messages import Answer, IncomingMessage, Reply
from bot.texts import Texts
from bot.web import appkeys
from tests.web import family_app
from tests.web.conftest import Client
from tests.web.family_app import TEXTS

NAMES = ("Suomi", "Svenska", "English", "Русский", "Eesti", "العربية", "Soomaali", "Українська")


def without(language: str, beginning: str) -> Texts:
    """The texts, when a language lacks those that begin so."""
    poorer = {
        name: tuple(
            replace(one, texts={code: text for code, text in one.texts.items() if code != language})
            for one in variants
        )
        if name.startswith(beginning)
        else variants
        for name, variants in TEXTS.responses.items()
    }
    return replace(TEXTS, responses=poorer)


async def test_every_page_offers_all_languages_by_their_own_names(client: Client) -> None:
    page = await (await client.get("/")).text()
    found = re.findall(r'<a href="\?lang=(\w+)" lang="(\w+)"[^>]*><span>([^<]+)</span>', page)
    assert found == [(code, code, name) for code, name in zip(LANGUAGES, NAMES, strict=True)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "path", ["/", "/chat", "/form", "/my", "/privacy", "/accessibility", "/help", "/no-such-page"]
)
async def test_a_page_is_whole_in_each_language(client: Client, path: str, language: str) -> None:
    page = await (await client.get(f"{path}?lang={language}")).text()
    direction = "rtl" if language == "ar" else "ltr"
    assert f'<html lang="{language}" dir="{direction}"' in page
    assert TEXTS.text("page_exit_note", language) in unescape(page)
    assert "page_" not in re.sub(r'href="[^"]*"|data-words="[^"]*"', "", page)
    if language != "fi":
        assert TEXTS.text("page_exit_note", "fi") not in unescape(page)


async def test_a_page_a_language_lacks_is_finnish_as_a_whole_and_says_so(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(family_app, "TEXTS", without("ar", "page_accessibility_gaps"))
    page = await (await client.get("/accessibility?lang=ar")).text()
    assert TEXTS.text("page_in_finnish", "ar") in page
    assert '<div class="column" lang="fi" dir="ltr">' in page
    assert TEXTS.text("page_accessibility_lead", "fi") in page
    assert TEXTS.text("page_accessibility_lead", "ar") not in page
    assert TEXTS.text("page_exit_button", "ar") in page


async def answered(database: Database, clock: SettableClock, answer: Answer) -> tuple[str, dict[str, Any]]:
    """How a page shows an answer without JavaScript, and what chat.js is given."""

    async def take(_message: IncomingMessage) -> Answer:
        return answer

    app = family_app.family_app(database, clock)
    app[appkeys.TAKE_TURN] = take
    fields = {"sender": new_sender(), "message": "مرحبا", "message_id": "1"}
    async with TestClient(TestServer(app)) as client:
        page = await (await client.post("/chat", data=fields)).text()
        return page, await (await client.post("/chat/messages", json=fields)).json()


async def test_a_finnish_sentence_in_an_arabic_answer_is_marked_as_finnish(
    sqlite_database: Database, clock: SettableClock
) -> None:
    replies = (Reply(text="مرحبا", style="heard"), Reply(text="Suomeksi vain.", lang="fi"))
    page, sent = await answered(sqlite_database, clock, Answer(replies=replies, language="ar"))
    assert '<div class="answer" lang="ar" dir="rtl">' in page
    assert '<p class="said said-plain" lang="fi" dir="ltr">Suomeksi vain.</p>' in page
    assert '<p class="bubble" dir="auto">مرحبا</p>' in page
    assert (sent["direction"], [reply["lang"] for reply in sent["replies"]]) == ("rtl", [None, "fi"])


async def test_the_card_for_another_language_can_be_pressed_without_javascript(
    sqlite_database: Database, clock: SettableClock
) -> None:
    card = languages_card(TEXTS, ("fa", "en"))
    page, sent = await answered(
        sqlite_database, clock, Answer(replies=(Reply(text="112", style="card", card=card),), language="en")
    )
    assert 'href="tel:112"' in page
    assert re.search(r'<span class="helpline-name" lang="fa" dir="rtl">[^<]*112', page)
    assert sent["replies"][0]["card"]["kind"] == "languages"


async def test_a_telephone_number_keeps_its_order_in_arabic(client: Client) -> None:
    said = TEXTS.text("utter_corrected_phone", "ar", phone="050 123 4567", municipality="")
    assert "\u2068050 123 4567\u2069" in said
    assert "<bdi>112</bdi>" in await (await client.get("/help?lang=ar")).text()
