"""Fits the voices of one head to rows of training data, and finds how to mix them."""

import itertools
import threading
import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from bot.understanding import model
from bot.understanding.augmentation import Row
from bot.understanding.features import Vocabulary

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int_]

_WORD_FREEDOM, _UNEVEN_FREEDOM, _SENSE_FREEDOM = 0.4, 1.0, 3.0
_ODDS = 6.0
_ONE_AT_A_TIME = threading.Lock()
"""LIBLINEAR draws from one generator for all threads: side by side, two trainings would never come out the same."""
_NEARNESS = 12.0
_UNHEARD_OF = -30.0
_AT_ONCE = 256
_BLENDS = [
    (words / 10, sense / 10, (10 - words - sense) / 10)
    for words, sense in itertools.product(range(3, 9), range(1, 6))
    if words + sense <= 10  # noqa: PLR2004 - shares of the whole
]
_POWERS = np.arange(0.4, 3.1, 0.1)


def matrix(rows: Sequence[Row], known: Vocabulary) -> csr_matrix:
    """The rows as the quick voice sees them."""
    vectors = [known.vector(row.text) for row in rows]
    ends = np.cumsum([0] + [len(numbers) for numbers, _ in vectors])
    values = [np.zeros(0, np.float32), *(found for _, found in vectors)]
    columns = [np.zeros(0, np.intp), *(numbers for numbers, _ in vectors)]
    return csr_matrix(
        (np.concatenate(values), np.concatenate(columns), ends), shape=(len(rows), len(known.pieces))
    )


def fit_words(texts: csr_matrix, targets: Numbers, number: int, *, even: bool = True) -> tuple[Any, Any]:
    """Fit the quick voice: weights and bias of a linear support vector machine, scaled to be read as odds.

    With `even` every label weighs the same, however few its rows are; without, what is rare stays unlikely.
    """
    weight, freedom = ("balanced", _WORD_FREEDOM) if even else (None, _UNEVEN_FREEDOM)
    fitted = LinearSVC(C=freedom, class_weight=weight, max_iter=60, tol=1e-2, random_state=0)
    with _ONE_AT_A_TIME:
        weights, bias = fit(fitted, texts, targets, number)
    return (weights * _ODDS).astype(np.float16), (bias * _ODDS).astype(np.float32)


def fit_sense(vectors: Floats, targets: Numbers, number: int, *, even: bool = True) -> tuple[Any, Any]:
    """Fit the voice that hears the embedding; without embeddings it says nothing. `even` as in `fit_words`."""
    if vectors.shape[1] == 0:
        return np.zeros((0, number), np.float16), np.zeros(number, np.float32)
    fitted = LogisticRegression(
        C=_SENSE_FREEDOM, max_iter=35, tol=3e-4, class_weight="balanced" if even else None
    )
    weights, bias = fit(fitted, vectors, targets, number)
    return weights.astype(np.float16), bias.astype(np.float32)


def fit(machine: Any, inputs: Any, targets: Numbers, number: int) -> tuple[Any, Any]:
    """Weights and bias with a column for each label; a label without rows has none."""
    weights = np.zeros((inputs.shape[1], number), np.float32)
    bias = np.full(number, _UNHEARD_OF, np.float32)
    present = np.unique(targets)
    if len(present) == 1:
        bias[present] = 0
        return weights, bias
    with warnings.catch_warnings():
        # A few rounds are enough; more would only learn the sentences by heart.
        warnings.simplefilter("ignore", ConvergenceWarning)
        machine.fit(inputs, targets)
    found, level = machine.coef_.T, machine.intercept_
    if found.shape[1] == 1:  # of two labels only the second is weighed
        found, level = np.hstack([-found, found]), np.array([-level[0], level[0]])
    weights[:, present], bias[present] = found, level
    return weights, bias


def best_blend(voices: Sequence[Floats], targets: npt.NDArray[np.intp]) -> tuple[Floats, Floats]:
    """The shares of the three voices that find most, and the honest powers (quick voice alone, all three).

    `voices` are probabilities on rows held out from fitting, one row a message.
    """
    quick = _best_power(voices[0], targets)
    if len(voices) == 1:
        return np.array([1, 0, 0], np.float32), np.array([quick, quick], np.float32)

    def loss(shares: tuple[float, float, float]) -> float:
        mixed = _mixed(voices, shares)
        return _loss(mixed, targets, _best_power(mixed, targets))

    shares = min(_BLENDS, key=loss)
    together = _best_power(_mixed(voices, shares), targets)
    return np.array(shares, np.float32), np.array([quick, together], np.float32)


def _mixed(voices: Sequence[Floats], shares: Sequence[float]) -> Floats:
    parts = [share * voice for share, voice in zip(shares, voices, strict=True)]
    return np.asarray(sum(parts), dtype=np.float32)


def _best_power(probabilities: Floats, targets: npt.NDArray[np.intp]) -> float:
    return float(min(_POWERS, key=lambda power: _loss(probabilities, targets, float(power))))


def _loss(probabilities: Floats, targets: npt.NDArray[np.intp], power: float) -> float:
    raised = np.clip(probabilities, 1e-9, 1) ** power
    right = raised[np.arange(len(targets)), targets] / raised.sum(axis=1)
    return float(-np.log(np.clip(right, 1e-9, 1)).mean())


def heard(head: model.Head, rows: Sequence[Row], seen: csr_matrix, neighbours: Floats) -> list[Floats]:
    """What each voice of a head says of rows it was not fitted to; `seen` is how the quick voice sees them."""
    words = model.softmax(np.asarray(seen @ head.word_weights.astype(np.float32) + head.word_bias))
    if not neighbours.shape[1]:
        return [words]
    vectors = np.stack([row.vector for row in rows])
    sense = head.by_sense(vectors)
    near = [
        head.by_neighbours(likeness)
        for at in range(0, len(rows), _AT_ONCE)
        for likeness in vectors[at : at + _AT_ONCE] @ neighbours.T
    ]
    return [words, sense, np.stack(near)]


def nearness() -> Floats:
    """How fast a remembered sentence's say falls with its distance."""
    return np.array([_NEARNESS], np.float32)
