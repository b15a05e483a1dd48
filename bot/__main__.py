"""The command `perheovi`: one list of what can be asked of it. Mistakes from outside end in one clear sentence."""

import sys

from cyclopts import App
from pydantic import ValidationError

from bot import __version__
from bot.app.parts import SetupError
from bot.commands import catalogue, check, learn, serve, staff, talk
from bot.content import ContentError
from bot.database import DatabaseUnavailableError

app = App(
    name="perheovi", help="One door through which a Finnish family gets help early.", version=__version__
)
app.command(serve.serve)
app.command(serve.prepare)
app.command(talk.talk)
app.command(check.check)
app.command(learn.understand)
app.command(learn.train)
app.command(learn.evaluate)

_catalog = App(name="catalog", help="The catalogue of services.")
_catalog.command(catalogue.search)
_catalog.command(catalogue.check)
_catalog.command(catalogue.export)
app.command(_catalog)

_staff = App(name="staff", help="The people who work here.")
_staff.command(staff.add)
app.command(_staff)

_token = App(name="token", help="Tokens for programs that use the staff API.")
_token.command(staff.add_token, name="add")
app.command(_token)

_db = App(name="db", help="The database.")
_db.command(serve.upgrade_database, name="upgrade")
app.command(_db)


def main() -> None:
    """Run the command named on the command line."""
    try:
        sys.exit(app(result_action="return_value") or 0)
    except ContentError as error:
        _fail(*map(str, error.problems))
    except ValidationError as error:
        _fail(
            *(f"PERHEOVI_{'_'.join(map(str, item['loc'])).upper()}: {item['msg']}" for item in error.errors())
        )
    except (SetupError, DatabaseUnavailableError) as error:
        _fail(str(error))


def _fail(*lines: str) -> None:
    for line in lines:
        print(line, file=sys.stderr)
    sys.exit(1)


if __name__ == "__main__":
    main()
