"""The family's chat when things are not as one hopes: a crisis, no network, no script, a narrow screen, eyes shut."""

import json
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.browsers import scrolls_sideways
from tests.browser.conftest import Opens
from tests.browser.family import PHONE, Family, text, title
from tests.browser.staff import signs_in, w

pytestmark = pytest.mark.browser

CRISIS = "en halua enää elää"
TIRED = "Ollaan Järvenpäästä. Meidän 2-vuotias ei nuku ja olen ihan poikki"
LONG_WORD = "lapsiperheiden hyvinvoinninohjaus"
SMALLEST_TARGET = 44
"""Pixels a finger hits, WCAG 2.2 success criterion 2.5.5."""


def at_the_chat(opens: Opens, **options: object) -> Family:
    family = Family(opens(**options))
    family.page.goto("/chat")
    return family


def style_of(place: Locator, name: str) -> str:
    return str(place.evaluate(f"element => getComputedStyle(element)[{name!r}]"))


def test_a_crisis_in_the_middle_of_a_booking_is_answered_first_and_the_booking_goes_on(opens: Opens) -> None:
    family = at_the_chat(opens)
    asked = family.says("Haluan että joku soittaa minulle")["asks"]
    assert asked == "phone"

    assert family.says(CRISIS)["urgency"] == "immediate"

    alert = family.last.get_by_role("alert")  # an alert is spoken at once, whatever else is being read
    number = alert.get_by_role("link", name="112").first
    expect(number).to_have_attribute("href", "tel:112")
    expect(number).to_be_in_viewport()
    expect(family.box).to_be_focused()
    row = alert.locator(".helpline").first.bounding_box()
    assert row
    assert row["height"] >= SMALLEST_TARGET

    answer = family.says("olen nyt turvassa, jatketaan soittopyyntöä")
    if answer["asks"] == "resume_offer":
        answer = family.presses(title("utter_ask_resume_offer", "/affirm"))
    assert answer["asks"] == "who_may_answer"  # after a danger the call is made safe first
    assert family.says("kuka vain saa vastata")["asks"] == "phone"
    assert family.says(PHONE)["asks"] == "time"


def test_the_name_of_the_tab_tells_nothing_of_the_talk(opens: Opens) -> None:
    family = at_the_chat(opens)
    expect(family.page).to_have_title("Perheovi")
    family.says(CRISIS)
    expect(family.page).to_have_title("Perheovi")
    assert urlsplit(family.page.url).path == "/chat"
    assert not urlsplit(family.page.url).query


@pytest.mark.parametrize("way", ["button", "escape twice"])
def test_one_leaves_at_once_and_nothing_stays_in_the_tab(opens: Opens, way: str) -> None:
    family = at_the_chat(opens)
    family.says(TIRED)
    page = family.page
    if way == "button":
        page.get_by_role("link", name=text("page_exit_button")).click()
    else:
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
    page.wait_for_url("**/exit")
    assert TIRED not in page.content()
    page.go_back()
    page.goto("/chat")
    expect(page.get_by_text(TIRED)).to_have_count(0)


def test_the_system_s_dark_colours_are_followed_and_may_be_changed(opens: Opens) -> None:
    family = at_the_chat(opens, color_scheme="dark")
    page_itself = family.page.locator("html")
    dark = style_of(page_itself, "backgroundColor")
    family.page.get_by_role("button", name=text("page_theme_light")).click()
    assert style_of(page_itself, "backgroundColor") != dark
    family.page.reload()
    family.page.get_by_role("button", name=text("page_theme_dark")).click()
    assert style_of(page_itself, "backgroundColor") == dark


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_nothing_lies_beside_a_screen_of_320_pixels(opens: Opens, language: str) -> None:
    page = opens(viewport={"width": 320, "height": 568})
    wide = []
    for path in ("/", "/chat", "/my", "/help", "/privacy", "/accessibility", "/staff/sign-in"):
        page.goto(f"{path}?lang={language}")
        wide += [path] if scrolls_sideways(page) else []
    assert wide == []


def test_a_whole_talk_fits_when_text_is_twice_as_large_and_words_are_long(opens: Opens) -> None:
    # 200 % of a screen of 640 pixels leaves 320 of them (WCAG 2.2, 1.4.4 and 1.4.10).
    family = at_the_chat(opens, viewport={"width": 320, "height": 400}, device_scale_factor=2)
    family.says(TIRED)
    family.last.locator("summary").first.click()
    family.page.locator(".service h3").first.evaluate(f"heading => heading.textContent = {LONG_WORD!r}")
    family.says("voisko joku soittaa mulle")
    family.says("x" * 200)
    family.says(CRISIS)
    assert not scrolls_sideways(family.page)
    family.page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert not scrolls_sideways(family.page)
    _fits(family.page.locator(".bubble, .card, .pill, .helpline, .composer"))


def _fits(places: Locator) -> None:
    cut = places.evaluate_all(
        "all => all.filter(one => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== 'inline')"
        ".map(one => one.outerHTML.slice(0, 120))"
    )
    assert cut == []


def test_without_javascript_the_chat_works_by_forms(opens: Opens) -> None:
    page = opens(java_script_enabled=False)
    page.goto("/")
    _posts(page, TIRED)
    expect(page.locator(".bubble")).to_have_text(TIRED)
    expect(page.locator(".service")).not_to_have_count(0)
    with page.expect_navigation():
        page.get_by_role("button", name=title("utter_ask_callback_offer", "/request_callback")).click()
    _posts(page, f"{PHONE}, milloin vain, viestin saa jättää")
    if page.locator(".summary").count() == 0:
        _posts(page, "joo, saa jättää")
    page.get_by_role("button", name=title("utter_ask_confirm", "/affirm")).click()
    expect(page.locator(".code")).to_be_visible()


def _posts(page: Page, words: str) -> None:
    page.locator("#message").fill(words)
    with page.expect_navigation():  # else what comes next would look at the page that is being left
        page.get_by_role("button", name=text("page_chat_send")).click()


def test_a_reload_keeps_the_talk_and_the_bot_remembers_it(opens: Opens) -> None:
    family = at_the_chat(opens)
    family.says(TIRED)
    cards = family.page.locator(".service").count()
    family.page.reload()
    expect(family.page.get_by_text(TIRED)).to_be_visible()
    expect(family.page.locator(".service")).to_have_count(cards)
    family.asks_for_a_call()
    expect(family.last.locator(".summary")).to_contain_text("Järvenpää")


def test_a_message_that_did_not_leave_is_kept_and_never_sent_twice(opens: Opens) -> None:
    matter = "naapurin kissa ja koliikkivauva"
    family = at_the_chat(opens, forgiven=["net::ERR"])
    family.asks_for_a_call(matter=matter)
    lost: list[str] = []

    def lose_the_answer(route: Route) -> None:
        # The first time the message does arrive, and only its answer is lost on the way back.
        lost.append(json.loads(route.request.post_data or "")["message_id"])
        if len(lost) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    family.page.route("**/chat/messages", lose_the_answer)
    family.last.get_by_role("button", name=title("utter_ask_confirm", "/affirm")).click()
    expect(family.page.get_by_text(text("page_chat_failed"))).to_be_visible()
    family.page.get_by_role("button", name=text("page_chat_again")).click()
    expect(family.last.locator(".code")).to_be_visible()
    expect(family.page.get_by_text(text("page_chat_failed"))).to_have_count(0)
    assert len(set(lost)) == 1
    advisor = signs_in(opens(phone=False), "advisor")
    expect(advisor.row(matter)).to_have_count(1)


def test_the_next_message_tells_what_an_admin_has_just_published(opens: Opens) -> None:
    family, neighbour = at_the_chat(opens), at_the_chat(opens)
    family.says("Hei")
    neighbour.says(TIRED)
    name = neighbour.last.locator(".service h3").first.inner_text()

    admin = signs_in(opens(phone=False), "admin")
    page = admin.page
    page.goto("/staff/services")
    page.get_by_role("searchbox", name=w("services.search")).fill(name)
    page.keyboard.press("Enter")
    page.get_by_role("link", name=name, exact=True).first.click()
    new = "Käymme kotona ja pidämme vauvasta huolta, jotta saat nukkua."
    page.locator("[name=summary_fi]").fill(new)
    page.locator("[name=cost_text_fi]").fill("Kolme ensimmäistä kertaa maksutta")
    preview = page.locator("[data-preview]")
    expect(preview).to_contain_text(new)
    expect(preview).to_contain_text("Kolme ensimmäistä kertaa maksutta")
    page.get_by_role("button", name=w("service.publish")).first.click()
    expect(page.get_by_role("status").filter(has_text=w("service.done.publish"))).to_be_visible()

    family.says(TIRED)
    card = family.last.locator(".service").filter(has_text=new)
    expect(card).to_contain_text("Kolme ensimmäistä kertaa maksutta")
    history = page.get_by_role("region", name=w("service.history"))
    expect(history).to_contain_text(admin.name)
    expect(history).to_contain_text(new)


def test_a_file_cannot_be_sent_and_the_page_says_so_kindly(opens: Opens) -> None:
    family = at_the_chat(opens)
    family.box.evaluate(
        """box => {
          const dropped = new DataTransfer();
          dropped.items.add(new File(["x"], "kuva.png", {type: "image/png"}));
          box.dispatchEvent(new DragEvent("drop", {dataTransfer: dropped, bubbles: true, cancelable: true}));
        }"""
    )
    expect(family.page.get_by_text(text("page_chat_attachment"))).to_be_visible()
