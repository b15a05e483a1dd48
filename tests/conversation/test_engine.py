from pathlib import Path

import pytest

from bot.conversation.commands import (
    CancelFlow,
    CannotHandle,
    Clarify,
    Digress,
    DropOffer,
    Repeat,
    SetSlots,
    StartFlow,
    TakeOver,
)
from bot.conversation.engine import FlowLoopError
from bot.conversation.flow import Flows
from bot.conversation.state import State
from tests.conversation.small_flows import flows_of, run, run_all

PHONE = SetSlots({"phone": "+358501234567"})
TIME = SetSlots({"time": "tomorrow"})


@pytest.fixture
def flows(tmp_path: Path) -> Flows:
    return flows_of(tmp_path)


def test_a_flow_asks_its_first_question_and_waits(flows: Flows) -> None:
    state, told = run(flows, State(), StartFlow("call"))
    assert told == ["utter_ask_phone"]
    assert state.asked == "phone"


def test_what_was_said_before_is_not_asked(flows: Flows) -> None:
    state, told = run(flows, State(), PHONE, TIME, StartFlow("call"))
    assert told == ["action_show", "utter_ask_confirm"]
    assert state.asked == "confirm"


def test_a_yes_said_too_early_does_not_confirm(flows: Flows) -> None:
    _, told = run(flows, State(), SetSlots({"confirm": True}), PHONE, TIME, StartFlow("call"))
    assert told[-1] == "utter_ask_confirm"


def test_a_yes_books_and_only_lasting_facts_stay(flows: Flows) -> None:
    state, told = run_all(flows, [PHONE, TIME, StartFlow("call")], [SetSlots({"confirm": True})])
    assert told == ["action_book"]
    assert state.stack == ()
    assert dict(state.slots) == {"phone": "+358501234567"}


def test_an_unclear_answer_is_asked_in_other_words(flows: Flows) -> None:
    _, told = run_all(flows, [StartFlow("call")], [CannotHandle()])
    assert told == ["utter_ask_phone*"]


def test_the_same_question_twice_in_a_row_takes_other_words_unless_something_was_said_between(
    flows: Flows,
) -> None:
    _, told = run_all(flows, [StartFlow("call")], [SetSlots({"name": "Maija"})])
    assert told == ["utter_ask_phone*"]
    _, told = run_all(flows, [StartFlow("call")], [SetSlots({"name": "Maija"}), Digress("pattern_noted")])
    assert told == ["utter_noted", "utter_ask_phone"]


def test_a_value_that_will_not_do_is_said_and_asked_again(flows: Flows) -> None:
    state, told = run_all(flows, [StartFlow("call")], [SetSlots({"phone_problem": "050 12"})])
    assert told == ["utter_phone_incomplete"]
    assert state.asked == "phone"
    assert "phone_problem" not in state.slots


def test_a_question_in_between_is_answered_and_the_talk_returns(flows: Flows) -> None:
    state, told = run_all(flows, [StartFlow("call")], [StartFlow("question")])
    assert told == ["utter_price", "utter_continue", "utter_ask_phone"]
    assert state.slots["interrupted_flow"] == "call"


def test_a_correction_at_the_end_is_said_and_shown_anew(flows: Flows) -> None:
    new = SetSlots({"phone": "+358409876543"}, frozenset({"phone"}))
    state, told = run_all(flows, [PHONE, TIME, StartFlow("call")], [new])
    assert told == ["utter_corrected", "action_show", "utter_ask_confirm"]
    assert state.slots["phone"] == "+358409876543"


def test_something_new_before_the_yes_is_shown_before_it_is_final(flows: Flows) -> None:
    _, told = run_all(flows, [PHONE, TIME, StartFlow("call")], [SetSlots({"name": "Maija"})])
    assert told == ["action_show", "utter_ask_confirm"]


def test_giving_up_ends_the_flow_and_keeps_lasting_facts(flows: Flows) -> None:
    state, told = run_all(flows, [PHONE, StartFlow("call")], [CancelFlow()])
    assert told == ["utter_cancelled"]
    assert state.slots == {"phone": "+358501234567", "cancelled_flow": "call"}


def test_an_offer_is_left_when_something_else_begins(flows: Flows) -> None:
    state, told = run_all(flows, [StartFlow("offer")], [StartFlow("question")])
    assert told == ["utter_price"]
    assert state.stack == ()


def test_an_offer_taken_goes_over_to_the_flow_it_links(flows: Flows) -> None:
    state, told = run_all(flows, [StartFlow("offer")], [SetSlots({"wanted": True})])
    assert told == ["utter_ask_phone"]
    assert [frame.flow for frame in state.stack] == ["call"]


def test_no_flow_is_ever_under_way_twice(flows: Flows) -> None:
    state, _ = run_all(flows, [StartFlow("call")], [StartFlow("offer")], [SetSlots({"wanted": True})])
    assert [frame.flow for frame in state.stack] == ["call"]
    state, _ = run_all(flows, [StartFlow("call")], [StartFlow("question"), StartFlow("call")])
    assert [frame.flow for frame in state.stack] == ["call"]


def test_what_cannot_wait_puts_everything_aside_and_remembers_what_it_was(flows: Flows) -> None:
    state, _ = run_all(flows, [PHONE, StartFlow("call")], [TakeOver("question")])
    assert state.stack == ()
    assert state.slots["interrupted_flow"] == "call"
    assert state.slots["phone"] == "+358501234567"


def test_an_unclear_message_with_nothing_under_way_is_handled_by_its_pattern(flows: Flows) -> None:
    _, told = run(flows, State(), CannotHandle())
    assert told == ["utter_cannot_handle"]
    _, told = run_all(flows, [StartFlow("offer")], [DropOffer(), CannotHandle()])
    assert told == ["utter_cannot_handle"]


def test_a_clarification_gets_its_options_for_one_turn_only(flows: Flows) -> None:
    state, told = run(flows, State(), Clarify(("finances", "school")))
    assert told == ["action_clarify"]
    assert state.slots["clarification"] == ["finances", "school"]
    state, _ = run(flows, state, StartFlow("question"))
    assert "clarification" not in state.slots


def test_the_last_thing_is_said_again_and_still_waited_for(flows: Flows) -> None:
    state, _ = run(flows, State(), StartFlow("call"))
    asked = State(stack=state.stack, slots=state.slots, asked=state.asked, last_offer=("utter_ask_phone",))
    again, told = run(flows, asked, Repeat())
    assert told == ["action_repeat"]
    assert again.asked == "phone"


def test_a_flow_that_goes_round_without_asking_is_a_mistake(tmp_path: Path) -> None:
    flows = flows_of(
        tmp_path, "\n  round:\n    description: r\n    steps: [{id: a, action: utter_a, next: a}]\n"
    )
    with pytest.raises(FlowLoopError):
        run(flows, State(), StartFlow("round"))


def test_the_engine_changes_nothing_it_was_given(flows: Flows) -> None:
    state = State(slots={"phone": "+358501234567"})
    run(flows, state, TIME, StartFlow("call"))
    assert state == State(slots={"phone": "+358501234567"})


def test_an_action_tells_what_it_found(flows: Flows) -> None:
    does = {"action_show": {"window": "14–16"}}
    state, _ = run(flows, State(), PHONE, TIME, StartFlow("call"), does=does)
    assert state.slots["window"] == "14–16"
