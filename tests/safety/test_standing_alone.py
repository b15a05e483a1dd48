"""The layer answers when everything else is broken, and whatever is sent to it."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.safety import URGENCIES, assess, by_child, data, grammar, help_for, trouble
from bot.safety.data import SealError
from bot.safety.normalise import LONGEST_WORD, tokens
from tests.safety.test_replies import NOON

ONLY_STANDARD_LIBRARY = """
import sys
import bot.safety
from bot.safety import assess, help_for
from datetime import UTC, datetime
assert "112" in help_for(assess("haluan kuolla"), "fi", datetime.now(UTC)).as_text()
loaded = {name.partition(".")[0] for name in sys.modules if not name.startswith("_sysconfigdata")}
foreign = loaded - set(sys.stdlib_module_names) - {"bot", "__main__"}
own = {name for name in sys.modules if name.startswith("bot.") and not name.startswith("bot.safety")}
sys.exit(f"imports {foreign} {own}" if foreign or own else 0)
"""


def test_nothing_but_the_standard_library_is_needed() -> None:
    root = Path(__file__).parents[2]
    ran = subprocess.run(
        [sys.executable, "-S", "-c", ONLY_STANDARD_LIBRARY],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.characters(), max_size=400), st.sampled_from([None, "fi", "xx", ""]))
def test_no_text_makes_it_raise(text: str, language: str | None) -> None:
    verdict = assess(text, language=language)
    assert verdict.urgency in URGENCIES
    assert verdict.rule != "internal-error"
    by_child(text)


@pytest.mark.parametrize(
    "text",
    [
        "\x00" * 50,
        "\ud800",
        "a\u0301" * 5000,
        "𝕥𝕒𝕡𝕒𝕟 " * 500,
        "\u202e" * 999,
        "t a p " * 3000,
        "." * 9000,
        "🙏" * 4000,
    ],
)
def test_hostile_text_gets_a_verdict(text: str) -> None:
    assert assess(text).rule != "internal-error"


def test_a_cry_at_the_end_of_a_very_long_message_is_read() -> None:
    assert assess("vauva valvoo ja syö. " * 5000 + "haluan kuolla").urgency == "immediate"


def test_work_grows_no_faster_than_the_message(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up = 0
    original = grammar.Grammar.classes

    def counting(self: grammar.Grammar, word: str) -> set[str]:
        nonlocal looked_up
        looked_up += 1
        return original(self, word)

    monkeypatch.setattr(grammar.Grammar, "classes", counting)
    assess("en tapa itseni ja lapsi " * 40)
    short = looked_up
    assess("en tapa itseni ja lapsi " * 80)
    assert looked_up - short <= 2 * short + 20


def test_of_an_endless_word_only_the_beginning_is_read() -> None:
    (token,) = tokens("tapanitsen" * 700)
    assert len(token.forms[0]) == LONGEST_WORD


def test_a_fault_of_ours_is_answered_with_help(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise SealError("changed")

    monkeypatch.setattr(data, "grammars", broken)
    monkeypatch.setattr(data, "texts", broken)
    verdict = assess("hei")
    assert (verdict.urgency, verdict.rule) == ("urgent", "internal-error")
    assert "112" in help_for(verdict, "fi", NOON).as_text()
    assert "112" in trouble("sv", NOON).as_text()


def test_a_changed_data_file_is_refused(tmp_path: Path) -> None:
    for file in data.FOLDER.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "help.json").write_text("{}", encoding="utf-8")
    with pytest.raises(SealError, match="help"):
        data.read("help.json", tmp_path)


def test_a_rule_that_cannot_be_read_is_named_with_its_line() -> None:
    with pytest.raises(grammar.RuleError, match="fi:2"):
        grammar.read("fi", ":me minä\nurgent suicide_self x = :nobody .. kuolla\n")


@pytest.mark.parametrize(
    "line",
    ["urgent runaway x = wc-paperi .. karkasi", "urgent runaway x = karkasi / koira .. karkasi", ":kid 1-v"],
)
def test_a_word_that_no_message_can_hold_is_refused(line: str) -> None:
    """Messages are cut at hyphens, and what must not stand in a sentence is a list of words, no pattern."""
    with pytest.raises(grammar.RuleError, match=r"fi:1: .* can never stand"):
        grammar.read("fi", line)
