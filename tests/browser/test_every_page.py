"""Every page, in every language and colour: axe finds nothing, nothing comes from elsewhere, nothing complains."""

from datetime import date, timedelta
from itertools import count

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from bot.alarms import watching
from bot.callbacks import booking
from bot.callbacks.request import NewCallback
from bot.guidance.importing import proposals
from bot.meaning import LANGUAGES
from bot.rota.reading import RotaCache
from bot.staff import accounts
from tests import catalogue_of_a_day
from tests.browser.browsers import DESKTOP, PHONE, scrolls_sideways, unrolled, violations
from tests.browser.conftest import Opens
from tests.browser.family import Family, text, title
from tests.browser.running import NOW, Running
from tests.browser.staff import signs_in, w

pytestmark = pytest.mark.browser

FAMILIES = count(1_234_500)
"""The ends of their numbers: two requests of one number for one matter would be one call."""
PLAIN_PAGES = (
    "/", "/chat", "/form", "/my", "/privacy", "/accessibility", "/help", "/services", "/services/esimerkkila-perhetupa",
)  # fmt: skip
SAID = {
    "fi": ("Ollaan Askolasta. Vauva itkee yöt ja olen ihan poikki", "Soittakaa 050 123 4567 huomenna", "en halua elää"),
    "sv": ("Vi bor i Askola. Babyn gråter hela natten, jag är slut", "Ring 050 123 4567 i morgon", "jag vill dö"),
    "en": ("We live in Askola. The baby cries all night, I am exhausted", "Call me on 050 123 4567", "I want to die"),
    "ar": (
        "نسكن في Askola. طفلي الرضيع يبكي طوال الليل وأنا منهكة", "اتصلوا بي على الرقم 050 123 4567 غدا",
        "لا أريد أن أعيش",
    ),
    "ru": (
        "Мы живём в Askola. Малыш плачет всю ночь, я без сил", "Позвоните мне 050 123 4567 завтра", "я не хочу жить",
    ),
}  # fmt: skip
NO = {"fi": "ei", "sv": "nej", "en": "no", "ar": "لا", "ru": "нет"}


def clean(page: Page, where: str) -> list[str]:
    """What is wrong with a page, in light and in dark; nothing, it is hoped."""
    page.emulate_media(color_scheme="light")
    light = violations(page)
    page.emulate_media(color_scheme="dark")
    dark = violations(page, colours_only=True)
    return [f"{where}: {fault}" for fault in light] + [f"{where} in the dark: {fault}" for fault in dark]


def a_callback(server: Running, notes: str) -> tuple[str, str]:
    """Somebody has asked for a call; its id and code."""
    new = NewCallback(
        area="jarvenpaa", municipality="Järvenpää", need="infant_care", needs=("infant_care",),
        phone=f"+35850{next(FAMILIES):07}", child_ages=(0.5,), notes=notes, message_allowed=False,
        language="ar", interpreter="ar", urgency="urgent",
    )  # fmt: skip
    booked = server.parts.database.write_now(
        lambda session: booking.book(session, new, now=NOW, promised_day=date(2026, 11, 27))
    )
    return booked.id, booked.code


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_family_s_pages_hold_no_barrier(opens: Opens, server: Running, language: str) -> None:
    _, code = a_callback(server, "Itku alkaa iltaisin.")
    own = (f"/my/{code}", f"/my/{code}/cancel", f"/my/{code}/delete")
    page = opens(forgiven=["404"])
    faults: list[str] = []
    for path in (*PLAIN_PAGES, *own, "/there-is-no-such-page", "/exit"):
        page.goto(f"{path}?lang={language}")
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.locator("html")).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")
        faults += [f"{path} is wider than the screen"] if scrolls_sideways(page) else []
        faults += clean(page, path)
    assert faults == []


def test_the_page_of_a_service_is_reached_from_its_card_and_told_wrong_without_a_barrier(
    opens: Opens,
) -> None:
    family = Family(opens())
    family.page.goto("/chat")
    family.says(SAID["fi"][0])
    card = family.last.locator(".service").first
    name = card.locator("h3").inner_text()
    card.locator("summary").click()
    card.get_by_role("link", name=text("page_chat_more", "fi")).click()
    expect(family.page.get_by_role("heading", level=1)).to_have_text(name)
    family.page.get_by_text(text("page_services_wrong_title", "fi")).click()
    faults = clean(family.page, "wrong")
    family.page.get_by_role("button", name=text("page_services_wrong_send", "fi")).click()
    expect(family.page.get_by_text(text("page_services_wrong_thanks", "fi"))).to_be_visible()
    family.page.goto("/services?q=kotiapu&municipality=Askola")
    expect(family.page.locator(".services-list li")).not_to_have_count(0)
    assert faults + clean(family.page, "found") == []


@pytest.mark.parametrize("language", SAID)
def test_a_long_talk_holds_no_barrier(opens: Opens, language: str) -> None:
    family = Family(opens())
    family.page.goto(f"/chat?lang={language}")
    guided, booked, crisis = SAID[language]
    family.says(guided)
    expect(family.last.locator(".service")).not_to_have_count(0)
    family.last.locator(".service summary").first.click()
    answer = family.says(booked)
    while answer["asks"] not in ("confirm", None):
        answer = family.says(
            {"time": "milloin vain", "phone": "050 123 4567"}.get(answer["asks"], NO[language])
        )
    expect(family.page.locator(".summary")).not_to_have_count(0)
    # At its end: where an answer begins, the composer may lie over a part of what comes after it.
    family.page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    faults = clean(family.page, "summary")
    family.presses(title("utter_ask_confirm", "/affirm", language))
    expect(family.last.locator(".code")).to_be_visible()
    family.says(crisis)
    expect(family.last.locator(".crisis")).to_be_visible()
    faults += clean(family.page, "crisis")
    family.page.locator(".language-button").click()
    assert faults + clean(family.page, "languages") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_on_its_way_holds_no_barrier(opens: Opens, language: str) -> None:
    page = opens(forgiven=["net::ERR"])
    page.goto(f"/chat?lang={language}")
    page.context.set_offline(offline=True)
    page.locator("#message").fill("?")
    page.locator("#message").press("Enter")
    status = page.locator(".own [data-status]")
    expect(status).to_have_text(text("page_chat_offline", language))
    expect(page.get_by_role("button", name=text("page_chat_again", language))).to_be_visible()
    faults = clean(page, "offline")
    page.context.set_offline(offline=False)
    expect(page.locator(".answer:not([data-coming])")).to_have_count(1)
    expect(status).to_have_text(text("page_chat_delivered", language))
    assert faults + clean(page, "delivered") == []


def test_the_card_for_another_language_holds_no_barrier(opens: Opens) -> None:
    family = Family(opens())
    family.page.goto("/chat")
    answer = family.says("فرزندم شب‌ها نمی‌خوابد و من خیلی خسته‌ام")
    assert answer["replies"][0]["card"]["kind"] == "languages"
    expect(family.last.get_by_role("link", name="112")).to_have_attribute("href", "tel:112")
    expect(family.last.locator("[lang=fa]").first).to_have_attribute("dir", "auto")
    faults = clean(family.page, "languages")
    family.presses("العربية")
    expect(family.last).to_have_attribute("dir", "rtl")
    assert faults + clean(family.page, "arabic") == []


def test_a_number_is_read_in_its_own_order_in_arabic(opens: Opens) -> None:
    page = opens()
    page.goto("/help?lang=ar")
    number = page.locator(".helpline bdi").filter(has_text=" ").first
    assert number.evaluate("element => getComputedStyle(element).direction") == "ltr"


def test_the_door_on_a_desktop_holds_no_barrier(opens: Opens) -> None:
    family = Family(opens(phone=False))
    family.page.goto("/")
    faults = clean(family.page, "empty")
    family.says(SAID["fi"][0])
    assert faults + clean(family.page, "talk") == []


@pytest.mark.parametrize("phone", [True, False])
def test_an_advisor_s_pages_hold_no_barrier(opens: Opens, server: Running, phone: bool) -> None:
    notes = f"Olen aivan poikki, puhelin {phone}"
    callback, _ = a_callback(server, notes)
    page = opens(phone=phone, forgiven=["403", "404"])
    page.goto("/staff/sign-in")
    faults = violations(page)
    page.get_by_label(w("sign_in.email")).fill("nobody@example.org")
    page.get_by_label(w("sign_in.password")).fill("not the password")
    page.get_by_role("button", name=w("sign_in.submit")).click()
    expect(page.get_by_role("alert")).to_be_visible()
    faults += violations(page)
    advisor = signs_in(page, "advisor")
    faults += on_pages(
        page, "/staff/", "/staff/?show=late", f"/staff/callbacks/{callback}", "/staff/callbacks/new",
        "/staff/services", "/staff/team", "/staff/people", "/staff/callbacks/" + "0" * 32, "/staff/?show=all",
    )  # fmt: skip
    advisor.takes(notes)
    page.get_by_role("button", name=w("call.show_number")).click()
    expect(page.get_by_role("link", name="050")).to_be_focused()
    faults += clean(page, "own call")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    faults += [f"keys: {fault}" for fault in violations(page)]
    faults += on_pages(page, "/staff/day")
    page.get_by_role("button", name=w("day.feed_make")).or_(
        page.get_by_role("button", name=w("day.feed_renew"))
    ).click()
    expect(page.get_by_label(w("day.feed_address"))).to_be_visible()
    assert faults + clean(page, "my day") == []


@pytest.mark.parametrize("phone", [True, False])
def test_an_admin_s_pages_hold_no_barrier(opens: Opens, server: Running, phone: bool) -> None:
    waiting = catalogue_work_waiting(server)
    page = opens(phone=phone)
    signs_in(page, "admin")
    faults = on_pages(
        page,
        "/staff/services",
        "/staff/services?q=xyzzy",
        "/staff/services/check?show=unchecked",
        "/staff/services/reports",
        "/staff/services/new",
        "/staff/services/links",
        "/staff/services/imports",
        *(f"/staff/services/imports/{one}" for one in waiting),
        f"/staff/services/{catalogue_of_a_day.SAMPLE}?language=sv",
        "/staff/people",
        "/staff/me",
        "/staff/unclear",
        "/staff/texts",
        "/staff/audit",
    )
    page.goto("/staff/people")
    page.locator("td a").first.click()
    page.get_by_role("button", name=w("people.reset")).click()
    link = page.get_by_label(w("people.link")).input_value()
    faults += [f"person: {fault}" for fault in violations(page)]
    faults += on_pages(page, link[link.index("/staff/reset") :], "/staff/forgot")
    page.goto("/staff/services")
    page.locator("td a").first.click()
    expect(page.locator("[data-preview] .service")).to_be_visible()
    assert faults + [f"entry: {fault}" for fault in violations(page)] == []


@pytest.mark.parametrize("phone", [True, False])
def test_the_audit_as_a_coordinator_searches_it_holds_no_barrier(
    opens: Opens, server: Running, phone: bool
) -> None:
    _, code = a_callback(server, f"Kuka tämän lukee, puhelin {phone}")
    page = opens(phone=phone, forgiven=["422"])
    signs_in(page, "coordinator")
    page.goto("/staff/audit")
    faults = clean(page, "audit")
    page.get_by_label(w("audit.words")).fill("050 123 4567")
    page.get_by_role("button", name=w("audit.find"), exact=True).click()
    expect(page.get_by_role("link", name=w("audit.reason_missing"))).to_be_visible()
    faults += violations(page)
    page.get_by_label(w("audit.reason"), exact=True).fill("perhe pyysi lokitietonsa")
    page.get_by_role("button", name=w("audit.find"), exact=True).click()
    expect(page.get_by_role("link", name=w("audit.reason_missing"))).to_have_count(0)
    page.get_by_label(w("audit.words")).fill(code)
    page.get_by_role("button", name=w("audit.find"), exact=True).click()
    expect(page.get_by_role("link", name=code).first).to_be_visible()
    assert faults + clean(page, "audit of one family") == []


def catalogue_work_waiting(server: Running) -> list[str]:
    """A catalogue with work waiting, made once; one proposal of each kind."""

    def work(session: Session) -> list[str]:
        if not proposals.waiting(session):
            ids = {account.role: account.id for account in accounts.everybody(session)}
            catalogue_of_a_day.fill(session, NOW, editor=ids["coordinator"], owner=ids["owner"])
        return list({one.kind: one.id for one in proposals.waiting(session)}.values())

    return server.parts.database.write_now(work)


def on_pages(page: Page, *paths: str) -> list[str]:
    faults = []
    for path in paths:
        page.set_viewport_size(PHONE if page.evaluate("innerWidth") == PHONE["width"] else DESKTOP)
        page.goto(path)
        faults += [f"{path} is wider than the screen"] if scrolls_sideways(page) else []
        faults += [f"{path}: {fault}" for fault in violations(unrolled(page))]
    return faults


@pytest.mark.parametrize("phone", [True, False])
def test_a_coordinator_s_pages_hold_no_barrier(opens: Opens, server: Running, phone: bool) -> None:
    a_callback(server, "Kukaan ei soita.")
    late, rota = NOW + timedelta(days=14), RotaCache(server.parts.areas)
    server.parts.database.write_now(
        lambda session: watching.sweep(
            session, server.parts.areas, rota.get(session, late).calendar, now=late
        )
    )
    page = opens(phone=phone)
    signs_in(page, "coordinator")
    assert on_pages(page, "/staff/alarms", "/staff/digest") == []
