"""Small dialogues for tests of the engine, and a way to run it that tells what it asked for."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.conversation import reading
from bot.conversation.commands import Command
from bot.conversation.engine import Do, Say, advance
from bot.conversation.flow import Flows
from bot.conversation.state import State

PATTERNS = """
  pattern_correction:
    description: says so
    steps: [{action: utter_corrected}]
  pattern_cancel_flow:
    description: says so
    steps: [{action: utter_cancelled}]
  pattern_continue_interrupted:
    description: says so
    steps: [{action: utter_continue}]
  pattern_cannot_handle:
    description: says so
    steps: [{action: utter_cannot_handle}]
  pattern_clarification:
    description: asks which
    steps: [{action: action_clarify}]
  pattern_noted:
    description: says so
    steps: [{action: utter_noted}]
"""
CALL = """
  call:
    description: books a call
    persisted_slots: [phone]
    steps:
      - collect: phone
        rejections:
          - if: slots.phone is null and slots.phone_problem is not null
            utter: utter_phone_incomplete
      - collect: time
      - action: action_show
      - collect: confirm
        ask_before_filling: true
        next:
          - if: slots.confirm
            then:
              - action: action_book
                next: END
          - else:
              - action: utter_left
                next: END
  question:
    description: answers a question
    steps: [{action: utter_price}]
  offer:
    description: offers a call
    steps:
      - action: utter_help
      - collect: wanted
        metadata: {offer: true}
        next:
          - if: slots.wanted
            then: [{link: call}]
          - else: END
"""


def flows_of(folder: Path, text: str = CALL) -> Flows:
    """The flows written in `text`, with the patterns every dialogue needs."""
    (folder / "flows.yml").write_text(f"flows:{text}{PATTERNS}", encoding="utf-8")
    return reading.load(folder)


def run(
    flows: Flows, state: State, *commands: Command, does: Mapping[str, Mapping[str, Any]] | None = None
) -> tuple[State, list[str]]:
    """The state after the commands, and what was said and done, in order; `again` is marked with a star."""
    told: list[str] = []
    turn = advance(flows, state, commands)
    outcome: Mapping[str, Any] | None = None
    while True:
        try:
            request = turn.send(outcome)
        except StopIteration as finished:
            return finished.value, told
        match request:
            case Say(response, again=again):
                told.append(f"{response}*" if again else response)
                outcome = None
            case Do(action):
                told.append(action)
                outcome = (does or {}).get(action, {})


def run_all(flows: Flows, *turns: Sequence[Command]) -> tuple[State, list[str]]:
    """Several turns; the last state, and what the last turn said and did."""
    state, told = State(), list[str]()
    for commands in turns:
        state, told = run(flows, state, *commands)
    return state, told
