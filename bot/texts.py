"""The sentences people read: Rasa responses with translations, in `dialogues/`.

A response may have several variants; a translation falls back to Finnish, which every response has.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot import content
from bot.content import ContentError, Document, Problem

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_FILLED = re.compile(r"\{(\w+)\}(\.?)")


@dataclass(frozen=True, slots=True)
class ButtonText:
    """A button of a response: its payload and its title by language."""

    payload: str
    titles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Variant:
    """One wording of a response, by language; `fi` is always there."""

    texts: Mapping[str, str]
    buttons: tuple[ButtonText, ...] = ()
    metadata: Mapping[str, Any] = field(default_factory=dict)
    file: str = ""
    line: int = 1


@dataclass(frozen=True, slots=True)
class Texts:
    """All responses by name."""

    responses: Mapping[str, tuple[Variant, ...]]

    def __contains__(self, name: object) -> bool:
        return name in self.responses

    def variant(self, name: str, turn: int = 0) -> Variant:
        """The wording to use; different turns take different variants."""
        variants = self.responses[name]
        return variants[turn % len(variants)]

    def text(self, name: str, language: str, turn: int = 0, /, **values: object) -> str:
        """The sentence in `language` (else Finnish), with `{placeholders}` filled from `values`.

        Raises KeyError for a response or a placeholder that is not there.
        """
        texts = self.variant(name, turn).texts
        return fill(texts.get(language) or texts["fi"], values)

    def languages(self, name: str) -> frozenset[str]:
        """The languages in which every variant of a response is written."""
        return frozenset.intersection(*(frozenset(variant.texts) for variant in self.responses[name]))


def fill(text: str, values: Mapping[str, object]) -> str:
    """Put values in the place of `{names}`; the values are never read as templates themselves."""
    return _FILLED.sub(lambda found: _joined(str(values[found[1]]), found[2]), text)


def _joined(value: str, stop: str) -> str:
    # "viimeistään {day}." with "torstaina 26.11." ends with one full stop.
    return value if value.endswith(".") else value + stop


def placeholders(text: str) -> frozenset[str]:
    """The `{names}` a sentence needs."""
    return frozenset(_PLACEHOLDER.findall(text))


def load(folder: Path) -> Texts:
    """Read the `responses:` of every file below `folder`; raises `ContentError` with all that is wrong."""
    responses: dict[str, tuple[Variant, ...]] = {}
    problems: list[Problem] = []
    for path in content.yaml_files(folder):
        document = content.read(path)
        section = document.data.get("responses") if isinstance(document.data, dict) else None
        for name, variants in content.each(section):
            if name in responses:
                problems.append(
                    document.problem(
                        f"response '{name}' stands in another file too", "keep one", "responses", name
                    )
                )
            else:
                responses[name] = _variants(document, name, variants, problems)
    if problems:
        raise ContentError(*problems)
    return Texts(responses)


def _variants(document: Document, name: str, variants: Any, problems: list[Problem]) -> tuple[Variant, ...]:
    at = ("responses", name)
    if not isinstance(variants, list) or not variants:
        problems.append(document.problem(f"response '{name}' is empty", "write at least one text", *at))
        return ()
    found = []
    for index, item in enumerate(variants):
        if not isinstance(item, dict) or not isinstance(item.get("text"), str):
            problems.append(document.problem(f"a variant of '{name}' has no text", "add `text:`", *at, index))
            continue
        texts = {"fi": item["text"].strip()}
        texts.update((code, str(text).strip()) for code, text in content.each(item.get("translation")))
        found.append(
            Variant(
                texts,
                tuple(_button(button) for button in item.get("buttons") or ()),
                item.get("metadata") or {},
                content.shown(document.path),
                document.line(*at, index),
            )
        )
    return tuple(found)


def _button(item: Mapping[str, Any]) -> ButtonText:
    titles = {"fi": str(item["title"])}
    titles.update((code, str(part["title"])) for code, part in content.each(item.get("translation")))
    return ButtonText(str(item["payload"]), titles)
