"""Words in several languages within one line of a form: `(Kiinni juhlan vuoksi. | sv: Stängt för fest.)`."""

import re
from collections.abc import Iterable, Mapping

from bot.guidance.entry import Words

NONE = "-"
"""Stands in a list for a name that is not written in the language."""
_IN_BRACKETS = re.compile(r"\s*\((?P<note>[^()]*(?:\([^()]*\)[^()]*)*)\)")
_BETWEEN = " | "
_CODED = re.compile(r"(?P<code>[a-z]{2}): (?P<text>.*)", re.DOTALL)


def bracketed(note: Words | None) -> str:
    """The note as it stands at the end of a line, with the space before it; empty without one."""
    if note is None:
        return ""
    texts = note.all()
    rest = [f"{code}: {text}" for code, text in texts.items() if code != "fi"]
    return f" ({_BETWEEN.join([texts['fi'], *rest])})"


def without_note(line: str) -> tuple[str, dict[str, str] | None]:
    """A line without its brackets, and what stood in them by language."""
    found = _IN_BRACKETS.search(line)
    if found is None:
        return line.strip(), None
    rest = f"{line[: found.start()]}{line[found.end() :]}".strip()
    note: dict[str, str] = {}
    for part in found["note"].split(_BETWEEN):
        coded = _CODED.fullmatch(part.strip())
        note[coded["code"] if coded else "fi"] = coded["text"] if coded else part.strip()
    return rest, {code: text for code, text in note.items() if text} or None


def listed(names: Iterable[Words], code: str) -> str:
    """Names of one language, one a line; empty when none is written in it."""
    lines = [one.get(code) or NONE for one in names]
    return "\n".join(lines) if any(line != NONE for line in lines) else ""


def unlisted(texts: Mapping[str, str]) -> list[dict[str, str]]:
    """Names from one text a language, the first lines together, then the second …; those without Finnish too."""
    lines = {code: [line.strip() for line in text.splitlines()] for code, text in texts.items()}
    rows = [
        {code: row[place] for code, row in lines.items() if place < len(row) and row[place] not in ("", NONE)}
        for place in range(max((len(row) for row in lines.values()), default=0))
    ]
    return [row for row in rows if row]
