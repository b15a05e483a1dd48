"""What waits too long is seen on every open console until somebody has acknowledged it."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from bot.alarms import watching
from bot.callbacks import booking
from bot.callbacks.request import NewCallback
from bot.rota.reading import RotaCache
from tests.browser.conftest import Opens
from tests.browser.running import Running
from tests.browser.staff import signs_in, w

pytestmark = pytest.mark.browser


def looks(server: Running) -> None:
    rota, now = RotaCache(server.parts.areas), server.clock()
    server.parts.database.write_now(
        lambda session: watching.sweep(session, server.parts.areas, rota.get(session, now).calendar, now)
    )


def test_a_crisis_nobody_takes_is_a_band_on_every_page_until_it_is_acknowledged(
    opens: Opens, server: Running
) -> None:
    page = opens()
    signs_in(page, "advisor")
    page.goto("/staff/day")
    band = page.locator("[data-alarms]")
    expect(band).to_be_hidden()
    new = NewCallback(area="jarvenpaa", phone="+358507654321", urgency="immediate")
    before = server.clock()
    server.parts.database.write_now(
        lambda session: booking.book(session, new, now=before, promised_day=date(2026, 11, 27))
    )
    server.clock.set(before + timedelta(minutes=6))
    looks(server)
    expect(band.get_by_role("link", name=w("alarms.crisis"))).to_be_visible()
    band.get_by_role("link").click()
    to_acknowledge = page.get_by_role("button", name=w("alarms.acknowledge"))
    expect(to_acknowledge).not_to_have_count(0)
    while left := to_acknowledge.count():
        to_acknowledge.first.click()
        expect(to_acknowledge).to_have_count(left - 1)
    expect(page.get_by_text("kuittasi klo").first).to_be_visible()
    with page.expect_response("**/staff/alarms"):
        page.goto("/staff/day")
    expect(band).to_be_hidden()
    server.clock.set(before)
