"""What the crisis layer says, as replies. Works without database, model or texts."""

from datetime import datetime

from bot import safety
from bot.messages import Contact, CrisisCard, Reply


def crisis_reply(
    verdict: safety.Verdict, language: str, now: datetime, *, by_child: bool = False
) -> tuple[Reply, ...]:
    """The crisis card for an immediate or urgent verdict; `language` is the conversation's."""
    found = verdict.language if verdict.language in safety.LANGUAGES else language
    return (_card(safety.help_for(verdict, found, now, by_child=by_child)),)


def asks_for_an_adult(
    verdict: safety.Verdict, language: str, now: datetime, *, by_child: bool = False
) -> bool:
    """Whether the reply goes with the question if somebody grown-up is near."""
    return safety.help_for(verdict, language, now, by_child=by_child).question is not None


def soft_line(verdict: safety.Verdict, language: str, now: datetime) -> Reply:
    """One gentle line under an ordinary answer, when a message may mean danger."""
    return Reply(text=safety.help_for(verdict, language, now).soft_line or "112", style="note")


def trouble_reply(language: str, now: datetime) -> Reply:
    """That the program is broken, said honestly, with telephone numbers."""
    return _card(safety.trouble(language, now))


def _card(help_: safety.Help) -> Reply:
    contacts = tuple(
        Contact(kind="phone", label=line.name, value=line.number, href=line.href, note=line.note)
        for line in help_.lines
    )
    card = CrisisCard(heard=help_.heard, steps=help_.steps, contacts=contacts, after=help_.after)
    return Reply(text=_text(help_), style="card", card=card)


def _text(help_: safety.Help) -> str:
    rows = "\n".join(f"{line.number} · {line.name}. {line.note}".strip() for line in help_.lines)
    parts = (help_.heard, " ".join(help_.steps), rows, " ".join(help_.after))
    return "\n\n".join(part for part in parts if part)
