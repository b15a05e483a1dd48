"""Which Chromium the browser tests drive, how it is started, and what is said when there is none."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync",
    "--disable-component-update", "--no-first-run", "--disable-quic",
)  # fmt: skip
MISSING = (
    "No Chromium was found, so the browser tests (tests/browser, tests/web) did not run. "
    "Install it with your package manager (on Debian: apt-get install chromium), or name one in PERHEOVI_CHROMIUM."
)


class NoChromiumError(Exception):
    """This machine has no Chromium; the message says how to get one."""


def find_chromium(playwright: Playwright) -> str:
    """The path of the Chromium to drive: the one named by us, the system's, or the one Playwright fetched.

    Raises NoChromiumError.
    """
    named = os.environ.get("PERHEOVI_CHROMIUM")
    if named:
        found = shutil.which(named)
        if found is None:
            raise NoChromiumError(f"PERHEOVI_CHROMIUM names {named}, which is no program. {MISSING}")
        return found
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    found = found or playwright.chromium.executable_path
    if not Path(found).exists():
        raise NoChromiumError(MISSING)
    return found


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running Chromium, closed when the block ends."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(playwright), args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()
