"""What an advisor writes of a call: free words, and short words under headings. Kept sealed as one note.

In the box a note is a text, as it always was, or a text with its parts. The text alone says everything, so that
whoever knows no headings (the API, an export) loses nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

HEADINGS = ("coping", "everyday", "child", "parenting", "couple", "finances", "network", "agreed")
"""What such a talk is about, in the order in which it usually goes; every one may be left empty."""
LONGEST, LONGEST_PART = 4000, 1500


@dataclass(frozen=True, slots=True)
class CallNote:
    """One note. `text` holds the words of the parts as well, each behind its heading."""

    text: str
    parts: Mapping[str, str] = field(default_factory=dict)
    """What stands under each heading that was used; the free words are under ""."""


Written = CallNote | str
"""What may be written down: a note with headings, or plain words."""


def composed(free: str, parts: Mapping[str, str], names: Mapping[str, str]) -> CallNote | None:
    """A note of free words and of `parts` by their headings; None when nothing was written.

    Args:
        free: Words without a heading.
        parts: Words by heading; headings we do not know and empty ones are left out.
        names: The headings as people read them, for the text.
    """
    used = {
        heading: parts[heading].strip()[:LONGEST_PART]
        for heading in HEADINGS
        if parts.get(heading, "").strip()
    }
    free = free.strip()[:LONGEST]
    if not used:
        return CallNote(free) if free else None
    lines = [*([free] if free else []), *(f"{names[heading]}: {words}" for heading, words in used.items())]
    return CallNote("\n".join(lines), ({"": free} if free else {}) | used)


def to_box(note: Written) -> Any:
    """The note as JSON for its box."""
    if isinstance(note, str):
        return note
    return {"text": note.text, "parts": dict(note.parts)} if note.parts else note.text


def from_box(content: Any) -> CallNote:
    """What `to_box` made."""
    if isinstance(content, str):
        return CallNote(content)
    return CallNote(content["text"], content["parts"])
