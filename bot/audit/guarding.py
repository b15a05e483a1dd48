"""What the database itself refuses: changing a row of the audit, sealing one twice, deleting any.

The same statements make the triggers of a new database and stand in the migration. Who owns the database can take them
away; then the chain still tells (`bot.audit.chain`).
"""

from collections.abc import Iterator

from bot.audit.rows import AuditRow
from bot.database import when_made

_SAME = ("id", "at", "actor", "action", "kind", "ids", "box")
_SQLITE_CHANGED = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in _SAME)
_POSTGRES_CHANGED = " OR ".join(
    f"NEW.{name}{cast} IS DISTINCT FROM OLD.{name}{cast}"
    for name, cast in ((name, "::text" if name == "ids" else "") for name in _SAME)
)
_SEALED_ONCE = "OLD.seal IS NOT NULL OR NEW.seal IS NULL OR NEW.previous IS NULL"
_AREAS_CHANGED = (
    "OLD.areas IS NOT NULL AND (NEW.areas IS NULL OR CAST(NEW.areas AS TEXT) <> CAST(OLD.areas AS TEXT))"
)
"""The sealer may add which areas an entry touched, once."""

_IS_THERE = "EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)"
_WHEN_NOT_SEALING = f"WHEN ({_SEALED_ONCE} OR ({_AREAS_CHANGED}) OR {_POSTGRES_CHANGED})"
_UNLESS_SEALING = f"WHEN {_SEALED_ONCE} OR ({_AREAS_CHANGED}) OR {_SQLITE_CHANGED}"
_REFUSING = """CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the audit is only added to'; END $$"""
_REFUSED = "BEGIN SELECT RAISE(ABORT, 'the audit is only added to'); END"
_REFUSE = "EXECUTE FUNCTION audit_refuse()"

SQLITE = (
    f"CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit {_REFUSED}",
    f"CREATE TRIGGER audit_is_only_sealed BEFORE UPDATE ON audit {_UNLESS_SEALING} {_REFUSED}",
    # INSERT OR REPLACE deletes without asking the trigger of deletion.
    f"CREATE TRIGGER audit_is_never_replaced BEFORE INSERT ON audit WHEN {_IS_THERE} {_REFUSED}",
)
POSTGRESQL = (
    _REFUSING,
    f"CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit FOR EACH ROW {_REFUSE}",
    f"CREATE TRIGGER audit_is_never_emptied BEFORE TRUNCATE ON audit FOR EACH STATEMENT {_REFUSE}",
    f"CREATE TRIGGER audit_is_only_sealed BEFORE UPDATE ON audit FOR EACH ROW {_WHEN_NOT_SEALING} {_REFUSE}",
)
_NAMES = (
    "audit_is_never_deleted",
    "audit_is_only_sealed",
    "audit_is_never_replaced",
    "audit_is_never_emptied",
)


def statements(dialect: str) -> tuple[str, ...]:
    """What makes the triggers on `sqlite` or `postgresql`."""
    return POSTGRESQL if dialect == "postgresql" else SQLITE


def taking_away(dialect: str) -> Iterator[str]:
    """What takes them away again, for a step back to older tables."""
    on = " ON audit" if dialect == "postgresql" else ""
    yield from (f"DROP TRIGGER IF EXISTS {name}{on}" for name in _NAMES)
    if dialect == "postgresql":
        yield "DROP FUNCTION IF EXISTS audit_refuse()"


when_made(AuditRow, statements)
