"""Who changed what in a catalogue entry, field by field, in the words staff use."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.clock import helsinki
from bot.console.entry_words import Difference, EntryWords
from bot.console.moments import clock_words, language_words
from bot.console.words import Words
from bot.guidance.publishing import Line, unpublished
from bot.guidance.store import Change


@dataclass(frozen=True, slots=True)
class Changed:
    """One change: when, who, what was done, and each place before and after."""

    when: str
    who: str
    lines: tuple[str, ...]
    differences: tuple[Difference, ...] = ()
    version: int | None = None
    """The revision to restore; None where the change made no version of the entry."""


def told(changes: Sequence[Change], people: Mapping[str, str], says: EntryWords) -> tuple[Changed, ...]:
    """The history, latest first. `people` gives names by account id."""
    found = []
    for place, change in enumerate(changes):
        shown = _told(change, people, says)
        editors = _editors(changes[place + 1 :], people) if change.action == "published" else []
        if editors and editors != [shown.who]:
            both = says.w("service.history_edited_by", publisher=shown.who, editors=", ".join(editors))
            shown = replace(shown, lines=(both,))
        found.append(shown if place == 0 or not change.after else replace(shown, version=change.revision))
    return tuple(found)


def _editors(earlier: Iterable[Change], people: Mapping[str, str]) -> list[str]:
    """Who wrote what was published, as far as it was kept as a draft before."""
    edits = unpublished(Line(one.by, one.action, one.before, one.after) for one in earlier)
    return list(dict.fromkeys(people[edit.by] for edit in edits if edit.by in people))


def _told(change: Change, people: Mapping[str, str], says: EntryWords) -> Changed:
    at, w = helsinki(change.at), says.w
    when = w("when.date_at", day=f"{at.day}.{at.month}.{at.year}", time=clock_words(at.time()))
    who = people.get(change.by, w("page.product"))
    if change.before is None or change.after is None or change.action == "checked":
        return Changed(when, who, (_done(change, w),))
    did = w(f"service.history_{'published_anew' if change.action == 'published' else 'edited'}")
    return Changed(when, who, (did,), says.differences(change.before, change.after))


def _done(change: Change, w: Words) -> str:
    what = w(f"service.history_{change.action}")
    if not change.note:
        return what
    note = language_words(change.note) if change.action == "stamped" else change.note
    return w("service.history_note", what=what, note=note)
