"""The queue on an open page while colleagues and families change it: always what the database holds, nothing lost."""

import itertools
import random
import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from bot.callbacks import queue, screenfuls
from bot.callbacks.request import Actor, NewCallback
from bot.callbacks.worklist import Wanted
from bot.reach import EVERYWHERE
from tests.browser.conftest import Opens
from tests.browser.running import NOW, Running
from tests.browser.staff import signs_in, w

pytestmark = pytest.mark.browser

SOMEBODY = Actor("somebody-else", "Kerttu", EVERYWHERE)
PROMISED = date(2026, 11, 27)
_NUMBERS = itertools.count(2_000_000)
_IDS = "[...document.querySelectorAll('[data-row]')].map((row) => row.id.slice(4))"


@pytest.fixture(autouse=True)
def _tuesday_morning(server: Running) -> None:
    server.clock.set(NOW)


def asks(server: Running, notes: str = "Iltaisin huudetaan.", **more: Any) -> str:
    """A family has asked for a call; its id."""
    new = NewCallback(
        area="jarvenpaa", municipality="Järvenpää", need="upbringing", needs=("upbringing",),
        phone=f"+35850{next(_NUMBERS)}", notes=notes, **more,
    )  # fmt: skip
    booked = server.parts.database.write_now(
        lambda session: queue.book(session, new, now=server.clock(), promised_day=PROMISED)
    )
    return booked.id


def is_taken(server: Running, callback_id: str) -> None:
    lease = timedelta(minutes=30)
    server.parts.database.write_now(
        lambda session: queue.claim(session, callback_id, SOMEBODY, now=server.clock(), lease=lease)
    )


def is_given_back(server: Running, callback_id: str) -> None:
    server.parts.database.write_now(lambda s: queue.release(s, callback_id, SOMEBODY, now=server.clock()))


def waiting(server: Running) -> list[str]:
    """Who waits, by the database, in the order of the queue."""
    screen = server.parts.database.read_now(
        lambda s: screenfuls.screenful(s, "nobody", EVERYWHERE, Wanted(), now=server.clock())
    )
    return [one.callback.id for one in screen.waiting]


def event(number: int, name: str = "queue") -> str:
    return f"event: {name}\nid: {number}\ndata: 10.00\n\n"


class Hostile:
    """A stream that shuffles its events, sends some twice, loses three of ten, and breaks off all the time."""

    def __init__(self, server: Running, seed: int) -> None:
        self.server = server
        self.chance = random.Random(seed)
        self.told: list[int] = []
        self.opened = 0

    def answer(self, route: Route) -> None:
        self.opened += 1
        now = self.server.parts.database.read_now(queue.revision)
        self.told.append(now)
        events = [event(number) for number in self.told if self.chance.random() > 0.3]
        events += self.chance.sample(events, len(events) // 2)
        self.chance.shuffle(events)
        body = "retry: 20\n\n" + "".join(events)
        route.fulfill(status=200, content_type="text/event-stream", body=body)


@pytest.mark.parametrize("seed", range(3))
def test_whatever_the_stream_does_the_page_shows_what_the_database_holds(
    opens: Opens, server: Running, seed: int
) -> None:
    hostile, chance = Hostile(server, seed), random.Random(seed + 100)
    page = opens(phone=False, forgiven=["net::ERR"])
    page.route("**/staff/live", hostile.answer)
    signs_in(page, "advisor")
    taken: list[str] = []
    for _ in range(25):
        _something_happens(server, chance, taken)
        shown: list[str] = page.evaluate(_IDS)
        assert len(shown) == len(set(shown)), "nobody is there twice, whenever one looks"
    wanted = waiting(server)
    page.wait_for_function(f"wanted => JSON.stringify({_IDS}) === JSON.stringify(wanted)", arg=wanted)
    assert hostile.opened > 1
    _done_with(server, wanted + taken)


def _something_happens(server: Running, chance: random.Random, taken: list[str]) -> None:
    free = waiting(server)
    what = chance.choice(("asks", "asks", "taken", "back"))
    if what == "taken" and free:
        taken.append(chance.choice(free))
        is_taken(server, taken[-1])
    elif what == "back" and taken:
        is_given_back(server, taken.pop())
    else:
        asks(server, urgency=chance.choice(("none", "none", "urgent", "immediate")))


def _done_with(server: Running, callback_ids: Sequence[str]) -> None:
    for one in callback_ids:
        server.parts.database.write_now(lambda s, one=one: queue.erase(s, one, now=server.clock()))  # type: ignore[misc]


def test_who_comes_back_after_a_lost_connection_fetches_once_and_only_when_something_changed(
    opens: Opens, server: Running
) -> None:
    page = opens(phone=False, forgiven=["net::ERR"])
    fetched: list[str] = []
    page.on("request", lambda found: fetched.append(found.url) if found.resource_type == "fetch" else None)
    number = server.parts.database.read_now(queue.revision)
    streams = iter(("ready", "ready", "queue", "beat", "ready"))
    let_through: list[Route] = []

    def answer(route: Route) -> None:
        name = next(streams, None)
        if name is None:
            let_through.append(route)
            return route.continue_()
        return route.fulfill(
            status=200, content_type="text/event-stream", body="retry: 20\n\n" + event(number, name) * 3
        )

    page.route("**/staff/live", answer)
    with page.expect_response(lambda found: bool(let_through) and found.url.endswith("/staff/live")):
        signs_in(page, "advisor")
    expect(page.get_by_text(w("page.live_on"))).to_be_visible()
    new = asks(server)
    expect(page.locator(f"#row-{new}")).to_have_count(1)
    assert len([one for one in fetched if "/staff/?" in one]) == 1
    _done_with(server, [new])


def test_a_claimed_call_vanishes_from_every_other_page_and_a_crisis_is_first_on_each(
    opens: Opens, server: Running
) -> None:
    plain = asks(server, "Vauva herää tunnin välein.")
    first = signs_in(opens(phone=False), "advisor")
    second = signs_in(opens(phone=False), "advisor", second=True)
    for one in (first, second):
        expect(one.page.locator(f"#row-{plain}")).to_be_visible()
    crisis = asks(server, "Mies huutaa ja lapset pelkäävät.", urgency="immediate", category="violence_now")
    for one in (first, second):
        expect(one.page.locator("[data-row]").first).to_have_id(f"row-{crisis}")
        expect(one.page.locator("[data-urgent]")).to_contain_text(w("category.violence_now"))
        expect(one.page).to_have_title(re.compile(rf"^\({w('signals.title_crisis')}\)"))
        expect(one.page.locator("link[rel=icon]")).to_have_attribute("href", re.compile("mark-crisis"))
    first.takes("Vauva herää tunnin välein.")
    expect(second.page.locator(f"#row-{plain}")).to_have_count(0)
    expect(second.page.locator(".side")).to_contain_text(first.name)
    _done_with(server, [plain, crisis])
    expect(second.page).to_have_title(re.compile(rf"^{w('queue.title')}"))


def test_focus_scroll_a_half_typed_search_and_an_open_menu_stay_when_the_page_is_redrawn(
    opens: Opens, server: Running
) -> None:
    made = [asks(server, f"Perhe numero {number}", language="ar") for number in range(20)]
    page = signs_in(opens(phone=False), "advisor").page
    page.locator("#q").fill("taaper")
    page.locator("#menu-language summary").click()
    before = asks(server, urgency="urgent")
    expect(page.locator(f"#row-{before}")).to_have_count(1)
    expect(page.locator("#menu-language")).to_have_attribute("open", "")
    expect(page.locator("#q")).to_have_value("taaper")
    page.keyboard.press("Escape")
    expect(page.locator("#menu-of-language")).to_be_focused()

    last = waiting(server)[-1]
    target = page.locator(f"#open-{last}")
    target.focus()
    place = target.evaluate("link => link.getBoundingClientRect().top")
    more = [asks(server, urgency="urgent") for _ in range(3)]
    expect(page.locator(f"#row-{more[-1]}")).to_have_count(1)
    expect(target).to_be_focused()
    assert abs(target.evaluate("link => link.getBoundingClientRect().top") - place) < 2
    is_taken(server, last)
    expect(target).to_have_count(0)
    expect(page.locator("[data-open]:focus")).to_have_count(1)
    _done_with(server, [*made, before, *more])


def test_a_search_stays_when_the_page_is_redrawn_and_is_in_no_address(opens: Opens, server: Running) -> None:
    wanted, other = asks(server, "Taapero puree muita"), asks(server, "Rahat loppuivat")
    page = signs_in(opens(phone=False), "advisor").page
    page.keyboard.press("/")
    page.keyboard.type("puree")
    page.keyboard.press("Enter")
    expect(page.locator(f"#row-{other}")).to_have_count(0)
    another = asks(server, "Kissa puree, ei vaan koira")
    expect(page.locator(f"#row-{another}")).to_have_count(1)
    expect(page.locator(f"#row-{wanted}")).to_have_count(1)
    assert "puree" not in page.url
    page.locator("[data-search-end]").click()
    expect(page.locator(f"#row-{other}")).to_have_count(1)
    _done_with(server, [wanted, other, another])


def test_a_new_request_is_told_politely_and_sounds_only_where_sound_is_turned_on(
    opens: Opens, server: Running
) -> None:
    quiet, loud = opens(phone=False), opens(phone=False)
    for page in (quiet, loud):
        page.add_init_script(
            "window.rung = 0; const start = OscillatorNode.prototype.start;"
            "OscillatorNode.prototype.start = function (...at) { window.rung += 1; return start.apply(this, at); };"
        )
    signs_in(quiet, "advisor")
    signs_in(loud, "advisor", second=True)
    _turns_sound_on(loud)
    tried: int = loud.evaluate("rung")
    assert tried > 0
    new = asks(server)
    for page in (quiet, loud):
        expect(page.locator("[data-polite]")).to_have_text(w("queue.new"))
    assert quiet.evaluate("rung") == 0
    assert loud.evaluate("rung") == 2 * tried
    loud.reload()
    expect(loud.locator("[data-sound-words]")).to_have_text(w("signals.sound_on"))
    _done_with(server, [new])


def _turns_sound_on(page: Page) -> None:
    expect(page.locator("[data-sound-words]")).to_have_text(w("signals.sound_off"))
    page.locator("[data-signals] summary").click()
    page.get_by_label(w("signals.sound")).check()
    expect(page.locator("[data-sound-words]")).to_have_text(w("signals.sound_on"))


def test_a_page_is_left_when_its_sign_in_ends(opens: Opens) -> None:
    page = opens(phone=False)
    signs_in(page, "advisor")
    other = page.context.new_page()
    other.goto("/staff/")
    other.get_by_role("button", name=w("page.sign_out")).click()
    expect(page.get_by_label(w("sign_in.password"))).to_be_visible()
