"""A family and the staff, in browsers of their own, from the first word to the last."""

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opens
from tests.browser.family import SHOWN, Family, text, title
from tests.browser.running import NOW, Running
from tests.browser.staff import Staff, signs_in, w

pytestmark = pytest.mark.browser

CODE = re.compile(r"^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$")


@pytest.fixture(autouse=True)
def _tuesday_morning(server: Running) -> None:
    server.clock.set(NOW)


def test_a_family_is_guided_books_is_called_and_guided_on(opens: Opens, server: Running) -> None:
    advisor = signs_in(opens(phone=False), "advisor")
    late = signs_in(opens(phone=False, forgiven=["409", "net::ERR_FAILED"]), "advisor", second=True)
    family = Family(opens())
    family.page.goto("/")

    family.says("Meidän 2-vuotias ei nuku ja olen ihan poikki. Asutaan Järvenpäässä")
    expect(family.last.locator(".service")).not_to_have_count(0)
    expect(family.box).to_be_focused()
    code = _books_step_by_step(family)

    mine = "2-vuotias ei nuku ja olen ihan poikki"
    expect(advisor.row(mine)).to_be_visible()
    _only_one_gets_it(advisor, late, mine)
    expect(advisor.page.get_by_text(mine).first).to_be_visible()
    _tries_in_vain(advisor)
    expect(advisor.row(mine)).to_contain_text(w("queue.try", number=2))

    for minutes in (25, 50, 75, 90):  # half an hour without use would end the sign-in
        server.clock.set(NOW + timedelta(minutes=minutes))
        advisor.page.reload()
    advisor.takes(mine)
    service = advisor.page.locator(".found strong").first.inner_text()
    advisor.records("outcome:guided", note="Sovittiin perhetyöstä.", services=(service,))
    expect(advisor.page).to_have_url(re.compile(r"/staff/$"))
    expect(advisor.row(mine)).to_have_count(0)

    family.page.goto(f"/my/{code}")
    expect(family.page.get_by_role("heading", name=text("page_my_done_title"))).to_be_visible()


def _books_step_by_step(family: Family) -> str:
    assert family.presses(title("utter_ask_callback_offer", "/request_callback"))["asks"] == "phone"
    assert family.says("nolla viisikymmentä 1234567")["asks"] == "time"
    assert family.says("huomen iltapäivällä")["asks"] == "message_allowed"
    assert family.presses(title("utter_ask_message_allowed", "/deny"))["asks"] == "who_may_answer"
    answer = family.presses(title("utter_ask_who_may_answer", "/SetSlots(who_may_answer=anyone)"))
    assert answer["asks"] == "confirm"
    expect(family.last.locator(".summary")).to_contain_text(SHOWN)
    expect(family.last.locator(".summary")).to_contain_text("25.11.")
    code = family.confirms()
    assert CODE.match(code)
    expect(family.last.locator(".code")).to_have_text(code)
    expect(family.last).not_to_contain_text(SHOWN)
    expect(family.last).to_contain_text("27.11.")  # the third working day after a Tuesday
    return code


def _only_one_gets_it(first: Staff, second: Staff, quote: str) -> None:
    # The second one's page is as it was before: its news are held back.
    second.page.route("**/staff/live", lambda route: route.abort())
    second.page.reload()
    expect(second.row(quote)).to_be_visible()
    first.takes(quote)
    expect(first.page.get_by_role("button", name=w("call.show_number"))).to_be_visible()
    second.takes(quote)
    expect(second.page.get_by_text(w("queue.held", name=first.name))).to_be_visible()


def _tries_in_vain(advisor: Staff) -> None:
    expect(advisor.page.get_by_text(SHOWN)).to_have_count(0)
    advisor.page.get_by_role("button", name=w("call.show_number")).click()
    number = advisor.page.get_by_role("link", name=SHOWN)
    expect(number).to_have_attribute("href", "tel:+358501234567")
    expect(number).to_be_focused()
    advisor.records("result:no_answer")
    expect(advisor.page).to_have_url(re.compile(r"/staff/$"))


def test_a_family_moves_and_cancels_and_the_staff_see_it_at_once(opens: Opens) -> None:
    matter = "esikoinen ei halua kouluun aamuisin"
    family = Family(opens())
    code = family.books(time="huomenna aamupäivällä", matter=matter)
    advisor = signs_in(opens(phone=False), "coordinator")
    expect(advisor.row(matter)).to_contain_text(w("when.tomorrow"))

    page = family.page
    page.goto("/my")
    page.get_by_label(text("page_my_code_label")).fill(code.lower().replace("-", " "))
    page.get_by_role("button", name=text("page_my_code_show")).click()
    page.get_by_role("button", name="ensi viikolla").click()
    expect(page.get_by_role("status").filter(has_text=text("page_my_moved"))).to_be_visible()
    expect(advisor.row(matter)).not_to_contain_text(w("when.tomorrow"))

    page.get_by_role("link", name=text("page_my_cancel"), exact=True).click()
    page.get_by_role("button", name=text("page_my_cancel_yes")).click()
    expect(page.get_by_role("heading", name=text("page_my_cancelled_title"))).to_be_visible()
    expect(advisor.row(matter)).to_have_count(0)


def test_a_family_that_has_only_a_keyboard_books_a_call(opens: Opens) -> None:
    family = Family(opens(phone=False))
    family.page.goto("/chat")
    for _ in range(20):
        if family.box.evaluate("box => box === document.activeElement"):
            break
        family.page.keyboard.press("Tab")
    expect(family.box).to_be_focused()
    family.page.keyboard.type("Haluan että ohjaaja soittaa numeroon 050 123 4567 huomenna iltapäivällä")
    family.page.keyboard.press("Shift+Enter")
    family.page.keyboard.type("Ollaan Askolasta ja vauva itkee yöt")
    answer = _sends(family)
    for _ in range(4):
        if answer["asks"] == "confirm":
            break
        expect(family.box).to_be_focused()
        family.page.keyboard.type("ei")
        answer = _sends(family)
    # Back from the box to the buttons, which stand before it.
    send = family.last.get_by_role("button", name=title("utter_ask_confirm", "/affirm"))
    for _ in range(8):
        if send.evaluate("button => button === document.activeElement"):
            break
        family.page.keyboard.press("Shift+Tab")
    expect(send).to_be_focused()
    _sends(family)
    expect(family.last.locator(".code")).to_be_visible()


def _sends(family: Family) -> dict[str, Any]:
    return family.answered(lambda: family.page.keyboard.press("Enter"))


def test_an_advisor_who_has_only_a_keyboard_closes_a_call(opens: Opens) -> None:
    one, two = "taapero puree muita päiväkodissa", "vaari muutti meille ja lapset oireilevat"
    for matter in (one, two):
        Family(opens()).books(matter=matter, time="milloin vain")
    advisor = signs_in(opens(phone=False), "advisor")
    page, keys = advisor.page, advisor.page.keyboard
    keys.press("j")
    first = page.locator("[data-row]").first.locator("[data-open]")
    expect(first).to_be_focused()
    keys.press("j")
    keys.press("k")
    expect(first).to_be_focused()
    for _ in range(page.locator("[data-row]").count()):
        if two in page.evaluate("document.activeElement.closest('[data-row]').textContent"):
            break
        keys.press("j")
    keys.press("o")
    expect(page.get_by_role("button", name=w("call.show_number"))).to_be_visible()
    expect(page.get_by_text(two).first).to_be_visible()
    page.wait_for_load_state("domcontentloaded")  # the keys are listened to from then on
    keys.press("1")
    expect(page.locator("[data-digit='1']")).to_be_checked()
    keys.press("Enter")
    expect(page).to_have_url(re.compile(r"/staff/$"))
    expect(advisor.row(two)).to_have_count(0)
    expect(advisor.row(one)).to_be_visible()
    page.wait_for_load_state("domcontentloaded")
    keys.press("j")
    keys.press("Enter")
    expect(page).to_have_url(re.compile(r"/staff/callbacks/[0-9a-f]{32}$"))
