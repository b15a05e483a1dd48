"""The page of alarms and the figures of a week, as advisors and coordinators use them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.alarms import board, watching
from bot.alarms.tables import AlarmRow
from bot.audit import AuditRow
from bot.clock import SettableClock
from bot.database import Database
from bot.jobs import health
from bot.jobs.job import ALARM_AFTER
from bot.rota.reading import RotaCache
from tests.staff.building import AREAS_READ, Client, a_person, a_request, signed_in


def looks(database: Database, clock: SettableClock) -> None:
    rota = RotaCache(AREAS_READ)
    database.write_now(lambda s: watching.sweep(s, AREAS_READ, rota.get(s, clock()).calendar, clock()))


async def page(client: Client, path: str = "/staff/alarms") -> str:
    response = await client.get(path)
    assert response.status == 200
    return await response.text()


@pytest.fixture
async def advisor(client: Client, sqlite_database: Database, clock: SettableClock) -> Client:
    await signed_in(client, a_person(sqlite_database, clock, "Aino Aalto"))
    return client


async def test_nothing_alarming_is_said_in_words(advisor: Client) -> None:
    assert "Mikään ei odota liian kauan." in await page(advisor)


async def test_a_crisis_nobody_takes_is_shown_acknowledged_and_audited(
    advisor: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    booked = a_request(sqlite_database, clock, urgency="immediate")
    clock.set(clock() + timedelta(minutes=5))
    sqlite_database.write_now(lambda s: board.note_open(s, frozenset({_id_of(advisor)}), clock()))
    looks(sqlite_database, clock)
    shown = await page(advisor)
    assert "Kiireellinen soittopyyntö odottaa" in shown
    assert "Järvenpää, tänään klo 10 lähtien" in shown
    assert f"/staff/callbacks/{booked.id}" in shown
    assert "huuto eteisessä" not in shown  # no family's words
    number = sqlite_database.read_now(lambda s: s.scalars(select(AlarmRow.id)).first())
    done = await advisor.post(f"/staff/alarms/{number}")
    assert done.status == 200
    assert "Aino Aalto kuittasi klo 10.05" in await done.text()
    again = await advisor.post(f"/staff/alarms/{number}")
    assert again.status == 409
    assert "Joku ehti kuitata" in await again.text()
    rows = sqlite_database.read_now(
        lambda s: [
            (row.action, row.ids) for row in s.scalars(select(AuditRow).where(AuditRow.kind == "alarm"))
        ]
    )
    assert rows == [("acknowledged", [str(number)])]


def _id_of(_client: Client) -> str:
    return "somebody"


async def test_coordinators_see_jobs_that_fail_and_advisors_do_not(
    client: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    for _ in range(ALARM_AFTER):
        sqlite_database.write_now(lambda s: health.failed(s, "watch what waits", "KeyError", clock()))
    await signed_in(client, a_person(sqlite_database, clock, "Kerttu Nurmela", "coordinator"))
    assert f"Työ ei onnistu: watch what waits ({ALARM_AFTER} kertaa peräkkäin)" in await page(client)
    await signed_in(client, a_person(sqlite_database, clock, "Aino Aalto"))
    assert "watch what waits" not in await page(client)


async def test_the_figures_of_a_week_hide_what_is_small(
    client: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    for area, number in (("jarvenpaa", 6), ("askola", 2)):
        for last in range(number):
            a_request(sqlite_database, clock, area=area, phone=f"+35850123{len(area)}{last:03}")
    await signed_in(client, a_person(sqlite_database, clock, "Kerttu Nurmela", "coordinator"))
    clock.set(clock() + timedelta(days=7))
    await signed_in(client, "kerttu@example.org")
    shown = await page(client, "/staff/digest")
    assert "Viikko 48, ma 23.11." in shown.replace("\N{NO-BREAK SPACE}", " ")
    rows = {row.split("</th>")[0]: row for row in shown.split('<th scope="row">')[1:]}
    assert rows["Järvenpää"].count("<td>6</td>") == 3  # came, are open, are late
    assert "<td>2</td>" not in rows["Askola"]
    assert rows["Askola"].count("alle 5") == 3
    empty = await page(client, "/staff/digest?monday=2026-11-16")
    assert "<td>6</td>" in empty  # still open, whichever week is looked at
    assert (await client.get("/staff/digest?monday=x")).status == 200
