"""The console's words: every key a page uses is there, and nothing is left unused."""

import re
from pathlib import Path

from bot.callbacks.call_note import HEADINGS
from bot.callbacks.notices import Kind, Way
from bot.callbacks.request import AttemptResult, Outcome
from bot.console import call_form, rows
from bot.console.words import words
from bot.meaning import NEEDS
from bot.staff.accounts import AccountError
from bot.staff.permissions import ROLES
from tests.staff.building import ROOT

CONSOLE = ROOT / "bot" / "console"
KEY = re.compile(r"""["']([a-z_]+\.[a-z_0-9]+)["']""")


def sources() -> list[Path]:
    return [*CONSOLE.glob("*.py"), *(CONSOLE / "templates").rglob("*.html")]


def used() -> set[str]:
    groups = {key.partition(".")[0] for key in words().sentences}
    found = {key for path in sources() for key in KEY.findall(path.read_text("utf-8"))}
    # A key that ends in "_" is put together on the page with a code; the codes have a test below.
    endings = (".html", ".js", ".css", "_")
    return {key for key in found if key.partition(".")[0] in groups and not key.endswith(endings)}


def test_every_word_a_page_asks_for_is_written() -> None:
    written = set(words().sentences)
    # `known("enter.otherwise", reason)` asks for one of a group.
    groups = {key.rpartition(".")[0] for key in written}
    assert used() - written - groups == set()


def test_every_need_role_result_and_outcome_has_its_word() -> None:
    w = words()
    wanted = {f"call.note_{heading}" for heading in HEADINGS}
    wanted |= {f"need.{need}" for need in NEEDS} | {f"people.role_{role}" for role in ROLES}
    wanted |= {f"result.{result}" for result in AttemptResult} | {f"outcome.{outcome}" for outcome in Outcome}
    wanted |= {f"queue.group_{group}" for group in rows.GROUPS}
    wanted |= {
        choice.replace(":", ".") for choice in (*call_form.TALKED_CHOICES, *call_form.NOT_TALKED_CHOICES)
    }
    assert wanted - set(w.sentences) == set()


def test_whatever_becomes_of_a_notice_has_its_word() -> None:
    wanted = {f"notice_kind.{kind}" for kind in Kind} | {f"notice_way.{way}" for way in Way}
    states = ("waiting", "sending", "sent", "dropped", "failed")
    wanted |= {f"notice_state.{state}" for state in states}
    codes = re.compile(r"""(?:NotNow|Refused)\(\(?["'](\w+)["']|return ["'](\w+)["']|or ["'](\w+)["']\)""")
    sending = [path.read_text("utf-8") for path in (ROOT / "bot/channels/notices").glob("*.py")]
    reasons = {next(filter(None, found)) for text in sending for found in codes.findall(text)}
    assert {"not_wanted", "too_late", "refused", "blocked", "unreachable"} <= reasons
    wanted |= {f"notice_reason.{reason}" for reason in reasons}
    assert wanted - set(words().sentences) == set()


def test_every_reason_an_account_is_refused_for_has_its_word() -> None:
    reasons = {"email_invalid", "email_taken", "role_unknown", "name_missing", "password_short"}
    assert {f"people.{reason}" for reason in reasons} <= set(words().sentences)
    assert AccountError("email_taken", "x").reason in reasons


def test_a_sentence_for_a_person_stands_in_no_python_file() -> None:
    finnish = re.compile(r'"[^"\n]*[äöÄÖ][^"\n]* [^"\n]*"')
    for path in CONSOLE.glob("*.py"):
        code = re.sub(r'""".*?"""', "", path.read_text("utf-8"), flags=re.DOTALL)
        assert not finnish.search(code), path
