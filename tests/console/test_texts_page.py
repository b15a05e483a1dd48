"""Coordinators and admins see which texts lack which language; others do not."""

from dataclasses import replace

import pytest

from bot.clock import SettableClock
from bot.content import Problem
from bot.database import Database
from bot.texts import Texts
from tests.staff import building
from tests.staff.building import Client, a_person, signed_in

PAGE = "/staff/texts"


def without(texts: Texts, name: str, language: str) -> Texts:
    """The same texts, when one of them is not written in a language."""
    poorer = tuple(
        replace(one, texts={code: text for code, text in one.texts.items() if code != language})
        for one in texts.responses[name]
    )
    written = tuple(code for code in texts.written if code != language)
    return replace(texts, responses={**texts.responses, name: poorer}, written=written)


@pytest.mark.parametrize("role", ["coordinator", "admin"])
async def test_what_a_language_lacks_is_told_by_name_and_finnish_words(
    client: Client,
    sqlite_database: Database,
    clock: SettableClock,
    role: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lacking = without(building.TEXTS_READ, "utter_moved", "sv")
    wrong = Problem("dialogues/translations/so.yml", 7, "'utter_x' is empty", "write it")
    monkeypatch.setattr(building, "TEXTS_READ", replace(lacking, left_out=(wrong,)))
    await signed_in(client, a_person(sqlite_database, clock, "Saara Kivelä", role))
    page = await (await client.get(PAGE)).text()
    assert "ruotsi: puuttuvat tekstit" in page
    assert "dialogues/responses/callback.yml: 1" in page
    assert "<code>utter_moved</code> <strong>ydinteksti</strong>" in page
    assert "Siirretty. Soitamme {when}." in page
    assert "dialogues/translations/so.yml:7" in page
    assert "englanti: puuttuvat tekstit" not in page


async def test_what_easy_language_lacks_is_told_too(
    client: Client, sqlite_database: Database, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "TEXTS_READ", without(building.TEXTS_READ, "utter_moved", "fi-x-easy"))
    await signed_in(client, a_person(sqlite_database, clock, "Saara Kivelä", "admin"))
    page = await (await client.get(PAGE)).text()
    assert "suomi, helppo kieli: puuttuvat tekstit" in page
    lacking = page.split('id="lacks-fi-easy"')[1].split("</section>")[0]
    assert "<code>utter_moved</code> <strong>ydinteksti</strong>" in lacking
    assert "<code>utter_booked<" not in lacking


async def test_an_advisor_has_no_such_page(
    client: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    await signed_in(client, a_person(sqlite_database, clock, "Aino Lehtola"))
    assert (await client.get(PAGE)).status == 403
    assert PAGE not in await (await client.get("/staff/")).text()
