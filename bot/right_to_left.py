"""Text that is read from the right, with parts in it that are read from the left. Pure."""

import re

FROM_THE_RIGHT = frozenset({"ar"})
"""The languages we write that are read from the right."""

_GROUPS = re.compile(r"(?<![\u2068\d])\+?\d[\d•]*(?: [\d•]+)+")


def set_apart(value: str) -> str:
    """The value between marks (UAX 9: FSI, PDI) that keep it whole in text of the other direction.

    Without them the groups of "050 123 4567" change places in an Arabic sentence.
    """
    return f"\u2068{value}\u2069" if value else value


def numbers_whole(text: str, language: str) -> str:
    """The text with every number of several groups set apart, in a language that is read from the right."""
    if language not in FROM_THE_RIGHT:
        return text
    return _GROUPS.sub(lambda found: set_apart(found[0]), text)
