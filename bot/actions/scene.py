"""What an action may use and where it puts what it says: one turn's surroundings."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.actions.offered_times import offered
from bot.callbacks import reading
from bot.callbacks.area_calendar import AreaCalendar
from bot.callbacks.callback import Callback
from bot.callbacks.places import Places
from bot.callbacks.wording import clock_words
from bot.guidance.areas import Area, Areas
from bot.guidance.catalogue import Catalogue
from bot.guidance.contact_persons import NOBODY, ContactPersons
from bot.meaning import Understanding
from bot.messages import Button, Card, IncomingMessage, Reply, Style
from bot.phone_numbers import readable
from bot.rota.reading import Rota
from bot.texts import Texts, written_in
from bot.translations import EASY


@dataclass(slots=True, kw_only=True)
class Scene:
    """One turn, while it is played. Actions read the slots and add replies; the turn keeps the slots."""

    session: Session
    texts: Texts
    areas: Areas
    look_up: Callable[[Session], Catalogue]
    """The catalogue as it is published now; costs a statement, so only those who need it ask."""
    rota: Rota
    """Who is at work when, and the days that are otherwise."""
    incoming: IncomingMessage
    heard: Understanding
    conversation: str
    language: str
    slots: Mapping[str, Any]
    now: datetime
    """Aware, UTC."""
    places_read: dict[str, Places] = field(default_factory=dict)
    """The places of areas whose calls were looked at, by the area's id."""
    contacts: ContactPersons = NOBODY
    """The directory of contact persons."""
    learns: bool = False
    """Whether this installation may ask for messages that were not understood."""
    live_chat: bool = False
    """Whether a person may be asked into the chat."""
    notices: Collection[str] = ()
    """The ways by which notices about a call can be sent here."""
    extras: dict[str, Any] = field(default_factory=dict)
    """Of the live chat: `live` (`waiting` or `held`) while there is one, `passed` when a person gets the message,
    `queue` when those who wait are other ones now."""
    times_said: dict[str, int] = field(default_factory=dict)
    replies: list[Reply] = field(default_factory=list)
    services: list[str] = field(default_factory=list)
    """Ids of the services shown in this turn."""
    callback: dict[str, Any] | None = None
    """What is told of the family's callback in this turn."""
    calls: dict[str, Callback | None] = field(default_factory=dict)
    """The calls of this talk as they stood when this turn first looked, by their ids; None for one that is gone."""
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
    def reading(self) -> str:
        """The language the texts are shown in: the talk's own, or its easy form (`fi-x-easy`) when that was wished."""
        return f"{self.language}{EASY}" if self.slots.get("easy") else self.language

    @property
    def area(self) -> Area:
        """The area the family's calls belong to."""
        return self.areas.area_of(self.slots.get("municipality") or None)

    @property
    def calendar(self) -> AreaCalendar:
        """The calendar of that area."""
        return self.rota.calendar(self.area.id)

    @property
    def places(self) -> Places:
        """The places for calls of that area; a statement when they have not been read before the turn."""
        area = self.area.id
        if area not in self.places_read:
            self.places_read[area] = self.rota.places(self.session, area, self.now)
        return self.places_read[area]

    def call(self, slot: str) -> Callback | None:
        """The call that a slot knows of (`callback`, `earlier_callback`); a statement when it has not been read yet."""
        known = self.slots.get(slot)
        if not known:
            return None
        if known["id"] not in self.calls:
            self.calls[known["id"]] = reading.of_family(self.session, [known["id"]]).get(known["id"])
        return self.calls[known["id"]]

    def text(self, name: str, /, **values: object) -> str:
        """A sentence in the reader's language, without counting it as said."""
        return self.texts.text(self.form_of(name), self.reading, **{**self._own_values(), **values})

    def form_of(self, name: str) -> str:
        """The response to say for a name: `…_by_text`, `…_without_call` or `…_from_child`, where one is written."""
        mode, role = self.slots.get("contact_mode"), self.slots.get("sender_role")
        by_call = mode in (None, "call")
        forms = (*(() if by_call else (f"{name}_by_{mode}", f"{name}_without_call")), f"{name}_from_{role}")
        return next((form for form in forms if form in self.texts), name)

    def say(self, name: str, /, **values: object) -> None:
        """Add a response to the answer: each time it is said, the next of its wordings.

        A response written for who writes, or for how they wish to be reached, goes before the plain one.
        """
        name = self.form_of(name)
        turn = self.times_said.get(name, 0)
        self.times_said[name] = turn + 1
        variant = self.texts.variant(name, turn, self.reading)
        text = self.texts.text(name, self.reading, turn, **{**self._own_values(), **values})
        buttons = tuple(
            Button(written_in(button.titles, self.reading), button.payload) for button in variant.buttons
        )
        if variant.metadata.get("free_times"):
            free = offered(self.places, self.now, self.language)
            buttons = (*(Button(title, f'/SetSlots(time="{code}")') for title, code in free), *buttons)
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
        phone, hours = self.slots.get("phone"), self.calendar.hours
        return {
            "municipality": municipality,
            "phone": readable(phone) if phone else "",
            "opens": clock_words(hours.opens),
            "closes": clock_words(hours.closes),
        }
