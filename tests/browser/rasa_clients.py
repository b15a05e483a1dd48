"""Public web clients made for Rasa, fetched from npm as they are and served from a page of another origin.

Nothing of them is part of this project: they are fetched by the pinned version, checked against the sum that the
registry published, and kept in `var/`, outside version control.
"""

import base64
import hashlib
import json
import os
import shutil
import subprocess
import tarfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

KEPT = Path(__file__).resolve().parents[2] / "var" / "npm"
MISSING = (
    "No npm was found, so the tests with web clients made for Rasa (tests/browser/test_rasa_clients.py) did not run."
    " Install it with your package manager (on Debian: apt-get install npm)."
)


@dataclass(frozen=True, slots=True)
class RasaClient:
    """A package of npm: its version, the sum of its archive (Subresource Integrity), and what a page loads of it."""

    package: str
    version: str
    integrity: str
    files: tuple[str, ...]

    @property
    def archive(self) -> Path:
        """Where its archive is kept."""
        name = self.package.removeprefix("@").replace("/", "-")
        return KEPT / f"{name}-{self.version}.tgz"


WEBCHAT = RasaClient(
    "rasa-webchat",  # Botfront's, Apache-2.0; socket.io-client 3, so Engine.IO 4
    "1.0.1",
    "sha512-Ld1zVJvTAaTrs6A5p8t70agNNrKYRyXlvqXZRgBoDvKKUXbA0jhJKECi5bdPGlaR6jsmqWtVylHS+YqIqo0x8w==",
    ("lib/index.js",),
)
CHATROOM = RasaClient(
    "@scalableminds/chatroom",  # the one Rasa's own pages named for its REST channel; AGPL-3.0
    "0.12.0",
    "sha512-ZMe7nmv6JIjllraP2SvSy11Q68efbBApHPCY1CyKjI/5go5vrhB4xMDOgk4SrRxm0YKgj37YIHHJvKZcNMEc3A==",
    ("dist/Chatroom.js", "dist/Chatroom.css"),
)


def fetched(client: RasaClient) -> dict[str, bytes]:
    """The client's files by their addresses; where it cannot be had the tests say so, and fail in CI."""
    if not client.archive.exists():
        _pack(client)
    whole = client.archive.read_bytes()
    found = "sha512-" + base64.b64encode(hashlib.sha512(whole).digest()).decode()
    assert found == client.integrity, f"{client.archive} is not what was published; delete it"
    with tarfile.open(client.archive) as archive:
        members = {name: archive.extractfile(f"package/{name}") for name in client.files}
        return {f"/{name}": member.read() for name, member in members.items() if member}


def _pack(client: RasaClient) -> None:
    npm = shutil.which("npm")
    if npm is None:
        _not_to_be_had(MISSING)
        return
    KEPT.mkdir(parents=True, exist_ok=True)
    wanted = f"{client.package}@{client.version}"
    command = [npm, "pack", wanted, "--silent", "--pack-destination", str(KEPT)]
    packed = subprocess.run(command, check=False, capture_output=True, text=True, timeout=100)
    if packed.returncode or not client.archive.exists():
        _not_to_be_had(
            f"npm could not fetch {wanted}, so its test did not run: {packed.stderr.strip()[-300:]}"
        )


def _not_to_be_had(reason: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def page_of(script: str, styles: tuple[str, ...], start: str, options: Mapping[str, Any]) -> bytes:
    """A page that loads a client and starts it: `start` is JavaScript in which `options` stands for the settings."""
    links = "".join(f'<link rel="stylesheet" href="{style}">' for style in styles)
    return (
        f'<!doctype html><html lang="fi"><meta charset="utf-8"><title>Toinen sivu</title>{links}'
        f'<main><h1>Toinen sivu</h1><div id="chat"></div></main><script src="{script}"></script>'
        f"<script>const options = {json.dumps(options)}; {start}</script></html>"
    ).encode()


@dataclass(frozen=True, slots=True)
class OtherSite:
    """A site of somebody else on this machine. What is put into `files` is served."""

    url: str
    files: dict[str, bytes]


@contextmanager
def other_site() -> Iterator[OtherSite]:
    """Serve until the block ends, on a free port."""
    files: dict[str, bytes] = {}
    kinds = {"js": "text/javascript", "css": "text/css"}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = files.get(self.path)
            self.send_response(200 if body is not None else 204)
            kind = kinds.get(self.path.rpartition(".")[2], "text/html")
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the library's name for it)
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield OtherSite(f"http://127.0.0.1:{server.server_port}", files)
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
