"""Letters to staff: once for each occasion, neutral words, through a post office and a gateway."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from email.headerregistry import Address
from email.message import EmailMessage

import pytest
from pydantic import AnyHttpUrl
from sqlalchemy import select, update

from bot.alarms import letters, mornings
from bot.alarms.tables import StaffLetterRow
from bot.callbacks import queue
from bot.callbacks.notices import Way
from bot.callbacks.request import Actor
from bot.callbacks.tables import CallbackRow
from bot.channels.letters.sending import LetterSender
from bot.channels.letters.wording import worded
from bot.channels.notices.mail import MailServer
from bot.channels.notices.sms import open_gateway
from bot.clock import SettableClock
from bot.database import Database
from bot.guidance.areas import Areas
from bot.jobs.alarming import alarm_jobs
from bot.jobs.running import Runner
from bot.reach import EVERYWHERE
from bot.rota.reading import RotaCache
from bot.staff import accounts
from tests.alarms.test_watching import arrives, later, looks, person, watches
from tests.notices.gateway import TOKEN, Gateway
from tests.notices.post_office import PostOffice
from tests.staff.building import AREAS_READ

URL = "https://perheovi.example.org"


@dataclass
class Post:
    """A post office, a gateway, and the sender that uses them."""

    office: PostOffice
    gateway: Gateway
    sender: LetterSender

    def texts(self) -> list[tuple[str, str, str]]:
        """To whom, subject and text of every letter."""
        return [(one["To"], one["Subject"], _text(one)) for one in self.office.letters]


def _text(letter: EmailMessage) -> str:
    return str(letter.get_content()).strip().replace("\r\n", "\n")


@pytest.fixture
async def post(database: Database, clock: SettableClock) -> AsyncIterator[Post]:
    office, gateway = PostOffice(), Gateway()
    await office.start()
    await gateway.start()
    mail = MailServer(
        host="127.0.0.1",
        port=office.port,
        security="none",
        sender=Address("Perheovi", addr_spec="x@example.org"),
    )
    area = AREAS_READ.by_id["jarvenpaa"].model_copy(update={"duty": ("+358501112233",)})
    areas = Areas((area, *(one for one in AREAS_READ.all if one.id != "jarvenpaa")))
    ways = {
        Way.EMAIL: mail.deliver,
        Way.SMS: open_gateway(AnyHttpUrl(gateway.url), TOKEN, "Perheovi").deliver,
    }
    yield Post(
        office, gateway, LetterSender(database=database, clock=clock, areas=areas, ways=ways, public_url=URL)
    )
    await office.stop()
    await gateway.stop()


async def test_a_crisis_nobody_takes_is_written_of_without_a_family_s_words(
    post: Post, database: Database, clock: SettableClock
) -> None:
    person(database, clock, "kerttu", "coordinator", "jarvenpaa")
    arrives(database, clock, urgency="immediate", notes="mies lyö", name="Maija")
    for _ in range(3):
        watches(database, clock, "nobody")
        looks(database, clock, post.sender.areas)
        later(clock, minutes=5)
    assert await post.sender.work_off() == 4  # two alarms, to the coordinator and to the duty number
    told = dict.fromkeys(text for _, _, text in post.texts())
    crisis = (
        "Järvenpää: kiireellinen soittopyyntö on odottanut klo 10.00 lähtien, eikä kukaan ole ottanut sitä."
    )
    assert any(text.startswith(crisis) for text in told)
    assert all(text.endswith(f"Avaa hälytykset ja kuittaa: {URL}/staff/alarms") for text in told)
    assert {to for to, _, _ in post.texts()} == {"kerttu@example.org"}
    assert {message["to"] for message in post.gateway.taken.values()} == {"+358501112233"}
    assert "lyö" not in str(post.texts()) + str(post.gateway.taken)
    assert await post.sender.work_off() == 0


@pytest.mark.parametrize(
    ("kind", "since", "said"),
    [
        ("crisis", "2026-11-24T08:05:00+00:00", "on odottanut klo 10.05 lähtien"),
        ("unwatched", "2026-11-20T08:05:00+00:00", "Vanhin on odottanut 20.11. klo 10.05 lähtien."),
        ("late", "2026-11-23T22:00:00+00:00", "Vanhin luvattiin soittaa viimeistään 23.11."),
        ("late", "2026-11-24T07:30:00+00:00", "Vanhimman aika oli klo 9.30."),
    ],
)
def test_the_time_is_said_as_people_say_it(clock: SettableClock, kind: str, since: str, said: str) -> None:
    detail = {"kind": kind, "area": "jarvenpaa", "since": since}
    letter = letters.Letter(1, "staff:1", "alarm:1", letters.Kind.ALARM, detail, clock(), 1)
    text = worded(letter, AREAS_READ, None).text
    assert text.startswith("Järvenpää: ")
    assert said in text


async def test_a_letter_the_server_does_not_take_is_tried_again_and_given_up(
    post: Post, database: Database, clock: SettableClock
) -> None:
    staff_id = person(database, clock, "kerttu", "coordinator")
    detail = {"monday": "2026-11-23", "areas": {}}
    database.write_now(
        lambda s: letters.put(
            s, letters.to_staff(staff_id), "digest:1", letters.Kind.DIGEST, detail, now=clock()
        )
    )
    post.office.refuses["LETTER"] = "451 later"
    assert await post.sender.work_off() == 1
    assert await post.sender.work_off() == 0
    del post.office.refuses["LETTER"]
    later(clock, minutes=1)
    assert await post.sender.work_off() == 1
    assert [to for to, _, _ in post.texts()][-1] == "kerttu@example.org"


async def test_a_letter_to_somebody_who_has_left_is_not_sent(
    post: Post, database: Database, clock: SettableClock
) -> None:
    staff_id = person(database, clock, "kerttu", "coordinator")
    database.write_now(lambda s: s.execute(update(accounts.Account).values(active=False)))
    database.write_now(
        lambda s: letters.put(s, letters.to_staff(staff_id), "digest:1", letters.Kind.DIGEST, {}, now=clock())
    )
    await post.sender.work_off()
    states = database.read_now(lambda s: s.execute(select(StaffLetterRow.state, StaffLetterRow.reason)).all())
    assert [tuple(row) for row in states] == [("dropped", "no_address")]
    assert post.texts() == []


async def test_on_monday_each_coordinator_gets_the_figures_of_their_areas_once(
    post: Post, database: Database, clock: SettableClock
) -> None:
    person(database, clock, "kerttu", "coordinator", "jarvenpaa")
    person(database, clock, "mikko", "coordinator")
    person(database, clock, "aino", "advisor")
    for area, number in (("jarvenpaa", 7), ("askola", 3)):
        for last in range(number):
            arrives(database, clock, area=area, phone=f"+35850{len(area)}0000{last:02}")
    runners = [Runner(database, clock) for _ in range(3)]
    digest = next(
        job for job in alarm_jobs(AREAS_READ, RotaCache(AREAS_READ)) if job.name == "digest of the week"
    )
    clock.set(clock() + timedelta(days=6) - timedelta(hours=3, minutes=1))  # Monday 6.59 in Finland
    for _ in range(4):
        for runner in runners:
            await runner.seek()
            await runner.run(digest)
        later(clock, minutes=20)
    assert await post.sender.work_off() == 2
    texts = {to: text for to, _, text in post.texts()}
    assert set(texts) == {"kerttu@example.org", "mikko@example.org"}
    assert (
        "Viikko 48\nJärvenpää: uusia 7, soitettu 0, peruttu 0, luvatussa ajassa 0"
        in texts["kerttu@example.org"]
    )
    assert "Askola" not in texts["kerttu@example.org"]
    assert "Askola: uusia alle 5" in texts["mikko@example.org"]


async def test_in_the_morning_each_is_told_what_is_agreed_for_today(
    post: Post, database: Database, clock: SettableClock
) -> None:
    aino = person(database, clock, "aino", "advisor")
    person(database, clock, "veikko", "advisor")
    agreed = arrives(database, clock)
    by = Actor(aino, "Aino", EVERYWHERE)
    database.write_now(lambda s: queue.claim(s, agreed.id, by, now=clock(), lease=timedelta(days=3)))
    tomorrow = clock() + timedelta(days=1)
    database.write_now(
        lambda s: s.execute(
            update(CallbackRow).values(window_start=tomorrow, due_at=tomorrow + timedelta(hours=1))
        )
    )
    clock.set(tomorrow - timedelta(hours=2))
    assert database.write_now(lambda s: mornings.write_days(s, clock())) == 1
    assert database.write_now(lambda s: mornings.write_days(s, clock())) == 0
    await post.sender.work_off()
    ((to, subject, text),) = post.texts()
    assert (to, subject) == ("aino@example.org", "Perheovi – tämän päivän soitot")
    assert text.startswith("Sinulle sovittuja soittoja tänään: 1. Ensimmäinen klo 10.00.")
