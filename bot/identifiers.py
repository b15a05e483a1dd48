"""Identifiers that nobody needs here: found in what people type and taken out before anything is kept."""

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["personal_code", "email", "phone"]

MASK = "…"
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "personal_code",
        # DVV: day, month, year; the century mark (-, + or a letter, the newest since 2023); number and check character.
        re.compile(
            r"\b(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d ?[-–+A-FU-Y] ?\d{3} ?[0-9A-FHJ-NPR-Y]\b",
            re.IGNORECASE,
        ),
    ),
    ("email", _ADDRESS),
)


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without identifiers, and which kinds of them it had."""

    text: str
    found: tuple[Kind, ...]
    email: str | None = None
    """The address, when there was exactly one; for nobody but who has asked where messages may go."""


def masked(text: str) -> Masked:
    """The text with personal identity codes (old and new century marks) and e-mail addresses replaced by `…`."""
    found: list[Kind] = []
    addresses = _ADDRESS.findall(text)
    for kind, pattern in _KINDS:
        text, times = pattern.subn(MASK, text)
        if times:
            found.append(kind)
    return Masked(text, tuple(found), addresses[0] if len(addresses) == 1 else None)
