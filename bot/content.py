"""Reads our YAML so that every mistake can be told with its file and line.

A restricted YAML 1.2: no tags, anchors, aliases or duplicate keys; `NO`, `12:30` and `091` stay text. The parser
is libyaml's, so that large files open quickly.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?[0-9]+\.[0-9]+")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
_MAX_BYTES = 4 * 1024 * 1024

Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a content file, said so that its writer can mend it."""

    file: str
    line: int
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what} ({self.remedy})"


class ContentError(Exception):
    """A content file cannot be used. Carries every problem found in it."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Document:
    """A read file: plain data, and the line on which each part of it begins."""

    path: Path
    data: Any
    lines: dict[Place, int]

    def line(self, *path: str | int) -> int:
        """The line (from 1) of the part at `path`, or of its nearest parent."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def problem(self, what: str, remedy: str, *path: str | int) -> Problem:
        """A problem at `path` in this file."""
        return Problem(shown(self.path), self.line(*path), what, remedy)


def shown(path: Path) -> str:
    """A path as people read it: relative to the working directory when it lies below it."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def yaml_files(folder: Path) -> list[Path]:
    """Every YAML file below `folder`, in a stable order."""
    return sorted(path for ending in ("*.yml", "*.yaml") for path in folder.rglob(ending) if path.is_file())


def read(path: Path) -> Document:
    """Read one YAML file; raises `ContentError` with its line when it cannot be used."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise ContentError(
            Problem(shown(path), 1, f"cannot be read: {error.strerror}", "check the file")
        ) from error
    return parse(raw, path)


def parse(raw: bytes, path: Path) -> Document:
    """The same from bytes that came from elsewhere; `path` is only named in messages."""
    if len(raw) > _MAX_BYTES:
        raise ContentError(Problem(shown(path), 1, "larger than 4 MiB", "split it"))
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise ContentError(Problem(shown(path), line, "not UTF-8", "save the file as UTF-8")) from error
    try:
        _refuse_anchors(text, path)
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        what = f"not valid YAML: {error.problem}"
        raise ContentError(
            Problem(shown(path), mark.line + 1 if mark else 1, what, "check quotes and indentation")
        ) from error
    except yaml.YAMLError as error:
        raise ContentError(Problem(shown(path), 1, f"not valid YAML: {error}", "check the file")) from error
    lines: dict[Place, int] = {}
    data = _plain(root, path, (), lines) if root is not None else None
    return Document(path, data, lines)


def _refuse_anchors(text: str, path: Path) -> None:
    if "&" not in text and "*" not in text and "!" not in text:
        return
    for event in yaml.parse(text, Loader=_LOADER):
        tag, anchor = getattr(event, "tag", None), getattr(event, "anchor", None)
        if anchor or tag:
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise ContentError(
                Problem(shown(path), line, "has a tag or an anchor", "write it out in plain YAML")
            )


def _plain(node: Any, path: Path, at: Place, lines: dict[Place, int]) -> Any:
    lines[at] = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, path, (*at, index), lines) for index, child in enumerate(node.value)]
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key, line = key_node.value, key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            raise ContentError(Problem(shown(path), line, "a key is not plain text", "write a simple key"))
        if key in result:
            raise ContentError(Problem(shown(path), line, f"'{key}' stands twice", "keep one of them"))
        result[key] = _plain(value_node, path, (*at, key), lines)
        lines[(*at, key)] = line
    return result


def _scalar(node: Any) -> Any:
    value: str = node.value
    if node.style:  # quoted, or a block of text (a plain scalar has None or "", by parser)
        return value
    if value in _WORDS:
        return _WORDS[value]
    if _INTEGER.fullmatch(value):
        return int(value)
    if _DECIMAL.fullmatch(value):
        return float(value)
    return value


def write(data: Any) -> str:
    """Plain data as YAML with a stable order, unfolded lines, and quotes where a reader could misread."""
    dumped: str = yaml.dump(
        data, Dumper=_dumper(), allow_unicode=True, sort_keys=False, width=110, default_flow_style=False
    )
    return dumped


def _dumper() -> Any:
    return getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def each(data: Any) -> Iterator[tuple[str, Any]]:
    """The items of a mapping; nothing when it is not one."""
    if isinstance(data, dict):
        yield from data.items()
