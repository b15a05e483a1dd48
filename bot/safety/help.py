"""The crisis reply: what is said, which numbers are given, in the person's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfoNotFoundError

from bot.safety import data
from bot.safety.hours import Opening, Week, opening
from bot.safety.verdict import LANGUAGES, Verdict

ADULT_NEAR = "adult_near"
"""The slot that the one follow-up question fills: yes, alone or cannot_call."""


@dataclass(frozen=True, slots=True)
class Line:
    """A helpline, ready to show as one row that is a link."""

    name: str
    number: str
    href: str
    note: str
    open_now: bool | None = None
    """None when the hours are not known."""


@dataclass(frozen=True, slots=True)
class QuestionButton:
    """A ready answer to the follow-up question, with Rasa's payload."""

    title: str
    payload: str


@dataclass(frozen=True, slots=True)
class Help:
    """A crisis reply. With `soft_line` alone set, it is one line under the ordinary answer."""

    heard: str = ""
    steps: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    after: tuple[str, ...] = ()
    question: str | None = None
    question_buttons: tuple[QuestionButton, ...] = ()
    soft_line: str | None = None
    language: str = "fi"

    def as_text(self) -> str:
        """Everything in plain words, in the order it is to be read."""
        if self.soft_line:
            return self.soft_line
        rows = (f"{line.number} · {line.name}. {line.note}".strip() for line in self.lines)
        parts = (self.heard, " ".join(self.steps), "\n".join(rows), " ".join(self.after), self.question)
        return "\n\n".join(part for part in parts if part)


LAST_RESORT = Help(
    heard="Perheovi: 112",
    steps=("Soita 112.", "Ring 112.", "Call 112."),
    lines=(Line("112", "112", "tel:112", "fi · sv · en", open_now=True),),
)
"""Said only when the data file itself cannot be read."""


def help_for(verdict: Verdict, language: str, now: datetime, *, by_child: bool = False) -> Help:
    """The reply to a verdict in `language`; other languages get the card in all languages. Never raises.

    `ask` gives a Help with `soft_line` only; `none` an empty one. `by_child` chooses words and lines for a child.
    """
    try:
        return _help_for(verdict, language, now, by_child=by_child)
    except Exception:  # noqa: BLE001  a fault of ours must not take the number away
        return LAST_RESORT


def _help_for(verdict: Verdict, language: str, now: datetime, *, by_child: bool) -> Help:
    if verdict.urgency == "none":
        return Help(language=language)
    if language not in LANGUAGES:
        return multilingual_card()
    said = data.texts()["languages"][language]
    reply = _reply(said, verdict.category, by_child=by_child)
    if verdict.urgency == "ask":
        return Help(soft_line=reply["soft"], language=language)
    wanted = _wanted_lines(_topic(verdict.category), by_child=by_child)
    asks = by_child or verdict.category in data.texts()["question_for"]
    return Help(
        heard=reply["heard"],
        steps=tuple(reply[verdict.urgency]),
        lines=_lines(wanted, language, now),
        after=tuple(said["after"]),
        question=said["question_from_child" if by_child else "question"] if asks else None,
        question_buttons=_buttons(said["answers"]) if asks else (),
        language=language,
    )


def _topic(category: str) -> str:
    """The group of categories that share lines and, where a language has no closer words, a reply."""
    topic: str = data.texts()["topics"][category]
    return topic


def _wanted_lines(topic: str, *, by_child: bool) -> list[str]:
    lines_for: Mapping[str, list[str]] = data.texts()["lines_for"]
    if by_child:
        return lines_for.get(f"child_{topic}") or lines_for["child"]
    return lines_for[topic]


def _reply(said: Mapping[str, Any], category: str, *, by_child: bool) -> Mapping[str, Any]:
    """The most fitting reply of a language, filled up from its topic's and its general one."""
    replies: Mapping[str, Mapping[str, Any]] = said["replies"]
    names = ["general", _topic(category), category]
    if by_child:
        own = f"child_{_topic(category)}"
        names.append(own if own in data.texts()["lines_for"] else "child")
    found: dict[str, Any] = {}
    for name in names:
        found.update(replies.get(name, {}))
    return found


def multilingual_card() -> Help:
    """112 in every language we know words for, for a message in a language we cannot read."""
    try:
        card = data.texts()["multilingual"]
        spoken = data.texts()["languages"]
        return Help(
            heard=card["heard"],
            steps=tuple(f"{said['name']}: {said['call_112']}" for said in spoken.values())
            + tuple(card["more"]),
            lines=(Line(card["number_name"], "112", "tel:112", "24/7", open_now=True),),
            language="mul",
        )
    except Exception:  # noqa: BLE001  as above
        return LAST_RESORT


def trouble(language: str, now: datetime) -> Help:
    """What is said when the program itself is broken: that it is our fault, and who answers in the meantime."""
    try:
        said = data.texts()["languages"][_known(language)]
        return Help(
            heard=said["trouble"]["heard"],
            steps=tuple(said["trouble"]["steps"]),
            lines=helplines(language, now),
            language=_known(language),
        )
    except Exception:  # noqa: BLE001  as above
        return LAST_RESORT


def helplines(language: str, now: datetime) -> tuple[Line, ...]:
    """112, Nollalinja and MIELI with words in `language` (else Finnish), for footers and error pages."""
    try:
        return _lines(data.texts()["lines_for"]["footer"], _known(language), now)
    except Exception:  # noqa: BLE001  as above
        return LAST_RESORT.lines


def _known(language: str) -> str:
    return language if language in LANGUAGES else "fi"


def _lines(wanted: list[str], language: str, now: datetime) -> tuple[Line, ...]:
    """The wanted lines in their order; one that is closed now is left out while two others answer."""
    known: Mapping[str, Mapping[str, Any]] = data.texts()["lines"]
    served = [known[name] for name in wanted if language in known[name].get("only_for", (language,))]
    lines = [_line(entry, language, now) for entry in served if language not in entry.get("not_for", ())]
    answering = [line for line in lines if line.open_now is not False]
    return tuple(answering if len(answering) > 1 else lines)


def _line(entry: Mapping[str, Any], language: str, now: datetime) -> Line:
    said = data.texts()["languages"][language]
    name = entry["name"].get(language) or entry["name"]["fi"]
    notes = [entry["note"][language]] if entry.get("note", {}).get(language) else []
    if language not in entry["answers_in"]:
        notes.append(said["answers_in_finnish"])
    hours = entry["hours"]
    open_now: bool | None = None
    if hours == "always":
        open_now = True
        notes.append(said["always_open"])
    elif hours and (found := _opening(hours, now)):
        open_now = found.open_now
        if found.changes_at:
            local = found.changes_at
            wording = said["open_until" if open_now else "closed_until"]
            notes.append(wording.format(day=said["days"][local.weekday()], time=f"{local:%-H.%M}"))
    return Line(name, entry["number"], entry["href"], " ".join(notes), open_now)


def _opening(hours: Week, now: datetime) -> Opening | None:
    """None on a machine that has no time zones: the number is given all the same, without its hours."""
    try:
        return opening(hours, now)
    except ZoneInfoNotFoundError:
        return None


def _buttons(answers: Mapping[str, str]) -> tuple[QuestionButton, ...]:
    return tuple(
        QuestionButton(title, f"/SetSlots({ADULT_NEAR}={value})") for value, title in answers.items()
    )
