"""A browser that lets no site keep anything: no cookies, and by that no storage in the tab either."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.browsers import PHONE, Watch
from tests.browser.chromium import ARGUMENTS, WAIT_MS, found_or_told
from tests.browser.family import text
from tests.browser.running import Running

pytestmark = pytest.mark.browser

TIRED = "Ollaan Järvenpäästä. Meidän 2-vuotias ei nuku ja olen ihan poikki"
NONE_KEPT = {"profile": {"default_content_setting_values": {"cookies": 2}, "cookie_controls_mode": 1}}


@contextmanager
def _person(browser: Browser, server: Running, profile: Path, **options: Any) -> Iterator[Page]:
    (profile / "Default").mkdir(parents=True)
    (profile / "Default" / "Preferences").write_text(json.dumps(NONE_KEPT))
    context = browser.browser_type.launch_persistent_context(
        profile,
        executable_path=found_or_told(browser.browser_type.executable_path),
        args=list(ARGUMENTS),
        base_url=server.url,
        locale="fi-FI",
        viewport=PHONE,
        reduced_motion="reduce",
        **options,
    )
    watch = Watch(server.url)
    watch.watch(context)
    context.set_default_timeout(WAIT_MS)
    try:
        yield context.new_page()
        assert context.cookies() == []
    finally:
        context.close()
    assert watch.faults == []


def sends(page: Page, words: str) -> None:
    page.locator("#message").fill(words)
    page.get_by_role("button", name=text("page_chat_send")).click()


def posts(page: Page, words: str) -> None:
    with page.expect_navigation():  # else the next words would be written on the page that is being left
        sends(page, words)


def test_the_chat_works_where_nothing_may_be_kept(browser: Browser, server: Running, tmp_path: Path) -> None:
    with _person(browser, server, tmp_path) as page:
        page.goto("/chat")
        refused = "() => { try { sessionStorage; return false } catch { return true } }"
        assert page.evaluate(refused)  # else this would prove nothing
        sends(page, TIRED)
        expect(page.locator(".answer")).to_have_count(1)
        expect(page.locator(".service")).not_to_have_count(0)
        sends(page, "050 123 4567, soittakaa huomenna iltapäivällä")
        expect(page.locator(".answer")).to_have_count(2)
        expect(page.locator(".answer").last).not_to_contain_text(TIRED)
        page.get_by_role("button", name=text("page_theme_dark")).click()
        page.get_by_role("link", name=text("page_exit_button")).click()
        page.wait_for_url("**/exit")
        page.goto("/chat?lang=sv")
        expect(page.locator("html")).to_have_attribute("lang", "sv")


def test_the_chat_works_by_forms_where_nothing_may_be_kept(
    browser: Browser, server: Running, tmp_path: Path
) -> None:
    with _person(browser, server, tmp_path, java_script_enabled=False) as page:
        page.goto("/chat")
        posts(page, TIRED)
        expect(page.locator(".bubble")).to_have_text(TIRED)
        expect(page.locator(".service")).not_to_have_count(0)
        posts(page, "Haluan että joku soittaa minulle")
        posts(page, "050 123 4567")
        posts(page, "milloin vain, viestin saa jättää")
        expect(page.locator(".summary")).to_contain_text("Järvenpää")
