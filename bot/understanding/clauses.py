"""A long message clause by clause: where it can be parted, and how the readings of its parts become one."""

import re
from collections.abc import Sequence

import numpy as np

from bot.understanding.features import Floats

_JOINING = "ja mutta mut enkä enka eikä eika och men and but i а но але та aga laakiin لكن"
_PARTING = re.compile(rf"[.!?…;\n]+\s+|,\s+|\s+(?:{_JOINING.replace(' ', '|')})\s+", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_LEAST_WORDS = 3
_MOST = 6
_SHARE, _REQUEST_SHARE = 0.2, 0.35
"""How much the clauses count beside the whole when one of them is quite clear, 0–1.

Little: measured on held-out sentences, the whole alone is right more often; but of two matters the second, and a
request after a long story, would not be heard.
"""
_CLEAR_REQUEST = 0.95


def clauses(text: str) -> list[str]:
    """The clauses of a message, each of three words or more; empty when it is but one.

    What is shorter ("hei,") stays with its neighbour. Of a very long message the last clause holds all that is left.
    """
    found: list[str] = []
    start = 0
    for parting in _PARTING.finditer(text):
        if len(found) == _MOST - 1:
            break
        if _is_clause(text[start : parting.start()]) and _is_clause(text[parting.end() :]):
            found.append(text[start : parting.start()].strip())
            start = parting.end()
    return [*found, text[start:].strip()] if found else []


def _is_clause(text: str) -> bool:
    return len(_WORD.findall(text)) >= _LEAST_WORDS


def matters(whole: Floats, parts: Sequence[Floats], quiet: Sequence[int]) -> Floats:
    """What the whole and its clauses are about, so that of two matters both rank.

    Each clause is heard as far as it says anything: `quiet` are the columns of labels that name no matter.
    """
    clear = _clear(parts, quiet)
    if clear.max() <= 0:
        return whole
    said = np.average(np.stack(parts), axis=0, weights=clear**2)
    return _mixed(whole, said, _SHARE * float(clear.max()))


def request(whole: Floats, parts: Sequence[Floats], quiet: Sequence[int]) -> Floats:
    """What is asked for: the clause that asks most clearly counts beside the whole, when it is clear enough."""
    clear = _clear(parts, quiet)
    return (
        _mixed(whole, parts[int(clear.argmax())], _REQUEST_SHARE) if clear.max() >= _CLEAR_REQUEST else whole
    )


def _clear(parts: Sequence[Floats], quiet: Sequence[int]) -> Floats:
    return np.array([max(0.0, 1 - float(part[list(quiet)].sum())) for part in parts], np.float32)


def _mixed(whole: Floats, said: Floats, share: float) -> Floats:
    return np.asarray((1 - share) * whole + share * said, dtype=np.float32)
