"""Tokens of programs: what scopes, areas and time take away from a role."""

from datetime import timedelta

import pytest

from bot.clock import SettableClock
from bot.database import Database
from bot.staff import tokens
from bot.staff.accounts import AccountError, Member
from bot.staff.permissions import PERMISSIONS, ROLES, SCOPES, Permission, Role, Scope, scopes_of
from bot.staff.tokens import ApiToken


def held(database: Database, clock: SettableClock, token: str) -> Member | None:
    found = database.read_now(lambda session: tokens.current(session, token, clock()))
    return found.member if found else None


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("scope", SCOPES)
def test_a_scope_takes_away_and_never_gives(role: Role, scope: Scope) -> None:
    program = Member("0" * 32, "kone", role, scopes=frozenset({scope}))
    allowed = {permission for permission in Permission if program.may(permission)}
    assert allowed == SCOPES[scope] & PERMISSIONS[role]


def test_a_token_without_scopes_may_what_its_role_may_but_has_no_account_page() -> None:
    for role in ROLES:
        allowed = {permission for permission in Permission if Member("0" * 32, "kone", role).may(permission)}
        assert allowed == PERMISSIONS[role] - {Permission.OWN_ACCOUNT}


def test_a_token_narrowed_to_nothing_may_nothing() -> None:
    program = Member("0" * 32, "kone", "admin", scopes=frozenset())
    assert not any(program.may(permission) for permission in Permission)


def test_the_api_can_tell_the_scopes_of_a_permission() -> None:
    assert scopes_of(Permission.WORK_THE_QUEUE) == ("callbacks:write",)
    assert scopes_of(Permission.MANAGE_STAFF) == ()


def test_scopes_and_areas_are_kept(database: Database, clock: SettableClock) -> None:
    token = database.write_now(
        lambda session: tokens.add(
            session,
            name="kone",
            role="coordinator",
            scopes=["figures:read"],
            areas=["jarvenpaa"],
            now=clock(),
        )
    )
    member = held(database, clock, token)
    assert member is not None
    assert member.scopes is not None
    assert list(member.scopes) == ["figures:read"]
    assert member.areas == ("jarvenpaa",)
    assert member.reach.covers("jarvenpaa")
    assert not member.reach.covers("muu")


def test_a_token_ends_on_its_day(database: Database, clock: SettableClock) -> None:
    token = database.write_now(
        lambda session: tokens.add(session, name="kone", role="advisor", days=30, now=clock())
    )
    begun = clock()
    clock.set(begun + timedelta(days=30) - timedelta(seconds=1))
    assert held(database, clock, token) is not None
    clock.set(begun + timedelta(days=30))
    assert held(database, clock, token) is None


def test_the_last_day_of_use_is_written_down_once_a_day(database: Database, clock: SettableClock) -> None:
    token = database.write_now(lambda session: tokens.add(session, name="kone", role="advisor", now=clock()))

    def is_due() -> bool:
        found = database.read_now(lambda session: tokens.current(session, token, clock()))
        assert found is not None
        return found.is_due

    assert is_due()
    database.write_now(lambda session: tokens.used(session, token, clock()))
    assert not is_due()
    clock.set(clock() + timedelta(days=1))
    assert is_due()


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"scopes": ["callbacks:all"]}, "scope_unknown"),
        ({"role": "boss"}, "role_unknown"),
        ({"name": " "}, "name_missing"),
        ({"name": "kone 1"}, "name_taken"),
        ({"days": 0}, "days_wrong"),
        ({"days": 4000}, "days_wrong"),
    ],
)
def test_a_token_that_cannot_be_is_refused_with_the_reason(
    database: Database, clock: SettableClock, changed: dict[str, object], reason: str
) -> None:
    database.write_now(lambda session: tokens.add(session, name="kone 1", role="advisor", now=clock()))
    facts: dict[str, object] = {"name": "kone 2", "role": "advisor", "now": clock(), **changed}
    with pytest.raises(AccountError) as caught:
        database.write_now(lambda session: tokens.add(session, **facts))  # type: ignore[arg-type]
    assert caught.value.reason == reason
    assert len(database.read_now(tokens.everything)) == 1


def test_the_token_itself_is_not_in_the_database(database: Database, clock: SettableClock) -> None:
    token = database.write_now(lambda session: tokens.add(session, name="kone", role="advisor", now=clock()))

    def kept(row: ApiToken) -> str:
        return " ".join(str(value) for value in vars(row).values())

    assert len(token) >= 43
    assert not any(token in kept(row) for row in database.read_now(tokens.everything))
