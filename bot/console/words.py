"""The words of the console: one YAML file a language, found by keys such as `queue.title`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bot import content
from bot.content import ContentError
from bot.texts import fill

FOLDER = Path(__file__).resolve().parent / "texts"


@dataclass(frozen=True, slots=True)
class Words:
    """Every sentence by its key."""

    sentences: Mapping[str, str]

    def __call__(self, key: str, /, **values: object) -> str:
        """The sentence with its `{places}` filled; raises KeyError for one that is not there."""
        return fill(self.sentences[key], values)

    def known(self, group: str, code: str | None, otherwise: str = "") -> str:
        """The word for a code that comes from data; `otherwise` when we have none."""
        return self.sentences.get(f"{group}.{code}", otherwise)

    def group(self, group: str) -> dict[str, str]:
        """All sentences of a group by the rest of their keys, in the file's order."""
        return {
            key.removeprefix(f"{group}."): text
            for key, text in self.sentences.items()
            if key.startswith(f"{group}.")
        }


@cache
def words() -> Words:
    """The Finnish words; raises `ContentError` when the file cannot be used."""
    document = content.read(FOLDER / "fi.yaml")
    if not isinstance(document.data, dict):
        raise ContentError(document.problem("not a mapping of words", "see the file in version control"))
    sentences: dict[str, str] = {}
    _flatten(document.data, "", sentences)
    return Words(sentences)


def _flatten(part: Mapping[str, Any], before: str, into: dict[str, str]) -> None:
    for key, value in part.items():
        if isinstance(value, dict):
            _flatten(value, f"{before}{key}.", into)
        else:
            into[f"{before}{key}"] = str(value)
