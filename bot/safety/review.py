"""What must be mended in the crisis data before a release: stale numbers, missing texts, changed files."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from bot.safety import data
from bot.safety.grammar import RuleError
from bot.safety.verdict import CATEGORIES, LANGUAGES

OLDEST_DAYS = 180
"""A helpline's number and hours are to be checked at least this often."""
_FULL = ("fi", "sv", "en")
"""Languages in which every category has words of its own."""
_NEEDED = (
    "name",
    "call_112",
    "after",
    "question",
    "question_from_child",
    "answers",
    "always_open",
    "answers_in_finnish",
    "trouble",
    "days",
)


def check_data(now: datetime) -> list[str]:
    """Everything that is wrong with the crisis data at `now` (aware), one sentence each; empty when all is well."""
    try:
        texts = data.texts()
        data.grammars()
    except (data.SealError, RuleError, ValueError) as error:
        return [f"crisis data: {error}"]
    unsealed = sorted(set(data.sums()) ^ set(data.sealed()))
    return [
        *(f"crisis data: {name} is not among the sealed files" for name in unsealed),
        *_stale(texts["lines"], now.date()),
        *_missing(texts),
    ]


def _stale(lines: Mapping[str, Mapping[str, Any]], today: date) -> Iterator[str]:
    for name, line in lines.items():
        age = (today - date.fromisoformat(line["checked"])).days
        if age > OLDEST_DAYS:
            yield f"helpline {name}: checked {age} days ago (check the number and hours at {line['source']})"
        elif age < 0:
            yield f"helpline {name}: checked on a day that has not come ({line['checked']})"
        if not line["source"]:
            yield f"helpline {name}: no source (say where the number was read)"


def _missing(texts: Mapping[str, Any]) -> Iterator[str]:
    for language in LANGUAGES:
        said = texts["languages"].get(language, {})
        for key in _NEEDED:
            if not said.get(key):
                yield f"crisis texts {language}: no '{key}'"
        replies = said.get("replies", {})
        for category in CATEGORIES:
            topic = texts["topics"].get(category, "general")
            own = replies.get(category) or replies.get(topic)
            if language in _FULL and category != "none":
                own = replies.get(category)
            if not own:
                yield f"crisis texts {language}: no reply for {category}"
        for part in ("heard", "immediate", "urgent", "soft"):
            if not replies.get("general", {}).get(part):
                yield f"crisis texts {language}: the general reply has no '{part}'"
