"""Which part of one version of an entry is which of another: channels, groups, contact persons."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

Part = Mapping[str, Any]
Key = Callable[[Part], Any]

_KEYS: tuple[Key, ...] = (
    str,
    lambda part: str(part["external"]) + str(part.get("kind")) if "external" in part else None,
    lambda part: part.get("id"),
    lambda part: (
        part.get("number") or part.get("email") or str(part.get("url") or part.get("address") or "") or None
    ),
    lambda part: str(part.get("name") or part.get("site") or "") or None,
    lambda part: part.get("kind", ""),
)
"""What two parts have in common that are the same, the surest first."""


def matched(before: Sequence[Part], after: Sequence[Part]) -> Iterator[tuple[Part | None, Part | None]]:
    """Each part of both versions once, in the order of `after`, with those at the end that are gone.

    A part without its like on the other side stands alone.
    """
    was: dict[int, int] = {}
    for key in _KEYS:
        left = [place for place in range(len(before)) if place not in was.values()]
        for number, part in enumerate(after):
            if number in was:
                continue
            own = key(part)
            same = next((place for place in left if own is not None and key(before[place]) == own), None)
            if same is not None:
                was[number] = same
                left.remove(same)
    for number, part in enumerate(after):
        yield (before[was[number]] if number in was else None), part
    yield from ((part, None) for place, part in enumerate(before) if place not in was.values())
