"""Dialogue files to flows, with every mistake told by file and line.

The files are Rasa's flows (`flows:`) and keep to Rasa's published schema. A block of steps under `then` or `else`
ends with its own `next`, as there.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bot import content, translations
from bot.content import ContentError, Document, Place, Problem
from bot.conversation.flow import END, Branch, Flow, Flows, Rejection, Step, StepKind
from bot.conversation.predicate import PredicateError, compiled

_KINDS: tuple[StepKind, ...] = ("collect", "action", "set_slots", "link", "call", "noop")


def load(folder: Path) -> Flows:
    """Read every flow below `folder`; raises `ContentError` with all that is wrong."""
    flows: dict[str, Flow] = {}
    triggers: dict[str, str] = {}
    slot_types: dict[str, str] = {}
    problems: list[Problem] = []
    for path in translations.originals(folder):
        document = content.read(path)
        data = document.data if isinstance(document.data, dict) else {}
        slot_types.update((name, str(slot["type"])) for name, slot in content.each(data.get("slots")))
        for flow_id, flow_data in content.each(data.get("flows")):
            reader = _FlowReader(document, flow_id, problems)
            flow = reader.flow(flow_data)
            if flow_id in flows:
                reader.problem(f"flow '{flow_id}' stands twice", "keep one", "flows", flow_id)
            flows[flow_id] = flow
            for intent in flow.triggers:
                if intent in triggers:
                    what = f"intent '{intent}' already starts '{triggers[intent]}'"
                    reader.problem(what, "let one flow have it", "flows", flow_id, "nlu_trigger")
                triggers[intent] = flow_id
    problems += _unknown_flows(flows)
    if problems:
        raise ContentError(*problems)
    return Flows(flows, triggers, slot_types)


def _unknown_flows(flows: Mapping[str, Flow]) -> list[Problem]:
    return [
        Problem(
            flow.file,
            flow.line,
            f"flow '{flow.id}' goes to unknown flow '{step.name}'",
            "name a flow that exists",
        )
        for flow in flows.values()
        for step in flow.steps.values()
        if step.kind in ("link", "call") and step.name not in flows
    ]


class _FlowReader:
    """Reads one flow, giving every nested step its address."""

    def __init__(self, document: Document, flow_id: str, problems: list[Problem]) -> None:
        self._document = document
        self._id = flow_id
        self._problems = problems
        self._steps: dict[str, Step] = {}

    def problem(self, what: str, remedy: str, *at: str | int) -> None:
        self._problems.append(self._document.problem(what, remedy, *at))

    def flow(self, data: Mapping[str, Any]) -> Flow:
        at: Place = ("flows", self._id, "steps")
        steps = data.get("steps") or []
        first = self._block(steps, at, outermost=True)
        self._check_targets()
        return Flow(
            id=self._id,
            name=str(data.get("name") or self._id),
            description=str(data.get("description") or ""),
            triggers=tuple(_intent(trigger) for trigger in data.get("nlu_trigger") or ()),
            first=first,
            steps=self._steps,
            persisted_slots=frozenset(data.get("persisted_slots") or ()),
            file=content.shown(self._document.path),
            line=self._document.line("flows", self._id),
        )

    def _block(self, steps: Sequence[Mapping[str, Any]], at: Place, *, outermost: bool = False) -> str:
        """Lay out a list of steps; the id of the first, or END for an empty list."""
        ids = [str(step.get("id") or _address(at, index)) for index, step in enumerate(steps)]
        for index, step in enumerate(steps):
            last = index + 1 == len(steps)
            if last and not outermost and "next" not in step and "link" not in step:
                self.problem(
                    "the last step of a block has no `next`", "say `next: END` or a step's id", *at, index
                )
            self._step(ids[index], step, END if last else ids[index + 1], (*at, index))
        return ids[0] if ids else END

    def _step(self, step_id: str, data: Mapping[str, Any], following: str, at: Place) -> None:
        kind = next((kind for kind in _KINDS if kind in data), None)
        if kind is None:
            self.problem("a step does nothing", f"give it one of {', '.join(_KINDS)}", *at)
            return
        if step_id in self._steps:
            self.problem(f"step id '{step_id}' stands twice", "give each step its own id", *at)
        name = str(data[kind]) if kind not in ("set_slots", "noop") else ""
        values = {key: value for item in data.get("set_slots") or () for key, value in item.items()}
        metadata = data.get("metadata") or {}
        self._steps[step_id] = Step(
            id=step_id,
            kind=kind,
            name=name,
            branches=self._branches(data.get("next"), following, (*at, "next")),
            utter=str(data.get("utter") or f"utter_ask_{name}") if kind == "collect" else "",
            ask_before_filling=bool(data.get("ask_before_filling")),
            offer=bool(metadata.get("offer")),
            once=bool(metadata.get("once")),
            rejections=tuple(
                Rejection(self._condition(item["if"], (*at, "rejections")), str(item["utter"]))
                for item in data.get("rejections") or ()
            ),
            values=values,
        )

    def _branches(self, data: Any, following: str, at: Place) -> tuple[Branch, ...]:
        if data is None:
            return (Branch(True, following),)
        if isinstance(data, str):
            return (Branch(True, data),)
        branches = []
        for index, item in enumerate(data):
            key = "then" if "if" in item else "else"
            condition = self._condition(item["if"], (*at, index)) if "if" in item else True
            goal = item[key]
            target = goal if isinstance(goal, str) else self._block(goal, (*at, index, key))
            branches.append(Branch(condition, target))
        if not branches or branches[-1].condition is not True:
            self.problem("conditions without an `else`", "say where to go otherwise", *at)
        return tuple(branches)

    def _condition(self, condition: Any, at: Place) -> str | bool:
        if isinstance(condition, bool):
            return condition
        try:
            compiled(str(condition))
        except PredicateError as error:
            self.problem(str(error), "see bot/conversation/predicate.py for the form", *at)
            return False
        return str(condition)

    def _check_targets(self) -> None:
        for step in self._steps.values():
            for branch in step.branches:
                if branch.target != END and branch.target not in self._steps:
                    what = f"step '{step.id}' goes to unknown step '{branch.target}'"
                    self.problem(what, "name a step of this flow or END", "flows", self._id)


def _address(at: Place, index: int) -> str:
    return "_".join(str(part) for part in (*at[3:], index))


def _intent(trigger: Mapping[str, Any]) -> str:
    intent = trigger["intent"]
    return str(intent["name"] if isinstance(intent, dict) else intent)
