"""Asks a running server over HTTP, one message after another, and looks at what it costs."""

import json
import math
import os
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """The answers to some texts in their order, and the milliseconds each took."""

    answers: Sequence[Any]
    milliseconds: Sequence[float]

    @property
    def median(self) -> float:
        """The middle one."""
        return statistics.median(self.milliseconds)

    @property
    def p99(self) -> float:
        """What 99 of 100 took at most."""
        return sorted(self.milliseconds)[math.ceil(0.99 * len(self.milliseconds)) - 1]


def ask(url: str, texts: Sequence[str]) -> Heard:
    """`POST /model/parse` for each text, on one connection. Raises ValueError for an answer that is none."""
    at = urlsplit(url)
    connection = HTTPConnection(at.hostname or "", at.port, timeout=60)
    answers, took = [], []
    try:
        for text in texts:
            body = json.dumps({"text": text})
            began = time.perf_counter()
            connection.request("POST", "/model/parse", body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            said = answer.read()
            took.append((time.perf_counter() - began) * 1000)
            if answer.status != 200:  # noqa: PLR2004 - as everybody knows it
                raise ValueError(f"{url} answered {answer.status}")
            answers.append(json.loads(said))
    finally:
        connection.close()
    return Heard(answers=answers, milliseconds=took)


def resident_megabytes(pid: int) -> float:
    """The resident memory of a process and all it has started, in MB of 1,000,000 bytes (Linux)."""
    kilobytes = 0
    for one in _family(pid):
        for line in Path(f"/proc/{one}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                kilobytes += int(line.split()[1])
    return kilobytes * 1024 / 1e6


def processor_seconds(pid: int) -> float:
    """What a process has used of the processor since its start (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _family(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from _family(int(child))
