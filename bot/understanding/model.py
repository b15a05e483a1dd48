"""The trained model as plain numbers: how it is kept in a file, and how it reads a message.

Two questions are answered side by side, each by a *head*: which need, and which act. Three voices vote in each:
pieces of words (quick, and untroubled by typos), the embedding, and the nearest training sentences. When the
quick voice is sure of both, the others are not asked.
"""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from bot.understanding.embedding import Embed
from bot.understanding.features import Vocabulary
from bot.understanding.language import Languages

Array = npt.NDArray[Any]
Floats = npt.NDArray[np.float32]

FORMAT = 3
"""Raised whenever a model of an older form could not be read any more, or would read messages otherwise."""

_NEAREST = 12
_AT_ONCE = 1024
_NO_DANGER = 0.95
"""From here on the quick voice is believed that there is no danger, or that there is."""


class Reading(NamedTuple):
    """What a text probably says: the chances of each need, of each act and of each danger."""

    need: Floats
    act: Floats
    danger: Floats


class ModelError(Exception):
    """The model file is missing, broken or of another form; training makes a new one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """One question. Arrays have one column per label."""

    labels: tuple[str, ...]
    word_weights: Array
    word_bias: Array
    sense_weights: Array
    sense_bias: Array
    neighbour_labels: Array
    """The label number of each remembered sentence; -1 where nobody has said it."""
    blend: Array
    """How much each of the three voices counts: words, embedding, neighbours."""
    warmth: Array
    """Two powers that make confidences honest: for the quick voice alone, and for the three together."""
    nearness: Array
    """How fast a neighbour's say falls with its distance."""

    def by_words(self, rows: Array, values: Floats) -> Floats:
        """What the pieces of words say, as probabilities not yet warmed."""
        return softmax(values @ self.word_weights[rows].astype(np.float32) + self.word_bias)

    def by_sense(self, vector: Floats) -> Floats:
        """What the embedding says."""
        return softmax(vector @ self.sense_weights.astype(np.float32) + self.sense_bias)

    def by_neighbours(self, likeness: Floats) -> Floats:
        """What the likest remembered sentences are about; the nearer, the louder."""
        likeness = np.where(self.neighbour_labels >= 0, likeness, np.float32(-1))
        nearest = (
            np.argpartition(likeness, -_NEAREST)[-_NEAREST:] if len(likeness) > _NEAREST else slice(None)
        )
        closeness = likeness[nearest]
        loudness = np.exp((closeness - closeness.max()) * float(self.nearness[0]))
        votes = np.bincount(self.neighbour_labels[nearest], loudness, minlength=len(self.labels))
        return np.asarray(votes / votes.sum(), dtype=np.float32)

    def together(self, words: Floats, sense: Floats, neighbours: Floats) -> Floats:
        """The three voices as one, warmed."""
        mixed = self.blend[0] * words + self.blend[1] * sense + self.blend[2] * neighbours
        return warmed(mixed, float(self.warmth[1]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Everything learned. `fingerprint` tells from which sentences."""

    fingerprint: str
    embedder: str
    """The mark of the embedder it was trained with; empty without."""
    vocabulary: Vocabulary
    need: Head
    act: Head
    danger: Head
    """Which danger, if any; its quiet label is `none`."""
    centre: Array
    """The mean of all embeddings; what is left without it tells sentences apart."""
    neighbours: Array
    """The remembered sentences' embeddings as whole numbers -127…127; empty without the embedding."""
    languages: Languages
    sure: float = 0.6
    """From here on the quick voice is believed alone, where it hears no danger."""

    def read(self, texts: Sequence[str], embed: Embed | None) -> list[Reading]:
        """Of each text, the probabilities of each need (with `no_need`), act (with `none`) and danger."""
        heard = [self._by_words(text) for text in texts]
        readings = [self._alone(said) for said in heard]
        unsure = [at for at, said in enumerate(readings) if not self._is_sure(said)]
        if embed is None or not len(self.neighbours) or not unsure:
            return readings
        vectors = centred(embed([texts[at] for at in unsure]), self.centre)
        for at, vector, likeness in zip(unsure, vectors, self._likeness(vectors), strict=True):
            readings[at] = self._together(heard[at], vector, likeness)
        return readings

    def _by_words(self, text: str) -> Reading:
        rows, values = self.vocabulary.vector(text)
        return Reading(*(head.by_words(rows, values) for head in self._heads()))

    def _alone(self, words: Reading) -> Reading:
        return Reading(*(warmed(said, float(head.warmth[0])) for said, head in self._with_heads(words)))

    def _is_sure(self, said: Reading) -> bool:
        return bool(min(said.need.max(), said.act.max()) >= self.sure and said.danger.max() >= _NO_DANGER)

    def _likeness(self, vectors: Floats) -> Floats:
        """How like each of the remembered sentences each vector is."""
        # Kept as small numbers and unpacked piece by piece: fetching them from memory is what takes the time.
        found = np.empty((len(vectors), len(self.neighbours)), np.float32)
        for at in range(0, len(self.neighbours), _AT_ONCE):
            some = self.neighbours[at : at + _AT_ONCE].astype(np.float32)
            found[:, at : at + len(some)] = vectors @ some.T
        return found / np.float32(127)

    def _together(self, words: Reading, vector: Floats, likeness: Floats) -> Reading:
        return Reading(
            *(
                head.together(said, head.by_sense(vector), head.by_neighbours(likeness))
                for said, head in self._with_heads(words)
            )
        )

    def _heads(self) -> tuple[Head, Head, Head]:
        return self.need, self.act, self.danger

    def _with_heads(self, said: Reading) -> Iterator[tuple[Floats, Head]]:
        return zip(said, self._heads(), strict=True)


def softmax(scores: Floats) -> Floats:
    """Scores as probabilities, along the last axis."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True), dtype=np.float32)


def warmed(probabilities: Floats, power: float) -> Floats:
    """Probabilities made bolder (power above 1) or more careful (below 1)."""
    raised = np.clip(probabilities, 1e-9, 1) ** power
    return np.asarray(raised / raised.sum(), dtype=np.float32)


def centred(vectors: Floats, centre: Array) -> Floats:
    """Embeddings without what all sentences share, again of length 1."""
    left = vectors - centre
    lengths = np.linalg.norm(left, axis=1, keepdims=True)
    return np.asarray(left / np.maximum(lengths, 1e-6), dtype=np.float32)


def save(model: Model, path: Path) -> None:
    """Write the model so that a reader sees the old one or the new one, never half of it."""
    arrays: dict[str, Any] = {
        "centre": model.centre,
        "neighbours": model.neighbours,
    }
    arrays |= {"words.pieces": model.vocabulary.pieces, "words.weights": model.vocabulary.weights}
    arrays |= {f"language.{part}": getattr(model.languages, part) for part in _LANGUAGE_ARRAYS}
    for name, head in _heads(model).items():
        arrays |= {f"{name}.{part}": getattr(head, part) for part in _HEAD_ARRAYS}
    about = {
        "format": FORMAT,
        "fingerprint": model.fingerprint,
        "embedder": model.embedder,
        "sure": model.sure,
        "languages": model.languages.codes,
        "labels": {name: head.labels for name, head in _heads(model).items()},
    }
    arrays["about"] = np.frombuffer(json.dumps(about).encode(), dtype=np.uint8)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.part.npz")
    np.savez(draft, **arrays)
    draft.replace(path)


def load(path: Path) -> Model:
    """Read a model; raises `ModelError` with what to do."""
    try:
        with np.load(path, allow_pickle=False) as stored:
            about = _about(stored)
            if about.get("format") != FORMAT:
                raise ModelError(f"{path} is of another form (train again: perheovi train)")
            arrays = {name: stored[name] for name in stored.files}
            return _model(about, arrays)
    except (OSError, ValueError, KeyError, EOFError) as error:
        raise ModelError(f"{path} cannot be read as a model (train: perheovi train)") from error


def stored_fingerprint(path: Path) -> str | None:
    """From which sentences the model in the file was trained; None when it cannot be used."""
    try:
        with np.load(path, allow_pickle=False) as stored:
            about = _about(stored)
    except (OSError, ValueError, KeyError, EOFError):
        return None
    return about["fingerprint"] if about.get("format") == FORMAT else None


_HEAD_ARRAYS = tuple(one.name for one in fields(Head) if one.name != "labels")
_LANGUAGE_ARRAYS = tuple(one.name for one in fields(Languages) if one.name != "codes")


def _heads(model: Model) -> dict[str, Head]:
    return {"need": model.need, "act": model.act, "danger": model.danger}


def _about(stored: Any) -> dict[str, Any]:
    about: dict[str, Any] = json.loads(stored["about"].tobytes())
    return about


def _model(about: dict[str, Any], arrays: dict[str, Array]) -> Model:
    heads = {
        name: Head(labels=tuple(found), **{part: arrays[f"{name}.{part}"] for part in _HEAD_ARRAYS})
        for name, found in about["labels"].items()
    }
    return Model(
        fingerprint=about["fingerprint"],
        embedder=about["embedder"],
        vocabulary=Vocabulary(arrays["words.pieces"], arrays["words.weights"]),
        languages=Languages(
            codes=tuple(about["languages"]), **{part: arrays[f"language.{part}"] for part in _LANGUAGE_ARRAYS}
        ),
        centre=arrays["centre"],
        neighbours=arrays["neighbours"],
        sure=about["sure"],
        **heads,
    )
