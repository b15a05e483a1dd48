"""What to mend in an entry, in the console's words, for the page on which it is edited."""

from dataclasses import dataclass
from datetime import date

from bot.console.words import Words
from bot.guidance.catalogue import Service
from bot.guidance.text_checks import checks_of


@dataclass(frozen=True, slots=True)
class Told:
    """One thing to mend: `severity` is `error` or `advice`; `language` a code, None where it is no text's."""

    field: str
    language: str | None
    severity: str
    sentence: str


def told(service: Service, today: date, w: Words) -> tuple[Told, ...]:
    """Everything to mend on a local day, errors first."""
    found = checks_of(service, today)
    return tuple(
        Told(one.field, one.language, one.severity, w(f"checks.{one.code}", shown=one.shown)) for one in found
    )
