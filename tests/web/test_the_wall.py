"""Who serves staff has no way to a family's matter but through the functions that take a reach."""

import ast
from collections.abc import Iterator
from pathlib import Path

BOT = Path(__file__).resolve().parents[2] / "bot"
PAGES = ("console", "api")
READS_OR_CHANGES = {
    "bot.callbacks.booking", "bot.callbacks.calling", "bot.callbacks.changing", "bot.callbacks.claiming",
    "bot.callbacks.figures", "bot.callbacks.history", "bot.callbacks.missed_calls", "bot.callbacks.notice_outbox",
    "bot.callbacks.queue", "bot.callbacks.reading", "bot.callbacks.sealing", "bot.callbacks.tables",
    "bot.conversation.store", "bot.live_chat.changing", "bot.live_chat.reading", "bot.live_chat.tables",
    "bot.audit.search",
}  # fmt: skip
PLAIN_VALUES = {
    "bot.audit.search": {"Entry"},
    "bot.callbacks.history": {"revision"},
    "bot.callbacks.notice_outbox": {"Notice"},
}
"""What pages may know of such a module: shapes they are handed."""
MAY_SAY_EVERYWHERE = (
    "reach.py", "actions/", "alarms/", "callbacks/", "channels/", "jobs/", "app/", "commands/", "web/handing_over.py",
)  # fmt: skip
"""`handing_over` puts back what somebody leaves behind whose account is closed, of whatever area it is."""
MAY_MAKE_A_REACH = ("reach.py", "staff/accounts.py", "web/entering.py")
"""`entering` gives back, once, what somebody has just entered for an area of which they see nothing more."""


def imported(path: Path) -> Iterator[tuple[str, str]]:
    """Each imported module with the name taken from it, empty for the module itself."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield node.module, alias.name
                yield f"{node.module}.{alias.name}", ""
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, ""


def modules(*folders: str) -> Iterator[Path]:
    return (path for folder in folders for path in (BOT / folder).rglob("*.py"))


def test_a_page_or_api_call_reads_what_families_told_only_through_the_staff_operations() -> None:
    found = [
        f"{path.relative_to(BOT)}: {module} {name} (go through a function of bot/web that takes the member)"
        for path in modules(*PAGES)
        for module, name in imported(path)
        if module in READS_OR_CHANGES and name not in PLAIN_VALUES.get(module, set())
    ]
    assert found == []


def test_nobody_who_serves_staff_reaches_everywhere() -> None:
    found = [
        str(path.relative_to(BOT))
        for path in modules(".")
        if not str(path.relative_to(BOT)).startswith(MAY_SAY_EVERYWHERE)
        and any(name == "EVERYWHERE" for _, name in imported(path))
    ]
    assert found == []


def test_no_staff_operation_acts_as_the_family_or_the_system() -> None:
    found = [
        f"{path.relative_to(BOT)}: {name}"
        for path in modules("web", "api")
        for _, name in imported(path)
        if name in ("FAMILY", "SYSTEM") and path.name != "handing_over.py"
    ]
    assert found == []


def test_a_reach_is_made_from_the_areas_of_a_member_and_nowhere_else() -> None:
    made = ("Reach(", "Reach.of(", "Reach.only(")
    found = [
        str(path.relative_to(BOT))
        for path in modules(".")
        if str(path.relative_to(BOT)) not in MAY_MAKE_A_REACH
        and any(word in path.read_text(encoding="utf-8") for word in made)
    ]
    assert found == []


def test_staff_operations_ask_for_no_table_themselves() -> None:
    tables = {"CallbackRow", "CallbackEventRow", "NoticeRow", "LiveChatRow", "LiveChatLineRow"}
    found = [
        f"{path.relative_to(BOT)}: {name}"
        for path in modules("web", "console", "api")
        for _, name in imported(path)
        if name in tables
    ]
    assert found == []
