"""Learns to tell languages apart from the training sentences themselves."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bot.understanding import fitting
from bot.understanding.language import Languages, piece_numbers, words_of
from bot.understanding.training_data import Example

Numbers = npt.NDArray[np.uint32]

_AT_LEAST = 2
_FREEDOM = 20.0


def train_languages(examples: Sequence[Example]) -> Languages:
    """Weights of pieces of words for every language that has sentences."""
    found = [(np.unique(piece_numbers(words_of(one.text))), one.language) for one in examples]
    found = [(numbers, code) for numbers, code in found if len(numbers)]
    pieces, counts = np.unique(np.concatenate([numbers for numbers, _ in found]), return_counts=True)
    pieces = pieces[counts >= _AT_LEAST]
    codes = tuple(sorted({code for _, code in found}))
    kept = [(_rows(numbers, pieces), len(numbers)) for numbers, _ in found]
    inputs = csr_matrix(
        (
            np.concatenate([np.full(len(rows), 1 / np.sqrt(length)) for rows, length in kept]),
            np.concatenate([rows for rows, _ in kept]),
            np.cumsum([0] + [len(rows) for rows, _ in kept]),
        ),
        shape=(len(kept), len(pieces)),
    )
    machine = LogisticRegression(C=_FREEDOM, max_iter=60, tol=1e-4, class_weight="balanced")
    weights, bias = fitting.fit(
        machine, inputs, np.array([codes.index(code) for _, code in found]), len(codes)
    )
    return Languages(
        codes=codes,
        pieces=pieces,
        weights=weights.astype(np.float16),
        bias=bias,
    )


def _rows(numbers: Numbers, pieces: Numbers) -> npt.NDArray[np.intp]:
    """Where those numbers that are among the pieces stand; both ascending."""
    rows = np.minimum(np.searchsorted(pieces, numbers), len(pieces) - 1)
    return np.asarray(rows[pieces[rows] == numbers], dtype=np.intp)
