"""What needs doing with a catalogue entry, as the list counts and filters it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.guidance.catalogue import Service
from bot.guidance.due import due_on
from bot.guidance.links.link import addresses_of
from bot.guidance.store import Entry
from bot.guidance.translating import source_hash
from bot.texts import COMPLETE

TASKS = (
    "mine", "review", "returned", "late", "unchecked", "reports", "links", "channel", "languages", "outdated",
    "draft", "archived",
)  # fmt: skip
"""In the order the list shows them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known beside the entries themselves."""

    mine: Collection[str] = ()
    """Entries of whoever looks."""
    reported: Collection[str] = ()
    """Entries families have said something is wrong with."""
    links: Collection[str] = ()
    """Web addresses somebody should look at."""


@dataclass(frozen=True, slots=True)
class Group:
    """One thing to do, with how many entries wait for it."""

    code: str
    count: int
    chosen: bool


def tasks(entry: Entry, known: Known, today: date) -> frozenset[str]:
    """The codes of `TASKS` that an entry needs on a local day."""
    service = entry.newest
    found = {"mine"} if entry.id in known.mine else set()
    if entry.status == "archived":
        return frozenset({*found, "archived"})
    if entry.review:
        found.add("review" if entry.review == "waiting" else "returned")
    elif entry.draft is not None:
        found.add("draft")
    if entry.id in known.reported:
        found.add("reports")
    return frozenset(found | (set(_of(service, known, today)) if service else set()))


def _of(service: Service, known: Known, today: date) -> Iterable[str]:
    due = due_on(service)
    if due is None:
        yield "unchecked"
    elif due <= today:
        yield "late"
    if not service.channels:
        yield "channel"
    if any(words.get(code) is None for words in (service.name, service.summary) for code in COMPLETE):
        yield "languages"
    if outdated(service):
        yield "outdated"
    if known.links and addresses_of(service) & set(known.links):
        yield "links"


def outdated(service: Service) -> list[str]:
    """The languages whose texts were made of other Finnish ones than stand there now."""
    now = source_hash(service)
    return [code for code, one in service.translations.items() if one.from_hash != now]


def groups(found: Sequence[frozenset[str]], chosen: str) -> list[Group]:
    """Every thing to do that some entry needs, and the chosen one."""
    counts = {code: sum(1 for one in found if code in one) for code in TASKS}
    return [Group(code, counts[code], code == chosen) for code in TASKS if counts[code] or code == chosen]
