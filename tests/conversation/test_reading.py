from pathlib import Path

import pytest

from bot.content import ContentError
from bot.conversation import reading
from bot.conversation.flow import END, Flows

GOOD = """flows:
  ask:
    description: asks
    nlu_trigger:
      - intent: ask_bot
      - intent: {name: greet}
    steps:
      - action: utter_a
        next:
          - if: slots.x is null
            then:
              - collect: x
                next: END
          - else: last
      - id: last
        action: utter_b
"""


def read(folder: Path, text: str) -> Flows:
    (folder / "flows.yml").write_text(text, encoding="utf-8")
    return reading.load(folder)


def mistakes(folder: Path, text: str) -> str:
    with pytest.raises(ContentError) as error:
        read(folder, text)
    return str(error.value)


def test_every_step_gets_an_address_and_a_way_on(tmp_path: Path) -> None:
    flow = read(tmp_path, GOOD)["ask"]
    assert flow.triggers == ("ask_bot", "greet")
    first = flow.steps[flow.first]
    assert [branch.target in flow.steps for branch in first.branches] == [True, True]
    assert [branch.target for branch in flow.steps["last"].branches] == [END]
    assert flow.collects() == {"x"}
    assert flow.line == 2


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("next: END", "next: nowhere", 2, "goes to unknown step 'nowhere'"),
        ("                next: END\n", "", 12, "the last step of a block has no `next`"),
        ("          - else: last\n", "", 9, "conditions without an `else`"),
        ("slots.x is null", "slots.x is", 10, "the condition ends too early"),
        ("action: utter_b", "aktion: utter_b", 15, "a step does nothing"),
        ("action: utter_b", "link: no_such_flow", 2, "unknown flow 'no_such_flow'"),
        ("      - intent: {name: greet}", "      - intent: ask_bot", 4, "intent 'ask_bot' already starts"),
    ],
)
def test_a_mistake_is_told_with_its_file_and_line(
    old: str, new: str, line: int, says: str, tmp_path: Path
) -> None:
    assert old in GOOD
    told = mistakes(tmp_path, GOOD.replace(old, new))
    assert says in told
    assert f"flows.yml:{line}: " in told


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    told = mistakes(
        tmp_path, GOOD.replace("next: END", "next: nowhere").replace("slots.x is null", "slots.x <")
    )
    assert len(told.splitlines()) == 2


def test_a_step_id_stands_once(tmp_path: Path) -> None:
    assert "stands twice" in mistakes(tmp_path, GOOD + "      - id: last\n        action: utter_c\n")
