"""Readable scenes: parsed from a file, played against the bot, and written again with what the bot says now.

    What the scene is about.

    Language: sv                     the page's language (fi unless said)
    Now: 2026-11-24 10:00            sets the clock, local time
    Parent: …                        a message; `[Title]` presses the button with that title
    Parent again: …                  the same message handed in once more, under the same id
    Bot: …                           one reply; its buttons, services or numbers stand below it, indented
    Asks: phone                      the slot that is waited for (`nothing`)
    Speaks: sv                       the answer's language
    Urgency: immediate               what the crisis layer found
    Saved: callback A, B, …          the one callback there is, and what stands in it; `Saved: nothing`, `2 callbacks`
    Kept: nothing                    nothing is left of the conversation
    Staff: claim | no answer | offer | close

`Bot:` lines may be written anew with `pytest --record`; all others are changed by hand only.
"""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Protocol

from sqlalchemy import func, select

from bot.actions.crisis import trouble_reply
from bot.callbacks import queue, transferring
from bot.callbacks.area_calendar import AreaCalendar, CallingHours
from bot.callbacks.callback import Callback
from bot.callbacks.request import Actor, AttemptResult, Outcome
from bot.callbacks.tables import CallbackRow
from bot.clock import HELSINKI, SettableClock, helsinki
from bot.conversation.store import ConversationRow, InboxRow
from bot.database import Database
from bot.messages import Answer, IncomingMessage, Reply
from bot.phone_numbers import readable
from bot.reach import EVERYWHERE

_INDENT = "     "
_CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b")
_ANNA = Actor("staff-anna", "Anna", EVERYWHERE)
_OONA = Actor("staff-oona", "Oona", EVERYWHERE)
_HOURS, _LEASE = AreaCalendar(hours=CallingHours(time(9), time(16))), timedelta(minutes=30)


@dataclass(slots=True)
class Line:
    """One line of a transcript: what kind it is, what it says, and for `Bot` what is shown below it."""

    kind: str
    text: str
    number: int
    below: list[str] = field(default_factory=list)

    def written(self) -> list[str]:
        return [f"{self.kind}: {self.text}" if self.kind else self.text, *self.below]


def read(path: Path) -> tuple[str, list[Line]]:
    """A transcript's title and lines."""
    title, *rest = path.read_text(encoding="utf-8").splitlines()
    lines: list[Line] = []
    for number, text in enumerate(rest, start=2):
        if text.startswith(_INDENT):
            lines[-1].below.append(text)
            continue
        kind, colon, said = text.partition(": ")
        lines.append(Line(kind, said, number) if colon else Line("", text, number))
    return title, lines


def write(path: Path, title: str, lines: list[Line]) -> None:
    """Write a transcript back."""
    text = "\n".join([title, *(row for line in lines for row in line.written())])
    path.write_text(text.rstrip("\n") + "\n", encoding="utf-8")


class Takes(Protocol):
    """Whoever takes a message and answers it: the bot itself, or a channel before it."""

    async def take(self, incoming: IncomingMessage, /) -> Answer:
        """The bot's answer."""


class Player:
    """Plays the lines of one transcript and tells what is otherwise than written."""

    def __init__(self, turns: Takes, database: Database, clock: SettableClock, name: str) -> None:
        self._turns, self._database, self._clock = turns, database, clock
        self._sender = name
        self._language = "fi"
        self._sent = 0
        self._buttons: dict[str, str] = {}
        self._answer = Answer(replies=())

    async def play(self, lines: list[Line]) -> tuple[list[Line], list[str]]:
        """The lines with what the bot says now, and everything that differs, by line."""
        now: list[Line] = []
        differs: list[str] = []
        waiting = list(lines)
        while waiting:
            line = waiting.pop(0)
            now.append(line)
            if line.kind in ("Parent", "Parent again"):
                written = list(_taken_while(waiting, "Bot"))
                said = await self._say(line)
                now += said
                if difference := _difference(written, said):
                    differs.append(f"{line.number}: the bot says otherwise\n{difference}")
            elif line.kind and (problem := self._check(line)):
                differs.append(f"{line.number}: {line.kind}: {line.text}: {problem}")
        return now, differs

    async def _say(self, line: Line) -> list[Line]:
        text = line.text
        if pressed := re.fullmatch(r"\[(.+)\]", text):
            text = self._buttons[pressed[1]]
        if line.kind == "Parent":
            self._sent += 1
        incoming = IncomingMessage(
            channel="web", sender=self._sender, text=text, message_id=f"{self._sender}-{self._sent}",
            received_at=self._clock(), language=self._language,
        )  # fmt: skip
        self._answer = await self._turns.take(incoming)
        assert self._answer.replies, f"line {line.number}: no answer"
        broken = trouble_reply(self._answer.language, self._clock())
        assert broken not in self._answer.replies, f"line {line.number}: the turn failed"
        self._buttons |= {
            button.title: button.payload for row in self._answer.replies for button in row.buttons
        }
        return list(_lines(self._answer.replies))

    def _check(self, line: Line) -> str | None:
        """What differs from the line, or None; a line that sets something sets it."""
        found = {
            "Asks": lambda: self._answer.asks or "nothing",
            "Speaks": lambda: self._answer.language,
            "Urgency": lambda: self._answer.urgency,
            "Kept": self._kept,
        }
        if line.kind in found:
            return _other(line.text, found[line.kind]())
        match line.kind:
            case "Language":
                self._language = line.text
            case "Now":
                self._clock.set(datetime.strptime(line.text, "%Y-%m-%d %H:%M").replace(tzinfo=HELSINKI))
            case "Saved":
                return self._saved(line.text)
            case "Staff":
                self._staff(line.text)
            case other:
                return f"'{other}' is no kind of line"
        return None

    def _callbacks(self) -> list[Callback]:
        def opened(session: object) -> list[Callback]:
            ids = session.scalars(select(CallbackRow.id))  # type: ignore[attr-defined]
            return [found for one in ids if (found := queue.find(session, one, EVERYWHERE))]  # type: ignore[arg-type]

        return self._database.read_now(opened)

    def _saved(self, text: str) -> str | None:
        found = self._callbacks()
        if text.endswith(" callbacks"):
            return _other(text, f"{len(found)} callbacks")
        if text == "nothing" or len(found) != 1:
            return _other("1 callback" if text != "nothing" else "0 callbacks", f"{len(found)} callbacks")
        stands = facts_of(found[0])
        missing = [
            part for part in text.removeprefix("callback ").split(", ") if not _stands(part, stands, found[0])
        ]
        return f"{missing} is not in {sorted(stands)}, notes {found[0].request.notes!r}" if missing else None

    def _kept(self) -> str:
        def count(session: object) -> int:
            rows = session.scalar(select(func.count()).select_from(ConversationRow))  # type: ignore[attr-defined]
            inbox = session.scalar(select(func.count()).select_from(InboxRow))  # type: ignore[attr-defined]
            return int(rows) + max(0, int(inbox) - 1)  # the words that say so are kept for a repeated message

        return "something" if self._database.read_now(count) else "nothing"

    def _staff(self, does: str) -> None:
        (callback,) = self._callbacks()
        now = self._clock()
        match does:
            case "claim":
                self._database.write_now(lambda s: queue.claim(s, callback.id, _ANNA, now=now, lease=_LEASE))
            case "no answer":
                self._database.write_now(
                    lambda s: queue.record_attempt(
                        s, callback.id, _ANNA, AttemptResult.NO_ANSWER, now=now, hours=_HOURS, lease=_LEASE
                    )
                )
            case "offer":
                self._database.write_now(lambda s: transferring.offer(s, callback.id, _ANNA, _OONA, now=now))
            case "close":
                self._database.write_now(
                    lambda s: queue.close(s, callback.id, _ANNA, Outcome.ENOUGH, now=now)
                )
            case _:
                raise ValueError(does)


def facts_of(callback: Callback) -> set[str]:
    """What stands in a callback, each as a transcript names it."""
    request = callback.request
    window = request.window
    facts = {
        readable(request.phone) if request.phone else "no number",
        f"{helsinki(window.start):%Y-%m-%d %H:%M}–{helsinki(window.end):%H:%M}" if window else "any time",
        {True: "message allowed", False: "no message", None: "message not asked"}[request.message_allowed],
        request.municipality or "no municipality",
        request.need or "no need",
        f"in {request.language}",
        f"promised {callback.promised_day}",
        callback.state.value,
        f"urgency {request.urgency}",
        request.sender_role,
        f"by {request.contact_mode}",
        "interpreter" if request.interpreter else "no interpreter",
        "easy language" if request.easy_language else "usual language",
        f"tries {callback.tries}",
        f"name {request.name}",
        f"wish {request.wish_words}",
        {"only_me": "only me may answer", "anyone": "anyone may answer", None: "who not asked"}[
            request.who_may_answer
        ],
        {True: "number may show", False: "number hidden", None: "our number not asked"}[request.show_number],
        f"code word {request.code_word}" if request.code_word else "no code word",
    }
    return facts | {f"child {age:g}" for age in request.child_ages}


def _stands(part: str, facts: set[str], callback: Callback) -> bool:
    return (
        part.removeprefix("notes ") in callback.request.notes if part.startswith("notes ") else part in facts
    )


def _other(written: str, found: str) -> str | None:
    return None if written == found else f"found {found}"


def _taken_while(waiting: list[Line], kind: str) -> Iterator[Line]:
    while waiting and waiting[0].kind == kind:
        yield waiting.pop(0)


def _lines(replies: tuple[Reply, ...]) -> Iterator[Line]:
    """Replies as a transcript shows them: services and crisis help by name and number only."""
    services: list[str] = []
    last = Line("Bot", "", 0)
    for reply in (*replies, None):
        card = reply.card if reply else None
        if card is not None and card.kind == "service":
            services.append(card.name)
            continue
        if services:
            last.below.append(f"{_INDENT}({' · '.join(services)})")
            services = []
        if reply is None:
            return
        text = card.heard if card and card.kind == "crisis" else _CODE.sub("{code}", reply.text)
        first, *more = text.split("\n")
        last = Line("Bot", first, 0, [_INDENT + row for row in more if row.strip()])
        if card is not None and card.kind == "crisis":
            last.below.append(f"{_INDENT}({' · '.join(contact.value for contact in card.contacts)})")
        if reply.buttons:
            last.below.append(_INDENT + " ".join(f"[{button.title}]" for button in reply.buttons))
        yield last


def _difference(written: list[Line], said: list[Line]) -> str:
    """The rows that are written (-) and not said, and said (+) and not written."""
    before, now = ([row for line in lines for row in line.written()] for lines in (written, said))
    return "\n".join(row for row in difflib.ndiff(before, now) if row[0] in "+-")
