"""Which Chromium the browser tests drive, how it is started, and what is said when there is none."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright import async_api, sync_api
from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
UNWANTED = (
    # A page that is closed while a navigation of it is committed never closes (crbug.com/536385539, and issue 42068 of
    # Playwright): with a pagehide listener, as our pages have, closing its context then waits forever.
    "RenderDocument",
    # The last list given to Chromium is the one that counts, so Playwright's own are here again.
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled",
    "PreconnectToSearch",
)  # fmt: skip
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync",
    "--disable-component-update", "--no-first-run", "--disable-quic", "--disable-features=" + ",".join(UNWANTED),
)  # fmt: skip
WAIT_MS = 30_000
"""How long anything in a browser is waited for, at most: what comes at once costs nothing, and machines may be slow."""
for _expect in (sync_api.expect, async_api.expect):
    _expect.set_options(timeout=WAIT_MS)
MISSING = (
    "No Chromium was found, so the browser tests (tests/browser, tests/web) did not run. "
    "Install it with your package manager (on Debian: apt-get install chromium), or name one in PERHEOVI_CHROMIUM."
)


class NoChromiumError(Exception):
    """This machine has no Chromium; the message says how to get one."""


def find_chromium(fetched: str) -> str:
    """The path of the Chromium to drive: the one named in PERHEOVI_CHROMIUM, the system's, or Playwright's.

    `fetched` is where Playwright would have put its own. Raises NoChromiumError.
    """
    named = os.environ.get("PERHEOVI_CHROMIUM")
    if named:
        found = shutil.which(named)
        if found is None:
            raise NoChromiumError(f"PERHEOVI_CHROMIUM names {named}, which is no program. {MISSING}")
        return found
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    found = found or fetched
    if not Path(found).exists():
        raise NoChromiumError(MISSING)
    return found


def found_or_told(fetched: str) -> str:
    """The same for a test run: without a Chromium its browser tests do not run, and say so; in CI they fail."""
    try:
        return find_chromium(fetched)
    except NoChromiumError as error:
        if os.environ.get("CI"):
            pytest.fail(str(error), pytrace=False)
        pytest.skip(str(error))


@contextmanager
def chromium(find: Callable[[str], str] = find_chromium) -> Iterator[Browser]:
    """A running Chromium, closed when the block ends."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find(playwright.chromium.executable_path), args=list(ARGUMENTS)
        )
        try:
            yield browser
        finally:
            browser.close()
