"""Web clients made for Rasa, unmodified and from npm, on the page of another site: one speaks Socket.IO, one REST."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import rasa_clients
from tests.browser.browsers import person
from tests.browser.family import PHONE, text, title
from tests.browser.rasa_clients import CHATROOM, WEBCHAT, OtherSite, fetched, other_site, page_of
from tests.browser.running import Running, running

pytestmark = pytest.mark.browser

WORRY = "Ollaan Järvenpäästä. Meidän 2-vuotias ei nuku ja olen ihan poikki"
PLACE = "Järvenpään kaupunki"
CALL = title("utter_ask_callback_offer", "/request_callback")


@pytest.fixture(scope="module")
def site() -> Iterator[OtherSite]:
    with other_site() as found:
        yield found


@pytest.fixture(scope="module")
def server(site: OtherSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The real application, which has been told of the other site."""
    with running(tmp_path_factory.mktemp("perheovi"), embed_origins=site.url) as found:
        yield found


@pytest.fixture
def page(browser: Browser, server: Running, site: OtherSite) -> Iterator[Page]:
    """Somebody on the other site; what its client asks of our server is what is tested, and no fault."""
    forgiven = (server.url, server.url.replace("http", "ws"), "fonts.googleapis.com")
    with person(browser, site.url, forgiven=forgiven, extra_http_headers={}) as found:
        # The client's own styles name a font on the net; here there is none.
        found.route(
            "https://fonts.googleapis.com/**", lambda route: route.fulfill(content_type="text/css", body="")
        )
        yield found


def test_a_worry_in_rasa_webchat_over_socket_io_is_heard_and_a_button_leads_to_a_call(
    page: Page, server: Running, site: OtherSite
) -> None:
    options = {"socketUrl": server.url, "socketPath": "/socket.io/", "customData": {"language": "fi"}}
    start = "options.customMessageDelay = () => 0; WebChat.default(options, document.querySelector('#chat'));"
    site.files.update(fetched(WEBCHAT))
    site.files["/webchat"] = page_of("/lib/index.js", (), start, options)
    page.goto("/webchat")
    page.locator(".rw-launcher").click()
    said = page.locator(".rw-response")
    expect(said).to_have_text(text("utter_greet"))

    _says(page, WORRY)
    expect(said.filter(has_text=PLACE).first).to_be_visible()
    page.locator(".rw-reply").filter(has_text=CALL).click()
    expect(said.last).to_contain_text(text("utter_ask_phone"))

    page.reload()  # the client brings its session along, and the talk goes on where it was
    expect(said.last).to_contain_text(text("utter_ask_phone"))
    _says(page, PHONE)
    expect(said.last).to_contain_text(text("utter_ask_time", opens="9", closes="16"))

    _says(page, "en halua enää elää")
    expect(said.filter(has_text="112").last).to_be_visible()


def _says(page: Page, words: str) -> None:
    page.locator(".rw-new-message").fill(words)
    page.locator(".rw-new-message").press("Enter")


def test_a_worry_in_chatroom_over_rest_is_heard_and_a_button_leads_to_a_call(
    page: Page, server: Running, site: OtherSite
) -> None:
    options = {"host": server.url, "title": "Chat", "welcomeMessage": "Hei"}
    start = "new Chatroom({...options, container: document.querySelector('#chat')}).openChat();"
    site.files.update(fetched(CHATROOM))
    site.files["/chatroom"] = page_of("/dist/Chatroom.js", ("/dist/Chatroom.css",), start, options)
    page.goto("/chatroom")
    said = page.locator(".chat.left")

    page.get_by_role("textbox").fill(WORRY)
    page.get_by_role("textbox").press("Enter")
    expect(said.filter(has_text=PLACE).first).to_be_visible()
    page.locator(".chat-button").filter(has_text=CALL).click()
    expect(said.last).to_contain_text(text("utter_ask_phone"))


def test_a_site_we_were_not_told_of_gets_no_conversation(browser: Browser, server: Running) -> None:
    asked = (f"{server.url}/socket.io/?EIO=4&transport=polling", f"{server.url}/webhooks/rest/webhook")
    with other_site() as stranger:
        stranger.files["/"] = page_of("/none.js", (), "", {})
        forgiven = (server.url, "net::ERR_FAILED")
        with person(browser, stranger.url, forgiven=forgiven, extra_http_headers={}) as page:
            page.goto("/")
            got = [page.evaluate("url => fetch(url).catch(() => 'refused')", url) for url in asked]
    assert got == ["refused", "refused"]


def test_without_npm_a_run_says_so_and_fails_in_ci(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(rasa_clients, "KEPT", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="No npm was found"):
        fetched(WEBCHAT)


def test_another_archive_than_the_published_one_is_not_taken(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(rasa_clients, "KEPT", tmp_path)
    WEBCHAT.archive.write_bytes(b"something else")
    with pytest.raises(AssertionError, match="not what was published"):
        fetched(WEBCHAT)
