"""The table of a callback's life: whole, as the documentation shows it, and the only source of what may be done."""

from pathlib import Path

import pytest

from bot.callbacks.guards import may
from bot.callbacks.life import HELD, LIVE, RULES, STATES, By, Event, Stage, leads, stage_of
from bot.callbacks.request import FAMILY, SYSTEM, State
from bot.console.words import words
from tests.callbacks.scenes import ANNA

DOCUMENT = Path(__file__).parents[2] / "docs" / "callbacks.md"


def test_the_documentation_shows_the_table_line_by_line() -> None:
    text = DOCUMENT.read_text().partition("## The table")[2].partition("\n## ")[0]
    lines = [line for line in text.splitlines() if line.startswith("| ")][1:]
    written = [
        f"| {rule.event} | {', '.join(rule.by)} | {', '.join(rule.before) or '—'} | "
        f"{', '.join(rule.after) or 'stays'} |"
        for rule in RULES
    ]
    assert lines == written


def test_every_event_has_its_line_and_every_stage_can_be_reached() -> None:
    assert {rule.event for rule in RULES} == set(Event)
    reached = {stage for rule in RULES for stage in rule.after}
    assert reached == set(Stage)


def test_what_has_ended_is_only_deleted_and_what_lives_can_always_be_cancelled_by_its_family() -> None:
    for stage in Stage:
        cancelled = leads(Event.CANCEL, {By.FAMILY}, stage)
        assert (cancelled is not None) is (stage in (*LIVE, Stage.JOINED))
        if stage in (Stage.CLOSED, Stage.CANCELLED):
            events = {event for event in Event if leads(event, set(By), stage)}
            assert events == {Event.ERASE}


def test_only_the_holder_works_on_a_call_and_no_job_ever_closes_one() -> None:
    for event in (Event.REACH, Event.NO_ANSWER, Event.CLOSE, Event.OFFER, Event.RENEW):
        assert leads(event, {By.STAFF, By.RECEIVER}, Stage.CLAIMED) is None
        assert leads(event, {By.SYSTEM}, Stage.CLAIMED) is None
        assert leads(event, {By.HOLDER}, Stage.CLAIMED) is not None
    assert leads(Event.CLOSE, {By.HOLDER}, Stage.TRIED) is None


def test_somebody_the_table_does_not_know_for_an_event_is_a_mistake_in_the_code() -> None:
    with pytest.raises(PermissionError):
        may(Event.CLOSE, FAMILY)
    with pytest.raises(PermissionError):
        may(Event.LEASE_ENDS, ANNA)
    with pytest.raises(PermissionError):
        may(Event.CLAIM, SYSTEM)


@pytest.mark.parametrize("stage", Stage)
def test_a_stage_is_read_from_the_columns_and_has_words(stage: Stage) -> None:
    tries = 2 if stage is Stage.TRIED else 0
    is_joined = stage is Stage.JOINED
    seen, reached = stage is not Stage.RECEIVED, stage is Stage.REACHED
    assert stage_of(STATES[stage], seen=seen, tries=tries, reached=reached, joined=is_joined) is stage
    assert words().known("stage", stage)


def test_to_the_outside_there_are_four_states() -> None:
    assert set(STATES.values()) == set(State)
    assert {STATES[stage] for stage in HELD} == {State.CLAIMED}
