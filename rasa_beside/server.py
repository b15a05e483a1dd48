"""A running Rasa that answers `POST /model/parse`, as a context."""

import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rasa_beside import environment

_LONGEST_START = 180


class DidNotStartError(Exception):
    """The server ended, or did not answer in three minutes; the message says where its log is."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where it answers, its process, and the seconds from its start to its first answer."""

    url: str
    pid: int
    seconds: float


def command(model: Path, host: str, port: int) -> list[str]:
    """How Rasa is started."""
    rasa = environment.python().with_name("rasa")
    return [
        str(rasa), "run", "--enable-api", "--model", str(model), "--interface", host, "--port", str(port),
    ]  # fmt: skip


@contextmanager
def running(model: Path, log: Path) -> Iterator[Server]:
    """Rasa on a free port of this machine, stopped when the block ends; what it says goes to `log`.

    Raises `DidNotStartError`.
    """
    port = free_port()
    with started(command(model, "127.0.0.1", port), f"http://127.0.0.1:{port}", log) as server:
        yield server


@contextmanager
def started(run: list[str], url: str, log: Path, variables: dict[str, str] | None = None) -> Iterator[Server]:
    """Any server with `POST /model/parse`, from its start to its stop; waits for its first answer."""
    began = time.monotonic()
    with log.open("w") as said:
        process = subprocess.Popen(
            run, cwd=log.parent, env=variables or environment.variables(), stdout=said, stderr=said
        )
    try:
        while not _answers(url):
            if process.poll() is not None or time.monotonic() - began > _LONGEST_START:
                raise DidNotStartError(f"{run[0]} … did not answer at {url}; see {log}")
            time.sleep(0.02)
        yield Server(url, process.pid, time.monotonic() - began)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _answers(url: str) -> bool:
    asked = urllib.request.Request(  # noqa: S310 - our own server
        f"{url}/model/parse", data=b'{"text": "hei"}', headers={"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(asked, timeout=30) as answer:  # noqa: S310
            return bool(answer.read())
    except (urllib.error.URLError, OSError):
        return False
