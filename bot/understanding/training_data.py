"""Reads and checks the training sentences in `nlu_data/`: Rasa's YAML format, one file per label and language.

`<language>/unseen/` holds sentences that are never trained on; `evaluation` measures with them.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot import content
from bot.content import ContentError, Document, Problem
from bot.meaning import LANGUAGES
from bot.understanding import labels, normalise

_ANNOTATION = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")
_WORD = re.compile(r"[^\W\d_]+")
_WORDS = re.compile(r"\w+")
_UNSEEN = "unseen"
_OTHER_ITEMS = {"synonym", "lookup", "regex"}
_VERSION = "3.1"
_DANGER = "safety"


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One sentence with its label, and where it stands."""

    text: str
    label: str
    language: str
    unseen: bool
    file: str
    line: int

    @property
    def need(self) -> str | None:
        """The need of the label, if it has one; a label that is not ours counts as a need."""
        found = labels.parts(self.label)
        return found[0] if found else self.label

    @property
    def act(self) -> str:
        """The act of the label; `none` when it only tells a matter."""
        found = labels.parts(self.label)
        return found[1] if found else labels.NO_ACT


def load(nlu_dir: Path, *, unseen: bool = False, any_label: bool = False) -> list[Example]:
    """The sentences to train on, or the unseen ones; raises `ContentError` when a file cannot be used.

    With `any_label` the labels may be others than ours: so the engine learns from anybody's data in this form.
    """
    found, problems = _read(nlu_dir, any_label=any_label)
    if problems:
        raise ContentError(*problems)
    return [example for example in found if example.unseen == unseen]


def check(nlu_dir: Path) -> list[Problem]:
    """All that is wrong with the training data: format, labels, repetitions, unseen sentences trained on."""
    found, problems = _read(nlu_dir)
    return problems + _repeated(found) + _look_alikes(found)


def danger_files(nlu_dir: Path) -> list[Path]:
    """The files of labelled lines from which danger is learned; the unseen ones are not among them."""
    files = sorted((nlu_dir / _DANGER).glob("*.tsv"))
    return [path for path in files if not path.stem.startswith(_UNSEEN)]


def fingerprint(nlu_dir: Path) -> str:
    """Changes when a training sentence or a line of danger, its label or its language changes, never with a comment.

    Read at every start, so the files are looked at as lines and not parsed.
    """
    found = hashlib.sha256()
    for path in (*content.yaml_files(nlu_dir), *danger_files(nlu_dir)):
        place = path.relative_to(nlu_dir)
        if place.parts[0] not in (*LANGUAGES, _DANGER) or _UNSEEN in place.parts:
            continue
        lines = (line.strip() for line in path.read_bytes().splitlines())
        told = b"\n".join(line for line in lines if line and not line.startswith(b"#"))
        found.update(f"{place.as_posix()}\0{len(told)}\0".encode() + told)
    return found.hexdigest()


def _read(nlu_dir: Path, *, any_label: bool = False) -> tuple[list[Example], list[Problem]]:
    examples: list[Example] = []
    problems: list[Problem] = []
    files = [path for path in content.yaml_files(nlu_dir) if path.relative_to(nlu_dir).parts[0] in LANGUAGES]
    if not files:
        folder = content.shown(nlu_dir)
        problems.append(Problem(folder, 1, "no training sentences", "add <language>/needs/<label>.yml"))
    for path in files:
        try:
            document = content.read(path)
        except ContentError as error:
            problems.extend(error.problems)
            continue
        examples.extend(_examples(document, nlu_dir, problems, any_label=any_label))
    return examples, problems


def _examples(
    document: Document, nlu_dir: Path, problems: list[Problem], *, any_label: bool
) -> Iterator[Example]:
    data = document.data if isinstance(document.data, dict) else {}
    if str(data.get("version")) != _VERSION:
        problems.append(document.problem("no Rasa version", f'begin with version: "{_VERSION}"', "version"))
    items = data.get("nlu")
    if not isinstance(items, list) or not items:
        problems.append(document.problem("no sentences", "add `nlu:` with an intent and its examples", "nlu"))
        return
    for index, item in enumerate(items):
        if isinstance(item, dict) and _OTHER_ITEMS & item.keys():
            continue
        yield from _of_item(document, nlu_dir, index, item, problems, any_label=any_label)


def _of_item(
    document: Document, nlu_dir: Path, index: int, item: Any, problems: list[Problem], *, any_label: bool
) -> Iterator[Example]:
    at = ("nlu", index)
    if not isinstance(item, dict) or set(item) != {"intent", "examples"}:
        problems.append(document.problem("not an intent with examples", "write intent: and examples: |", *at))
        return
    label, block = str(item["intent"]), item["examples"]
    if labels.parts(label) is None and not any_label:
        problems.append(document.problem(f"unknown label '{label}'", "use needs and acts as listed", *at))
        return
    if not isinstance(block, str) or not block.strip():
        problems.append(
            document.problem(f"'{label}' has no sentences", "write lines beginning with '- '", *at)
        )
        return
    place = document.path.relative_to(nlu_dir).parts
    start = document.line(*at, "examples") + 1
    for number, line in enumerate(block.splitlines(), start):
        if not line.strip():
            continue
        text = _ANNOTATION.sub(r"\1", line.strip()[1:]).strip()
        file = content.shown(document.path)
        if not line.startswith("- ") or not text:
            problems.append(Problem(file, number, "not a sentence", "begin the line with '- '"))
            continue
        yield Example(
            text=text, label=label, language=place[0], unseen=_UNSEEN in place, file=file, line=number
        )


def _repeated(examples: list[Example]) -> list[Problem]:
    seen: dict[tuple[str, str], Example] = {}
    problems = []
    for one in sorted(examples, key=lambda example: example.unseen):
        key = (one.language, " ".join(_WORDS.findall(normalise.plain(one.text))) or one.text)
        first = seen.setdefault(key, one)
        if first is one:
            continue
        what, remedy = f"'{one.text}' stands at {first.file}:{first.line} too", "keep one of them"
        if first.unseen != one.unseen:
            remedy = "an unseen sentence must not be trained on; reword the training sentence"
        problems.append(Problem(one.file, one.line, what, remedy))
    return problems


def _look_alikes(examples: list[Example]) -> list[Problem]:
    return [
        Problem(one.file, one.line, f"'{word}' mixes alphabets", "type the word again in one alphabet")
        for one in examples
        if not one.text.isascii()
        for word in _WORD.findall(one.text)
        if len({_alphabet(letter) for letter in word}) > 1
    ]


def _alphabet(letter: str) -> str:
    return unicodedata.name(letter, "?").split()[0].replace("MODIFIER", "LATIN")
