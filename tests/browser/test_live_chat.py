"""A family and an advisor in browsers of their own, writing to each other while the bot is silent."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, cast

import pytest
from playwright.sync_api import Locator, Page, expect
from pydantic import SecretStr

from bot.app.live_content import LiveContent
from bot.app.parts import Parts, open_database, prepare_database
from bot.clock import SettableClock
from bot.guidance import areas
from bot.guidance.store import CatalogueCache
from bot.rota.reading import RotaCache
from bot.settings import Settings
from bot.staff import demo
from bot.turn import Turns
from tests.browser.browsers import violations
from tests.browser.conftest import Opens
from tests.browser.family import TEXTS, Family, text, title
from tests.browser.running import NOW, Running, served
from tests.browser.staff import Staff, signs_in, w
from tests.hearing import ButtonsOnly

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The real application with an ear that understands buttons: what is said here is for people."""
    clock = SettableClock(NOW)
    settings = Settings(
        data_dir=tmp_path_factory.mktemp("perheovi"),
        database_url=None,
        secret_key=SecretStr("a secret for browser tests only, 32 bytes"),
        trusted_proxies=1,
    )
    database = open_database(settings)
    prepare_database(settings, database, clock)
    database.write_now(lambda session: demo.seed(session, clock()))
    known, content = areas.load(settings.catalogue_dir), LiveContent(settings.dialogues_dir, ButtonsOnly())
    catalogue = CatalogueCache(known)
    turns = Turns(
        database=database,
        clock=clock,
        content=content.now,
        areas=known,
        catalogue=catalogue.get,
        rota=RotaCache(known),
        live_chat=True,
    )
    ear = cast("Any", ButtonsOnly())
    with served(Parts(settings, clock, database, known, catalogue, content, ear, turns), clock) as found:
        yield found


@pytest.fixture(autouse=True)
def _tuesday_morning(server: Running) -> None:
    server.clock.set(NOW)


def asks_for_a_person(family: Family, words: str) -> None:
    """From the first word to the yes."""
    family.page.goto("/chat")
    family.says(words)
    family.says("/ask_human")
    expect(family.last).to_contain_text(text("utter_ask_person_offer"))
    answer = family.presses(title("utter_ask_person_offer", "/affirm"))
    assert answer["live"] == "waiting"


def waiting(page: Page) -> Locator:
    return page.locator("[data-chats] [data-chat]")


def takes_the_chat(advisor: Staff) -> None:
    expect(waiting(advisor.page)).to_have_count(1)
    waiting(advisor.page).get_by_role("button").click()
    expect(advisor.page.locator("[data-say]")).to_be_visible()


def writes(who: Page, words: str) -> None:
    """One line, by whichever side."""
    box = who.locator("#message")
    box.fill(words)
    box.press("Enter")
    expect(box).to_have_value("")


def sees(page: Page, words: str) -> None:
    """The line is there, once."""
    expect(page.get_by_text(words, exact=True)).to_have_count(1)


def test_a_family_and_an_advisor_write_to_each_other(opens: Opens) -> None:
    advisor, family = signs_in(opens(phone=False), "advisor"), Family(opens())
    other = signs_in(opens(phone=False), "advisor", second=True)
    asks_for_a_person(family, "aamut on yhtä huutoa meillä")
    expect(waiting(other.page)).to_have_count(1)
    takes_the_chat(advisor)
    expect(waiting(other.page)).to_have_count(0)
    expect(advisor.page.locator("[data-talk]")).to_contain_text("aamut on yhtä huutoa meillä")
    first = advisor.name.split()[0]
    expect(family.page.get_by_text(TEXTS.text("utter_person_joined", "fi", person=first))).to_have_count(1)

    writes(advisor.page, "Hei, kerro lisää aamuista")
    sees(family.page, "Hei, kerro lisää aamuista")
    expect(family.last).to_have_attribute("data-from", first)
    said_by_now = family.answers.count()
    writes(family.page, "pukeminen on pahin")
    sees(advisor.page, "pukeminen on pahin")
    assert family.answers.count() == said_by_now
    assert violations(family.page) == []
    assert violations(advisor.page) == []

    advisor.page.get_by_role("button", name=w("chat.hand_back")).click()
    expect(family.last).to_contain_text("takaisin minulle")
    assert family.says("kiitos")["live"] is None


def test_what_was_said_while_the_connection_was_lost_comes_once(opens: Opens) -> None:
    advisor, family = signs_in(opens(phone=False), "advisor"), Family(opens())
    asks_for_a_person(family, "olen aivan loppu")
    takes_the_chat(advisor)
    writes(advisor.page, "Olen tässä")
    sees(family.page, "Olen tässä")
    family.page.goto("about:blank")
    writes(advisor.page, "Milloin viimeksi nukuit")
    writes(advisor.page, "Odotan rauhassa")
    family.page.goto("/chat")
    for words in ("Olen tässä", "Milloin viimeksi nukuit", "Odotan rauhassa"):
        sees(family.page, words)
    writes(family.page, "toissayönä")
    sees(advisor.page, "toissayönä")
    advisor.page.reload()
    for words in ("Olen tässä", "Milloin viimeksi nukuit", "Odotan rauhassa", "toissayönä"):
        sees(advisor.page, words)
    advisor.page.get_by_role("button", name=w("chat.end")).click()
    expect(advisor.page).to_have_url(re.compile("/staff/chats$"))


def test_when_nobody_comes_in_two_minutes_the_bot_says_so_and_offers_a_call(
    opens: Opens, server: Running
) -> None:
    family = Family(opens())
    asks_for_a_person(family, "onko siellä ketään")
    server.clock.set(NOW + timedelta(minutes=2))
    expect(family.last).to_contain_text(text("utter_person_nobody"))
    assert family.presses(title("utter_person_nobody", "/request_callback"))["asks"] == "phone"


def test_it_becomes_a_call_and_the_family_is_told_when(opens: Opens) -> None:
    advisor, family = signs_in(opens(phone=False), "advisor"), Family(opens())
    asks_for_a_person(family, "soittaisitteko meille joskus")
    takes_the_chat(advisor)
    advisor.page.get_by_role("link", name=w("chat.to_call")).click()
    expect(advisor.page.get_by_label(w("enter.notes"))).not_to_have_value("x")
    advisor.page.get_by_label(w("enter.phone")).fill("050 123 4567")
    advisor.page.get_by_role("button", name=w("enter.submit")).click()
    expect(family.last).to_contain_text("perjantaina 27.11.")


def test_the_list_of_chats_is_in_order_for_everybody(opens: Opens) -> None:
    advisor, family = signs_in(opens(phone=False), "advisor"), Family(opens())
    asks_for_a_person(family, "hei hei")
    advisor.page.goto("/staff/chats")
    expect(advisor.page.locator("[data-waiting] [data-chat]")).to_have_count(1)
    assert violations(advisor.page) == []
    family.presses(title("utter_person_asked", "/SetSlots(person_left=true)"))
    expect(advisor.page.locator("[data-waiting] [data-chat]")).to_have_count(0)
