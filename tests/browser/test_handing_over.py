"""Two advisors: one offers a call, the other takes it; two requests of one number become one; after three tries."""

import itertools
import os
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bot.callbacks import queue
from bot.callbacks.request import Actor, AttemptResult, NewCallback
from bot.database import Database
from bot.reach import EVERYWHERE
from tests.browser.browsers import DESKTOP, scrolls_sideways, violations
from tests.browser.conftest import Opens
from tests.browser.running import NOW, Running
from tests.browser.staff import signs_in, w
from tests.callbacks.scenes import HOURS, LEASE

pytestmark = pytest.mark.browser

_NUMBERS = itertools.count(3_000_000)
_DESK = Actor("desk", "Desk", EVERYWHERE)


def asked(server: Running, notes: str, **facts: object) -> str:
    given: dict[str, object] = {
        "area": "jarvenpaa", "municipality": "Järvenpää", "need": "infant_care", "needs": ("infant_care",),
        "phone": f"+35850{next(_NUMBERS)}", "child_ages": (0.5,), "notes": notes, "message_allowed": True, **facts,
    }  # fmt: skip
    new = NewCallback(**given)  # type: ignore[arg-type]  # tests name the fields they change
    day = date(2026, 11, 27)
    return server.parts.database.write_now(lambda s: queue.book(s, new, now=NOW, promised_day=day)).id


def holds_no_barrier(page: Page) -> None:
    for width in (390, 820, DESKTOP["width"]):
        page.set_viewport_size({"width": width, "height": 900})
        assert not scrolls_sideways(page), width
    assert violations(page) == []


def shot(page: Page, name: str) -> None:
    if folder := os.environ.get("PERHEOVI_SHOTS"):
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=Path(folder) / f"{name}-{width}.png")


def test_an_offered_call_is_taken_by_the_colleague_or_not(opens: Opens, server: Running) -> None:
    one = asked(server, "Vauva itkee, enkä saa unta")
    aino = signs_in(opens(phone=False), "advisor")
    veikko = signs_in(opens(phone=False), "advisor", second=True)
    aino.page.goto(f"/staff/callbacks/{one}")
    aino.page.locator("[data-take]").click()
    expect(aino.page.locator("#record")).to_be_visible()
    aino.page.locator("summary", has_text=w("call.transfer")).click()
    aino.page.get_by_label(w("call.transfer_to")).select_option(label=veikko.name)
    aino.page.get_by_label(w("call.offer_note")).fill("Tunnet tämän perheen")
    shot(aino.page, "offering")
    aino.page.get_by_role("button", name=w("call.transfer_do")).click()
    expect(aino.page.get_by_text(w("call.offered_to", name=veikko.name))).to_be_visible()
    offered = veikko.page.locator(".offered")
    expect(offered).to_contain_text(w("queue.offered_by", name=aino.name))
    expect(offered.get_by_role("button")).to_have_count(2)
    shot(veikko.page, "queue")
    holds_no_barrier(veikko.page)
    veikko.page.goto(f"/staff/callbacks/{one}")
    expect(veikko.page.get_by_text("Tunnet tämän perheen").first).to_be_visible()
    shot(veikko.page, "offered")
    holds_no_barrier(veikko.page)
    veikko.page.get_by_role("button", name=w("offer.accept")).click()
    expect(veikko.page.locator("#record")).to_be_visible()
    expect(aino.page.get_by_text(w("call.held_by", name=veikko.name)).first).to_be_visible()


def test_two_requests_of_one_number_become_one_call_and_two_again(opens: Opens, server: Running) -> None:
    phone = f"+35850{next(_NUMBERS)}"
    one = asked(server, "Vauva valvottaa", phone=phone)
    other = asked(server, "Koulusta soitetaan joka viikko", phone=phone, need="school", needs=("school",))
    aino = signs_in(opens(phone=False), "advisor")
    aino.page.goto(f"/staff/callbacks/{one}")
    aino.page.locator("[data-take]").click()
    expect(aino.page.get_by_text(w("same.number", number=2))).to_be_visible()
    shot(aino.page, "same")
    holds_no_barrier(aino.page)
    aino.page.get_by_role("button", name=w("same.merge")).click()
    expect(aino.page.locator("blockquote", has_text="Koulusta soitetaan")).to_be_visible()
    shot(aino.page, "merged")
    aino.page.get_by_role("button", name=w("same.split")).click()
    expect(aino.page.locator("blockquote", has_text="Koulusta soitetaan")).to_have_count(0)
    expect(aino.page.get_by_text(w("same.number", number=2))).to_have_count(0)
    aino.page.goto(f"/staff/callbacks/{other}")
    expect(aino.page.locator("[data-take]")).to_be_visible()


def test_after_three_tries_a_time_is_chosen(opens: Opens, server: Running) -> None:
    one = asked(server, "Soittakaa kun ehditte")
    tried_three_times(server.parts.database, one)
    aino = signs_in(opens(phone=False, forgiven=["422"]), "advisor")
    aino.page.goto(f"/staff/callbacks/{one}")
    expect(aino.page.get_by_text(w("decide.title", number=3))).to_be_visible()
    shot(aino.page, "deciding")
    holds_no_barrier(aino.page)
    aino.page.get_by_label(w("decide.time")).fill("20:00")
    aino.page.get_by_role("button", name=w("decide.try_again")).click()
    expect(aino.page.get_by_text(w("decide.no_time"))).to_be_visible()
    aino.page.get_by_label(w("decide.time")).fill("13:00")
    aino.page.get_by_role("button", name=w("decide.try_again")).click()
    expect(aino.page).to_have_url(f"{server.url}/staff/")
    found = server.parts.database.read_now(lambda s: queue.find(s, one, EVERYWHERE))
    assert found is not None
    assert (found.decision, found.needs_decision) == ("try_again", False)


def tried_three_times(database: Database, one: str) -> None:
    for _ in range(3):
        database.write_now(lambda s: queue.claim(s, one, _DESK, now=NOW, lease=LEASE))
        database.write_now(
            lambda s: queue.record_attempt(
                s, one, _DESK, AttemptResult.NO_ANSWER, now=NOW, hours=HOURS, lease=LEASE
            )
        )
