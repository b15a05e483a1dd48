"""`make screenshots`: the pictures of the README, taken of the real thing with made-up people, into docs/pictures/."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from bot.console.words import words
from tests.browser.browsers import person
from tests.browser.chromium import NoChromiumError, chromium
from tests.browser.family import PHONE, Family, title
from tests.browser.running import NOW, Running, running
from tests.browser.staff import Staff, signs_in
from tests.queue_of_a_day import fill

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
MOST_BYTES = 1_500_000
TIRED = "Meidän 2-vuotias herää monta kertaa yössä ja oon ihan loppu. Asutaan Järvenpäässä"
NOTE = "Nukkuu 3–4 tuntia yössä. Toivoo, että joku tulisi kotiin. Sisko asuu lähellä."
w = words()


def main() -> None:
    """Take every picture; ends with a sentence when there is no Chromium, or they have become too large."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    try:
        with chromium() as browser, tempfile.TemporaryDirectory() as folder, running(Path(folder)) as server:
            server.parts.database.write_now(lambda session: fill(session, NOW))
            _of_families(browser, server)
            _of_staff(browser, server)
    except NoChromiumError as error:
        sys.exit(str(error))
    size = sum(path.stat().st_size for path in FOLDER.glob("*.png"))
    if size > MOST_BYTES:
        sys.exit(f"The pictures have {size:,} bytes together; a README may have {MOST_BYTES:,}.")


def _of_families(browser: Browser, server: Running) -> None:
    with _at(browser, server, "/chat") as family:
        family.says(TIRED)
        _top(family)
        _take(family.page, "family-chat-phone")
        _to_the_summary(family)
        _take(family.page, "family-summary-phone")
        code = family.confirms()
        _top(family)
        _take(family.page, "family-booked-phone")
        family.page.goto(f"/my/{code}")
        _take(family.page, "family-own-request-phone")
    with _at(browser, server, "/chat") as family:
        family.says("En halua enää elää")
        _top(family)
        _take(family.page, "family-crisis-phone")
    with _at(browser, server, "/chat", color_scheme="dark") as family:
        family.says(TIRED)
        _top(family)
        _take(family.page, "family-chat-phone-dark")
    with _at(browser, server, "/", phone=False) as family:
        _take(family.page, "front-page-desktop")


def _to_the_summary(family: Family) -> None:
    family.presses(title("utter_ask_callback_offer", "/request_callback"))
    family.says(PHONE)
    family.says("huomenna iltapäivällä")
    family.presses(title("utter_ask_message_allowed", "/deny"))
    family.presses(title("utter_ask_who_may_answer", "/SetSlots(who_may_answer=anyone)"))
    _top(family)


def _of_staff(browser: Browser, server: Running) -> None:
    server.clock.set(NOW + timedelta(minutes=24))
    with person(browser, server.url, phone=False, device_scale_factor=1) as page:
        advisor = signs_in(page, "advisor")
        _take(page, "staff-queue")
        advisor.takes("herää tunnin välein")
        page.get_by_role("button", name=w("call.show_number")).click()
        page.get_by_role("link", name="050").wait_for()
        page.get_by_role("textbox", name=w("call.note")).fill(NOTE)
        page.locator(".found input").first.check()
        page.get_by_role("radio", name=w("outcome.guided")).check()
        page.get_by_role("textbox", name=w("call.note")).focus()
        _take(page, "staff-call")
    with person(browser, server.url, phone=False) as page:
        _edits(signs_in(page, "admin"))


def _edits(admin: Staff) -> None:
    page = admin.page
    page.goto("/staff/services?q=perheohjaus")
    page.locator("td a").first.click()
    page.locator("[data-preview] .service").wait_for()
    _take(page, "staff-service-editor")


@contextmanager
def _at(browser: Browser, server: Running, path: str, **options: Any) -> Iterator[Family]:
    options = {"phone": True, **options}
    if options["phone"]:
        options["device_scale_factor"] = 1.5
    with person(browser, server.url, **options) as page:
        page.goto(path)
        yield Family(page)


def _top(family: Family) -> None:
    # The newest answer at the top of the screen, as one who reads it holds it.
    family.page.locator(".own").last.evaluate(
        "own => scrollTo(0, own.getBoundingClientRect().top + scrollY - 76)"
    )


def _take(page: Page, name: str) -> None:
    page.evaluate("document.fonts.ready")
    page.screenshot(path=FOLDER / f"{name}.png", animations="disabled", caret="hide")


if __name__ == "__main__":
    main()
