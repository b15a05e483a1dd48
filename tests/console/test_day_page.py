"""My day: its lists, and the calendar somebody's own calendar program reads."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from bot import audit
from bot.callbacks import booking, moving, queue
from bot.callbacks.request import Actor
from bot.clock import HELSINKI, SettableClock
from bot.console.day_calendar import calendar
from bot.console.words import words
from bot.database import Database
from bot.meaning import Window
from bot.reach import EVERYWHERE
from bot.staff import accounts, changing
from tests.callbacks.scenes import at
from tests.staff.building import PASSWORD, Client, Open, a_person, a_request, signed_in

FAMILY_WORDS = ("Järvenpää", "Kasvatus", "huuto", "1234567", "Maija")


def window(start: str, end: str) -> Window:
    return Window(at(start), at(end))


TODAY, TOMORROW = (
    window("2026-11-24 13:00", "2026-11-24 15:00"),
    window("2026-11-25 09:00", "2026-11-25 11:30"),
)


@pytest.fixture
async def aino(client: Client, sqlite_database: Database, clock: SettableClock) -> Client:
    await signed_in(client, a_person(sqlite_database, clock, "Aino Lehtola"))
    return client


async def day_of(who: Client) -> str:
    return await (await who.get("/staff/day")).text()


def under(page: str, heading: str) -> str:
    """What stands between this heading and the next."""
    return page.partition(f'id="part-{heading}"')[2].partition("<section")[0]


async def test_a_day_goes_from_what_is_held_to_tomorrow(
    aino: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    held = a_request(sqlite_database, clock, phone="+358501234501")
    today = a_request(sqlite_database, clock, phone="+358501234502", window=TODAY)
    tomorrow = a_request(sqlite_database, clock, phone="+358501234503", window=TOMORROW)
    await aino.post(f"/staff/callbacks/{held.id}/claim")
    page = await day_of(aino)
    for heading, callback, when in (
        ("held", held, "viimeistään"),
        ("today", today, "13–15"),
        ("tomorrow", tomorrow, "9–11.30"),
    ):
        assert callback.id in under(page, heading)
        assert when in under(page, heading)
    assert "12345" not in page
    line = sqlite_database.read_now(audit.latest)[0]
    assert (line.action, sorted(line.ids)) == ("listed", sorted([held.id, today.id, tomorrow.id]))


async def test_an_empty_day_says_so(aino: Client) -> None:
    page = await day_of(aino)
    assert "Ei mitään sovittua." in under(page, "today")
    assert 'id="part-late"' not in page


async def test_what_is_late_comes_first_and_only_there(
    aino: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    held = a_request(sqlite_database, clock, window=TODAY)
    clock.set(at("2026-11-24 14:50"))
    await signed_in(aino, "aino@example.org")
    await aino.post(f"/staff/callbacks/{held.id}/claim")
    clock.set(at("2026-11-24 15:10"))
    page = await day_of(aino)
    assert "10 min myöhässä" in under(page, "late")
    assert page.count(f'href="/staff/callbacks/{held.id}"') == 1


async def test_a_missed_follow_up_is_late_on_everybody_s_day(
    aino: Client, sqlite_database: Database, clock: SettableClock, open_client: Open
) -> None:
    booked = a_request(sqlite_database, clock)
    await aino.post(f"/staff/callbacks/{booked.id}/claim")
    await aino.post(
        f"/staff/callbacks/{booked.id}/record",
        data={"what": "outcome:follow_up", "follow_up_on": "2026-11-25"},
    )
    assert "huomenna" in under(await day_of(aino), "follow_ups")
    clock.set(at("2026-11-26 09:00"))
    await signed_in(aino, "aino@example.org")
    assert "seuranta ke\N{NO-BREAK SPACE}25.11." in under(await day_of(aino), "late")
    veikko = await open_client()
    await signed_in(veikko, a_person(sqlite_database, clock, "Veikko Sarala"))
    assert "Aino Lehtola" in under(await day_of(veikko), "late")
    assert "Luvattuja yhteydenottoja myöhässä: 1" in await (await veikko.get("/staff/")).text()


async def test_a_call_that_is_offered_stands_first(
    aino: Client, sqlite_database: Database, clock: SettableClock, open_client: Open
) -> None:
    veikko = await open_client()
    await signed_in(veikko, a_person(sqlite_database, clock, "Veikko Sarala"))
    booked = a_request(sqlite_database, clock)
    await veikko.post(f"/staff/callbacks/{booked.id}/claim")
    to = sqlite_database.read_now(lambda s: accounts.by_email(s, "aino@example.org"))
    assert to is not None
    await veikko.post(f"/staff/callbacks/{booked.id}/transfer", data={"to": to.id})
    assert booked.id in under(await day_of(aino), "offered")


async def a_feed(who: Client) -> str:
    """Makes an address for a calendar; gives its path."""
    page = await (await who.post("/staff/day/feed")).text()
    address = page.partition('id="feed-address"')[2].partition('value="')[2].partition('"')[0]
    assert address.startswith("http://127.0.0.1")
    return address[address.index("/staff/") :]


async def fed(reader: Client, path: str) -> list[Any]:
    answer = await reader.get(path)
    assert answer.status == 200
    assert answer.content_type == "text/calendar"
    return list(Calendar.from_ical(await answer.read()).walk("VEVENT"))


async def test_a_calendar_without_a_sign_in_reads_times_and_links_and_nothing_of_anybody(
    aino: Client, sqlite_database: Database, clock: SettableClock, open_client: Open
) -> None:
    today = a_request(sqlite_database, clock, phone="+358501234567", name="Maija", window=TODAY)
    path, outside = await a_feed(aino), await open_client()
    text = await (await outside.get(path)).text()
    assert not [word for word in FAMILY_WORDS if word in text]
    (event,) = await fed(outside, path)
    assert (event["SUMMARY"], event["UID"]) == ("Soitto", f"{today.id}-call@perheovi")
    assert event["URL"].endswith(f"/staff/callbacks/{today.id}")
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (TODAY.start, TODAY.end)
    line = sqlite_database.read_now(audit.latest)[0]
    assert (line.action, line.ids) == ("listed", [today.id])


async def test_an_event_keeps_its_uid_when_it_is_moved_and_goes_when_it_is_cancelled(
    aino: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    booked = a_request(sqlite_database, clock, window=TODAY)
    path = await a_feed(aino)
    (before,) = await fed(aino, path)
    sqlite_database.write_now(
        lambda s: moving.move(s, booked.id, window=TOMORROW, promised_day=date(2026, 11, 27), now=clock())
    )
    (after,) = await fed(aino, path)
    assert (after["UID"], after.decoded("DTSTART")) == (before["UID"], TOMORROW.start)
    assert after["SEQUENCE"] > before["SEQUENCE"]
    by = Actor("staff-x", "X", EVERYWHERE)
    sqlite_database.write_now(lambda s: booking.cancel(s, booked.id, by=by, now=clock()))
    assert await fed(aino, path) == []


async def test_a_follow_up_is_a_whole_day_in_its_own_advisor_s_calendar_alone(
    aino: Client, sqlite_database: Database, clock: SettableClock, open_client: Open
) -> None:
    booked = a_request(sqlite_database, clock)
    await aino.post(f"/staff/callbacks/{booked.id}/claim")
    data = {"what": "outcome:follow_up", "follow_up_on": "2026-12-02"}
    await aino.post(f"/staff/callbacks/{booked.id}/record", data=data)
    (event,) = await fed(aino, await a_feed(aino))
    assert (event["SUMMARY"], event.decoded("DTSTART")) == ("Seurantasoitto", date(2026, 12, 2))
    veikko = await open_client()
    await signed_in(veikko, a_person(sqlite_database, clock, "Veikko Sarala"))
    assert await fed(veikko, await a_feed(veikko)) == []


async def test_a_calendar_stays_within_its_owner_s_areas(
    client: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    sqlite_database.write_now(
        lambda s: accounts.add(
            s,
            email="eeva@example.org",
            name="Eeva",
            role="advisor",
            password=PASSWORD,
            now=clock(),
            areas=["kangasala"],
        )
    )
    await signed_in(client, "eeva@example.org")
    a_request(sqlite_database, clock, window=TODAY)
    theirs = a_request(sqlite_database, clock, area="kangasala", municipality="Kangasala", window=TODAY)
    (event,) = await fed(client, await a_feed(client))
    assert event["UID"].startswith(theirs.id)


async def test_an_old_key_an_ended_one_and_a_closed_account_find_nothing(
    aino: Client, sqlite_database: Database, open_client: Open
) -> None:
    outside = await open_client()
    old, new = await a_feed(aino), await a_feed(aino)
    assert [(await outside.get(path)).status for path in (old, new)] == [404, 200]
    assert (await outside.get("/staff/day.ics")).status == 404
    account = sqlite_database.read_now(lambda s: accounts.by_email(s, "aino@example.org"))
    assert account is not None
    sqlite_database.write_now(lambda s: changing.disable(s, account.id))
    assert (await outside.get(new)).status == 404
    sqlite_database.write_now(lambda s: changing.enable(s, account.id))
    await signed_in(aino, "aino@example.org")
    await aino.post("/staff/day/feed/end")
    assert (await outside.get(new)).status == 404


async def test_the_key_itself_is_not_in_the_database(aino: Client, sqlite_database: Database) -> None:
    key = (await a_feed(aino)).partition("key=")[2]
    with sqlite_database.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM day_feed").all()
    assert len(rows) == 1
    assert key not in str(rows)


@pytest.mark.parametrize(
    "moment",
    [
        change + timedelta(minutes=shift)
        for change in (datetime(2027, 3, 28, 1, tzinfo=UTC), datetime(2027, 10, 31, 1, tzinfo=UTC))
        for shift in (-60, -1, 0, 1, 60, 60 * 24 * 60)
    ],
)
def test_the_calendar_s_own_zone_agrees_with_finland_s_clock(moment: datetime) -> None:
    made: Any = Calendar.from_ical(calendar((), "", "https://example.org", moment, words()))
    (zone,) = made.walk("VTIMEZONE")
    assert _offset(zone, moment) == moment.astimezone(HELSINKI).utcoffset()


def _offset(zone: Any, moment: datetime) -> timedelta:
    """The offset by RFC 5545: of the part that began last, where a beginning is told by the clock before it."""
    begun: list[tuple[datetime, timedelta]] = []
    for part in zone.subcomponents:
        before, after = part["TZOFFSETFROM"].td, part["TZOFFSETTO"].td
        rule, first = part["RRULE"], part.decoded("DTSTART")
        assert (rule["FREQ"], [str(day) for day in rule["BYDAY"]]) == (["YEARLY"], ["-1SU"])
        for year in range(first.year, moment.year + 1):
            last = datetime(year, rule["BYMONTH"][0], 31, first.hour, tzinfo=UTC)
            sunday = last - timedelta(days=(last.weekday() + 1) % 7)
            begun.append((sunday - before, after))
        assert first.weekday() == 6
    return max(start_and_offset for start_and_offset in begun if start_and_offset[0] <= moment)[1]


def test_a_call_across_the_change_of_clocks_has_its_local_times(
    sqlite_database: Database, clock: SettableClock
) -> None:
    booked = a_request(sqlite_database, clock, window=window("2027-03-29 09:00", "2027-03-29 11:00"))
    found = sqlite_database.read_now(lambda s: queue.find(s, booked.id, EVERYWHERE))
    assert found is not None
    made = calendar((found,), "", "https://example.org", clock(), words()).decode()
    assert "DTSTART;TZID=Europe/Helsinki:20270329T090000" in made
    read: Any = Calendar.from_ical(made)
    (event,) = read.walk("VEVENT")
    assert event.decoded("DTSTART").astimezone(UTC) == datetime(2027, 3, 29, 6, tzinfo=UTC)
