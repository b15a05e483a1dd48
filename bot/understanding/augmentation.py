"""More training rows from the same sentences: with the typos of a telephone, and two sentences said as one."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.safety.evaluation import Sentence
from bot.understanding import danger, labels
from bot.understanding.embedding import Vectors
from bot.understanding.training_data import Example

_NEIGHBOURS = {
    "a": "sq", "e": "wr", "i": "uo", "o": "ip", "u": "yi", "t": "ry", "s": "ad", "n": "bm", "k": "jl", "l": "kö",
    "r": "et", "m": "n", "h": "gj", "v": "cb", "p": "o", "y": "tu", "d": "sf", "j": "hk", "ä": "öa", "ö": "lä",
}  # fmt: skip
_LETTERS_A_TYPO = 14
_JOINS_A_SENTENCE = 0.35
_MAX_LETTERS = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One thing to learn from: a text, what it means, and its embedding (a joined text has the mean of two).

    `need`, `act` or `danger` is None where nobody has said it: such a row teaches nothing of that.
    """

    text: str
    need: str | None
    act: str | None
    danger: str | None
    vector: Vectors
    made: bool = False


def rows_of(examples: Sequence[Example], cries: Sequence[Sentence], vectors: Vectors) -> list[Row]:
    """The sentences themselves as rows, and after them the lines of danger; `vectors` in the same order."""
    told: list[tuple[str, str | None, str | None, str | None]]
    told = [(one.text, one.need or labels.NO_NEED, one.act, danger.of_sentence(one)) for one in examples]
    told += [(one.text, None, None, danger.of_line(one)) for one in cries]
    return [
        Row(text=text, need=need, act=act, danger=what, vector=vector)
        for (text, need, act, what), vector in zip(told, vectors, strict=True)
    ]


def with_typos(rows: Sequence[Row], chance: random.Random) -> list[Row]:
    """A mistyped copy of each row whose text is long enough to survive it."""
    return [
        replace(row, text=typed(row.text, chance), made=True)
        for row in rows
        if len(row.text) > _LETTERS_A_TYPO // 2
    ]


def joined(rows: Sequence[Row], chance: random.Random) -> list[Row]:
    """A matter and a request in one message, in either order, as families often write them."""
    matters = [row for row in rows if row.act == labels.NO_ACT and len(row.text) < _MAX_LETTERS]
    requests = [row for row in rows if row.need == labels.NO_NEED and row.act in _ASKING]
    if not matters or not requests:
        return []
    return [_join(chance.choice(matters), chance.choice(requests), chance) for _ in range(_number(rows))]


def typed(text: str, chance: random.Random) -> str:
    """The text with about one typing mistake for every fourteen letters."""
    letters = list(text.lower())
    for _ in range(max(1, len(letters) // _LETTERS_A_TYPO)):
        at = chance.randrange(len(letters) - 1)
        kind = chance.randrange(4)
        if kind == 0:
            letters[at], letters[at + 1] = letters[at + 1], letters[at]
        elif kind == 1:
            del letters[at]
        elif kind == 2:  # noqa: PLR2004 - the third of four kinds
            letters.insert(at, letters[at])
        else:
            letters[at] = chance.choice(_NEIGHBOURS.get(letters[at], letters[at]))
        if len(letters) < 3:  # noqa: PLR2004 - nothing left to mistype
            break
    return "".join(letters)


_ASKING = frozenset(labels.ACTS) - {
    "affirm",
    "deny",
    "greet",
    "thanks",
    "goodbye",
    "out_of_scope",
    "feedback",
}


def _number(rows: Sequence[Row]) -> int:
    return int(len(rows) * _JOINS_A_SENTENCE)


def _join(matter: Row, request: Row, chance: random.Random) -> Row:
    first, second = (matter, request) if chance.random() < 0.6 else (request, matter)  # noqa: PLR2004
    text = chance.choice(("{} {}", "{}. {}", "{}, {}", "{} ja {}")).format(first.text, second.text)
    mean = matter.vector + request.vector
    length = float(np.linalg.norm(mean)) or 1.0
    return Row(
        text=text,
        need=matter.need,
        act=request.act,
        danger=matter.danger,
        vector=mean / length,
        made=True,
    )
