"""Trains the model from the sentences in `nlu_data/`: at most a minute on two cores, the same every time.

A part of the sentences is first held out to find how much each voice should count and how honest the confidences
are; then everything is learned from all sentences.
"""

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.understanding import augmentation, embedding, fitting, model, training_data
from bot.understanding.augmentation import Row
from bot.understanding.features import Floats, Vocabulary, vocabulary
from bot.understanding.fingerprint import mark
from bot.understanding.language_training import train_languages
from bot.understanding.model import Head, Model
from bot.understanding.training_data import Example

_HELD_OUT = 5
_SEED = 2026


@dataclass(frozen=True, slots=True)
class Report:
    """What a training did: how many sentences by language, the seconds it took, the file's bytes."""

    sentences: dict[str, int]
    seconds: float
    file_bytes: int
    with_embedding: bool


def train(nlu_dir: Path, model_path: Path, *, cache: Path | None = None) -> Report:
    """Learn from the sentences and write the model; embeddings are remembered in `cache` (beside the model).

    Raises `ContentError` when the training data cannot be used.
    """
    began = time.monotonic()
    examples = training_data.load(nlu_dir)
    embed = embedding.embedder()
    if embed is not None:
        file = cache or model_path.parent / "embeddings.npz"
        embed = embedding.cached(embedding.in_parts(embed), file, shipped=nlu_dir / "embeddings.npz")
    found = _learn(examples, embed, mark(nlu_dir, with_embedding=embed is not None))
    model.save(found, model_path)
    counts = {one.language: 0 for one in examples}
    for one in examples:
        counts[one.language] += 1
    return Report(counts, time.monotonic() - began, model_path.stat().st_size, embed is not None)


def _learn(examples: Sequence[Example], embed: embedding.Embed | None, mark: str) -> Model:
    texts = [one.text for one in examples]
    vectors = embed(texts) if embed else np.zeros((len(texts), 0), np.float32)
    centre = vectors.mean(axis=0)
    rows = augmentation.rows_of(examples, model.centred(vectors, centre))
    known = vocabulary(texts)
    need, act = _heads(rows, known, _mixing(rows, known))
    return Model(
        fingerprint=mark,
        vocabulary=known,
        need=need,
        act=act,
        centre=centre,
        neighbours=np.stack([row.vector for row in rows]),
        languages=train_languages(examples),
    )


@dataclass(frozen=True, slots=True)
class _Mix:
    blend: Floats
    warmth: Floats


_EQUAL = _Mix(np.full(3, 1 / 3, np.float32), np.ones(2, np.float32))


def _mixing(rows: Sequence[Row], known: Vocabulary) -> tuple[_Mix, _Mix]:
    """How to mix the voices of each head, measured on a fifth of the rows with the rest learned."""
    order = list(rows)
    random.Random(_SEED).shuffle(order)
    learned = [row for at, row in enumerate(order) if at % _HELD_OUT]
    missing = {row.need for row in rows} - {row.need for row in learned}
    missing |= {row.act for row in rows} - {row.act for row in learned}
    if missing:
        return _EQUAL, _EQUAL
    held = order[::_HELD_OUT]
    held += augmentation.joined(held, random.Random(_SEED))
    found = []
    neighbours = np.stack([row.vector for row in learned])
    for head, name in zip(_heads(learned, known, (_EQUAL, _EQUAL)), ("need", "act"), strict=True):
        voices = fitting.heard(head, held, known, neighbours)
        targets = np.array([head.labels.index(getattr(row, name)) for row in held])
        found.append(_Mix(*fitting.best_blend(voices, targets)))
    return found[0], found[1]


def _heads(rows: Sequence[Row], known: Vocabulary, mixes: tuple[_Mix, _Mix]) -> list[Head]:
    chance = random.Random(_SEED)
    everything = [*rows, *augmentation.with_typos(rows, chance), *augmentation.joined(rows, chance)]
    texts = fitting.matrix(everything, known)
    # The embedding of two sentences is not the mean of theirs: its voice learns from whole sentences only.
    vectors = np.stack([row.vector for row in rows])
    heads = []
    for name, mix in zip(("need", "act"), mixes, strict=True):
        names = tuple(sorted({getattr(row, name) for row in rows}))
        targets = [names.index(getattr(row, name)) for row in everything]
        word_weights, word_bias = fitting.fit_words(texts, targets)
        sense_weights, sense_bias = fitting.fit_sense(vectors, targets[: len(rows)], len(names))
        heads.append(
            Head(
                labels=names,
                word_weights=word_weights,
                word_bias=word_bias,
                sense_weights=sense_weights,
                sense_bias=sense_bias,
                neighbour_labels=np.array(targets[: len(rows)], np.int16),
                blend=mix.blend,
                warmth=mix.warmth,
                nearness=fitting.nearness(),
            )
        )
    return heads
