"""The second factor: a code opens once, wrong ones run out, and recovery codes stand in for the telephone."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.clock import SettableClock
from bot.database import Database
from bot.staff import accounts, changing, second_factor, sign_ins
from bot.staff.second_factor import RecoveryCode, SecondFactor
from bot.staff.sign_ins import MustWait, NeedsCode, Refused, SignedIn, StartAgain
from tests.staff.authenticator import Authenticator

PASSWORD = "kuusi-ja-lumi-2026"
EMAIL = "aino@example.org"


@pytest.fixture
def aino(database: Database, clock: SettableClock) -> str:
    def add(session: Session) -> str:
        made = accounts.add(
            session, email=EMAIL, name="Aino Lehtola", role="advisor", password=PASSWORD, now=clock()
        )
        session.flush()
        return made.id

    return database.write_now(add)


@pytest.fixture
def app(database: Database, clock: SettableClock, aino: str) -> Authenticator:
    """Aino's telephone, enrolled a minute ago."""
    offer = database.read_now(
        lambda session: second_factor.offer(session, session.get_one(accounts.Account, aino), clock())
    )
    telephone = Authenticator(offer.key)
    codes = database.write_now(
        lambda session: second_factor.enrol(session, aino, offer.box, telephone.code(clock()), clock())
    )
    assert codes is not None
    telephone.recovery_codes = codes
    clock.set(clock() + timedelta(minutes=1))
    return telephone


async def half(database: Database, clock: SettableClock) -> str:
    outcome = await sign_ins.sign_in(database, EMAIL, PASSWORD, now=clock())
    assert isinstance(outcome, NeedsCode)
    return outcome.box


def given(
    database: Database, clock: SettableClock, box: str, code: str
) -> SignedIn | Refused | StartAgain | MustWait:
    return database.write_now(lambda session: sign_ins.give_code(session, box, code, clock()))


def test_the_codes_are_those_of_the_standard() -> None:
    # RFC 6238, appendix B, its first rows for SHA-1, shortened to six digits.
    app = Authenticator("GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ")
    assert [app.code_at(seconds) for seconds in (59, 1111111109, 1234567890)] == [
        "287082",
        "081804",
        "005924",
    ]


async def test_password_and_code_sign_in_and_the_code_works_once(
    database: Database, clock: SettableClock, app: Authenticator
) -> None:
    box, code = await half(database, clock), app.code(clock())
    assert isinstance(given(database, clock, box, code), SignedIn)
    assert given(database, clock, await half(database, clock), code) == Refused()
    clock.set(clock() + timedelta(seconds=30))
    assert isinstance(given(database, clock, await half(database, clock), app.code(clock())), SignedIn)


async def test_the_password_alone_leaves_no_sign_in_behind(
    database: Database, clock: SettableClock, app: Authenticator
) -> None:
    box = await half(database, clock)
    assert database.read_now(lambda session: session.scalar(select(accounts.SignIn))) is None
    assert database.read_now(lambda session: sign_ins.holder(session, box, clock())) is None
    assert app.recovery_codes


@pytest.mark.parametrize(
    ("seconds", "is_taken"), [(-90, False), (-60, False), (-30, True), (0, True), (30, True), (60, False)]
)
async def test_a_clock_may_be_half_a_minute_off_and_no_more(
    database: Database, clock: SettableClock, app: Authenticator, seconds: int, is_taken: bool
) -> None:
    clock.set(clock() + timedelta(minutes=5))
    code = app.code(clock() + timedelta(seconds=seconds))
    assert isinstance(given(database, clock, await half(database, clock), code), SignedIn) == is_taken


async def test_a_code_of_an_earlier_step_than_the_last_used_is_refused(
    database: Database, clock: SettableClock, app: Authenticator
) -> None:
    earlier, later = app.code(clock() - timedelta(seconds=30)), app.code(clock())
    assert isinstance(given(database, clock, await half(database, clock), later), SignedIn)
    assert given(database, clock, await half(database, clock), earlier) == Refused()


async def test_wrong_codes_run_out_and_giving_the_password_again_buys_no_more(
    database: Database, clock: SettableClock, app: Authenticator
) -> None:
    for _ in range(5):
        assert given(database, clock, await half(database, clock), "000000") == Refused()
    until = clock() + timedelta(minutes=30)
    assert await sign_ins.sign_in(database, EMAIL, PASSWORD, now=clock()) == MustWait(until)
    clock.set(until)
    assert isinstance(given(database, clock, await half(database, clock), app.code(clock())), SignedIn)


async def test_of_many_codes_at_one_half_sign_in_five_are_looked_at(
    database: Database, clock: SettableClock, app: Authenticator
) -> None:
    box = await half(database, clock)
    outcomes = [given(database, clock, box, f"{n:06}") for n in range(100)]
    assert outcomes.count(Refused()) == 5
    assert isinstance(given(database, clock, box, app.code(clock())), MustWait)


async def test_a_recovery_code_stands_in_once_however_it_is_typed(
    database: Database, clock: SettableClock, app: Authenticator
) -> None:
    assert len(set(app.recovery_codes)) == 10
    typed = f" {app.recovery_codes[3].upper().replace('-', ' ')} "
    assert isinstance(given(database, clock, await half(database, clock), typed), SignedIn)
    assert given(database, clock, await half(database, clock), app.recovery_codes[3]) == Refused()
    assert isinstance(given(database, clock, await half(database, clock), app.recovery_codes[4]), SignedIn)


@pytest.mark.parametrize("what", ["time", "closed", "password", "nonsense", "without"])
async def test_half_a_sign_in_ends_with_time_and_with_what_it_was_made_of(
    database: Database, clock: SettableClock, app: Authenticator, aino: str, what: str
) -> None:
    box = await half(database, clock)
    match what:
        case "time":
            clock.set(clock() + timedelta(minutes=10))
        case "closed":
            database.write_now(lambda session: changing.disable(session, aino))
        case "password":
            changed = accounts.hashed(PASSWORD + "!")
            database.write_now(
                lambda session: setattr(session.get_one(accounts.Account, aino), "password_hash", changed)
            )
        case "nonsense":
            box = "ei mitään"
        case "without":
            database.write_now(lambda session: second_factor.remove(session, aino))
    wanted = Refused() if what == "without" else StartAgain()
    assert given(database, clock, box, app.code(clock())) == wanted


async def test_neither_the_secret_nor_a_recovery_code_is_readable_in_the_database(
    database: Database, app: Authenticator
) -> None:
    def kept(session: Session) -> tuple[bytes, str]:
        box = session.scalars(select(SecondFactor.box)).one()
        return box, " ".join(session.scalars(select(RecoveryCode.mark)))

    box, marks = database.read_now(kept)
    assert app.key not in box
    assert app.key.hex().encode() not in box
    assert not any(re.sub("-", "", code) in marks for code in app.recovery_codes)


async def test_a_wrong_first_code_keeps_nothing_and_an_old_offer_is_no_good(
    database: Database, clock: SettableClock, aino: str
) -> None:
    offer = database.read_now(
        lambda session: second_factor.offer(session, session.get_one(accounts.Account, aino), clock())
    )
    telephone = Authenticator(offer.key)

    def enrol(box: str, code: str) -> tuple[str, ...] | None:
        return database.write_now(lambda session: second_factor.enrol(session, aino, box, code, clock()))

    assert enrol(offer.box, "000000") is None
    assert enrol("ei mitään", telephone.code(clock())) is None
    clock.set(clock() + timedelta(minutes=31))
    assert enrol(offer.box, telephone.code(clock())) is None
    assert not database.read_now(lambda session: second_factor.is_on(session, aino))


def test_an_offer_made_for_somebody_else_is_no_good(
    database: Database, clock: SettableClock, aino: str
) -> None:
    other = accounts.Account(id="0" * 32, email="veikko@example.org")
    offer = database.read_now(lambda session: second_factor.offer(session, other, clock()))
    code = Authenticator(offer.key).code(clock())
    assert (
        database.write_now(lambda session: second_factor.enrol(session, aino, offer.box, code, clock()))
        is None
    )
