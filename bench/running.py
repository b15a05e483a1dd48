"""One run: every contestant started, asked the same in turns, and looked at."""

import statistics
from collections.abc import Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass

from bench import measuring, scoring
from bench.contestants import Contestant
from bench.scoring import Score
from bench.split import Split
from rasa_beside import server


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What was measured of one contestant: milliseconds, MB, seconds; lists have one figure for each round."""

    held_out: dict[str, Score]
    unseen: dict[str, Score]
    medians: Sequence[float]
    p99s: Sequence[float]
    resident: float
    starts: Sequence[float]


def run(contestants: Sequence[Contestant], split: Split, *, rounds: int, texts: int) -> dict[str, Figures]:
    """Measure everybody in one go: starts in turns, then all of them up and asked in turns.

    Args:
        contestants: Who is measured.
        split: What they are asked.
        rounds: How often starts and times are taken.
        texts: How many of the sentences are timed in each round.
    """
    starts: dict[str, list[float]] = {one.name: [] for one in contestants}
    for one in contestants:
        with _server(one):
            pass  # what is only done once, such as making a database, is not a start
    for _ in range(rounds):
        for one in contestants:
            with _server(one) as running:
                starts[one.name].append(running.seconds)
    with ExitStack() as open_servers:
        servers = {one.name: open_servers.enter_context(_server(one)) for one in contestants}
        return _asked(contestants, servers, split, starts, rounds=rounds, texts=texts)


def _asked(
    contestants: Sequence[Contestant],
    servers: dict[str, server.Server],
    split: Split,
    starts: dict[str, list[float]],
    *,
    rounds: int,
    texts: int,
) -> dict[str, Figures]:
    everything = [*split.held_out, *split.unseen]
    step = max(1, len(everything) // texts)
    timed = [one.text for one in everything[::step]][:texts]
    heard = {}
    for one in contestants:
        print(f"  {one.name} hears {len(everything)} sentences", flush=True)
        heard[one.name] = measuring.ask(
            servers[one.name].url, [example.text for example in everything]
        ).answers
    times: dict[str, list[measuring.Heard]] = {one.name: [] for one in contestants}
    for _ in range(rounds):
        for one in contestants:
            times[one.name].append(measuring.ask(servers[one.name].url, timed))
    border = len(split.held_out)
    return {
        one.name: Figures(
            held_out={} if one.knows_held_out else scoring.scores(split.held_out, heard[one.name][:border]),
            unseen=scoring.scores(split.unseen, heard[one.name][border:]),
            medians=[found.median for found in times[one.name]],
            p99s=[found.p99 for found in times[one.name]],
            resident=measuring.resident_megabytes(servers[one.name].pid),
            starts=starts[one.name],
        )
        for one in contestants
    }


def times_better(rasa: Sequence[float], ours: Sequence[float]) -> float:
    """How many times less ours is: the median over the rounds of the ratio in each."""
    return statistics.median(theirs / own for theirs, own in zip(rasa, ours, strict=True))


def _server(one: Contestant) -> AbstractContextManager[server.Server]:
    port = server.free_port()
    return server.started(
        one.command(port), f"http://127.0.0.1:{port}", one.folder / "server.log", one.variables
    )
