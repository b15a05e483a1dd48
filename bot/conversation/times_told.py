"""A time that is told in the place of another. Pure."""

from collections.abc import Mapping
from typing import Any

_HOURS = ("from_time", "to_time")


def renewed(told: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
    """A wish told anew, as `TimeWish.as_json` gives it: a day alone keeps the hours that were told before it.

    "Tisdag efter 14" and then "nej, onsdag är bättre" is Wednesday after two.
    """
    day_alone = told.get("day") and not (told.get("anytime") or any(told.get(name) for name in _HOURS))
    if not before or not day_alone or before.get("anytime"):
        return dict(told)
    return {**told, **{name: before[name] for name in _HOURS if before.get(name)}}
