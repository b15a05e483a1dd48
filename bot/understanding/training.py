"""Trains the model from the sentences in `nlu_data/`: at most a minute on two cores, the same every time.

An eighth of the sentences is first held out to find how much each voice should count and how honest the confidences
are; then everything is learned from all sentences.
"""

import hashlib
import random
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

import numpy as np
from scipy.sparse import csr_matrix, vstack

from bot.safety.evaluation import Sentence
from bot.understanding import augmentation, danger, embedding, fitting, model, training_data
from bot.understanding.augmentation import Row
from bot.understanding.features import Vocabulary, vocabulary
from bot.understanding.fingerprint import mark
from bot.understanding.language_training import train_languages
from bot.understanding.model import Head, Model
from bot.understanding.training_data import Example

_HELD_OUT_ONE_IN = 8
_SEED = 2026
_RARE = "danger"
"""The head whose labels are rare: made even with the others they would be heard everywhere."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a training did: how many sentences by language, the seconds it took, the file's bytes."""

    sentences: dict[str, int]
    seconds: float
    file_bytes: int
    with_embedding: bool


def train(nlu_dir: Path, model_path: Path, *, cache: Path | None = None, any_label: bool = False) -> Report:
    """Learn from the sentences and write the model; embeddings are remembered in `cache` (beside the model).

    With `any_label` a label that is none of ours is learned as a need. Raises `ContentError` when the training data
    cannot be used.
    """
    began = time.monotonic()
    examples = training_data.load(nlu_dir, any_label=any_label)
    sense = embedding.embedder()
    embed = None
    if sense is not None:
        file = cache or model_path.parent / "embeddings.npz"
        embed = embedding.cached(sense, file, shipped=nlu_dir / "embeddings.npz")
    cries = danger.lines(nlu_dir)
    marks = mark(nlu_dir, sense.mark if sense else None), sense.mark if sense else ""
    found = _learn(examples, cries, embed, *marks)
    model.save(found, model_path)
    counts = {one.language: 0 for one in examples}
    for one in examples:
        counts[one.language] += 1
    return Report(counts, time.monotonic() - began, model_path.stat().st_size, embed is not None)


def _learn(
    examples: Sequence[Example],
    cries: Sequence[Sentence],
    embed: embedding.Embed | None,
    mark: str,
    sense: str,
) -> Model:
    texts = [*(one.text for one in examples), *(one.text for one in cries)]
    vectors = embed(texts) if embed else np.zeros((len(texts), 0), np.float32)
    centre = vectors.mean(axis=0)
    known = vocabulary(texts)
    rows = augmentation.rows_of(examples, cries, model.centred(vectors, centre))
    learned, held = ([row for row in rows if _is_held_out(row.text) == out] for out in (False, True))
    parts = _Lesson.of(learned, known), _Lesson.of(held, known)
    with ThreadPoolExecutor(2) as pool:
        need, act, cry = pool.map(lambda name: _head(name, *parts), ("need", "act", "danger"))
        languages = train_languages(examples)
    return Model(
        fingerprint=mark,
        embedder=sense,
        vocabulary=known,
        need=need,
        act=act,
        danger=cry,
        centre=centre,
        neighbours=np.round(np.stack([row.vector for row in [*learned, *held]]) * 127).astype(np.int8),
        languages=languages,
    )


def _is_held_out(text: str) -> bool:
    """One sentence in eight, the same ones for ever."""
    return hashlib.sha256(text.strip().lower().encode()).digest()[0] % _HELD_OUT_ONE_IN == 0


@dataclass(frozen=True, slots=True)
class _Lesson:
    """Rows to learn from: the sentences themselves, and after them the same mistyped and joined."""

    sentences: Sequence[Row]
    mistyped: Sequence[Row]
    joined: Sequence[Row]
    seen: csr_matrix
    """All of them as the quick voice sees them."""

    @classmethod
    def of(cls, rows: Sequence[Row], known: Vocabulary) -> Self:
        """The rows, and what can be made of them; the same every time."""
        chance = random.Random(_SEED)
        mistyped, joined = augmentation.with_typos(rows, chance), augmentation.joined(rows, chance)
        return cls(rows, mistyped, joined, fitting.matrix([*rows, *mistyped, *joined], known))

    def targets(self, name: str, names: Sequence[str]) -> list[int]:
        """The number of every row's label for a head; -1 where a row says nothing of it."""
        numbers = {label: number for number, label in enumerate(names)}
        return [
            numbers.get(getattr(row, name), -1) for row in (*self.sentences, *self.mistyped, *self.joined)
        ]

    def taught(self, name: str, names: Sequence[str]) -> tuple[csr_matrix, fitting.Numbers]:
        """What the quick voice of a head learns from: rows as it sees them, and the numbers of their labels."""
        targets = np.array(self.targets(name, names), dtype=np.int_)
        if name == _RARE:  # its many hands brought their own typing errors
            targets = targets[: len(self.sentences)]
        told = np.flatnonzero(targets >= 0)
        return self.seen[told], targets[told]


def _head(name: str, learned: _Lesson, held: _Lesson) -> Head:
    """One head: its voices mixed as was best for the held-out sentences, then fitted to all of them."""
    said = {getattr(row, name) for row in (*learned.sentences, *held.sentences)} - {None}
    names = tuple(sorted(said))
    first = _fitted(name, names, [learned])
    if len(set(learned.targets(name, names)) - {-1}) < len(names) or not held.sentences:
        return _fitted(name, names, [learned, held])
    rows = [*held.sentences, *held.joined]
    told = np.array([getattr(row, name) is not None for row in rows])
    voices = fitting.heard(
        first,
        [row for row, one in zip(rows, told, strict=True) if one],
        _but_mistyped(held)[told],
        np.stack([row.vector for row in learned.sentences]),
    )
    targets = np.array([names.index(getattr(row, name)) for row, one in zip(rows, told, strict=True) if one])
    blend, warmth = fitting.best_blend(voices, targets)
    return replace(_fitted(name, names, [learned, held]), blend=blend, warmth=warmth)


def _but_mistyped(held: _Lesson) -> csr_matrix:
    first, made = len(held.sentences), len(held.mistyped)
    return vstack([held.seen[:first], held.seen[first + made :]], format="csr")


def _fitted(name: str, names: Sequence[str], lessons: Sequence[_Lesson]) -> Head:
    even = name != _RARE
    seen, targets = zip(*(lesson.taught(name, names) for lesson in lessons), strict=True)
    word_weights, word_bias = fitting.fit_words(
        vstack(seen, format="csr"), np.concatenate(targets), len(names), even=even
    )
    # The embedding of two sentences is not the mean of theirs: its voice learns from whole sentences only.
    rows = [row for lesson in lessons for row in lesson.sentences]
    own = np.array([names.index(label) if (label := getattr(row, name)) is not None else -1 for row in rows])
    vectors = np.stack([row.vector for row in rows])[own >= 0]
    sense_weights, sense_bias = fitting.fit_sense(vectors, own[own >= 0], len(names), even=even)
    return Head(
        labels=tuple(names),
        word_weights=word_weights,
        word_bias=word_bias,
        sense_weights=sense_weights,
        sense_bias=sense_bias,
        neighbour_labels=own.astype(np.int16),
        blend=np.full(3, 1 / 3, np.float32),
        warmth=np.ones(2, np.float32),
        nearness=fitting.nearness(),
    )
