"""`perheovi staff …`: the people who work here, from the command line. The first admin is made here."""

import sys
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from sqlalchemy.orm import Session

from bot import audit
from bot.app.parts import open_database, prepare_database
from bot.clock import system_clock
from bot.commands.settings import read_settings
from bot.guidance import areas as known_areas
from bot.settings import Settings, SetupError
from bot.staff import accounts, changing, resets, second_factor
from bot.staff.accounts import Account
from bot.web import handing_over

T = TypeVar("T")
_BY = "command_line"


def add(email: str, /, *, role: str, area: list[str] | None = None, name: str | None = None) -> None:
    """Add a member of staff; the password is read from standard input.

    Args:
        email: What they sign in with.
        role: advisor, coordinator, owner or admin.
        area: An area they work in, by its id, its name or a municipality; may be given several times. None
            means all.
        name: What colleagues see; default: the part of the e-mail before the @.
    """
    settings = read_settings()
    works_in = ids_of(settings, area)
    password = sys.stdin.readline().strip()

    def work(session: Session, now: datetime) -> None:
        made = accounts.add(
            session,
            email=email,
            name=name or email.partition("@")[0],
            role=role,
            areas=works_in,
            password=password,
            now=now,
        )
        audit.record(session, _BY, "added", "staff", [made.id], now=now)

    in_database(settings, work)
    print(f"{email} may now sign in as {role}.")


def list_staff() -> None:
    """List everybody: e-mail, role, areas, second factor, and whether the account is open."""

    def work(session: Session, _now: datetime) -> tuple[list[Account], frozenset[str]]:
        return accounts.everybody(session), second_factor.everybody_with(session)

    people, with_factor = in_database(read_settings(), work)
    for person in people:
        state = "open" if person.active else "closed"
        factor = "second factor" if person.id in with_factor else "password only"
        places = ",".join(person.areas) or "all areas"
        print(f"{person.email}\t{person.role}\t{places}\t{factor}\t{state}")


def disable(email: str, /) -> None:
    """Close an account; its sign-ins end at once, and what it holds goes back into the queue."""

    def work(session: Session, staff_id: str) -> Account | None:
        closed = changing.disable(session, staff_id)
        if closed is not None:
            handing_over.given_back(session, closed.id, closed.name, now=system_clock())
        return closed

    _change(email, "disable", work)
    print(f"{email} is closed.")


def enable(email: str, /) -> None:
    """Open a closed account again."""
    _change(email, "enable", changing.enable)
    print(f"{email} is open.")


def reset(email: str, /, *, remove_second_factor: bool = False) -> None:
    """Print a link behind which somebody chooses a new password: for one use, 24 hours.

    Args:
        email: Whose.
        remove_second_factor: Take the second factor away too, when the telephone is lost.
    """
    settings, made = read_settings(), []

    def work(session: Session, staff_id: str) -> Account | None:
        account = session.get(Account, staff_id)
        if account is None or not account.active:
            return None
        if remove_second_factor and second_factor.remove(session, staff_id):
            changing.end_sign_ins(session, staff_id)
        made.append(resets.make(session, staff_id, system_clock()))
        return account

    _change(email, "reset_made", work)
    ours = str(settings.public_url).rstrip("/") if settings.public_url is not None else ""
    print(f"{ours}/staff/reset?token={made[0]}")


def _change(email: str, action: str, work: Callable[[Session, str], Account | None]) -> None:
    def done(session: Session, now: datetime) -> Account | None:
        account = accounts.by_email(session, email)
        changed = work(session, account.id) if account else None
        if changed is not None:
            audit.record(session, _BY, action, "staff", [changed.id], now=now)
        return changed

    if in_database(read_settings(), done) is None:
        raise SetupError(f"'{email}' has no open account here (see `perheovi staff list`).")


def in_database(settings: Settings, work: Callable[[Session, datetime], T]) -> T:
    """Run `work` in the installation's database, which is brought up to date first. Raises `SetupError`."""
    database = open_database(settings)
    try:
        prepare_database(settings, database, system_clock)
        return database.write_now(lambda session: work(session, system_clock()))
    except accounts.AccountError as error:
        raise SetupError(str(error)) from error
    finally:
        database.close()


def ids_of(settings: Settings, given: list[str] | None) -> tuple[str, ...]:
    """The ids of the areas somebody means. Raises `SetupError`."""
    known = known_areas.load(settings.catalogue_dir)
    return tuple(dict.fromkeys(_area(known, one) for one in given or ()))


def _area(known: known_areas.Areas, given: str) -> str:
    wanted = given.strip().casefold()
    for area in known.all:
        if wanted in {area.id, *(name.casefold() for name in area.name.all().values())}:
            return area.id
    found = known.area_of(given)
    if found.id == known_areas.ELSEWHERE:
        raise SetupError(f"'{given}' is not an area (use one of {', '.join(known.by_id)})")
    return found.id
