"""Live updates: who listens is told that something changed, and fetches what it may see.

An event carries no facts, only its topic and a number that grows with every change, so a stream can leak nothing, one
missed event is made good by the next, and whoever has that number already need not fetch. Changes made here are told
as soon as their number is read; those of other replicas are noticed by one shared look a second at what would differ
then, made only while somebody listens.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable, Iterable, Iterator
from typing import NamedTuple

import structlog

from bot.database import DatabaseUnavailableError

QUEUE = "queue"
CHATS = "chats"
"""Who waits for a person in the chat, or has one, is not as it was."""
LIVE_CHAT = "live-chat"
"""Something was said in a live chat, or one was taken or given back."""
CRISES = "crises"
"""A crisis has come to the queue or left it. Told for each area by itself (`of_area`), to those who reach it."""
SIGN_INS = "sign-ins"
"""Somebody was signed out or an account closed: every stream looks whether it may go on."""
CLOSING = "closing"
"""The server stops; streams end so that it can."""

_log = structlog.get_logger()


class Revision(NamedTuple):
    """What differs after a change: the number pages are told, and what else is told of."""

    number: int
    beside: frozenset[tuple[str, str]] = frozenset()
    """Topics told before it when anything of theirs differs, each with a thing of theirs: an id is enough."""


def of_area(topic: str, area: str) -> str:
    """The topic as it is told of one area."""
    return f"{topic} {area}"


def areas_of(topic: str, heard: Iterable[str]) -> list[str]:
    """The areas of which the topic was heard."""
    return [area for name, _, area in (one.partition(" ") for one in heard) if name == topic and area]


class Listener:
    """One stream's ear. Topics told several times between two looks are heard once."""

    def __init__(self) -> None:
        self._heard: set[str] = set()
        self._something = asyncio.Event()

    def tell(self, topic: str) -> None:
        """Note that `topic` changed."""
        self._heard.add(topic)
        self._something.set()

    async def next(self, seconds: float) -> frozenset[str]:
        """The topics told since the last call; waits for one, at most `seconds`, then gives none."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._something.wait(), seconds)
        self._something.clear()
        heard = frozenset(self._heard)
        self._heard.clear()
        return heard


class Announcer:
    """Tells every listener in this process. Used from the event loop only."""

    def __init__(self) -> None:
        self._listeners: set[Listener] = set()
        self._closing = False
        self._watched: dict[str, asyncio.Event] = {}
        self._numbers: dict[str, int] = {}

    @property
    def listeners(self) -> int:
        """How many listen now."""
        return len(self._listeners)

    @contextlib.contextmanager
    def listen(self) -> Iterator[Listener]:
        """Listen for as long as the block runs."""
        listener = Listener()
        if self._closing:
            listener.tell(CLOSING)
        self._listeners.add(listener)
        try:
            yield listener
        finally:
            self._listeners.discard(listener)

    def announce(self, topic: str) -> None:
        """Tell everybody that `topic` changed; a topic that is watched is told with its new number."""
        if topic in self._watched:
            self._watched[topic].set()
        else:
            self.tell(topic)

    def tell(self, topic: str, number: int | None = None) -> None:
        """Tell everybody now. `number`: which change is the last."""
        if number is not None:
            self._numbers[topic] = number
        for listener in self._listeners:
            listener.tell(topic)

    def number(self, topic: str) -> int | None:
        """The number of the last change told of; None when nobody has counted."""
        return self._numbers.get(topic)

    @contextlib.contextmanager
    def watched(self, topic: str) -> Iterator[asyncio.Event]:
        """For as long as the block runs, `announce` sets this event and leaves the telling to the block."""
        woken = self._watched[topic] = asyncio.Event()
        try:
            yield woken
        finally:
            del self._watched[topic]

    def close(self) -> None:
        """End every stream, also those that begin from now on."""
        self._closing = True
        self.announce(CLOSING)


async def watch(
    announcer: Announcer,
    revision: Callable[[], Awaitable[Hashable]],
    *,
    topic: str = QUEUE,
    every_seconds: float = 1.0,
) -> None:
    """Tell of `topic` whenever its `revision` differs from the last one seen, or somebody announces it.

    Looks at once when it is announced, else every so many seconds while anybody listens. Runs until cancelled.
    """
    seen: Hashable = None
    with announcer.watched(topic) as woken:
        while True:
            announced = woken.is_set()
            woken.clear()
            found = await _looked(revision, topic, seen) if announcer.listeners else seen
            for name in _differing(found, seen):
                announcer.tell(name)
            if announced or found != seen:
                announcer.tell(topic, found.number if isinstance(found, Revision) else None)
            seen = found
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(woken.wait(), every_seconds)


def _differing(found: Hashable, seen: Hashable) -> list[str]:
    if not (isinstance(found, Revision) and isinstance(seen, Revision)):
        return []
    return sorted({name for name, _ in found.beside ^ seen.beside})


async def _looked(revision: Callable[[], Awaitable[Hashable]], topic: str, seen: Hashable) -> Hashable:
    try:
        return await revision()
    except DatabaseUnavailableError:
        _log.warning("revision not read", topic=topic)
        return seen


@contextlib.asynccontextmanager
async def watching(
    announcer: Announcer,
    revision: Callable[[], Awaitable[Hashable]],
    *,
    topic: str = QUEUE,
    every_seconds: float = 1.0,
) -> AsyncIterator[None]:
    """Run `watch` beside the block."""
    task = asyncio.create_task(watch(announcer, revision, topic=topic, every_seconds=every_seconds))
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
