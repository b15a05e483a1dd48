"""Somebody of the staff at the console."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from bot.console.words import words
from bot.staff import demo

w = words()


@dataclass(frozen=True, slots=True)
class Staff:
    """One of the demo's people, signed in."""

    page: Page
    name: str

    def row(self, quote: str) -> Locator:
        """The row of the queue with these words of the family."""
        return self.page.locator("[data-row]").filter(has_text=quote)

    def takes(self, quote: str) -> None:
        """Press the row's button."""
        self.row(quote).locator("[data-take]").click()

    def opens(self, quote: str) -> None:
        """Open the call of a row."""
        self.row(quote).locator("[data-open]").click()

    def records(self, what: str, *, note: str = "", services: tuple[str, ...] = ()) -> None:
        """Choose what came of the call, and save. `what` as in the form: `result:no_answer`, `outcome:guided`."""
        for service in services:
            self.page.get_by_role("checkbox", name=service).check()
        if note:
            self.page.get_by_role("textbox", name=w("call.note")).fill(note)
        self.page.get_by_role("radio", name=w(what.replace(":", "."))).check()
        self.page.get_by_role("button", name=w("call.save")).click()


def signs_in(page: Page, role: str, *, second: bool = False) -> Staff:
    """The first (or second) of the demo's people with this role opens the console."""
    person = [found for found in demo.PEOPLE if found.role == role][1 if second else 0]
    page.goto("/staff/")
    page.get_by_label(w("sign_in.email")).fill(person.email)
    page.get_by_label(w("sign_in.password")).fill(demo.PASSWORD)
    page.get_by_role("button", name=w("sign_in.submit")).click()
    expect(page.get_by_role("button", name=w("page.sign_out"))).to_be_visible()
    page.wait_for_load_state("domcontentloaded")  # the keys are listened to from then on
    return Staff(page, person.name)
