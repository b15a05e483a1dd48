"""The way from Telegram to our page, in a real browser."""

import pytest
from playwright.async_api import async_playwright, expect

from tests.browser.chromium import ARGUMENTS, found_or_told
from tests.telegram.conftest import PUBLIC, Place
from tests.telegram.updates import CHAT, presses

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_the_talk_goes_on_in_the_chat_even_where_another_one_was(place: Place) -> None:
    await place.hears(presses("=/parental_exhaustion"), presses("=/request_callback"))
    path = place.emulator.buttons(CHAT)[0]["url"].removeprefix(PUBLIC)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=found_or_told(playwright.chromium.executable_path), args=list(ARGUMENTS)
        )
        page = await browser.new_page(base_url=str(place.client.make_url("/")), locale="fi")
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        await page.goto("/chat")
        await page.fill("#message", "jotain muuta")
        await page.press("#message", "Enter")
        await expect(page.locator(".answer")).to_have_count(1)
        await page.goto(path)
        await page.click("text=Jatka tästä")
        await expect(page.locator(".answer")).to_contain_text("numero")
        await page.wait_for_load_state("domcontentloaded")  # drawn by the server: the script comes after it
        await page.fill("#message", '/SetSlots(phone="050 123 4567")')
        await page.press("#message", "Enter")
        await expect(page.locator(".answer").last).to_contain_text("Milloin")
        await expect(page.locator(".answer")).to_have_count(2)
        assert faults == []
        await browser.close()
