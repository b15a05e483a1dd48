"""A call and a paper form go into the queue by keyboard alone, in six fields, with the promise every family gets."""

import pytest
from playwright.sync_api import Page, expect

from bot.callbacks import queue
from bot.callbacks.callback import Callback
from bot.reach import EVERYWHERE
from tests.browser.browsers import violations
from tests.browser.conftest import Opens
from tests.browser.running import Running
from tests.browser.staff import signs_in, w

pytestmark = pytest.mark.browser

MOST_FIELDS = 6
FIELDS = "main form :is(input, select, textarea):not([type=hidden])"


def named_fields(page: Page) -> list[str]:
    """What can be filled in without opening anything, each name once."""
    shown = [one for one in page.locator(FIELDS).all() if one.is_visible()]
    return list(dict.fromkeys(str(one.get_attribute("name")) for one in shown))


def tabs_to(page: Page, name: str) -> None:
    """Press Tab until the field or button of that accessible name has the focus."""
    target = page.get_by_label(name, exact=True).or_(page.get_by_role("button", name=name)).first
    for _ in range(20):
        if target.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard never reached {name}")


def entered(server: Running, number: str) -> Callback:
    (found,) = server.parts.database.read_now(lambda session: queue.by_phone(session, number, EVERYWHERE))
    return found


def test_a_call_is_entered_by_keyboard_in_six_fields_and_the_promise_can_be_read_out(
    opens: Opens, server: Running
) -> None:
    page = signs_in(opens(phone=False), "advisor").page
    page.keyboard.press("n")
    expect(page.get_by_label(w("enter.phone"))).to_be_focused()
    fields = named_fields(page)
    assert fields == ["phone", "municipality", "notes", "need", "when", "message"]
    assert len(fields) <= MOST_FIELDS

    for words in ("050 765 4321", "Järvenpää", "Kuopus valvottaa, äiti uupunut"):
        page.keyboard.type(words)
        page.keyboard.press("Tab")
    page.keyboard.type(w("need.parental_exhaustion"))
    page.keyboard.press("Tab")
    page.keyboard.type("torstaina klo 13-15")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowLeft")  # from "not asked" to "no"
    page.keyboard.press("Enter")

    receipt = page.get_by_role("status")
    expect(receipt).to_be_focused()
    expect(receipt).to_contain_text("yritämme torstaina 26.11. klo 13–15, ja viimeistään perjantaina 27.11.")
    callback = entered(server, "+358507654321")
    expect(receipt).to_contain_text(str(callback.code))
    asked = callback.request
    assert (asked.channel, asked.municipality, asked.area) == ("phone", "Järvenpää", "jarvenpaa")
    assert (asked.need, asked.message_allowed) == ("parental_exhaustion", False)
    assert violations(page) == []

    page.goto(f"/my/{callback.code}")
    expect(page.get_by_text("torstaina 26.11. klo 13–15").first).to_be_visible()


def test_a_heap_of_paper_forms_is_entered_one_after_the_other(opens: Opens, server: Running) -> None:
    page = signs_in(opens(phone=False), "advisor").page
    page.keyboard.press("n")
    expect(page.get_by_label(w("enter.phone"))).to_be_focused()
    page.keyboard.type("040 765 4321")
    more = page.locator("summary").filter(has_text=w("enter.more"))
    while not more.evaluate("one => one === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")  # from a call to paper
    tabs_to(page, w("enter.name"))
    page.keyboard.type("Maija")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("soitamme viimeistään perjantaina 27.11.")
    expect(page.get_by_role("status")).to_be_focused()
    first = entered(server, "+358407654321").request
    assert (first.channel, first.name, first.area) == ("paper", "Maija", "muu")

    tabs_to(page, w("enter.phone"))
    page.keyboard.type("040 765 4322")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("soitamme viimeistään")
    assert entered(server, "+358407654322").request.channel == "paper"


def test_a_mistake_is_told_where_the_keyboard_is_and_nothing_typed_is_lost(opens: Opens) -> None:
    page = signs_in(opens(phone=False, forgiven=["422"]), "advisor").page
    page.keyboard.press("n")
    expect(page.get_by_label(w("enter.phone"))).to_be_focused()
    page.keyboard.type("050 12")
    page.keyboard.press("Tab")
    page.keyboard.type("Järvenpää")
    page.keyboard.press("Enter")
    alert = page.get_by_role("alert")
    expect(alert).to_be_focused()
    expect(alert).to_contain_text(w("enter.phone_bad"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the link of the mistake leads to its field
    expect(page.get_by_label(w("enter.phone"))).to_be_focused()
    expect(page.get_by_label(w("enter.municipality"))).to_have_value("Järvenpää")
    assert violations(page) == []
