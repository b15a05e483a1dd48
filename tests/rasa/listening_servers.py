"""Small servers that answer as Rasa would, or as it should not."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Heard:
    """What a server was asked: its address, and (path, body) of each question."""

    url: str = ""
    asked: list[tuple[str, Any]] = field(default_factory=list)


@contextmanager
def answering(body: bytes, status: int = 200) -> Iterator[Heard]:
    """A server that always answers this."""
    with _serving(lambda handler: _answer(handler, body, status)) as heard:
        yield heard


@contextmanager
def never_answering() -> Iterator[Heard]:
    """A server that takes every question and keeps silent until the block ends."""
    end = threading.Event()
    with _serving(lambda _handler: end.wait()) as heard:
        try:
            yield heard
        finally:
            end.set()


def ranking(**confidences: float) -> bytes:
    """A parse answer with these intents; `__` in a name stands for `+`."""
    intents = [{"name": name.replace("__", "+"), "confidence": one} for name, one in confidences.items()]
    return json.dumps({"text": "…", "intent": intents[0], "intent_ranking": intents, "entities": []}).encode()


@contextmanager
def _serving(answer: Any) -> Iterator[Heard]:
    heard = Heard()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            size = int(self.headers["Content-Length"])
            heard.asked.append((self.path, json.loads(self.rfile.read(size))))
            answer(self)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    heard.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield heard
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _answer(handler: BaseHTTPRequestHandler, body: bytes, status: int) -> None:
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)
