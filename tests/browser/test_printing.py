"""The advice and services of a talk on paper: a clean list, and nothing that the family has written."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opens
from tests.browser.family import Family, text, title

pytestmark = pytest.mark.browser

MATTER = "vauva ei nuku öisin, asutaan Järvenpäässä. Terveisin Kaisa"
_REMEMBER_THE_PAPER = """() => {
  window.papers = [];
  addEventListener("beforeprint", () => papers.push(document.querySelector(".sheet")?.textContent ?? ""));
}"""


def at_the_chat(opens: Opens) -> Family:
    family = Family(opens())
    family.page.goto("/chat")
    return family


def test_the_button_comes_with_the_first_advice_and_prints_it_with_the_services(opens: Opens) -> None:
    family = at_the_chat(opens)
    page = family.page
    button = page.get_by_role("button", name=text("page_chat_print"))
    family.says("Hei")
    expect(button).to_be_hidden()
    family.says(MATTER)
    family.presses(title("utter_guide_ways", "/SetSlots(guide=seek_help)"))
    expect(button).to_be_visible()
    service = page.locator(".service h3").first.inner_text()

    page.evaluate(_REMEMBER_THE_PAPER)
    button.click()
    page.wait_for_function("papers.length")
    paper = page.evaluate("papers[0]")
    assert text("page_chat_print_title") in paper
    assert text("utter_tip_infant_care") in paper
    assert text("utter_seek_help_infant_care") in paper
    assert paper.count(service) == 1
    assert "Kaisa" not in paper
    assert text("utter_ask_callback_offer") not in paper
    expect(page.locator(".sheet")).to_be_hidden()  # on the screen the page is as it was
    expect(page.locator(".chat")).to_be_visible()


def test_printing_that_could_not_be_fetched_comes_with_the_connection(opens: Opens) -> None:
    page = opens(forgiven=["net::ERR"])
    page.route("**/chat-print.js", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        page.goto("/chat")
    page.context.set_offline(offline=True)
    page.context.set_offline(offline=False)
    Family(page).says(MATTER)
    expect(page.get_by_role("button", name=text("page_chat_print"))).to_be_visible()


def test_in_a_crisis_nothing_else_is_offered(opens: Opens) -> None:
    family = at_the_chat(opens)
    family.says(MATTER)
    button = family.page.get_by_role("button", name=text("page_chat_print"))
    expect(button).to_be_visible()
    family.says("en halua enää elää")
    expect(button).to_be_hidden()


def test_on_paper_only_the_sheet_is_seen_with_its_contacts_unfolded(opens: Opens) -> None:
    family = at_the_chat(opens)
    page = family.page
    family.says(MATTER)
    expect(page.get_by_role("button", name=text("page_chat_print"))).to_be_visible()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    sheet = page.locator(".sheet")
    expect(sheet).to_be_visible()
    expect(sheet.locator(".contacts").first).to_be_visible()
    expect(sheet.get_by_role("heading", name=text("page_chat_print_services"))).to_be_visible()
    for other in (page.locator(".chat"), page.locator(".top"), page.locator(".bubble").first):
        expect(other).to_be_hidden()
    page.emulate_media(media="screen")
    expect(sheet).to_be_hidden()
    expect(page.locator(".chat")).to_be_visible()


def test_a_talk_without_advice_prints_as_the_page_it_is(opens: Opens) -> None:
    family = at_the_chat(opens)
    family.says("Hei")
    family.page.locator("[data-print]:not([hidden])").wait_for(state="attached")
    family.page.emulate_media(media="print")
    family.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(family.page.locator(".sheet")).to_have_count(0)
    expect(family.page.locator(".bubble").first).to_be_visible()
