"""An SMS gateway as `docs/notices.md` describes it: takes each message once, and answers as it is told to."""

import ssl
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

TOKEN = "a-gateway-token-for-tests"


@dataclass
class Gateway:
    """One gateway, in memory."""

    taken: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Idempotency key → the message it was sent with first."""
    requests: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    """Every request that came, by its key."""
    wrong: list[str] = field(default_factory=list)
    """What was against the description."""
    answers: list[web.Response] = field(default_factory=list)
    """What to answer next instead of taking the message."""
    loses_answers: bool = False
    """Takes the message, and the connection breaks before the answer."""
    url: str = ""
    _server: TestServer | None = None

    async def start(self, tls: ssl.SSLContext | None = None) -> None:
        app = web.Application()
        app.router.add_post("/messages", self._take)
        self._server = TestServer(app, scheme="https" if tls else "http")
        await self._server.start_server(ssl=tls)
        self.url = str(self._server.make_url("/messages"))

    async def stop(self) -> None:
        if self._server:
            await self._server.close()
            self._server = None

    @property
    def texts(self) -> list[str]:
        """What families were sent, in order."""
        return [str(one["text"]) for one in self.taken.values()]

    async def _take(self, request: web.Request) -> web.Response:
        key, body = request.headers.get("Idempotency-Key", ""), await request.json()
        self.requests.append((key, body))
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            self.wrong.append("no token")
        if not key or body.get("reference") != key:
            self.wrong.append("no key")
        if body.keys() != {"to", "text", "reference", "from"} or not str(body["to"]).startswith("+"):
            self.wrong.append(f"fields: {sorted(body)}")
        if self.answers:
            return self.answers.pop(0)
        self.taken.setdefault(key, body)
        if self.loses_answers:
            assert request.transport
            request.transport.close()
        return web.json_response({"id": "1"}, status=202)
