"""A sign-in that ends under somebody's hands: what they typed is there again after the next one, and nowhere else."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from bot.staff import accounts, changing, demo, second_factor
from tests.browser.browsers import violations
from tests.browser.conftest import Opens
from tests.browser.running import NOW, Running
from tests.browser.staff import signs_in, w
from tests.browser.test_every_page import a_callback
from tests.staff.authenticator import Authenticator

pytestmark = pytest.mark.browser


def ends_sign_ins(server: Running, role: str) -> None:
    """Somebody else ends every sign-in of this person, as an admin can."""
    email = next(person.email for person in demo.PEOPLE if person.role == role)
    account = server.parts.database.read_now(lambda session: accounts.by_email(session, email))
    assert account is not None
    server.parts.database.write_now(lambda session: changing.end_sign_ins(session, account.id))


def signs_in_again(page: Page, role: str) -> None:
    email = next(person.email for person in demo.PEOPLE if person.role == role)
    expect(page.get_by_role("status")).to_have_text(w("sign_in.kept"))
    page.get_by_label(w("sign_in.email")).fill(email)
    page.get_by_label(w("sign_in.password")).fill(demo.PASSWORD)
    page.get_by_role("button", name=w("sign_in.submit")).click()


def stored(page: Page) -> str:
    """Everything the browser keeps of the page beyond the page itself."""
    return str(
        page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, name, document.cookie])")
    )


def test_the_note_of_a_call_survives(opens: Opens, server: Running) -> None:
    callback, _ = a_callback(server, "Yöt menevät valvoessa.")
    page = opens(phone=False, forgiven=["401", "409"])
    advisor = signs_in(page, "advisor")
    advisor.takes("Yöt menevät valvoessa.")
    expect(page).to_have_url(re.compile(f"/staff/callbacks/{callback}"))
    note = page.get_by_role("textbox", name=w("call.note"), exact=True)
    note.fill("Sovittiin: isä hoitaa <yöt>, äiti nukkuu.")
    page.get_by_role("radio", name=w("outcome.enough")).check()
    ends_sign_ins(server, "advisor")  # the open page notices by itself
    expect(page.get_by_role("heading", level=1)).to_have_text(w("sign_in.title"))
    assert "Yöt menevät" not in page.content()
    assert violations(page) == []
    signs_in_again(page, "advisor")
    expect(note).to_have_value("Sovittiin: isä hoitaa <yöt>, äiti nukkuu.")
    expect(page.get_by_role("radio", name=w("outcome.enough"))).to_be_checked()
    assert "yöt" not in stored(page)
    page.get_by_role("button", name=w("call.save")).click()
    expect(page).to_have_url(re.compile("/staff/(#.*)?$"))


def test_a_request_being_entered_survives(opens: Opens, server: Running) -> None:
    page = opens(phone=True, forgiven=["401"])
    page.clock.install()
    signs_in(page, "advisor")
    page.goto("/staff/callbacks/new")
    page.get_by_label(w("enter.phone")).fill("050 123 9876")
    page.get_by_label(w("enter.municipality")).fill("Järvenpää")
    notes = page.get_by_label(w("enter.notes"))
    notes.fill("Äiti sanoi: ”en jaksa”")
    page.get_by_role("radio", name=w("enter.message_no")).check(force=True)
    server.clock.set(NOW + timedelta(minutes=26))  # the telephone call takes long
    page.clock.fast_forward("26:00")
    warning = page.get_by_role("complementary", name=w("page.ends"))
    expect(warning).to_contain_text(w("page.ends_idle", time="10.30"))
    assert violations(page) == []
    warning.get_by_role("button", name=w("page.stay")).click()
    expect(warning).to_be_hidden()
    server.clock.set(
        NOW + timedelta(minutes=56)
    )  # and longer: the stream that was open all the time is no use
    signs_in_again(page, "advisor")
    expect(notes).to_have_value("Äiti sanoi: ”en jaksa”")
    expect(page.get_by_label(w("enter.phone"))).to_have_value("050 123 9876")
    expect(page.get_by_label(w("enter.municipality"))).to_have_value("Järvenpää")
    expect(page.get_by_role("radio", name=w("enter.message_no"))).to_be_checked()
    assert "jaksa" not in stored(page)
    page.get_by_role("button", name=w("enter.submit")).click()
    expect(page.get_by_role("status")).to_contain_text(w("enter.done_queue"))
    server.clock.set(NOW)


def test_a_second_factor_is_made_on_a_telephone_and_asked_for_at_the_next_sign_in(
    opens: Opens, server: Running
) -> None:
    page = opens(phone=True)
    person = signs_in(page, "coordinator")
    page.get_by_role("link", name=f"{w('page.me')}: {person.name}").click()
    assert violations(page) == []
    page.get_by_role("button", name=w("me.begin")).click()
    expect(page.get_by_role("img", name=w("me.picture"))).to_be_visible()
    page.get_by_text(w("me.no_camera")).click()
    app = Authenticator(page.locator(".enrol-key").inner_text())
    assert violations(page) == []
    page.get_by_label(w("me.code"), exact=True).fill(app.code(server.clock()))
    page.get_by_role("button", name=w("me.confirm")).click()
    codes = page.locator(".codes li")
    expect(codes).to_have_count(10)
    spare = codes.first.inner_text()
    assert violations(page) == []
    page.get_by_role("button", name=w("page.sign_out")).click()
    email = next(one.email for one in demo.PEOPLE if one.role == "coordinator")
    page.get_by_label(w("sign_in.email")).fill(email)
    page.get_by_label(w("sign_in.password")).fill(demo.PASSWORD)
    page.get_by_role("button", name=w("sign_in.submit")).click()
    expect(page.get_by_label(w("sign_in.code"), exact=True)).to_be_focused()
    assert violations(page) == []
    page.keyboard.type(spare)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=w("page.sign_out"))).to_be_visible()
    account = server.parts.database.read_now(lambda session: accounts.by_email(session, email))
    assert account is not None
    server.parts.database.write_now(lambda session: second_factor.remove(session, account.id))
