"""A parent at the chat: writes, presses, reads."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from bot import texts

TEXTS = texts.load(Path(__file__).resolve().parents[2] / "dialogues")
PHONE = "050 123 4567"
SHOWN = re.compile(r"050 ?123 ?4567")
"""The same number as a page may group it."""
_MOST_QUESTIONS = 8


def text(name: str, language: str = "fi", **values: str) -> str:
    """A sentence of the product, so that its wording may change."""
    return TEXTS.text(name, language, **values)


def title(name: str, payload: str, language: str = "fi") -> str:
    """What the button with `payload` says in a response."""
    buttons = TEXTS.variant(name).buttons
    return next(button.titles[language] for button in buttons if button.payload == payload)


_TURNS = "() => (JSON.parse(sessionStorage.conversation ?? '{}').turns ?? []).filter(turn => turn.answer)"
"""What the tab keeps of the answered messages. A browser gives the body of a stream to nobody but its page."""


@dataclass(frozen=True, slots=True)
class Family:
    """The chat of one family."""

    page: Page

    @property
    def box(self) -> Locator:
        """Where one writes."""
        return self.page.locator("#message")

    @property
    def answers(self) -> Locator:
        """Everything the bot has answered, an answer each."""
        return self.page.locator(".answer")

    @property
    def last(self) -> Locator:
        """The latest answer."""
        return self.answers.last

    def says(self, words: str) -> dict[str, Any]:
        """Write and send; gives the answer as it came, once it is shown."""
        self.box.fill(words)
        return self.answered(lambda: self.box.press("Enter"))

    def presses(self, name: str) -> dict[str, Any]:
        """Press a button the bot offered; gives the answer."""
        return self.answered(self.last.get_by_role("button", name=name).click)

    def answered(self, act: Callable[[], None]) -> dict[str, Any]:
        """Do what sends a message; gives its answer, once it is shown as a whole."""
        before, known = self.answers.count(), len(self.page.evaluate(_TURNS))
        act()
        self.page.wait_for_function(f"known => ({_TURNS})().length > known", arg=known)
        expect(self.answers).to_have_count(before + 1)
        answer: dict[str, Any] = self.page.evaluate(_TURNS)[-1]["answer"]
        return answer

    def asks_for_a_call(
        self,
        *,
        time: str = "huomenna iltapäivällä",
        matter: str = "kuopus valvottaa ja voimat on lopussa",
        municipality: str = "Järvenpää",
    ) -> None:
        """From any point of the talk to the summary, answering whatever is asked; it is not yet sent."""
        replies = {
            "phone": PHONE,
            "time": time,
            "municipality": municipality,
            "need": matter,
            "name": "Kaisa",
            "interpreter": "ei",
            "message_allowed": "ei",
            "who_may_answer": "kuka vain",
        }
        answer = self.says("Haluan että joku soittaa minulle")
        for _ in range(_MOST_QUESTIONS):
            if answer["asks"] == "confirm":
                return
            answer = self.says(replies.get(answer["asks"], "Haluan että joku soittaa minulle"))
        raise AssertionError(f"the summary never came; asked last: {answer['asks']}")

    def confirms(self) -> str:
        """Send the request; gives the code."""
        answer = self.presses(title("utter_ask_confirm", "/affirm"))
        return str(answer["callback"]["code"])

    def books(self, **wishes: str) -> str:
        """The whole booking; gives the code."""
        self.page.goto("/chat")
        self.asks_for_a_call(**wishes)
        return self.confirms()
