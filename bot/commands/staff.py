"""`perheovi staff add` and `perheovi token add`: the first admin, and programs that use the API."""

import sys

from bot.app.parts import open_database, prepare_database
from bot.clock import system_clock
from bot.commands.settings import read_settings
from bot.guidance import areas
from bot.settings import SetupError
from bot.staff import accounts, tokens
from bot.staff.passwords import PasswordTooShortError


def add(email: str, /, *, role: str, area: list[str] | None = None, name: str | None = None) -> None:
    """Add a member of staff; the password is read from standard input.

    Args:
        email: What they sign in with.
        role: advisor, coordinator, owner or admin.
        area: An area they work in, by its id, its name or a municipality; may be given several times. None
            means all.
        name: What colleagues see; default: the part of the e-mail before the @.
    """
    password = sys.stdin.readline().rstrip("\n")
    settings = read_settings()
    known = areas.load(settings.catalogue_dir)
    works_in = tuple(dict.fromkeys(_area(known, given) for given in area or ()))
    database = open_database(settings)
    try:
        prepare_database(settings, database, system_clock)
        database.write_now(
            lambda session: accounts.add(
                session,
                email=email,
                name=name or email.partition("@")[0],
                role=role,
                areas=works_in,
                password=password,
                now=system_clock(),
            )
        )
    except (accounts.AccountError, PasswordTooShortError) as error:
        raise SetupError(str(error)) from error
    finally:
        database.close()
    print(f"{email} may now sign in as {role}.")


def _area(known: areas.Areas, given: str) -> str:
    """The id of the area somebody means."""
    wanted = given.strip().casefold()
    for area in known.all:
        if wanted in {area.id, *(name.casefold() for name in area.name.all().values())}:
            return area.id
    found = known.area_of(given)
    if found.id == areas.ELSEWHERE:
        raise SetupError(f"'{given}' is not an area (use one of {', '.join(known.by_id)})")
    return found.id


def add_token(name: str, /, *, role: str) -> None:
    """Make a token for the staff API; it is printed alone on the last line, and never again.

    Args:
        name: What the token is called, in the queue too when it holds a callback.
        role: advisor, coordinator, owner or admin.
    """
    settings = read_settings()
    database = open_database(settings)
    try:
        prepare_database(settings, database, system_clock)
        token = database.write_now(
            lambda session: tokens.add(session, name=name, role=role, now=system_clock())
        )
    except accounts.AccountError as error:
        raise SetupError(str(error)) from error
    finally:
        database.close()
    print(token)
