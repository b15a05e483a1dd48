"""`perheovi token …`: tokens for programs that use the staff API."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot import audit
from bot.commands.settings import read_settings
from bot.commands.staff import ids_of, in_database
from bot.settings import SetupError
from bot.staff import tokens
from bot.staff.tokens import ApiToken

_BY = "command_line"


def add(
    name: str,
    /,
    *,
    role: str,
    scope: list[str] | None = None,
    area: list[str] | None = None,
    days: int | None = None,
) -> None:
    """Make a token for the staff API; it is printed alone on the last line, and never again.

    Args:
        name: What the token is called, in the queue too when it holds a callback.
        role: advisor, coordinator, owner or admin: the most it may do.
        scope: What it is narrowed to: callbacks:read, callbacks:write, catalogue:read, catalogue:write,
            figures:read; may be given several times. None means all its role may do.
        area: An area it works for, by its id, its name or a municipality; may be given several times. None
            means all.
        days: How many days it works; None: until it is revoked.
    """
    settings = read_settings()
    works_for = ids_of(settings, area)

    def work(session: Session, now: datetime) -> str:
        token = tokens.add(
            session, name=name, role=role, scopes=scope or (), areas=works_for, days=days, now=now
        )
        made = tokens.by_name(session, name)
        audit.record(session, _BY, "added", "token", [made.id] if made else [], now=now)
        return token

    print(in_database(settings, work))


def list_tokens() -> None:
    """List every token: name, role, scopes, areas, last day of use, state. Never the token itself."""

    def work(session: Session, now: datetime) -> list[tuple[ApiToken, str]]:
        return [(row, _state(row, now)) for row in tokens.everything(session)]

    for row, state in in_database(read_settings(), work):
        scopes = ",".join(row.scopes) if row.scopes is not None else "all of its role"
        used = f"used {row.last_used}" if row.last_used else "never used"
        print(f"{row.name}\t{row.role}\t{scopes}\t{','.join(row.areas) or 'all areas'}\t{used}\t{state}")


def revoke(name: str, /) -> None:
    """End a token at once."""

    def work(session: Session, now: datetime) -> ApiToken | None:
        found = tokens.by_name(session, name)
        ended = tokens.revoke(session, found.id, now) if found else None
        if ended is not None:
            audit.record(session, _BY, "revoked", "token", [ended.id], now=now)
        return ended

    if in_database(read_settings(), work) is None:
        raise SetupError(f"'{name}' is no token in use (see `perheovi token list`).")
    print(f"{name} no longer works.")


def _state(row: ApiToken, now: datetime) -> str:
    if row.revoked_at is not None:
        return "revoked"
    if row.expires_at is None:
        return "in use"
    return "expired" if row.expires_at <= now else f"until {row.expires_at:%Y-%m-%d}"
