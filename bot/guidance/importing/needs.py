"""Which needs an imported service may answer, proposed from its name and its classes (`proposed_needs.yaml`)."""

from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Any

from bot import content

_FILE = Path(__file__).with_name("proposed_needs.yaml")


def proposed_needs(name: str, classes: Collection[str]) -> tuple[str, ...]:
    """Codes of needs, the likeliest main one first; empty when nothing tells.

    Args:
        name: The service's Finnish name.
        classes: Codes of PTV's service classes.
    """
    text = name.casefold()
    found: list[tuple[int, str]] = []
    for need, signs in _rules()["names"].items():
        places = [place for place, sign in enumerate(signs) if sign in text]
        if places:
            found.append((places[0], need))
    by_name = [need for _, need in sorted(found, key=lambda item: item[0])]
    by_class = [need for code in classes if (need := _rules()["classes"].get(code))]
    return tuple(dict.fromkeys([*by_name, *by_class]))[:5]


@cache
def _rules() -> Any:
    return content.read(_FILE).data
