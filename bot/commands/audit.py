"""`perheovi audit verify`: whether the chain of the audit holds, and where it does not."""

from bot.app.parts import open_database, prepare_database
from bot.audit import chain
from bot.audit.chain import Anchor, Break, Verified
from bot.clock import system_clock
from bot.commands.settings import read_settings
from bot.settings import SetupError

_WHAT = {
    "altered": "row {id} was changed after it was sealed",
    "missing": "something before row {id} was deleted or moved",
    "unsealed": "row {id} was put in, or lost its seal, after its neighbours were sealed",
    "cut_off": "the rows after {id} were cut off",
    "anchor": "row {id} has not the seal that you kept",
}


def verify(*anchor: str) -> int:
    """Look through the whole chain; prints each place where it does not hold and then ends with 1.

    Args:
        anchor: Seals kept elsewhere, each as the log and the audit page show it (`1234:9f3c…`).
    """
    anchors = tuple(map(_anchor, anchor))
    settings = read_settings()
    database = open_database(settings)
    try:
        prepare_database(settings, database, system_clock)
        found = database.read_now(lambda session: chain.verify(session, anchors))
    finally:
        database.close()
    for one in found.breaks:
        print(_said(one))
    print(_summary(found))
    return 1 if found.breaks else 0


def _anchor(written: str) -> Anchor:
    number, _, seal = written.partition(":")
    if not number.isdigit() or len(seal) != len(chain.FIRST):
        raise SetupError(
            f"'{written}' is not an anchor (write it as NUMBER:SEAL, as the audit page shows it)"
        )
    return Anchor(int(number), seal)


def _said(one: Break) -> str:
    return _WHAT[one.what].format(id=one.id)


def _summary(found: Verified) -> str:
    state = "does NOT hold" if found.breaks else "holds"
    last = f"{found.last.id}:{found.last.seal}"
    return f"The chain {state}: {found.rows} rows sealed, {found.waiting} waiting. It ends at {last}"
