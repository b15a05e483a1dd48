"""The fixed split both engines are trained and measured on, written as a folder of training data of its own."""

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.understanding import training_data
from bot.understanding.training_data import Example
from rasa_beside import sentences

_ONE_IN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """What is learned from, and two sets it is measured on; `folder` holds the learned part as training data."""

    folder: Path
    mark: str
    learned: Sequence[Example]
    held_out: Sequence[Example]
    unseen: Sequence[Example]


def make(nlu_dir: Path, place: Path, most: int) -> Split:
    """At most so many training sentences, every label and language with its share; an eighth is held out.

    The same sentences give the same split; it is written below `place` under a mark of what is in it.
    """
    taken = sentences.chosen(training_data.load(nlu_dir), most)
    held_out = [one for one in taken if _is_held_out(one.text)]
    learned = [one for one in taken if not _is_held_out(one.text)]
    mark = hashlib.sha256("\n".join(sorted(_line(one) for one in learned)).encode()).hexdigest()[:16]
    folder = place / mark / "sentences"
    shutil.rmtree(folder, ignore_errors=True)
    for language in sorted({one.language for one in learned}):
        sentences.write(
            [one for one in learned if one.language == language], folder / language / "learned.yml"
        )
    for path, _ in sentences.word_lists(nlu_dir):
        target = folder / path.relative_to(nlu_dir)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    unseen = training_data.load(nlu_dir, unseen=True)
    return Split(folder=folder, mark=mark, learned=learned, held_out=held_out, unseen=unseen)


def _line(one: Example) -> str:
    return f"{one.language} {one.label} {one.text}"


def _is_held_out(text: str) -> bool:
    """By the words alone, so that a sentence under two languages falls on one side."""
    return hashlib.sha256(text.strip().lower().encode()).digest()[0] % _ONE_IN == 0
