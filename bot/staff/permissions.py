"""What each role may do, in one table. What is not written here is not allowed."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal, get_args

Role = Literal["advisor", "coordinator", "owner", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)


class Permission(StrEnum):
    """One thing that a page or an API call asks for."""

    OWN_ACCOUNT = "own_account"
    """Everybody with an account: their own second factor and sign-out. Never a program."""
    BE_SIGNED_IN = "be_signed_in"
    """Everybody who is let in: hear that something changed."""
    READ_CALLBACKS = "read_callbacks"
    """See what families have told, numbers masked in lists."""
    WORK_THE_QUEUE = "work_the_queue"
    """Claim, call, record, hand over, close, enter a call that came by telephone."""
    READ_CATALOGUE = "read_catalogue"
    EDIT_CATALOGUE = "edit_catalogue"
    """Write drafts of entries, and publish what a colleague wrote; an owner those of its own only."""
    PUBLISH_CATALOGUE = "publish_catalogue"
    """Change every entry, and publish own edits at once but for what two people have to see."""
    HEAR_ALARMS = "hear_alarms"
    """Be written to when something waits too long, and get the figures of the week."""
    MANAGE_TEAM = "manage_team"
    """Write the hours and absences of colleagues, and the days on which an area is otherwise."""
    READ_FIGURES = "read_figures"
    TEACH = "teach"
    """Read messages that families gave to teach the bot, and file them."""
    READ_TEXTS = "read_texts"
    """See which texts of the bot lack which language."""
    READ_AUDIT = "read_audit"
    """Search who read and did what: with families who works with them, of the rest who keeps the accounts."""
    MANAGE_STAFF = "manage_staff"
    """Add, change and disable accounts, make reset links and tokens."""


_ADVISOR = frozenset(
    {
        Permission.OWN_ACCOUNT,
        Permission.BE_SIGNED_IN,
        Permission.READ_CALLBACKS,
        Permission.WORK_THE_QUEUE,
        Permission.READ_CATALOGUE,
    }
)

# Who keeps the accounts or the catalogue has no need for what families have told, so cannot see it.
PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    "advisor": _ADVISOR,
    "coordinator": _ADVISOR
    | {
        Permission.HEAR_ALARMS,
        Permission.EDIT_CATALOGUE,
        Permission.PUBLISH_CATALOGUE,
        Permission.MANAGE_TEAM,
        Permission.READ_FIGURES,
        Permission.READ_AUDIT,
        Permission.TEACH,
        Permission.READ_TEXTS,
    },
    "owner": frozenset(
        {
            Permission.OWN_ACCOUNT,
            Permission.BE_SIGNED_IN,
            Permission.READ_CATALOGUE,
            Permission.EDIT_CATALOGUE,
        }
    ),
    "admin": frozenset(
        {
            Permission.OWN_ACCOUNT,
            Permission.BE_SIGNED_IN,
            Permission.READ_CATALOGUE,
            Permission.EDIT_CATALOGUE,
            Permission.PUBLISH_CATALOGUE,
            Permission.READ_FIGURES,
            Permission.TEACH,
            Permission.READ_TEXTS,
            Permission.READ_AUDIT,
            Permission.MANAGE_STAFF,
        }
    ),
}

Scope = Literal["callbacks:read", "callbacks:write", "catalogue:read", "catalogue:write", "figures:read"]
"""What the token of a program may be narrowed to."""
SCOPES: Mapping[Scope, frozenset[Permission]] = {
    "callbacks:read": frozenset({Permission.READ_CALLBACKS}),
    "callbacks:write": frozenset({Permission.WORK_THE_QUEUE}),
    "catalogue:read": frozenset({Permission.READ_CATALOGUE}),
    "catalogue:write": frozenset({Permission.EDIT_CATALOGUE, Permission.PUBLISH_CATALOGUE}),
    "figures:read": frozenset({Permission.READ_FIGURES}),
}
"""A permission in no scope is out of reach of a narrowed token."""


def scopes_of(permission: Permission) -> tuple[Scope, ...]:
    """The scopes that allow this; none for what only people and tokens without scopes may do."""
    return tuple(scope for scope, allowed in SCOPES.items() if permission in allowed)


def may(role: str, permission: Permission) -> bool:
    """Whether somebody in `role` may do this; an unknown role may do nothing."""
    return any(permission in granted for known, granted in PERMISSIONS.items() if known == role)
