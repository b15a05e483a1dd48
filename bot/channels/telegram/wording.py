"""An answer as Telegram's messages: plain text of at most 4096 characters, and buttons below the last of a piece.

The text is never read as mark-up (no `parse_mode`), so nothing that anybody wrote can become any.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from bot.messages import Answer, Button, Reply

LONGEST = 4096
"""Characters of a message, counted as Telegram does: UTF-16 code units."""
MOST_BYTES = 64
"""Of the data behind a button."""
_WHOLE, _KEY = "=", "#"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One request to Telegram: a message, or leaving the group."""

    text: str = ""
    buttons: tuple[tuple[str, str], ...] = ()
    """(title, data)."""
    link: tuple[str, str] | None = None
    """(title, address) of a button that opens a page."""
    leave: bool = False

    def as_json(self) -> dict[str, Any]:
        """Plain data for a sealed box."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """What `as_json` gave."""
        buttons = tuple((title, payload) for title, payload in data["buttons"])
        link = tuple(data["link"]) if data["link"] else None
        return cls(text=data["text"], buttons=buttons, link=link, leave=data["leave"])


@dataclass(frozen=True, slots=True)
class Worded:
    """Messages, and the payloads that were too long to be put behind their buttons (key → payload)."""

    messages: tuple[Outgoing, ...]
    payloads: Mapping[str, str]


def worded(answer: Answer) -> Worded:
    """An answer as messages: words that belong together as one, each card by itself."""
    payloads: dict[str, str] = {}
    messages: list[Outgoing] = []
    for text, buttons in _pieces(answer.replies):
        data = []
        for button in buttons:
            behind, kept = data_for(button.payload)
            payloads.update(kept)
            data.append((button.title, behind))
        *first, last = split(text)
        messages += [Outgoing(text=part) for part in first]
        messages.append(Outgoing(text=last, buttons=tuple(data)))
    return Worded(tuple(messages), payloads)


def _pieces(replies: Iterable[Reply]) -> Iterator[tuple[str, tuple[Button, ...]]]:
    together: list[str] = []
    for reply in replies:
        if reply.card and together:
            yield "\n\n".join(together), ()
            together = []
        if reply.text.strip():
            together.append(reply.text.strip())
        if together and (reply.card or reply.buttons):
            yield "\n\n".join(together), reply.buttons
            together = []
    if together:
        yield "\n\n".join(together), ()


def data_for(payload: str) -> tuple[str, dict[str, str]]:
    """What to put behind a button with this payload, and what must be remembered for it (key → payload)."""
    whole = _WHOLE + payload
    if len(whole.encode()) <= MOST_BYTES:
        return whole, {}
    key = hashlib.sha256(payload.encode()).hexdigest()[:24]
    return _KEY + key, {key: payload}


def payload_of(data: str, payloads: Mapping[str, str]) -> str | None:
    """What was behind a pressed button; None when it is not known any more."""
    if data.startswith(_WHOLE):
        return data[1:]
    return payloads.get(data[1:]) if data.startswith(_KEY) else None


def split(text: str) -> list[str]:
    """The text in parts that Telegram takes, cut where a paragraph, a line, a sentence or a word ends."""
    parts = []
    while _length(text) > LONGEST:
        most = text.encode("utf-16-le")[: 2 * LONGEST].decode("utf-16-le", "ignore")
        at = next((cut for cut in _ends(most) if cut > len(most) // 2), len(most))
        parts.append(most[:at].rstrip())
        text = text[at:].lstrip()
    return [*parts, text]


def _ends(text: str) -> Iterator[int]:
    for mark in ("\n\n", "\n", ". ", " "):
        at = text.rfind(mark)
        if at >= 0:
            yield at + len(mark)


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
