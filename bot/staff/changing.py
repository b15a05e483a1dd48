"""Changes of an account. Whatever takes a right away ends every sign-in, and the open streams with it."""

from collections.abc import Sequence

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from bot.staff.accounts import Account, AccountError, SignIn, checked_name, checked_role


def change(session: Session, staff_id: str, *, name: str, role: str, areas: Sequence[str]) -> Account | None:
    """Give the account another name, role or areas; None when there is no such account.

    Another role or other areas end its sign-ins. Raises `AccountError`, also for the last admin's own role.
    """
    account, wanted = session.get(Account, staff_id), checked_role(role)
    if account is None:
        return None
    if account.role == "admin" and account.active and wanted != "admin":
        _keep_an_admin(session, staff_id)
    is_narrower = (account.role, account.areas) != (wanted, list(areas))
    account.name, account.role, account.areas = checked_name(name), wanted, list(areas)
    if is_narrower:
        end_sign_ins(session, staff_id)
    return account


def disable(session: Session, staff_id: str) -> Account | None:
    """Close the account and end all its sign-ins at once; None when there is no such account.

    Raises `AccountError` for the last admin: nobody could open an account again.
    """
    account = session.get(Account, staff_id)
    if account is None:
        return None
    if account.role == "admin" and account.active:
        _keep_an_admin(session, staff_id)
    account.active = False
    end_sign_ins(session, staff_id)
    return account


def enable(session: Session, staff_id: str) -> Account | None:
    """Open a closed account again; None when there is no such account."""
    account = session.get(Account, staff_id)
    if account is not None:
        account.active = True
    return account


def unbind(session: Session, staff_id: str) -> Account | None:
    """Forget who this is at the organisation's sign-in; the next one there is bound anew. Ends its sign-ins."""
    account = session.get(Account, staff_id)
    if account is not None:
        account.provider_mark = None
        end_sign_ins(session, staff_id)
    return account


def end_sign_ins(session: Session, staff_id: str) -> None:
    """Sign this person out everywhere."""
    session.execute(delete(SignIn).where(SignIn.staff_id == staff_id))
    note_ending(session, staff_id)


def note_ending(session: Session, staff_id: str) -> None:
    """Make the streams of every replica look whether they may go on."""
    session.execute(update(Account).where(Account.id == staff_id).values(endings=Account.endings + 1))


def endings(session: Session) -> int:
    """How often sign-ins were ended so far; it differs when a stream may have to end."""
    return session.scalar(select(func.sum(Account.endings))) or 0


def _keep_an_admin(session: Session, but: str) -> None:
    # The rows are locked, so that two admins who close each other at once do not both find the other open.
    admins = select(Account.id).where(Account.role == "admin", Account.active.is_(True))
    if not set(session.scalars(admins.order_by(Account.id).with_for_update())) - {but}:
        raise AccountError("last_admin", "this is the last admin (give somebody else the role first)")
