"""What each role may do, in one table. What is not written here is not allowed."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal, get_args

Role = Literal["advisor", "coordinator", "owner", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)


class Permission(StrEnum):
    """One thing that a page or an API call asks for."""

    BE_SIGNED_IN = "be_signed_in"
    """Everybody with an account: their own sign-out."""
    READ_CALLBACKS = "read_callbacks"
    """See what families have told, numbers masked in lists."""
    WORK_THE_QUEUE = "work_the_queue"
    """Claim, call, record, hand over, close, enter a call that came by telephone."""
    READ_CATALOGUE = "read_catalogue"
    EDIT_CATALOGUE = "edit_catalogue"
    """Change entries and publish them."""
    READ_FIGURES = "read_figures"
    TEACH = "teach"
    """Read messages that families gave to teach the bot, and file them."""
    READ_TEXTS = "read_texts"
    """See which texts of the bot lack which language."""
    MANAGE_STAFF = "manage_staff"
    """Add and disable accounts, set passwords."""


_ADVISOR = frozenset(
    {
        Permission.BE_SIGNED_IN,
        Permission.READ_CALLBACKS,
        Permission.WORK_THE_QUEUE,
        Permission.READ_CATALOGUE,
    }
)

# Who keeps the accounts or the catalogue has no need for what families have told, so cannot see it.
PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    "advisor": _ADVISOR,
    "coordinator": _ADVISOR | {Permission.READ_FIGURES, Permission.TEACH, Permission.READ_TEXTS},
    "owner": frozenset({Permission.BE_SIGNED_IN, Permission.READ_CATALOGUE, Permission.EDIT_CATALOGUE}),
    "admin": frozenset(
        {
            Permission.BE_SIGNED_IN,
            Permission.READ_CATALOGUE,
            Permission.EDIT_CATALOGUE,
            Permission.READ_FIGURES,
            Permission.TEACH,
            Permission.READ_TEXTS,
            Permission.MANAGE_STAFF,
        }
    ),
}


def may(role: str, permission: Permission) -> bool:
    """Whether somebody in `role` may do this; an unknown role may do nothing."""
    return any(permission in granted for known, granted in PERMISSIONS.items() if known == role)
