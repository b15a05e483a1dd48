"""Who did what to which record, and who read what of which family: rows are only added, and sealed into a chain."""

from bot.audit import chain, guarding  # noqa: F401  (their table and triggers belong to every database)
from bot.audit.rows import AuditRow, latest, record

__all__ = ["AuditRow", "latest", "record"]
