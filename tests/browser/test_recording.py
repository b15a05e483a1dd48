"""An advisor records a call: by keyboard alone, on a tablet, and through a browser that breaks."""

import itertools
import re
from datetime import date

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from bot.callbacks import booking, queue
from bot.callbacks.callback import Callback
from bot.callbacks.request import NewCallback
from bot.reach import EVERYWHERE
from tests.browser.browsers import scrolls_sideways, violations
from tests.browser.conftest import Opens
from tests.browser.running import NOW, Running
from tests.browser.staff import Staff, signs_in, w

pytestmark = pytest.mark.browser

SERVICE = "jarvenpaa-hyvinvoinninohjaajat"
_NUMBERS = itertools.count(1_000_000)


def asked(server: Running, notes: str, **facts: object) -> str:
    """Somebody waits for a call; its id."""
    given: dict[str, object] = {
        "area": "jarvenpaa", "municipality": "Järvenpää", "need": "infant_care", "needs": ("infant_care",),
        "phone": f"+35850{next(_NUMBERS)}", "child_ages": (0.5,), "notes": notes, "told": (SERVICE,),
        "message_allowed": True, "who_may_answer": "only_me", **facts,
    }  # fmt: skip
    new = NewCallback(**given)  # type: ignore[arg-type]  # tests name the fields they change
    booked = server.parts.database.write_now(
        lambda session: booking.book(session, new, now=NOW, promised_day=date(2026, 11, 27))
    )
    return booked.id


def found(server: Running, callback_id: str) -> Callback:
    callback = server.parts.database.read_now(lambda session: queue.find(session, callback_id, EVERYWHERE))
    assert callback is not None
    return callback


def takes(advisor: Staff, callback_id: str) -> Page:
    advisor.page.goto(f"/staff/callbacks/{callback_id}")
    advisor.page.locator("[data-take]").click()
    expect(advisor.page.locator("#record")).to_be_visible()
    advisor.page.wait_for_load_state("domcontentloaded")
    return advisor.page


def test_a_call_is_recorded_without_a_mouse(opens: Opens, server: Running) -> None:
    callback_id = asked(server, "vauva valvottaa, olen loppu")
    page = takes(signs_in(opens(phone=False), "advisor"), callback_id)
    keys = page.keyboard
    keys.press("p")
    keys.press("1")
    expect(page.locator(f".found input[value='{SERVICE}']")).to_be_checked()
    expect(page.locator("[value='outcome:guided']")).to_be_checked()
    keys.press("m")
    keys.type("Nukkuu 3 tuntia yössä.")
    keys.press("Tab")
    keys.press("Enter")
    keys.press("Tab")
    keys.type("voimat lopussa")
    keys.press("Escape")
    keys.press("3")
    expect(page.locator("[value='outcome:network_meeting']")).to_be_checked()
    keys.press("2")
    keys.press("Control+Enter")
    expect(page).to_have_url(re.compile(r"/staff/$"))
    closing = found(server, callback_id).closing
    assert closing is not None
    assert closing.detail == {"outcome": "guided", "services": [SERVICE]}
    assert dict(closing.note_parts) == {"": "Nukkuu 3 tuntia yössä.", "coping": "voimat lopussa"}


def test_a_service_is_searched_and_picked_with_arrows_and_enter(opens: Opens, server: Running) -> None:
    callback_id = asked(server, "raha ei riitä ruokaan")
    page = takes(signs_in(opens(phone=False), "advisor"), callback_id)
    keys = page.keyboard
    keys.press("/")
    expect(page.locator("#find")).to_be_focused()
    # At once: a search between two letters would draw the list again.
    page.locator("#find").fill("perhekahvila")
    expect(page.locator(".found").first).to_contain_text(re.compile("perhekahvila", re.IGNORECASE))
    first = page.locator(".found input").first
    keys.press("ArrowDown")
    expect(first).to_be_focused()
    keys.press("ArrowDown")
    keys.press("Enter")
    second = page.locator(".found input").nth(1)
    expect(second).to_be_checked()
    expect(page).to_have_url(re.compile(callback_id))
    picked = second.get_attribute("value")
    keys.press("/")
    page.locator("#find").fill("kotipalvelu")
    expect(page.locator(".found input").first).to_have_value(picked or "")
    expect(page.locator(".found input").first).to_be_checked()
    keys.press("Control+Enter")
    expect(page).to_have_url(re.compile(r"/staff/$"))
    closing = found(server, callback_id).closing
    assert closing is not None
    assert closing.detail["services"] == [picked]


def test_what_was_typed_survives_a_browser_that_breaks(opens: Opens, server: Running) -> None:
    callback_id = asked(server, "isompi lyö pikkuveljeä")
    advisor = signs_in(opens(phone=False), "advisor")
    page = takes(advisor, callback_id)
    page.get_by_role("textbox", name=w("call.note")).fill("Kerroin kahdesta keinosta.")
    page.get_by_text(w("call.note_child"), exact=True).click()
    page.get_by_role("textbox", name=w("call.note_child")).fill("lyö väsyneenä")
    page.keyboard.press("Tab")
    expect(page.locator("[data-draft-state]")).to_have_text(w("call.draft_saved", time="10"))
    page.context.close()
    again = signs_in(opens(phone=False), "advisor").page
    again.goto(f"/staff/callbacks/{callback_id}")
    expect(again.get_by_role("textbox", name=w("call.note"))).to_have_value("Kerroin kahdesta keinosta.")
    expect(again.get_by_role("textbox", name=w("call.note_child"))).to_have_value("lyö väsyneenä")


def test_without_a_connection_the_page_says_that_the_draft_is_not_kept(opens: Opens, server: Running) -> None:
    callback_id = asked(server, "taapero ei syö")
    page = takes(signs_in(opens(phone=False, forgiven=["net::ERR"]), "advisor"), callback_id)
    page.context.set_offline(offline=True)
    page.get_by_role("textbox", name=w("call.note")).fill("kesken")
    page.keyboard.press("Tab")
    expect(page.locator("[data-draft-state]")).to_have_text(w("call.draft_offline"))
    page.context.set_offline(offline=False)
    page.get_by_role("textbox", name=w("call.note")).fill("kesken ja jatko")
    page.keyboard.press("Tab")
    expect(page.locator("[data-draft-state]")).to_have_text(w("call.draft_saved", time="10"))


def test_the_number_stays_while_earlier_calls_are_looked_at(opens: Opens, server: Running) -> None:
    phone = "+358501112223"
    advisor = signs_in(opens(phone=False), "advisor")
    takes(advisor, asked(server, "ensimmäinen", phone=phone))
    advisor.records("outcome:enough", note="Puhuttiin unesta.")
    expect(advisor.page).to_have_url(re.compile(r"/staff/$"))
    page = takes(advisor, asked(server, "toinen", phone=phone, need="school", needs=("school",)))
    expect(page.get_by_text("Puhuttiin unesta.")).to_have_count(0)
    page.keyboard.press("s")
    number = page.get_by_role("link", name="050 111 2223")
    expect(number).to_be_focused()
    page.get_by_role("textbox", name=w("call.note")).fill("kesken")
    page.get_by_role("button", name=w("call.earlier_permit")).click()
    expect(page.get_by_text("Puhuttiin unesta.")).to_be_visible()
    expect(number).to_be_visible()
    expect(page.get_by_role("textbox", name=w("call.note"))).to_have_value("kesken")


@pytest.mark.parametrize(("width", "height"), [(820, 1180), (390, 844)])
def test_on_a_tablet_and_a_phone_the_number_is_one_large_press_away(
    opens: Opens, server: Running, width: int, height: int
) -> None:
    callback_id = asked(server, f"soitto leveydellä {width}", show_number=False, message_allowed=False)
    page = opens(phone=True, viewport=ViewportSize(width=width, height=height))
    takes(signs_in(page, "advisor"), callback_id)
    button = page.get_by_role("button", name=re.compile(w("call.show_number")))
    expect(button).to_contain_text(w("call.number_only_me"))
    box = button.bounding_box()
    assert box is not None
    assert box["height"] >= 56
    assert not scrolls_sideways(page)
    button.click()
    number = page.get_by_role("link", name="050")
    expect(number).to_have_attribute("href", re.compile(r"^tel:\+35850"))
    assert (number.bounding_box() or {"height": 0})["height"] >= 56
    assert violations(page) == []


def test_my_day_by_keyboard_and_on_paper(opens: Opens, server: Running) -> None:
    callback_id = asked(server, "soitto omaan päivään")
    page = takes(signs_in(opens(phone=False), "advisor"), callback_id)
    page.goto("/staff/day")
    page.wait_for_load_state("domcontentloaded")
    page.keyboard.press("j")
    expect(page.locator("[data-row] a").first).to_be_focused()
    page.emulate_media(media="print")
    expect(page.get_by_text(w("day.on_paper"))).to_be_visible()
    expect(page.locator(".top")).to_be_hidden()
    page.emulate_media(media="screen")
    page.get_by_role("button", name=w("day.feed_make")).click()
    expect(page.get_by_label(w("day.feed_address"))).to_have_value(re.compile(r"/staff/day\.ics\?key=.{43}$"))


@pytest.mark.parametrize(
    "calls", [4, pytest.param(40, marks=[pytest.mark.long, pytest.mark.timeout(900)])]
)  # a day of forty
def test_a_day_of_calls_is_worked_through_by_keyboard(opens: Opens, server: Running, calls: int) -> None:
    for number in range(calls):
        asked(server, f"päivän soitto {number}")
    before = recorded(server)
    advisor = signs_in(opens(phone=False), "advisor", second=True)
    page, keys = advisor.page, advisor.page.keyboard
    page.goto("/staff/?show=all")
    for number in range(calls):
        expect(page.locator("[data-row]").first).to_be_visible()
        page.wait_for_load_state("domcontentloaded")
        keys.press("j")
        keys.press("o")
        expect(page.locator("#record")).to_be_visible()
        page.wait_for_load_state("domcontentloaded")
        if number % 4 == 0:
            keys.press("9")  # nobody answered: it waits for its next try
        elif number % 4 == 1:
            keys.press("p")
            keys.press("1")
        else:
            keys.press("m")
            keys.type(f"soitto numero {number}")
            keys.press("Escape")
            keys.press("1")
        keys.press("Control+Enter")
        expect(page).to_have_url(re.compile(r"/staff/$"))
    assert recorded(server) - before == calls


def recorded(server: Running) -> int:
    """How many tries and talks have been recorded."""
    everything, _ = server.parts.database.read_now(
        lambda session: queue.list_callbacks(session, None, EVERYWHERE, limit=1000)
    )
    return sum(len(one.attempts) for one in everything)
