"""The team page: an advisor's own week and absences, a coordinator's colleagues, and the days ahead."""

import re
from datetime import date, timedelta

import pytest

from bot.callbacks import queue
from bot.callbacks.places import Place
from bot.clock import SettableClock
from bot.console.team_form import as_text, read_stretches
from bot.database import Database
from bot.meaning import Window
from bot.rota.changing import RotaError
from bot.staff import accounts
from tests.callbacks.scenes import a_request, at
from tests.staff.building import PASSWORD, Client, a_person, signed_in

PAGE = "/staff/team?area=jarvenpaa"
WEEK = {f"day{day}": "9–11.30, 12–16" for day in range(5)}


async def page_of(client: Client, address: str = PAGE) -> str:
    answer = await client.get(address)
    assert answer.status == 200, await answer.text()
    return plain(await answer.text())


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


@pytest.fixture
def aino(sqlite_database: Database, clock: SettableClock) -> str:
    return a_person(sqlite_database, clock, "Aino Lehtola", "advisor")


def id_of(database: Database, email: str) -> str:
    found = database.read_now(lambda s: accounts.by_email(s, email))
    assert found is not None
    return found.id


def somebody(
    database: Database, clock: SettableClock, name: str, role: str, areas: tuple[str, ...] = ()
) -> tuple[str, str]:
    """An account with its areas; address and id."""
    email = f"{name.split(maxsplit=1)[0].lower()}@example.org"
    database.write_now(
        lambda s: accounts.add(
            s, email=email, name=name, role=role, password=PASSWORD, areas=areas, now=clock()
        )
    )
    return email, id_of(database, email)


async def test_an_advisor_writes_the_own_week_and_the_places_follow(
    client: Client, sqlite_database: Database, aino: str
) -> None:
    await signed_in(client, aino)
    assert "2 soittajaa (oletus)" in await page_of(client)
    mine = {"staff": id_of(sqlite_database, aino), "area": "jarvenpaa", **WEEK}
    done = plain(await (await client.post("/staff/team/hours", data=mine)).text())
    assert "Työaika tallennettu: Aino Lehtola." in done
    assert "0 varattu, 13 paikkaa" in done
    assert "2 soittajaa (oletus)" not in done


async def test_hours_that_cannot_be_read_are_shown_again_with_what_is_wrong(
    client: Client, sqlite_database: Database, aino: str
) -> None:
    await signed_in(client, aino)
    mine = {"staff": id_of(sqlite_database, aino), "area": "jarvenpaa", "day0": "aamusta iltaan"}
    answer = await client.post("/staff/team/hours", data=mine)
    assert answer.status == 422
    page = await answer.text()
    assert "Kirjoita kellonajat näin" in page
    assert 'value="aamusta iltaan"' in page


async def test_an_advisor_is_away_and_comes_back(
    client: Client, sqlite_database: Database, aino: str
) -> None:
    await signed_in(client, aino)
    staff = id_of(sqlite_database, aino)
    await client.post("/staff/team/hours", data={"staff": staff, "area": "jarvenpaa", **WEEK})
    away = {"staff": staff, "area": "jarvenpaa", "from_day": "2026-11-26", "kind": "training"}
    page = await (await client.post("/staff/team/absences", data=away)).text()
    assert "Poissaolo tallennettu" in page
    assert "Aino Lehtola (poissa)" in page
    assert "to\N{NO-BREAK SPACE}26.11. · Koulutus" in page
    remove = re.search(r"/staff/team/absences/[0-9a-f]{32}/remove", page)
    assert remove is not None
    page = await (await client.post(remove[0], data={"area": "jarvenpaa"})).text()
    assert "Aino Lehtola (poissa)" not in page


async def test_an_advisor_changes_nobody_else(
    client: Client, sqlite_database: Database, clock: SettableClock, aino: str
) -> None:
    _, veikko = somebody(sqlite_database, clock, "Veikko Sarala", "advisor")
    await signed_in(client, aino)
    for path, data in (
        ("/staff/team/hours", WEEK),
        ("/staff/team/absences", {"from_day": "2026-11-26", "kind": "leave"}),
    ):
        answer = await client.post(path, data={"staff": veikko, "area": "jarvenpaa", **data})
        assert answer.status == 404
    day = {"area": "jarvenpaa", "first_day": "2026-11-26"}
    assert (await client.post("/staff/team/exceptions", data=day)).status == 403


async def test_a_coordinator_closes_a_day_and_sees_what_has_no_place_any_more(
    client: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    window = Window(at("2026-11-26 10:00"), at("2026-11-26 11:00"))
    sqlite_database.write_now(
        lambda s: queue.book(
            s, a_request(window=window), now=clock(), promised_day=date(2026, 11, 27),
            places=[Place(window.start, 1)],
        )
    )  # fmt: skip
    kerttu, _ = somebody(sqlite_database, clock, "Kerttu Nurmela", "coordinator")
    await signed_in(client, kerttu)
    day = {"area": "jarvenpaa", "first_day": "2026-11-26", "reason": "Kehittämispäivä"}
    page = await (await client.post("/staff/team/exceptions", data=day)).text()
    assert "Suljettu · Kehittämispäivä" in page
    assert "1 liikaa" in page
    assert "klo 10 Maija, Järvenpää" in page
    remove = re.search(r"/staff/team/exceptions/[0-9a-f]{32}/remove", page)
    assert remove is not None
    page = await (await client.post(remove[0], data={"area": "jarvenpaa"})).text()
    assert "liikaa" not in page


async def test_a_coordinator_writes_a_colleague_s_week_only_within_the_own_areas(
    client: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    kerttu, _ = somebody(sqlite_database, clock, "Kerttu Nurmela", "coordinator", ("jarvenpaa",))
    _, inside = somebody(sqlite_database, clock, "Aino Lehtola", "advisor", ("jarvenpaa",))
    _, beyond = somebody(sqlite_database, clock, "Veikko Sarala", "advisor", ("jarvenpaa", "kangasala"))
    await signed_in(client, kerttu)
    statuses = [
        (await client.post("/staff/team/hours", data={"staff": staff, "area": "jarvenpaa", **WEEK})).status
        for staff in (inside, beyond)
    ]
    assert statuses == [200, 404]


async def test_another_area_does_not_exist(
    client: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    kerttu, _ = somebody(sqlite_database, clock, "Kerttu Nurmela", "coordinator", ("jarvenpaa",))
    await signed_in(client, kerttu)
    for area in ("kangasala", "no-such-area"):
        assert (await client.get(f"/staff/team?area={area}")).status == 404
        day = {"area": area, "first_day": "2026-11-26"}
        assert (await client.post("/staff/team/exceptions", data=day)).status == 404
    page = await page_of(client, "/staff/team")
    assert "Järvenpää" in page
    assert "Kangasala" not in page


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9–11.30, 12–16", "9–11.30, 12–16"),
        ("9-16", "9–16"),
        ("09:00 - 11:30 ja 12.15-16", "9–11.30, 12.15–16"),
        ("8.30–12;13–15.45", "8.30–12, 13–15.45"),
        ("", ""),
    ],
)
def test_working_hours_are_read_as_staff_write_them(text: str, expected: str) -> None:
    assert as_text(read_stretches(text)) == expected


@pytest.mark.parametrize("text", ["aamulla", "9", "9–25", "9–12–16", "9.75–10"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(RotaError):
        read_stretches(text)


@pytest.mark.parametrize("days", [1, 400])
async def test_an_absence_has_an_end_within_a_year(
    client: Client, sqlite_database: Database, aino: str, days: int
) -> None:
    await signed_in(client, aino)
    until = date(2026, 11, 26) + timedelta(days=days)
    away = {
        "staff": id_of(sqlite_database, aino), "area": "jarvenpaa", "from_day": "2026-11-26", "kind": "leave",
        "until_day": until.isoformat(),
    }  # fmt: skip
    assert (await client.post("/staff/team/absences", data=away)).status == (200 if days == 1 else 422)


async def test_who_enters_a_call_hears_that_the_wished_time_was_full(client: Client, aino: str) -> None:
    await signed_in(client, aino)
    said = []
    for number in range(5):
        form = {
            "phone": f"040 123 45{number:02}", "when": "huomenna klo 9", "municipality": "Järvenpää",
            "need": "upbringing",
        }  # fmt: skip
        said.append(plain(await (await client.post("/staff/callbacks", data=form)).text()))
    assert ["Toivottu aika on jo täynnä" in page for page in said] == [False] * 4 + [True]
    assert "klo 10–11" in said[-1]
