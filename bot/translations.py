"""Reads the languages that stand in files of their own: `dialogues/translations/<code>.yml`.

A file holds, under `language:` and `responses:`, the wordings of a response in the order of the Finnish ones, with
the titles alone of their buttons. What is wrong in a file is told and left out, so that a mistake in one language
never closes the door for the others. The easy form of a language (selkokieli, lätt svenska) has a file too,
`fi-x-easy.yml`: it may leave out what is easy as it is, and the titles of buttons.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot import content
from bot.content import ContentError, Document, Problem
from bot.meaning import LANGUAGES

FOLDER = "translations"
EASY = "-x-easy"
"""The end of the code of a language in its easy form (a private part of a language tag, RFC 5646 2.2.7)."""
HAVE_EASY_FORMS = ("fi", "sv", "en")
"""The languages that may have an easy form: those whose plain form stands in the files of responses themselves."""
_SECTIONS = {"version", "language", "responses"}


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of a response in one language."""

    text: str
    titles: tuple[str, ...] = ()
    """Of its buttons, in the order of the Finnish ones."""
    file: str = ""
    line: int = 1
    is_easy: bool = False
    """Whether it is the easy form of a language, which may keep the titles of the plain one."""

    def problem(self, what: str, remedy: str) -> Problem:
        """Something wrong with it."""
        return Problem(self.file, self.line, what, remedy)


@dataclass(frozen=True, slots=True)
class Translation:
    """What one file says, by response; and what could not be read of it."""

    language: str
    wordings: Mapping[str, tuple[Wording, ...]]
    problems: tuple[Problem, ...] = field(default=())


def plain(language: str) -> str:
    """The code of a language without its easy form: `fi` of `fi-x-easy`."""
    return language.removesuffix(EASY)


def eased(translation: Translation) -> frozenset[str]:
    """The language of which a file is the easy form, if it is one and says anything."""
    is_easy = translation.language.endswith(EASY) and translation.wordings
    return frozenset({plain(translation.language)}) if is_easy else frozenset()


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
    easy = [f"{language}{EASY}" for language in HAVE_EASY_FORMS]
    if code not in (*LANGUAGES[1:], *easy):
        yield document.problem(
            f"'{code}' is no language to translate into", f"use {', '.join((*LANGUAGES[1:], *easy))}"
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
        place = content.shown(document.path), document.line(*at)
        yield Wording(text.strip(), stripped, *place, is_easy=document.path.stem.endswith(EASY))
