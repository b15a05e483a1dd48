"""What an action may use and where it puts what it says: one turn's surroundings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.callbacks.callback import Callback
from bot.guidance.areas import Area, Areas
from bot.guidance.catalogue import Catalogue
from bot.meaning import Understanding
from bot.messages import Button, Card, IncomingMessage, Reply, Style
from bot.phone_numbers import readable
from bot.texts import Texts


@dataclass(slots=True, kw_only=True)
class Scene:
    """One turn, while it is played. Actions read the slots and add replies; the turn keeps the slots."""

    session: Session
    texts: Texts
    areas: Areas
    look_up: Callable[[Session], Catalogue]
    """The catalogue as it is published now; costs a statement, so only those who need it ask."""
    incoming: IncomingMessage
    heard: Understanding
    conversation: str
    language: str
    slots: Mapping[str, Any]
    now: datetime
    """Aware, UTC."""
    learns: bool = False
    """Whether this installation may ask for messages that were not understood."""
    live_chat: bool = False
    """Whether a person may be asked into the chat."""
    extras: dict[str, Any] = field(default_factory=dict)
    """Of the live chat: `live` (`waiting` or `held`) while there is one, `passed` when a person gets the message,
    `queue` when those who wait are other ones now."""
    times_said: dict[str, int] = field(default_factory=dict)
    replies: list[Reply] = field(default_factory=list)
    services: list[str] = field(default_factory=list)
    """Ids of the services shown in this turn."""
    callback: dict[str, Any] | None = None
    """What is told of the family's callback in this turn."""
    own_callback: Callback | None = None
    """The family's callback as it stood when this turn first looked."""
    erased: bool = False
    """The family had everything deleted: nothing of this turn is kept."""
    _catalogue: Catalogue | None = None

    @property
    def catalogue(self) -> Catalogue:
        """The services, as they are published now."""
        if self._catalogue is None:
            self._catalogue = self.look_up(self.session)
        return self._catalogue

    @property
    def area(self) -> Area:
        """The area the family's calls belong to."""
        return self.areas.area_of(self.slots.get("municipality") or None)

    def text(self, name: str, **values: object) -> str:
        """A sentence in the reader's language, without counting it as said."""
        return self.texts.text(name, self.language, **values)

    def say(self, name: str, **values: object) -> None:
        """Add a response to the answer: each time it is said, the next of its wordings."""
        turn = self.times_said.get(name, 0)
        self.times_said[name] = turn + 1
        variant = self.texts.variant(name, turn, self.language)
        text = self.texts.text(name, self.language, turn, **{**self._own_values(), **values})
        buttons = tuple(
            Button(button.titles.get(self.language) or button.titles["fi"], button.payload)
            for button in variant.buttons
        )
        style: Style = variant.metadata.get("style") or (
            "question" if name.startswith("utter_ask_") else "plain"
        )
        lang = None if self.language in variant.texts else "fi"
        self.replies.append(Reply(text=text, style=style, buttons=buttons, lang=lang))

    def say_plainly(self, text: str) -> None:
        """Add facts that the catalogue words."""
        self.replies.append(Reply(text=text))

    def show(self, card: Card, text: str) -> None:
        """Add a card; `text` says the same in plain words."""
        self.replies.append(Reply(text=text, style="card", card=card))

    def _own_values(self) -> dict[str, object]:
        municipality = self.slots.get("municipality") or ""
        phone = self.slots.get("phone")
        return {"municipality": municipality, "phone": readable(phone) if phone else ""}
