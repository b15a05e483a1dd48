"""Moves a conversation on. Pure: it asks for responses and actions and is told what came of them.

A stack of flows as in Rasa's CALM: a question in the middle of a booking is a flow put on top, and when it ends the
booking goes on where it was. The repair patterns (correction, cancellation, return, clarification, cannot handle)
are flows too, in `dialogues/flows/patterns.yml`.
"""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.conversation.commands import (
    CancelFlow,
    CannotHandle,
    Clarify,
    Command,
    Digress,
    DropOffer,
    Explain,
    Repeat,
    SetSlots,
    StartFlow,
    TakeOver,
)  # fmt: skip
from bot.conversation.flow import END, Flow, Flows, Step
from bot.conversation.predicate import holds
from bot.conversation.state import Frame, State

_MOST_STEPS = 200
_CORRECTION = "pattern_correction"


class FlowLoopError(Exception):
    """A flow goes round without ever asking anything."""


@dataclass(frozen=True, slots=True)
class Say:
    """Say a response. `again` asks for its wording for somebody who was not understood."""

    response: str
    slots: Mapping[str, Any]
    """As they are now, for what the sentence mentions."""
    asks: str | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class Do:
    """Do an action; send back the slots it sets."""

    action: str
    slots: Mapping[str, Any]


Request = Say | Do
Run = Generator[Request, Mapping[str, Any] | None, State]


def advance(flows: Flows, state: State, commands: Sequence[Command]) -> Run:
    """Carry out the commands and go on until a question is asked or nothing is left to do.

    Yields what is to be said and done, in order; returns the new state. Raises `FlowLoopError`.
    """
    run = _Turn(flows, state)
    for command in commands:
        yield from run.obey(command)
    yield from run.go_on()
    return run.state()


class _Turn:
    """The state while it moves."""

    def __init__(self, flows: Flows, state: State) -> None:
        self._flows = flows
        self._state = state
        self._stack = list(state.stack)
        self._slots = {name: value for name, value in state.slots.items() if name != "clarification"}
        self._answered = state.asked
        self._asked: str | None = None
        self._unclear = False
        self._said = False
        self._aside_only = False

    def state(self) -> State:
        slots = {name: value for name, value in self._slots.items() if value is not None}
        return replace(self._state, stack=tuple(self._stack), slots=slots, asked=self._asked)

    def obey(self, command: Command) -> Generator[Request, Mapping[str, Any] | None]:
        match command:
            case SetSlots(values, corrected):
                self._set(values, corrected)
            case StartFlow(flow_id):
                self._start(flow_id)
            case TakeOver(flow_id):
                self._take_over(flow_id)
            case Digress(pattern):
                self._push(pattern)
            case DropOffer():
                self._drop_offers()
            case CancelFlow():
                self._cancel()
            case Repeat():
                yield from self._aside("action_repeat")
            case Explain():
                yield from self._aside("action_explain")
            case _:
                self._not_understood(command)

    def _aside(self, action: str) -> Generator[Request, Mapping[str, Any] | None]:
        """Say something about what was said before; what was asked stays asked."""
        yield Do(action, {**self._slots, "asked": self._state.asked})
        self._asked = self._state.asked
        self._aside_only = True

    def _not_understood(self, command: Clarify | CannotHandle) -> None:
        self._unclear = True
        if isinstance(command, Clarify):
            self._drop_offers()
            self._slots["clarification"] = list(command.options)
            self._push("pattern_clarification")
        elif not self._stack:
            self._push("pattern_cannot_handle")

    def go_on(self) -> Generator[Request, Mapping[str, Any] | None]:
        if self._aside_only:  # what is under way is where it was
            return
        for _ in range(_MOST_STEPS):
            if not self._stack:
                return
            frame = self._stack[-1]
            flow = self._flows[frame.flow]
            if frame.step == END:
                self._end(flow)
                continue
            if (yield from self._take(flow, flow.steps[frame.step])):
                return
        raise FlowLoopError(self._stack[-1].flow)

    def _take(self, flow: Flow, step: Step) -> Generator[Request, Mapping[str, Any] | None, bool]:
        """Take one step; True when it waits for an answer."""
        match step.kind:
            case "collect":
                if (yield from self._collect(step)):
                    return True
            case "action" if step.name.startswith("utter_"):
                self._said = True
                yield Say(step.name, self._slots)
            case "action":
                self._said = True
                self._slots.update((yield Do(step.name, self._slots)) or {})
            case "set_slots":
                self._slots.update(step.values)
            case "link":
                self._link(flow, step.name)
                return False
        self._stack[-1] = Frame(flow.id, self._next(step))
        if step.kind == "call":
            self._push(step.name)
        return False

    def _link(self, flow: Flow, target: str) -> None:
        """Go over to another flow; the same flow further down is left, so that none is under way twice."""
        self._forget_answers(flow)
        self._stack.pop()
        open_flows = [frame.flow for frame in self._stack]
        if target in open_flows:
            del self._stack[open_flows.index(target) :]
        self._push(target)

    def _next(self, step: Step) -> str:
        return next((branch.target for branch in step.branches if holds(branch.condition, self._slots)), END)

    def _collect(self, step: Step) -> Generator[Request, Mapping[str, Any] | None, bool]:
        rejection = next((item for item in step.rejections if holds(item.condition, self._slots)), None)
        filled = self._slots.get(step.name) is not None
        if rejection is None and filled and (not step.ask_before_filling or self._answered == step.name):
            self._answered = None  # the same question further on is a new one
            return False
        self._slots.pop(step.name, None)
        self._asked = step.name
        if rejection is None:
            again = self._unclear or (self._state.asked == step.name and not self._said)
            yield Say(step.utter, self._slots, step.name, again=again)
        else:
            self._slots.pop(f"{step.name}_problem", None)
            yield Say(rejection.utter, self._slots, step.name)
        return True

    def _set(self, values: Mapping[str, Any], corrected: frozenset[str]) -> None:
        self._slots.update(values)
        if not self._stack:
            return
        frame = self._stack[-1]
        flow = self._flows[frame.flow]
        step = flow.steps.get(frame.step)
        if corrected & flow.collects() or (
            step and step.ask_before_filling and step.name not in values and values
        ):
            # What was already settled is gone through again: filled questions are skipped, the summary is shown anew.
            self._stack[-1] = Frame(flow.id, flow.first)
        if corrected:
            self._slots["corrected"] = sorted(corrected)
            self._push(_CORRECTION)

    def _start(self, flow_id: str) -> None:
        corrects = bool(self._stack) and self._stack[-1].flow == _CORRECTION
        self._drop_offers()
        open_flows = [frame.flow for frame in self._stack]
        if flow_id in open_flows:
            del self._stack[open_flows.index(flow_id) :]
        elif self._stack:
            self._stack[-1] = replace(self._stack[-1], interrupted=True)
        self._slots["interrupted_flow"] = self._stack[0].flow if self._stack else None
        self._push(flow_id)
        if corrects:  # said before what is started
            self._push(_CORRECTION)

    def _take_over(self, flow_id: str) -> None:
        under_way = [frame.flow for frame in self._stack if not frame.flow.startswith("pattern_")]
        for frame in self._stack:
            self._forget_answers(self._flows[frame.flow])
        self._slots["interrupted_flow"] = under_way[0] if under_way else None
        self._stack.clear()
        self._push(flow_id)

    def _drop_offers(self) -> None:
        """Leave questions that need no answer, and patterns that were waiting for one."""
        while self._stack:
            frame = self._stack[-1]
            step = self._flows[frame.flow].steps.get(frame.step)
            if not frame.flow.startswith("pattern_") and not (step and step.offer):
                return
            self._forget_answers(self._flows[frame.flow])
            self._stack.pop()

    def _cancel(self) -> None:
        while self._stack:
            flow = self._flows[self._stack.pop().flow]
            self._forget_answers(flow)
            if not flow.is_pattern:
                self._slots["cancelled_flow"] = flow.id
                break
        self._push("pattern_cancel_flow")

    def _push(self, flow_id: str) -> None:
        self._stack.append(Frame(flow_id, self._flows[flow_id].first))

    def _end(self, flow: Flow) -> None:
        self._stack.pop()
        self._forget_answers(flow)
        if self._stack and self._stack[-1].interrupted:
            below = replace(self._stack[-1], interrupted=False)
            self._stack[-1] = below
            self._slots["interrupted_flow"] = below.flow
            self._push("pattern_continue_interrupted")

    def _forget_answers(self, flow: Flow) -> None:
        for slot in flow.collects() - flow.persisted_slots:
            self._slots.pop(slot, None)
