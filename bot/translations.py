"""Reads the languages that stand in files of their own: `dialogues/translations/<code>.yml`.

A file holds, under `language:` and `responses:`, the wordings of a response in the order of the Finnish ones, with
the titles alone of their buttons. What is wrong in a file is told and left out, so that a mistake in one language
never closes the door for the others.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot import content
from bot.content import ContentError, Document, Problem
from bot.meaning import LANGUAGES

FOLDER = "translations"
_SECTIONS = {"version", "language", "responses"}


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of a response in one language."""

    text: str
    titles: tuple[str, ...] = ()
    """Of its buttons, in the order of the Finnish ones."""
    file: str = ""
    line: int = 1

    def problem(self, what: str, remedy: str) -> Problem:
        """Something wrong with it."""
        return Problem(self.file, self.line, what, remedy)


@dataclass(frozen=True, slots=True)
class Translation:
    """What one file says, by response; and what could not be read of it."""

    language: str
    wordings: Mapping[str, tuple[Wording, ...]]
    problems: tuple[Problem, ...] = field(default=())


def originals(folder: Path) -> list[Path]:
    """Every YAML file below `folder` that is not a translation."""
    return [path for path in content.yaml_files(folder) if path.relative_to(folder).parts[0] != FOLDER]


def read_all(folder: Path) -> list[Translation]:
    """Every translation below `folder`; never raises for what is in them."""
    return [_read(path) for path in content.yaml_files(folder / FOLDER)]


def _read(path: Path) -> Translation:
    try:
        document = content.read(path)
    except ContentError as error:
        return Translation(path.stem, {}, error.problems)
    problems = list(_faults_of_frame(document))
    if problems:
        return Translation(path.stem, {}, tuple(problems))
    found = {
        name: tuple(_wordings(document, name, items, problems))
        for name, items in content.each(document.data["responses"])
    }
    return Translation(path.stem, {name: some for name, some in found.items() if some}, tuple(problems))


def _faults_of_frame(document: Document) -> Iterator[Problem]:
    data = document.data
    if not isinstance(data, dict) or not isinstance(data.get("responses"), dict):
        yield document.problem("has no responses", "write them under `responses:`")
        return
    code = document.path.stem
    if code not in LANGUAGES or code == "fi":
        yield document.problem(
            f"'{code}' is no language to translate into", f"use {', '.join(LANGUAGES[1:])}"
        )
    elif data.get("language") != code:
        yield document.problem("the language is not that of the file's name", f"write language: {code}")
    for name in data.keys() - _SECTIONS:
        yield document.problem(f"unknown section '{name}'", "use language and responses", name)


def _wordings(document: Document, name: str, items: Any, problems: list[Problem]) -> Iterator[Wording]:
    """The wordings up to the first that cannot be read: those after it would stand in a wrong place."""
    if not isinstance(items, list) or not items:
        problems.append(document.problem(f"'{name}' is empty", "write at least one text", "responses", name))
        return
    for index, item in enumerate(items):
        at = ("responses", name, index)
        text = item.get("text") if isinstance(item, dict) else None
        titles = (item.get("buttons") or []) if isinstance(item, dict) else []
        if not isinstance(text, str) or not text.strip():
            problems.append(document.problem(f"a wording of '{name}' has no text", "add `text:`", *at))
            return
        if not isinstance(titles, list) or not all(isinstance(one, str) and one.strip() for one in titles):
            what = f"the buttons of '{name}' are not a list of titles"
            problems.append(document.problem(what, "write the titles alone", *at))
            return
        if extra := item.keys() - {"text", "buttons"}:
            what = f"'{name}' has an unknown key '{min(extra)}'"
            problems.append(document.problem(what, "use text and buttons", *at))
        stripped = tuple(one.strip() for one in titles)
        yield Wording(text.strip(), stripped, content.shown(document.path), document.line(*at))
