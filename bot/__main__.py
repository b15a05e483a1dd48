"""The command `perheovi`: one list of what can be asked of it. Mistakes from outside end in one clear sentence.

Commands are named by where they are, so that starting one does not load what another needs.
"""

import sys
from collections.abc import Iterator

from cyclopts import App
from pydantic import ValidationError

from bot import __version__
from bot.content import ContentError

_TOLD = (
    ("bot.settings", "SetupError"),
    ("bot.database", "DatabaseUnavailableError"),
    ("bot.understanding.model", "ModelError"),
)
"""Errors whose message says what to do, and the module of each; loaded only where a command has loaded it."""

app = App(
    name="perheovi", help="One door through which a Finnish family gets help early.", version=__version__
)
for name in ("serve", "prepare"):
    app.command(f"bot.commands.serve:{name}", name=name)
app.command("bot.commands.talk:talk", name="talk")
app.command("bot.commands.check:check", name="check")
for name in ("understand", "train", "evaluate"):
    app.command(f"bot.commands.learn:{name}", name=name)

_catalog = App(name="catalog", help="The catalogue of services.")
for name in ("search", "check"):
    _catalog.command(f"bot.commands.catalogue:{name}", name=name)
_catalog.command("bot.commands.export:export", name="export")
_catalog.command("bot.commands.import_catalogue:import_catalogue", name="import")
app.command(_catalog)

_staff = App(name="staff", help="The people who work here.")
for name, command in (
    ("add", "add"), ("list", "list_staff"), ("disable", "disable"), ("enable", "enable"), ("reset", "reset"),
):  # fmt: skip
    _staff.command(f"bot.commands.staff:{command}", name=name)
app.command(_staff)

_token = App(name="token", help="Tokens for programs that use the staff API.")
for name, command in (("add", "add"), ("list", "list_tokens"), ("revoke", "revoke")):
    _token.command(f"bot.commands.token:{command}", name=name)
app.command(_token)

_audit = App(name="audit", help="The audit: who read and did what.")
_audit.command("bot.commands.audit:verify", name="verify")
app.command(_audit)

_db = App(name="db", help="The database.")
_db.command("bot.commands.serve:upgrade_database", name="upgrade")
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
    except Exception as error:
        if not isinstance(error, tuple(_loaded())):
            raise
        _fail(str(error))


def _loaded() -> Iterator[type[Exception]]:
    for module, name in _TOLD:
        if module in sys.modules:
            yield getattr(sys.modules[module], name)


def _fail(*lines: str) -> None:
    for line in lines:
        print(line, file=sys.stderr)
    sys.exit(1)


if __name__ == "__main__":
    main()
