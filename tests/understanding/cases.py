"""Cases kept as text beside this file: `message => what is found`, below headings such as `== sv, asked time`."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.clock import HELSINKI
from tests.understanding.reading import TUESDAY

FOLDER = Path(__file__).parent / "cases"


@dataclass(frozen=True, slots=True)
class Case:
    """A message, how and when it was said, and what it tells (nothing for "-")."""

    language: str
    asked: str | None
    now: datetime
    text: str
    told: list[str]

    def __str__(self) -> str:
        return f"{self.language} {self.asked or ''} {self.now:%d.%m. %H:%M} {self.text}"


def cases(name: str) -> list[Case]:
    """All cases of one file."""
    found: list[Case] = []
    language, asked, now = "fi", None, TUESDAY
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("=="):
            language, asked, now = _heading(line)
        elif line and not line.startswith("#"):
            message, _, expected = line.rpartition(" => ")
            told = [] if expected == "-" else expected.split(" ; ")
            found.append(Case(language, asked, now, message.replace(r"\n", "\n"), told))
    return found


def _heading(line: str) -> tuple[str, str | None, datetime]:
    """`== fi, asked time, now 2026-12-31 10:00`."""
    language, *rest = (part.strip() for part in line.removeprefix("==").split(","))
    said = dict(part.split(" ", 1) for part in rest)
    now = datetime.fromisoformat(said["now"]).replace(tzinfo=HELSINKI) if "now" in said else TUESDAY
    return language, said.get("asked"), now
