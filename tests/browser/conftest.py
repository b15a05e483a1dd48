"""One server and one Chromium for each module of browser tests, and the people who use them."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from functools import partial

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.browsers import person
from tests.browser.chromium import chromium, found_or_told
from tests.browser.running import Running, running

Opens = Callable[..., Page]
"""Opens a browser for one more person; takes what `browsers.person` takes."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, for one module: while it runs, no other event loop may in this thread."""
    with chromium(found_or_told) as found:
        yield found


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The real application with an empty queue."""
    with running(tmp_path_factory.mktemp("perheovi")) as found:
        yield found


@pytest.fixture
def opens(browser: Browser, server: Running) -> Iterator[Opens]:
    """Opens a browser for one more person; all are closed, and their faults told, at the end of the test."""
    with ExitStack() as stack:
        open_one: Callable[..., AbstractContextManager[Page]] = partial(person, browser, server.url)
        yield lambda **options: stack.enter_context(open_one(**options))
