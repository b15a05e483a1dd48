"""The queue as an advisor sees it."""

import asyncio
import itertools
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import event

from bot import audit
from bot.callbacks import queue
from bot.callbacks.missed_calls import Kind, MissedCall, TakenIn, take_in
from bot.callbacks.request import FAMILY, Booked, NewCallback
from bot.callbacks.worklist import PER_PAGE
from bot.clock import SettableClock
from bot.database import Database
from tests.staff import building
from tests.staff.building import Client, Open, a_person, signed_in

_NUMBERS = itertools.count(1_000_000)


def a_request(database: Database, clock: SettableClock, **changed: Any) -> Booked:
    """A family of its own: two requests of one number for one matter would become one."""
    return building.a_request(database, clock, **{"phone": f"+35850{next(_NUMBERS)}", **changed})


async def test_an_empty_queue_says_so(
    client: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    await signed_in(client, a_person(sqlite_database, clock, "Aino Lehtola"))
    assert "Jono on tyhjä." in await (await client.get("/staff/")).text()


async def test_a_row_tells_the_matter_words_place_ages_and_what_to_mind(
    client: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    a_request(
        sqlite_database,
        clock,
        message_allowed=False,
        language="ru",
        interpreter="ru",
        child_ages=(4.0, 7 / 12),
    )
    await signed_in(client, a_person(sqlite_database, clock, "Aino Lehtola"))
    page = await (await client.get("/staff/")).text()
    for words in (
        "Kasvatus ja rajat", "joka aamu sama huuto eteisessä", "Järvenpää", "4 v, 7 kk", "Ei viestiä",
        "venäjä, tulkki", ">Uusi<", "viimeistään pe\u00a027.11.", "Tulossa 1",
    ):  # fmt: skip
        assert words in page
    assert "501234567" not in page.replace(" ", "")


async def test_crisis_comes_first_then_late_then_today_then_coming(
    client: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    a_request(sqlite_database, clock, notes="tavallinen asia")
    a_request(sqlite_database, clock, notes="hätä nyt", urgency="immediate", category="violence_now")
    await signed_in(client, a_person(sqlite_database, clock, "Aino Lehtola"))
    page = await (await client.get("/staff/")).text()
    assert (
        page.index("Kriisi")
        < page.index("hätä nyt")
        < page.index("Tulossa 1")
        < page.index("tavallinen asia")
    )
    assert "Väkivalta nyt" in page
    assert "Ota heti" in page
    clock.set(clock() + timedelta(days=4))
    await signed_in(client, "aino@example.org")
    page = await (await client.get("/staff/")).text()
    assert page.index("hätä nyt") < page.index("Myöhässä 1") < page.index("tavallinen asia")
    assert "10 h myöhässä" in page


async def test_the_first_to_press_gets_the_call_and_the_second_learns_who(
    open_client: Open, sqlite_database: Database, clock: SettableClock
) -> None:
    one, two = await open_client(), await open_client()
    await signed_in(one, a_person(sqlite_database, clock, "Aino Lehtola"))
    await signed_in(two, a_person(sqlite_database, clock, "Veikko Sarala"))
    callback_id = a_request(sqlite_database, clock).id
    answers = await asyncio.gather(
        *(who.post(f"/staff/callbacks/{callback_id}/claim", allow_redirects=False) for who in (one, two))
    )
    assert sorted(answer.status for answer in answers) == [303, 409]
    holder = "Aino Lehtola" if answers[0].status == 303 else "Veikko Sarala"
    refused = answers[1] if answers[0].status == 303 else answers[0]
    assert f"{holder} ehti ottaa tämän soiton." in await refused.text()
    loser = two if answers[0].status == 303 else one
    page = await (await loser.get("/staff/")).text()
    assert "Muilla nyt" in page
    assert holder in page


async def test_a_call_the_family_has_cancelled_cannot_be_taken(
    client: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    await signed_in(client, a_person(sqlite_database, clock, "Aino Lehtola"))
    callback_id = a_request(sqlite_database, clock).id
    sqlite_database.write_now(lambda session: queue.cancel(session, callback_id, by=FAMILY, now=clock()))
    answer = await client.post(f"/staff/callbacks/{callback_id}/claim")
    assert answer.status == 409
    assert "ei enää odoteta" in await answer.text()


async def test_the_queue_is_narrowed_by_area_kind_and_words(
    client: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    a_request(sqlite_database, clock, notes="ensimmäinen")
    code = a_request(
        sqlite_database, clock, area="askola", municipality="Askola", notes="toinen", interpreter="so"
    ).code
    a_request(sqlite_database, clock, area="kangasala", notes="hätä", urgency="immediate")
    await signed_in(client, a_person(sqlite_database, clock, "Aino Lehtola"))

    async def rows(query: str, words: str = "") -> str:
        address = f"/staff/?{query}"
        answer = await (client.post(address, data={"q": words}) if words else client.get(address))
        return (await answer.text()).partition('data-live="rows"')[2]

    for query, words in (
        ("area=askola", ""),
        ("show=interpreter", ""),
        ("show=interpreter&area=askola&language=fi&need=upbringing", ""),
        ("show=all", "toinen"),
        ("show=all", "askola"),
        ("show=all", code),
    ):
        shown = await rows(query, words)
        assert "toinen" in shown
        assert "ensimmäinen" not in shown
    assert "hätä" in await rows("area=askola&show=interpreter&language=ru"), "no filter hides a crisis"
    assert "Näillä rajauksilla ei löydy ketään." in await rows("show=all", "eioleolemassa")


async def test_words_that_were_searched_for_are_in_no_address(
    client: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    await signed_in(client, a_person(sqlite_database, clock, "Aino Lehtola"))
    page = await (await client.post("/staff/?area=askola", data={"q": "Maija"})).text()
    assert "q=" not in page
    assert 'value="Maija"' in page


async def test_the_queue_opens_as_each_person_left_it(
    open_client: Open, sqlite_database: Database, clock: SettableClock
) -> None:
    one, two = await open_client(), await open_client()
    a_request(sqlite_database, clock, notes="ensimmäinen")
    a_request(sqlite_database, clock, area="askola", municipality="Askola", notes="toinen")
    await signed_in(one, a_person(sqlite_database, clock, "Aino Lehtola"))
    await signed_in(two, a_person(sqlite_database, clock, "Veikko Sarala"))
    await one.get("/staff/?area=askola")
    assert "ensimmäinen" not in await (await one.get("/staff/")).text()
    assert "ensimmäinen" in await (await two.get("/staff/")).text()
    await one.get("/staff/?show=all")
    assert "ensimmäinen" in await (await one.get("/staff/")).text()


async def test_each_filter_says_how_many_wait_there(
    client: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    for language in ("ar", "ar", "sv"):
        a_request(sqlite_database, clock, language=language, area="askola")
    a_request(sqlite_database, clock, language="ar", need="school", needs=("school",))
    await signed_in(client, a_person(sqlite_database, clock, "Aino Lehtola"))
    page = await (await client.get("/staff/?area=askola")).text()
    numbers = dict(
        re.findall(r'<span>(?:<kbd[^>]*>.</kbd>)?([^<]+)</span><span class="number">(\d+)</span>', page)
    )
    assert {name: numbers[name] for name in ("Kaikki alueeni", "Askola", "arabia", "ruotsi", "Järvenpää")} == {
        "Kaikki alueeni": "4", "Askola": "3", "arabia": "2", "ruotsi": "1", "Järvenpää": "1",
    }  # fmt: skip


async def test_a_long_queue_opens_a_screenful_and_leads_to_the_next(
    client: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    for _ in range(PER_PAGE + 2):
        a_request(sqlite_database, clock)
    await signed_in(client, a_person(sqlite_database, clock, "Aino Lehtola"))
    statements: list[str] = []
    event.listen(sqlite_database.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    page = await (await client.get("/staff/")).text()
    assert page.count("data-row") == PER_PAGE
    assert [one.split()[0] for one in statements if one[0] != "B"] == ["SELECT", "SELECT", "SELECT", "INSERT"]
    audited = sqlite_database.read_now(audit.latest)[0].ids
    assert set(audited) == set(re.findall(r'id="row-([0-9a-f]{32})"', page))
    assert f"1–{PER_PAGE} / {PER_PAGE + 2}" in page
    second = await (await client.get("/staff/?show=all&page=2")).text()
    assert second.count("data-row") == 2
    assert f"Tulossa {PER_PAGE + 2}" in second


async def test_one_line_of_audit_for_one_look_at_the_queue(
    client: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    ids = {a_request(sqlite_database, clock).id for _ in range(3)}
    await signed_in(client, a_person(sqlite_database, clock, "Aino Lehtola"))
    lines = sqlite_database.read_now(audit.latest)
    assert [(line.action, set(line.ids)) for line in lines] == [("listed", ids)]


async def test_an_open_page_that_looks_by_itself_writes_into_the_audit_only_what_it_has_not_shown_yet(
    client: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    def lines() -> list[tuple[str, ...]]:
        return [
            tuple(line.ids) for line in sqlite_database.read_now(lambda s: audit.latest(s, kind="callback"))
        ]

    async def looks(path: str = "/staff/") -> list[tuple[str, ...]]:
        """The lines that such a look adds."""
        before = len(lines())
        await client.get(path, headers={"Perheovi-By-Itself": "1"})
        after = lines()
        return after[: len(after) - before]

    first = a_request(sqlite_database, clock).id
    await signed_in(client, a_person(sqlite_database, clock, "Aino Lehtola"))
    assert await looks() == []
    second = a_request(sqlite_database, clock, urgency="immediate").id
    assert await looks("/staff/crises") == [(second,)]
    assert await looks() == []
    sqlite_database.write_now(lambda s: queue.correct(s, first, now=clock(), notes="Nyt myös isä on sairas."))
    assert await looks() == [(first,)]  # its words are new
    await client.get("/staff/")  # whoever looks is written down with all that is shown
    assert set(lines()[0]) == {first, second}


async def test_who_has_rung_us_in_vain_is_seen_in_the_queue_and_on_the_page_of_the_call(
    client: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    new = NewCallback(area="muu", phone="+358501234567", channel="missed_call")
    day, now = clock().date() + timedelta(days=3), clock()

    def rings(event_id: str, kind: Kind, recording: str | None = None) -> TakenIn:
        call = MissedCall(event_id=event_id, caller=new.phone, called_at=now, kind=kind, recording=recording)
        return sqlite_database.write_now(lambda s: take_in(s, call, new, promised_day=day, now=now))

    made = rings("1", "missed")
    await signed_in(client, a_person(sqlite_database, clock, "Aino Lehtola"))
    assert "Soitti meille" in await (await client.get("/staff/")).text()
    rings("2", "voicemail", "vm/000123")
    page = await (await client.get("/staff/")).text()
    assert "Viesti vastaajassa" in page
    assert page.count("data-row") == 1
    call_page = await (await client.get(f"/staff/callbacks/{made.callback}")).text()
    for words in (
        "Vastaamattomasta puhelusta",
        "Soitti, eikä kukaan vastannut",
        "Jätti viestin",
        "vm/000123",
    ):
        assert words in call_page


async def test_a_row_says_whether_anybody_has_opened_it(
    client: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    one = a_request(sqlite_database, clock)
    await signed_in(client, a_person(sqlite_database, clock, "Aino Lehtola"))
    assert ">Uusi<" in await (await client.get("/staff/")).text()
    await client.get(f"/staff/callbacks/{one.id}")
    assert ">Avattu<" in await (await client.get("/staff/")).text()


async def test_the_crises_alone_are_the_first_group_of_the_page_and_take_one_select_and_one_insert(
    client: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    a_request(sqlite_database, clock, notes="tavallinen asia")
    crises = [a_request(sqlite_database, clock, urgency="immediate") for _ in range(2)]
    email = a_person(sqlite_database, clock, "Aino Lehtola")
    await signed_in(client, email)
    whole = await (await client.get("/staff/")).text()
    with _statements(sqlite_database) as seen:
        found = await (await client.get("/staff/crises")).text()
    assert sorted(seen) == ["INSERT", "SELECT", "SELECT"], (
        "who is signed in, the crises, the line of the audit"
    )
    group = found[found.index("<section") : found.index("</section>")]
    assert group in whole
    assert found.count("data-row") == 2
    assert set(sqlite_database.read_now(audit.latest)[0].ids) == {one.id for one in crises}
    for one in crises:
        await client.post(f"/staff/callbacks/{one.id}/claim")
    assert "<section" not in await (await client.get("/staff/crises")).text()


@contextmanager
def _statements(database: Database) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(*found: Any) -> None:
        verb = found[2].split()[0]
        if verb != "BEGIN":
            seen.append(verb)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
