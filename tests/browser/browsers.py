"""Browsers of different people at one server, and what none of them may ever do or meet."""

import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, ViewportSize

from tests.browser.chromium import WAIT_MS

PHONE = ViewportSize(width=390, height=844)
DESKTOP = ViewportSize(width=1280, height=800)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
_ADDRESSES = itertools.count(1)


@dataclass  # with no slots: Playwright keeps a note on the object whose method it calls
class Watch:
    """What went wrong in a browser, noted as it happens."""

    origin: str
    forgiven: tuple[str, ...] = ()
    """Parts of messages that a test brings about on purpose."""
    faults: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        """Note requests to elsewhere, errors of scripts, and what the browser complains about (CSP among it)."""
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("weberror", lambda error: self._note(f"script: {error.error}"))

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if f"{parts.scheme}://{parts.netloc}" != self.origin and parts.scheme not in ("data", "about"):
            self._note(f"a request left for {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._note(f"{message.type}: {message.text}")

    def _note(self, fault: str) -> None:
        if not any(part in fault for part in self.forgiven):
            self.faults.append(fault)


@contextmanager
def person(
    browser: Browser,
    url: str,
    *,
    phone: bool = True,
    forgiven: Sequence[str] = (),
    **context_options: Any,
) -> Iterator[Page]:
    """A page of somebody at another address, on a phone or a desktop; nothing may have gone wrong at the end."""
    device: dict[str, Any] = (
        {"viewport": PHONE, "is_mobile": True, "has_touch": True} if phone else {"viewport": DESKTOP}
    )
    number = next(_ADDRESSES)
    options = {
        "base_url": url,
        "locale": "fi-FI",
        "timezone_id": "Europe/Helsinki",
        "reduced_motion": "reduce",
        "extra_http_headers": {"X-Forwarded-For": f"10.0.{number // 250}.{number % 250 + 1}"},
        **device,
        **context_options,
    }
    context = browser.new_context(**options)
    watch = Watch(url, tuple(forgiven))
    watch.watch(context)
    context.set_default_timeout(WAIT_MS)
    try:
        yield context.new_page()
    finally:
        context.close()
    assert not watch.faults, "\n".join(watch.faults)


def violations(page: Page, *, colours_only: bool = False) -> list[str]:
    """What axe finds wrong on the page as it is now; `colours_only` for a page looked at before in others."""
    found = Axe().run(page, options={"runOnly": ["color-contrast"]} if colours_only else RULES)
    return [
        f"{rule['id']}: {[node['html'][:160] for node in rule['nodes']][:4]}"
        for rule in found.response["violations"]
    ]


def scrolls_sideways(page: Page) -> bool:
    """Whether some of the page lies beside the screen."""
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


def unrolled(page: Page) -> Page:
    """The same page in a window as high as it is long, so that bars that float over it lie where it ends."""
    height = page.evaluate("document.documentElement.scrollHeight")
    width = page.evaluate("innerWidth")
    page.set_viewport_size({"width": width, "height": max(height, 600)})
    return page
