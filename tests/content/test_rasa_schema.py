"""Our flows keep to the structure Rasa's own schema of flows asks for, so that whoever knows Rasa can edit them.

The rules are those of rasa-pro 3.21 (`flows_yaml_schema.json`), written here in our own words; what Rasa allows and
we do not use is left out, so that a new key is noticed.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from bot import content, translations

DIALOGUES = Path(__file__).parents[2] / "dialogues"
FLOW_FILES = sorted((DIALOGUES / "flows").glob("*.yml"))
FLOW_KEYS = {
    "name",
    "description",
    "steps",
    "nlu_trigger",
    "persisted_slots",
    "if",
    "always_include_in_prompt",
}
STEP_KINDS = {"collect", "action", "set_slots", "link", "call", "noop"}
STEP_KEYS = {
    "collect": {"utter", "ask_before_filling", "rejections", "description", "reset_after_flow_ends"},
    "action": set(), "set_slots": set(), "link": set(), "call": set(), "noop": set(),
}  # fmt: skip
EVERYWHERE = {"id", "next", "metadata"}
SLOT_TYPES = {"text", "bool", "float", "list", "any", "categorical"}


def flows() -> Iterator[tuple[str, Mapping[str, Any]]]:
    for path in FLOW_FILES:
        yield from content.read(path).data["flows"].items()


def steps(block: Any) -> Iterator[Mapping[str, Any]]:
    """Every step of a block, with those in its branches."""
    for step in block:
        yield step
        for branch in step.get("next", ()) if isinstance(step.get("next"), list) else ():
            then = branch.get("then", branch.get("else"))
            if isinstance(then, list):
                yield from steps(then)


@pytest.mark.parametrize("path", FLOW_FILES, ids=lambda path: path.name)
def test_a_file_has_a_version_and_flows(path: Path) -> None:
    data = content.read(path).data
    assert set(data) == {"version", "flows"}
    assert data["version"] == "3.1"


@pytest.mark.parametrize(("name", "flow"), list(flows()), ids=[name for name, _ in flows()])
def test_a_flow_has_the_keys_rasa_knows(name: str, flow: Mapping[str, Any]) -> None:
    assert name.replace("_", "").isalnum()
    assert set(flow) <= FLOW_KEYS
    assert flow["description"]
    assert isinstance(flow["steps"], list)
    assert flow["steps"]
    for trigger in flow.get("nlu_trigger", ()):
        assert set(trigger) == {"intent"}
        intent = trigger["intent"]
        assert isinstance(intent, str) or set(intent) <= {"name", "confidence_threshold"}


@pytest.mark.parametrize(("name", "flow"), list(flows()), ids=[name for name, _ in flows()])
def test_a_step_is_of_one_kind_with_its_own_keys(name: str, flow: Mapping[str, Any]) -> None:
    for step in steps(flow["steps"]):
        kinds = STEP_KINDS & step.keys()
        assert len(kinds) == 1, f"{name}: {step}"
        (kind,) = kinds
        assert set(step) <= EVERYWHERE | {kind} | STEP_KEYS[kind], f"{name}: {step}"
        if kind == "link":
            assert "next" not in step, f"{name}: a link is the last step: {step}"
        if kind == "noop":
            assert step["noop"] is True
            assert "next" in step
        if kind == "set_slots":
            assert all(isinstance(item, dict) and len(item) == 1 for item in step["set_slots"])
        if kind == "collect" and "utter" in step:
            assert step["utter"].startswith("utter_")


@pytest.mark.parametrize(("name", "flow"), list(flows()), ids=[name for name, _ in flows()])
def test_branches_end_with_else_and_blocks_with_a_way_on(name: str, flow: Mapping[str, Any]) -> None:
    for step in steps(flow["steps"]):
        if not isinstance(step.get("next"), list):
            assert isinstance(step.get("next", ""), str)
            continue
        *conditions, last = step["next"]
        assert all(set(branch) == {"if", "then"} for branch in conditions), f"{name}: {step}"
        assert set(last) == {"else"}, f"{name}: {step}"
        for branch in step["next"]:
            then = branch.get("then", branch.get("else"))
            assert isinstance(then, str) or "next" in then[-1] or "link" in then[-1], f"{name}: {then}"


def test_slots_have_types_rasa_knows() -> None:
    for name, slot in content.read(DIALOGUES / "domain.yml").data["slots"].items():
        assert slot["type"] in SLOT_TYPES, name


def test_responses_have_texts_buttons_and_translations_as_rasa_reads_them() -> None:
    for path in translations.originals(DIALOGUES):
        for name, variants in (content.read(path).data.get("responses") or {}).items():
            for variant in variants:
                assert set(variant) <= {"text", "buttons", "translation", "metadata", "condition"}, name
                assert isinstance(variant["text"], str), name
                for button in variant.get("buttons", ()):
                    assert set(button) <= {"title", "payload", "translation"}, name
