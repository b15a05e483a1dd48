"""Whether a child writes, so that the reply can be said to a child."""

import itertools

from bot.safety import data
from bot.safety.normalise import tokens

_OLDEST = 17
_PATTERN = "child_writes"


def by_child(text: str) -> bool:
    """True when the words say so: an own age of at most 17, or `mun äiti`, `iskä lyö mua`. Never raises."""
    try:
        words = [token.forms[-1] for token in tokens(text)]
        said = data.texts()[_PATTERN]
        return _says_age(words, set(said["am"]), set(said["years"])) or _speaks_of_parents(words, said)
    except Exception:  # noqa: BLE001  whatever is wrong with us, the layer then speaks to an adult
        return False


def _says_age(words: list[str], am: set[str], years: set[str]) -> bool:
    """`oon 12v`, `olen 12 vuotias`, `jag är 12`, `im 12 years old`."""
    for place, word in enumerate(words):
        if word in am:
            following = [*words[place + 1 : place + 4], ""]
            for number, unit in itertools.pairwise(following):
                digits = number.rstrip("v")
                aged = number != digits or unit in years
                if digits.isdigit() and 5 <= int(digits) <= _OLDEST and aged:  # noqa: PLR2004  writing begins
                    return True
    return False


def _speaks_of_parents(words: list[str], said: dict[str, list[str]]) -> bool:
    """A parent by the name a child uses, and the writer as the one it happens to."""
    return (
        bool(set(words) & set(said["parents"]))
        and bool(set(words) & set(said["me"]))
        and not (set(words) & set(said["adult"]))
    )
