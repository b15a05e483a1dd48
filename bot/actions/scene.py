"""What an action may use and where it puts what it says: one turn's surroundings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import phonenumbers
from sqlalchemy.orm import Session

from bot.guidance.areas import Area
from bot.guidance.catalogue import Catalogue
from bot.meaning import Understanding
from bot.messages import Button, Card, IncomingMessage, Reply, Style
from bot.texts import Texts


@dataclass(slots=True, kw_only=True)
class Scene:
    """One turn, while it is played. Actions read the slots and add replies; the turn keeps the slots."""

    session: Session
    texts: Texts
    catalogue: Catalogue
    incoming: IncomingMessage
    heard: Understanding
    conversation: str
    language: str
    slots: Mapping[str, Any]
    now: datetime
    """Aware, UTC."""
    times_said: dict[str, int] = field(default_factory=dict)
    replies: list[Reply] = field(default_factory=list)
    services: list[str] = field(default_factory=list)
    """Ids of the services shown in this turn."""
    callback: dict[str, Any] | None = None
    """What is told of the family's callback in this turn."""
    erased: bool = False
    """The family had everything deleted: nothing of this turn is kept."""

    @property
    def area(self) -> Area:
        """The area the family's calls belong to."""
        return self.catalogue.areas.area_of(self.slots.get("municipality") or None)

    def text(self, name: str, **values: object) -> str:
        """A sentence in the reader's language, without counting it as said."""
        return self.texts.text(name, self.language, **values)

    def say(self, name: str, **values: object) -> None:
        """Add a response to the answer: each time it is said, the next of its wordings."""
        turn = self.times_said.get(name, 0)
        self.times_said[name] = turn + 1
        variant = self.texts.variant(name, turn)
        text = self.texts.text(name, self.language, turn, **{**self._own_values(), **values})
        buttons = tuple(
            Button(button.titles.get(self.language) or button.titles["fi"], button.payload)
            for button in variant.buttons
        )
        style: Style = variant.metadata.get("style") or (
            "question" if name.startswith("utter_ask_") else "plain"
        )
        self.replies.append(Reply(text=text, style=style, buttons=buttons))

    def say_plainly(self, text: str) -> None:
        """Add facts that the catalogue words."""
        self.replies.append(Reply(text=text))

    def show(self, card: Card, text: str) -> None:
        """Add a card; `text` says the same in plain words."""
        self.replies.append(Reply(text=text, style="card", card=card))

    def _own_values(self) -> dict[str, object]:
        municipality = self.slots.get("municipality") or ""
        phone = self.slots.get("phone")
        return {"municipality": municipality, "phone": national(phone) if phone else ""}


def national(phone: str) -> str:
    """An E.164 number as people in Finland read it: a Finnish one without the country code."""
    number = phonenumbers.parse(phone)
    finnish = number.country_code == 358  # noqa: PLR2004
    form = (
        phonenumbers.PhoneNumberFormat.NATIONAL if finnish else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    return phonenumbers.format_number(number, form)
