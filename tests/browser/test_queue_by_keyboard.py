"""The queue by keyboard alone: from sign-in to the last of forty calls, its filters, and what the letters do."""

import itertools
import re
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from bot.callbacks import booking, queue
from bot.callbacks.request import NewCallback, State
from bot.callbacks.worklist import RANKS
from bot.reach import EVERYWHERE
from bot.staff import demo
from tests.browser.browsers import scrolls_sideways, violations
from tests.browser.conftest import Opens
from tests.browser.running import NOW, Running
from tests.browser.staff import signs_in, w
from tests.queue_of_a_day import REQUESTS

pytestmark = pytest.mark.browser

CALLS = 40
PROMISED = date(2026, 11, 27)
_NUMBERS = itertools.count(3_000_000)


@pytest.fixture(autouse=True)
def _an_empty_tuesday_morning(server: Running) -> None:
    server.clock.set(NOW)
    for callback in open_ones(server):
        server.parts.database.write_now(lambda s, one=callback: queue.erase(s, one, now=NOW))  # type: ignore[misc]


def open_ones(server: Running) -> list[str]:
    states = (State.WAITING, State.CLAIMED)
    found, _ = server.parts.database.read_now(
        lambda s: queue.list_callbacks(s, states, EVERYWHERE, limit=500)
    )
    return [one.id for one in found]


def asks(server: Running, **more: Any) -> str:
    """A family has asked for a call; its id."""
    facts: dict[str, Any] = {
        "area": "jarvenpaa", "municipality": "Järvenpää", "need": "upbringing", "needs": ("upbringing",),
        "phone": f"+35850{next(_NUMBERS)}", "notes": "Iltaisin huudetaan.",
    }  # fmt: skip
    new = NewCallback(**(facts | more))
    return server.parts.database.write_now(lambda s: booking.book(s, new, now=NOW, promised_day=PROMISED)).id


def a_day(server: Running) -> None:
    """Forty families, made of the ten of an ordinary morning."""
    for number in range(CALLS):
        asked = REQUESTS[number % len(REQUESTS)]
        at = NOW - timedelta(hours=asked.hours_ago)
        new = NewCallback(
            area=asked.area, municipality=asked.municipality, need=asked.needs[0], needs=asked.needs,
            phone=f"+35850{next(_NUMBERS)}", child_ages=asked.ages, notes=asked.words,
            **{"message_allowed": True, **asked.more},
        )  # fmt: skip
        server.parts.database.write_now(
            lambda s, new=new, at=at, day=asked.promised: booking.book(s, new, now=at, promised_day=day)  # type: ignore[misc]
        )


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def test_a_day_of_forty_calls_is_worked_through_by_keyboard_alone(opens: Opens, server: Running) -> None:
    a_day(server)
    page = opens(phone=False)
    page.goto("/staff/")
    keys = page.keyboard
    advisor = next(person for person in demo.PEOPLE if person.role == "advisor")
    _tabs_to(page, "input[type=email]")
    keys.type(advisor.email)
    keys.press("Tab")
    keys.type(demo.PASSWORD)
    keys.press("Enter")
    expect(page.locator("[data-row]")).to_have_count(CALLS)
    page.wait_for_load_state("domcontentloaded")
    groups: list[str] = []
    for left in range(CALLS, 0, -1):
        expect(page.locator("[data-row]")).to_have_count(left)
        keys.press("j")
        expect(page.locator("[data-open]:focus")).to_have_count(1)
        groups.append(page.evaluate("document.activeElement.closest('.group').id.slice('group-of-'.length)"))
        keys.press("o")
        expect(page.locator("[data-keys=call] [data-digit='1']")).to_have_count(1)
        page.wait_for_load_state("domcontentloaded")  # the keys are listened to from then on
        keys.press("1")
        keys.press("Enter")
        expect(page).to_have_url(re.compile(r"/staff/$"))
        page.wait_for_load_state("domcontentloaded")
    expect(page.get_by_text(w("queue.empty_title"))).to_be_visible()
    assert groups == sorted(groups, key=RANKS.index), "crisis, late, today, coming"
    assert open_ones(server) == []


def _tabs_to(page: Page, selector: str) -> None:
    for _ in range(15):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab never came to {selector}")


def test_arrows_walk_through_the_rows_and_u_gives_back_what_was_taken(opens: Opens, server: Running) -> None:
    for _ in range(3):
        asks(server)
    page = signs_in(opens(phone=False), "advisor").page
    keys = page.keyboard
    keys.press("j")
    first = focused(page)
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    assert focused(page) != first
    keys.press("ArrowUp")
    keys.press("k")
    assert focused(page) == first
    keys.press("c")
    expect(page).to_have_url(re.compile(r"/staff/callbacks/[0-9a-f]{32}$"))
    page.wait_for_load_state("domcontentloaded")  # the keys are listened to from then on
    keys.press("u")
    expect(page).to_have_url(re.compile(r"/staff/$"))
    expect(page.locator("[data-row]")).to_have_count(3)
    page.wait_for_load_state("domcontentloaded")

    keys.press("j")
    keys.press("o")
    expect(page.locator("[data-keys=call]")).to_be_visible()
    page.goto("/staff/")
    expect(page.locator("[data-row]")).to_have_count(2)
    keys.press("u")
    expect(page.locator("[data-row]")).to_have_count(3)


def test_filters_are_chosen_by_letters_hold_together_and_are_there_the_next_time(
    opens: Opens, server: Running
) -> None:
    asks(server)
    asks(server, language="ar")
    wanted = asks(server, language="ar", interpreter="ar", area="askola", municipality="Askola")
    page = signs_in(opens(phone=False), "advisor", second=True).page
    keys = page.keyboard
    expect(page.locator(".side kbd.letter").first).to_be_hidden()
    keys.press("f")
    expect(page.locator(".side kbd.letter").first).to_be_visible()
    expect(page.locator("[data-polite]")).to_have_text(w("queue.filter_now"))
    keys.press("Escape")
    expect(page.locator(".side kbd.letter").first).to_be_hidden()

    keys.press("f")
    keys.press("k")
    assert page.locator("#menu-language a:focus").inner_text().startswith("arabia")
    keys.press("Enter")
    expect(page.locator("[data-row]")).to_have_count(2)
    page.wait_for_load_state("domcontentloaded")
    keys.press("f")
    keys.press("t")
    expect(page.locator("[data-row]")).to_have_count(1)
    expect(page.locator(f"#row-{wanted}")).to_be_visible()
    expect(page).to_have_url(re.compile(r"\?(?=.*show=interpreter)(?=.*language=ar)"))
    expect(page.locator(".chosen a")).to_have_count(2)

    page.goto("/staff/")
    expect(page.locator("[data-row]")).to_have_count(1)
    keys.press("f")
    keys.press("a")
    expect(page.locator("[data-row]")).to_have_count(3)


def test_letters_do_nothing_in_a_field_and_nothing_at_all_when_switched_off(
    opens: Opens, server: Running
) -> None:
    asks(server)
    page = signs_in(opens(phone=False), "advisor").page
    keys = page.keyboard
    keys.press("/")
    keys.type("ocfju?")
    expect(page.locator("#q")).to_have_value("ocfju?")
    keys.press("Escape")
    keys.press("?")
    expect(page.locator("dialog")).to_be_visible()
    page.get_by_label(w("keys.switch_off")).uncheck()
    keys.press("Escape")
    for key in ("j", "f", "ArrowDown"):
        keys.press(key)
    expect(page.locator("[data-open]:focus")).to_have_count(0)
    expect(page.locator(".side kbd.letter").first).to_be_hidden()


@pytest.mark.parametrize("width", [820, 390])
@pytest.mark.parametrize("dark", [False, True])
def test_on_a_tablet_and_a_phone_a_finger_hits_everything_and_the_crisis_is_in_sight(
    opens: Opens, server: Running, width: int, dark: bool
) -> None:
    asks(server, urgency="immediate", category="violence_now", code_word="omena", message_allowed=False)
    asks(server, language="ar", interpreter="ar", who_may_answer="only_me", show_number=False)
    scheme = "dark" if dark else "light"
    page = opens(phone=False, viewport={"width": width, "height": 1100}, has_touch=True, color_scheme=scheme)
    signs_in(page, "advisor")
    expect(page.locator(".group-crisis [data-take]")).to_be_in_viewport()
    assert not scrolls_sideways(page)
    page.locator("#menu-filter summary").click()
    small: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("main a, main button, main summary, aside a, aside button")]
          .filter((one) => one.checkVisibility() && !one.matches("[data-open], .visually-hidden"))  // a row is its link
          .filter((one) => { const box = one.getBoundingClientRect(); return box.width && box.height < 43.5; })
          .map((one) => one.outerHTML.slice(0, 120))"""
    )
    assert small == []
    page.keyboard.press("Escape")
    assert violations(page) == []
