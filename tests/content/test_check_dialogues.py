"""`perheovi check` finds a planted mistake in the dialogues, and says where and what to do."""

import shutil
from pathlib import Path

import pytest

from bot import texts
from bot.checking import check_dialogues
from bot.content import ContentError

DIALOGUES = Path(__file__).parents[2] / "dialogues"


def problems(folder: Path) -> list[str]:
    try:
        return [str(one) for one in check_dialogues(folder, texts.load(folder))]
    except ContentError as error:
        return [str(one) for one in error.problems]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DIALOGUES, tmp_path / "dialogues"))


def test_what_we_ship_is_in_order() -> None:
    assert problems(DIALOGUES) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("flows/find_help.yml", "action_hear", "action_listen", "unknown action 'action_listen' (use one of"),
        ("flows/find_help.yml", "collect: child_age", "collect: age_of_child", "unknown slot 'age_of_child'"),
        ("flows/find_help.yml", "slots.callback is not null", "slots.booked", "unknown slot 'booked'"),
        ("flows/find_help.yml", "then: ask_child_age", "then: show", "nothing leads to step 'ask_child_age'"),
        ("flows/find_help.yml", "then: ask_child_age", "then: ask_age", "unknown step 'ask_age'"),
        ("flows/find_help.yml", "link: book_callback", "link: book_call", "unknown flow 'book_call'"),
        (
            "flows/find_help.yml",
            "utter_no_callback",
            "utter_never_written",
            "no response 'utter_never_written'",
        ),
        ("flows/find_help.yml", "intent: grief", "intent: sorrow", "unknown intent 'sorrow'"),
        (
            "flows/find_help.yml",
            "slots.callback_offer",
            "slots.callback_offer is",
            "condition ends too early",
        ),
        (
            "flows/answers.yml",
            "    description: What is stored, for how long, who reads it.\n",
            "",
            "no description",
        ),
        (
            "responses/talk.yml",
            '        sv: "Bra om det här var till hjälp."\n',
            "",
            "'utter_thanks' is not written in sv",
        ),
        ("responses/talk.yml", "{municipality}: de här", "{kommun}: de här", "other placeholders in sv"),
        ("responses/talk.yml", "utter_thanks:", "thanks:", "'thanks' has no known kind of name"),
        ("domain.yml", "version:", "versions:", "unknown section 'versions'"),
        (
            "flows/patterns.yml",
            "  pattern_correction:",
            "  pattern_correction: 1\n  pattern_correction:",
            "stands twice",
        ),
    ],
)
def test_a_planted_mistake_is_found(file: str, old: str, new: str, says: str, copy: Path) -> None:
    path = copy / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    found = problems(copy)
    assert any(says in one for one in found), found
    assert all(f"{copy.name}/" in one.split(":")[0] and one.split(":")[1].isdigit() for one in found), found
    assert all(one.endswith(")") for one in found)
