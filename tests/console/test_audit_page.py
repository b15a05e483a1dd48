"""The audit as a coordinator searches it, and as it cannot be gone around."""

import csv
import io
import re
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import text

from bot import audit
from bot.audit.search import Entry
from bot.callbacks.audited import seal_more
from bot.callbacks.request import Booked
from bot.clock import SettableClock
from bot.console.audit_page import as_csv
from bot.console.words import words
from bot.database import Database
from bot.staff import accounts
from bot.web.audit_work import Found
from tests.staff.building import PASSWORD, Client, Open, a_person, a_request, signed_in

NUMBER = "+358501234567"


def who_was(database: Database, email: str) -> str:
    return database.read_now(lambda s: accounts.by_email(s, email)).id  # type: ignore[union-attr]


@pytest.fixture
def request_(sqlite_database: Database, clock: SettableClock) -> Booked:
    return a_request(sqlite_database, clock)


async def coordinator(
    open_client: Open, database: Database, clock: SettableClock, areas: tuple[str, ...] = ()
) -> Client:
    name = "Kerttu Nurmela" if not areas else f"K{areas[0]} Nurmela"
    email = f"{name.split(maxsplit=1)[0].lower()}@example.org"
    database.write_now(
        lambda s: accounts.add(
            s, email=email, name=name, role="coordinator", password=PASSWORD, areas=areas, now=clock()
        )
    )
    client = await open_client()
    await signed_in(client, email)
    return client


async def lines(client: Client, **form: str) -> list[str]:
    """Each line of the table as plain words."""
    page = await (await client.post("/staff/audit", data=form)).text()
    rows = re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)[1:]
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)).strip() for row in rows]


async def test_a_coordinator_sees_who_has_read_what_a_family_told(
    open_client: Open, sqlite_database: Database, clock: SettableClock, request_: Booked
) -> None:
    reader = await open_client()
    await signed_in(reader, a_person(sqlite_database, clock, "Aino Lehtola"))
    await reader.get(f"/staff/callbacks/{request_.id}")
    other = a_request(sqlite_database, clock, phone="+358509999999")
    await reader.get(f"/staff/callbacks/{other.id}")
    kerttu = await coordinator(open_client, sqlite_database, clock)
    for words_ in (request_.code, request_.code.lower().replace("-", " "), request_.id):
        found = await lines(kerttu, words=words_)
        assert f"24.11.2026 10.00.00 Aino Lehtola Luki {request_.code}" in found
        assert other.code not in " ".join(found)
    await lines(kerttu, words="050 123 4567", reason="perhe kysyi lokitietojaan")
    (latest, *_) = sqlite_database.read_now(audit.latest)
    assert (latest.action, latest.ids) == ("audit_searched", [request_.id])


async def test_searching_by_number_takes_a_reason_which_is_kept_and_shown(
    open_client: Open, sqlite_database: Database, clock: SettableClock, request_: Booked
) -> None:
    kerttu = await coordinator(open_client, sqlite_database, clock)
    answer = await kerttu.post("/staff/audit", data={"words": NUMBER})
    assert answer.status == 422
    assert words()("audit.reason_missing") in await answer.text()
    assert [row for row in sqlite_database.read_now(audit.latest) if row.action == "audit_searched"] == []
    await kerttu.post("/staff/audit", data={"words": NUMBER, "reason": "tietopyyntö 14"})
    found = await lines(kerttu, words=request_.code)
    assert any("Haki lokista" in line and "tietopyyntö 14" in line for line in found)
    (row,) = [row for row in sqlite_database.read_now(audit.latest) if row.box][:1]
    assert b"tietopyynt" not in (row.box or b"")


async def test_who_has_areas_sees_the_entries_of_those_families_and_nothing_of_others(
    open_client: Open, sqlite_database: Database, clock: SettableClock, request_: Booked
) -> None:
    foreign = a_request(sqlite_database, clock, area="askola", phone="+358507654321")
    aino = await open_client()
    await signed_in(aino, a_person(sqlite_database, clock, "Aino Lehtola"))
    for path in ("/staff/", f"/staff/callbacks/{foreign.id}", f"/staff/callbacks/{request_.id}"):
        assert (await aino.get(path)).status == 200
    walled = await coordinator(open_client, sqlite_database, clock, areas=("jarvenpaa",))
    found = await lines(walled)
    assert {line for line in found if "Aino" in line} == {
        f"24.11.2026 10.00.00 Aino Lehtola Luki {request_.code}",
        f"24.11.2026 10.00.00 Aino Lehtola Näki listassa {request_.code}",
    }
    sqlite_database.write_now(lambda s: seal_more(s, clock()))
    assert [line for line in await lines(walled) if "Aino" in line] == [
        line for line in found if "Aino" in line
    ]
    for nothing in (foreign.code, foreign.id, "0" * 32):
        page = await (await walled.post("/staff/audit", data={"words": nothing})).text()
        assert words()("audit.unknown") in page


async def test_an_admin_sees_what_was_done_to_accounts_and_nothing_of_families(
    open_client: Open, sqlite_database: Database, clock: SettableClock, request_: Booked
) -> None:
    aino = await open_client()
    await signed_in(aino, a_person(sqlite_database, clock, "Aino Lehtola"))
    await aino.get(f"/staff/callbacks/{request_.id}")
    now = clock()
    sqlite_database.write_now(lambda s: audit.record(s, "boss", "added", "staff", ["x"], now=now))
    saara = await open_client()
    await signed_in(saara, a_person(sqlite_database, clock, "Saara Kivelä", "admin"))
    for words_ in ("", request_.code, request_.id):
        found = " ".join(await lines(saara, words=words_, kind="callback"))
        assert "Luki" not in found
        assert request_.code not in found
    assert any("Lisäsi" in line for line in await lines(saara))


async def test_entries_are_narrowed_by_colleague_kind_and_day_and_shown_a_page_at_a_time(
    open_client: Open, sqlite_database: Database, clock: SettableClock
) -> None:
    kerttu = await coordinator(open_client, sqlite_database, clock)
    aino = who_was(sqlite_database, a_person(sqlite_database, clock, "Aino Lehtola"))
    start = clock()
    for number in range(60):
        at = start - timedelta(days=number)
        kind, who = ("live_chat", "veikko") if number % 2 else ("callback", aino)
        row = partial(audit.record, actor=who, action="read", kind=kind, ids=[f"{number:032}"], now=at)
        sqlite_database.write_now(row)
    assert len(await lines(kerttu, actor=aino)) == 30
    assert len(await lines(kerttu, kind="live_chat")) == 30
    day = (start - timedelta(days=4)).date().isoformat()
    assert len(await lines(kerttu, since=day, until=day)) == 1
    page = await (await kerttu.post("/staff/audit", data={})).text()
    older = re.search(r'name="before" value="(\d+)"', page)
    assert older
    first, second = await lines(kerttu, kind=""), await lines(kerttu, before=older[1])
    assert len(first) == 50
    assert 0 < len(second) < 20


async def test_what_cannot_be_written_down_is_not_shown(
    open_client: Open, sqlite_database: Database, clock: SettableClock, request_: Booked
) -> None:
    aino = await open_client()
    await signed_in(aino, a_person(sqlite_database, clock, "Aino Lehtola"))
    refuse = "CREATE TRIGGER no_audit BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'full'); END"
    sqlite_database.write_now(lambda s: s.execute(text(refuse)))
    for method, path in (
        ("GET", "/staff/"),
        ("GET", f"/staff/callbacks/{request_.id}"),
        ("POST", f"/staff/callbacks/{request_.id}/number"),
        ("POST", f"/staff/callbacks/{request_.id}/claim"),
        ("GET", "/api/v1/callbacks"),
        ("GET", f"/api/v1/callbacks/{request_.id}"),
    ):
        answer = await aino.request(method, path, allow_redirects=False)
        body = await answer.text()
        assert answer.status >= 500, path
        assert "eteisessä" not in body, path
        assert request_.code not in body, path


async def test_the_file_holds_the_same_and_nothing_a_spreadsheet_would_run(
    open_client: Open, sqlite_database: Database, clock: SettableClock, request_: Booked
) -> None:
    aino = await open_client()
    await signed_in(aino, a_person(sqlite_database, clock, "=HYPERLINK(1) Lehtola"))
    await aino.get(f"/staff/callbacks/{request_.id}")
    kerttu = await coordinator(open_client, sqlite_database, clock)
    answer = await kerttu.post("/staff/audit/export", data={"words": request_.code})
    assert answer.content_type == "text/csv"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="perheovi-loki.csv"'
    rows = list(csv.reader(io.StringIO((await answer.read()).decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:3] == ["Milloin", "Kuka", "Mitä"]
    assert next(row for row in rows if row[2] == "Luki")[:6] == [
        "2026-11-24T10:00:00+02:00", "'=HYPERLINK(1) Lehtola", "Luki", "Soittopyyntö", request_.code, request_.id,
    ]  # fmt: skip
    (latest, *_) = sqlite_database.read_now(audit.latest)
    assert (latest.action, latest.ids) == ("audit_exported", [request_.id])


@pytest.mark.parametrize("begins", ["=1+1", "+1", "-1", "@a", "\t=1", "\r=1"])
def test_no_cell_of_the_file_begins_like_a_formula(clock: SettableClock, begins: str) -> None:
    entry = Entry(
        id=1, at=clock(), actor="a", action=begins, kind="callback", ids=("x",), within=1, reason=begins
    )
    found = Found(entries=[entry], names={"a": begins}, codes={"x": begins})
    _, row = csv.reader(io.StringIO(as_csv(found, words()), newline=""), delimiter=";")
    assert [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
