"""What the database itself counts: every entry of a callback's history moves the queue's counter on.

So an entry without its count cannot be, and the change of a turn is one statement shorter. The same statements make the
trigger of a new database and stand in the migration. It fires with the entry, which is the last thing a change writes:
from there until the commit other changes wait for the counter.
"""

from collections.abc import Iterator

from bot.callbacks.tables import CallbackEventRow
from bot.database import when_made

_COUNT = """INSERT INTO queue_revision (id, number) VALUES (1, 1)
ON CONFLICT (id) DO UPDATE SET number = queue_revision.number + 1"""
_NAME = "callback_event_is_counted"

SQLITE = (f"CREATE TRIGGER {_NAME} AFTER INSERT ON callback_event BEGIN {_COUNT}; END",)
_FUNCTION = f"""CREATE OR REPLACE FUNCTION callback_event_count() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN {_COUNT}; RETURN NULL; END $$"""
_EACH = "FOR EACH STATEMENT EXECUTE FUNCTION callback_event_count()"
POSTGRESQL = (_FUNCTION, f"CREATE TRIGGER {_NAME} AFTER INSERT ON callback_event {_EACH}")


def statements(dialect: str) -> tuple[str, ...]:
    """What makes the trigger on `sqlite` or `postgresql`."""
    return POSTGRESQL if dialect == "postgresql" else SQLITE


def taking_away(dialect: str) -> Iterator[str]:
    """What takes it away again, for a step back to older tables."""
    yield f"DROP TRIGGER IF EXISTS {_NAME}{' ON callback_event' if dialect == 'postgresql' else ''}"
    if dialect == "postgresql":
        yield "DROP FUNCTION IF EXISTS callback_event_count()"


when_made(CallbackEventRow, statements)
