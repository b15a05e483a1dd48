"""The rules of this house that no linter knows."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

from bot.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
MOST_LINES_IN_A_FILE = 300
MOST_LINES_IN_A_FUNCTION = 40
MOST_LINES_IN_THE_README = 200
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc", "base", "manager", "core", "services"}
TOP_LEVEL = {
    ".ci", ".gitignore", "LICENSE", "Makefile", "NOTICE", "README.md", "bench", "bot", "dialogues", "docs", "nlu_data",
    "pyproject.toml", "rasa_beside", "requirements-dev.lock", "requirements-uv.lock", "requirements.lock",
    "services_catalog", "tests",
}  # fmt: skip


def modules() -> Iterator[Path]:
    return (path for path in (ROOT / "bot").rglob("*.py") if "versions" not in path.parts)


def test_no_file_is_longer_than_anybody_reads() -> None:
    long = [str(path) for path in modules() if len(path.read_text().splitlines()) > MOST_LINES_IN_A_FILE]
    assert long == []


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > MOST_LINES_IN_A_FUNCTION
    ]
    assert long == []


def test_every_name_says_what_is_in_the_file() -> None:
    assert [str(path) for path in modules() if path.stem in SAYS_NOTHING] == []


def test_nothing_else_lies_at_the_top() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert {line.split("/")[0] for line in listed.splitlines()} <= TOP_LEVEL


def test_every_setting_is_explained_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text()
    assert [
        f"PERHEOVI_{name.upper()}"
        for name in Settings.model_fields
        if f"PERHEOVI_{name.upper()}" not in readme
    ] == []
    assert len(readme.splitlines()) <= MOST_LINES_IN_THE_README


def test_nothing_is_loaded_that_could_run_code() -> None:
    risky = ("import pickle", "import joblib", "eval(", "exec(", "yaml.load(", "|safe", "| safe", "innerHTML")
    found = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in (ROOT / "bot").rglob("*")
        if path.suffix in (".py", ".html", ".js") and path.is_file() and ".min." not in path.name
        for word in risky
        if word in path.read_text(encoding="utf-8")
    ]
    assert found == []
