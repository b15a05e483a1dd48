"""The table of a callback's life as conditions of a statement: who may do what, from which stage."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, or_

from bot.callbacks.life import STATES, By, Event, Stage, rules_of
from bot.callbacks.request import FAMILY, SYSTEM, Actor, State
from bot.callbacks.tables import CallbackRow

_OPEN_OTHERWISE = {
    Stage.RECEIVED: and_(CallbackRow.tries == 0, CallbackRow.seen_at.is_(None)),
    Stage.WAITING: and_(CallbackRow.tries == 0, CallbackRow.seen_at.is_not(None)),
    Stage.TRIED: CallbackRow.tries > 0,
    Stage.CLAIMED: CallbackRow.reached_at.is_(None),
    Stage.REACHED: CallbackRow.reached_at.is_not(None),
    Stage.CANCELLED: CallbackRow.merged_into.is_(None),
    Stage.JOINED: CallbackRow.merged_into.is_not(None),
}
"""What tells a stage from the others of its state."""


def may(event: Event, actor: Actor) -> ColumnElement[bool]:
    """The condition under which `actor` may do this to a callback; it goes into the statement that does it.

    Raises:
        PermissionError: The table has no line by which anybody like `actor` ever may.
    """
    found = []
    for rule in rules_of(event):
        for by in rule.by:
            who = _is(by, actor)
            if who is not None:
                found.append(and_(in_stage(rule.before), *who))
    if not found:
        raise PermissionError(f"{actor.id} may never {event} a callback")
    return or_(*found)


def in_stage(stages: Iterable[Stage]) -> ColumnElement[bool]:
    """Whether a callback is in one of these stages."""
    wanted = set(stages)
    parts: list[ColumnElement[bool]] = []
    for state in State:
        of_state = {stage for stage, its in STATES.items() if its is state}
        found = sorted(wanted & of_state)
        if not found:
            continue
        is_state = CallbackRow.state == state
        if set(found) == of_state:
            parts.append(is_state)
        else:
            parts.append(and_(is_state, or_(*(_OPEN_OTHERWISE[stage] for stage in found))))
    return or_(*parts)


def _is(by: By, actor: Actor) -> tuple[ColumnElement[bool], ...] | None:
    """What must hold for `actor` to be this; None when it never is."""
    program = {FAMILY.id: By.FAMILY, SYSTEM.id: By.SYSTEM}.get(actor.id)
    if program is not None:
        return () if by is program else None
    match by:
        case By.STAFF:
            return ()
        case By.HOLDER:
            return (CallbackRow.holder == actor.id,)
        case By.RECEIVER:
            return (CallbackRow.offered_to == actor.id,)
        case _:
            return None
