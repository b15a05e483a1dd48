"""Which sentences Rasa learns from, and the files it reads them from."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from bot import content
from bot.meaning import LANGUAGES
from bot.understanding.training_data import Example


def chosen(examples: Sequence[Example], most: int | None) -> list[Example]:
    """At most so many, the same every time, each label and language with its share; all when `most` is None."""
    if most is None or len(examples) <= most:
        return list(examples)
    groups: dict[tuple[str, str], list[Example]] = defaultdict(list)
    for one in examples:
        groups[one.language, one.label].append(one)
    shares = [
        ((place + 0.5) / len(group), _hash(one), one)
        for group in groups.values()
        for place, one in enumerate(sorted(group, key=_hash))
    ]
    return [one for _, _, one in sorted(shares, key=lambda share: share[:2])[:most]]


def _hash(one: Example) -> str:
    return hashlib.sha256(f"{one.language} {one.label} {one.text}".encode()).hexdigest()


def write(examples: Sequence[Example], file: Path) -> None:
    """The sentences as one file of Rasa's YAML 3.1, grouped by intent."""
    by_label: dict[str, list[str]] = defaultdict(list)
    for one in examples:
        by_label[one.label].append(one.text)
    items = [
        {"intent": label, "examples": "".join(f"- {text}\n" for text in sorted(set(by_label[label])))}
        for label in sorted(by_label)
    ]
    file.parent.mkdir(parents=True, exist_ok=True)
    written = yaml.safe_dump(
        {"version": "3.1", "nlu": items}, allow_unicode=True, sort_keys=False, width=10_000
    )
    file.write_text(written, encoding="utf-8")


def word_lists(nlu_dir: Path) -> list[tuple[Path, Any]]:
    """The files of synonyms, lookups and regexes: those that stand in no language's folder."""
    files = [
        path for path in content.yaml_files(nlu_dir) if path.relative_to(nlu_dir).parts[0] not in LANGUAGES
    ]
    return [(path, content.read(path).data) for path in files]
