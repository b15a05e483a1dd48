"""What is said in Telegram beside the conversation: at its beginning and end, of what we cannot read, in a group."""

from dataclasses import dataclass
from datetime import datetime

from bot.actions.crisis import trouble_reply
from bot.channels.telegram.arrivals import Arrival
from bot.channels.telegram.wording import Outgoing, data_for
from bot.channels.words import starts
from bot.safety.help import helplines
from bot.texts import Texts

_NOT_WRITTEN = "en"


@dataclass(frozen=True, slots=True)
class Sayings:
    """Sentences in the reader's language; in English where they are not written in it."""

    texts: Texts
    language: str | None
    """None when nobody knows it yet: Finnish."""
    now: datetime

    def to(self, arrival: Arrival) -> tuple[Outgoing, ...]:
        """What is answered to anything but words and known buttons."""
        match arrival.kind:
            case "command":
                return {"start": self._start, "help": self._help}.get(arrival.text, self._stopped)()
            case "unreadable":
                return (self._say(f"utter_telegram_{arrival.sort}"),)
            case "edited" | "press":
                return (self._say(f"utter_telegram_{arrival.kind}"),)
            case "invited":
                return (self._say("utter_telegram_group"), Outgoing(leave=True))
            case "group":
                return (Outgoing(leave=True),)
            case _:
                return ()

    def before(self, arrival: Arrival) -> tuple[Outgoing, ...]:
        """What is said before the answer to words: what we did not keep, and what we could not see."""
        said = []
        if arrival.number_hidden:
            said.append(self._say("utter_telegram_number"))
        if arrival.sort:
            said.append(self._say(f"utter_telegram_{arrival.sort}"))
        return tuple(said)

    def go_on(self, address: str) -> Outgoing:
        """Why the conversation moves to our own page, and the button that opens it.

        Telegram takes only secure addresses behind buttons; any other stands in the text.
        """
        said = self._say("utter_telegram_continue")
        if address.startswith("https://"):
            return Outgoing(text=said.text, link=(self._text("utter_telegram_continue_button"), address))
        return Outgoing(text=f"{said.text}\n\n{address}")

    def trouble(self) -> tuple[Outgoing, ...]:
        """That something is broken here, with telephone numbers."""
        return (Outgoing(text=trouble_reply(self.language or "fi", self.now).text),)

    def _start(self) -> tuple[Outgoing, ...]:
        language = self._written("page_chat_starts")
        buttons = tuple((title, data_for(title)[0]) for title in starts(self.texts, language))
        buttons = tuple(one for one in buttons if one[1].startswith("="))
        return (Outgoing(text=self._text("utter_telegram_start"), buttons=buttons),)

    def _help(self) -> tuple[Outgoing, ...]:
        lines = helplines(self.language or "fi", self.now)
        rows = "\n".join(f"{line.number} · {line.name}. {line.note}".strip() for line in lines)
        return (Outgoing(text=f"{self._text('utter_telegram_help')}\n\n{rows}"),)

    def _stopped(self) -> tuple[Outgoing, ...]:
        return (self._say("utter_telegram_stopped"),)

    def _say(self, name: str) -> Outgoing:
        variant = self.texts.variant(name)
        language = self._written(name)
        buttons = tuple(
            (one.titles.get(language) or one.titles["fi"], data_for(one.payload)[0])
            for one in variant.buttons
        )
        return Outgoing(text=self._text(name), buttons=buttons)

    def _text(self, name: str) -> str:
        return self.texts.text(name, self._written(name))

    def _written(self, name: str) -> str:
        language = self.language or "fi"
        return language if language in self.texts.languages(name) else _NOT_WRITTEN
