"""Telegram's Bot API as far as we use it: takes requests, sends updates, and holds both against `bot_api.json`."""

import asyncio
import json
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer
from jsonschema import Draft7Validator

TOKEN = "123456:a-token-for-tests-only"
API: dict[str, Any] = json.loads((Path(__file__).parent / "bot_api.json").read_text())
BOT = {"id": 123456, "is_bot": True, "first_name": "Perheovi", "username": "perheovi_bot"}


def faults(schema: dict[str, Any], value: Any) -> list[str]:
    """What is wrong with a value by the description."""
    whole = {**schema, "definitions": API["definitions"]}
    return [error.message for error in Draft7Validator(whole).iter_errors(value)]


@dataclass
class Emulator:
    """One bot's Telegram, in memory."""

    requests: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    """Every request that was right, in order."""
    wrong: list[str] = field(default_factory=list)
    """What was wrong with the others."""
    answers: dict[str, list[tuple[int, dict[str, Any]]]] = field(default_factory=lambda: defaultdict(list))
    """Method → what to answer next instead of taking the request: status and body."""
    blocked: set[int] = field(default_factory=set)
    waiting: dict[int, dict[str, Any]] = field(default_factory=dict)
    """Updates not yet acknowledged."""
    address: str = ""
    secret: str | None = None
    webhook: str | None = None
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    _server: TestServer | None = None

    async def start(self) -> str:
        """Its address."""
        app = web.Application()
        app.router.add_post(f"/bot{TOKEN}/{{method}}", self._take)
        self._server = TestServer(app)
        await self._server.start_server()
        return str(self._server.make_url(""))

    async def stop(self) -> None:
        assert self._server
        await self._server.close()

    @property
    def messages(self) -> list[dict[str, Any]]:
        """What was sent to people, in order."""
        return [parameters for method, parameters in self.requests if method == "sendMessage"]

    def texts(self, chat: int) -> list[str]:
        return [one["text"] for one in self.messages if one["chat_id"] == chat]

    def buttons(self, chat: int) -> list[dict[str, str]]:
        """The buttons below the last message that has some."""
        for one in reversed(self.messages):
            if one["chat_id"] == chat and "reply_markup" in one:
                return [button for row in one["reply_markup"]["inline_keyboard"] for button in row]
        return []

    def called(self, method: str) -> list[dict[str, Any]]:
        return [parameters for name, parameters in self.requests if name == method]

    async def until(self, method: str, times: int = 1) -> None:
        """Wait until a method was called that often."""
        async with self._changed:
            await self._changed.wait_for(lambda: len(self.called(method)) >= times)

    async def offer(self, update: dict[str, Any]) -> None:
        """Let an update wait for whoever polls."""
        assert faults({"$ref": "#/definitions/Update"}, update) == []
        async with self._changed:
            self.waiting[update["update_id"]] = update
            self._changed.notify_all()

    async def bring(self, update: dict[str, Any], address: str, *, secret: str | None = None) -> int:
        """Bring an update to the webhook; the status answered. It stays waiting unless that is 2xx."""
        assert faults({"$ref": "#/definitions/Update"}, update) == []
        self.waiting[update["update_id"]] = update
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.secret if secret is None else secret or ""}
        async with (
            ClientSession() as session,
            session.post(address, json=update, headers={k: v for k, v in headers.items() if v}) as answer,
        ):
            if answer.ok:
                self.waiting.pop(update["update_id"], None)
            return answer.status

    async def _take(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        parameters = await _parameters(request)
        schema = API["methods"].get(method)
        found = [f"no method {method}"] if schema is None else faults(schema, parameters)
        found += _limits(parameters)
        if found:
            self.wrong += found
            return _refused(400, {"description": f"Bad Request: {found[0]}"})
        if self.answers[method]:
            return _refused(*self.answers[method].pop(0))
        if parameters.get("chat_id") in self.blocked:
            return _refused(403, {"description": "Forbidden: bot was blocked by the user"})
        async with self._changed:
            self.requests.append((method, parameters))
            self._changed.notify_all()
        return web.json_response({"ok": True, "result": await self._do(method, parameters)})

    async def _do(self, method: str, parameters: dict[str, Any]) -> Any:
        match method:
            case "sendMessage":
                chat = {"id": parameters["chat_id"], "type": "private"}
                return {"message_id": len(self.requests), "date": 1_800_000_000, "chat": chat, "from": BOT,
                        "text": parameters["text"]}  # fmt: skip
            case "setWebhook":
                self.webhook, self.secret = parameters["url"], parameters.get("secret_token")
            case "getUpdates":
                return await self._updates(parameters.get("offset", 0), parameters.get("timeout", 0))
        return True

    async def _updates(self, offset: int, seconds: int) -> list[dict[str, Any]]:
        async with self._changed:
            self.waiting = {id_: update for id_, update in self.waiting.items() if id_ >= offset}
            try:
                async with asyncio.timeout(seconds):
                    await self._changed.wait_for(lambda: self.waiting)
            except TimeoutError:
                return []
            return [self.waiting[id_] for id_ in sorted(self.waiting)]


async def _parameters(request: web.Request) -> dict[str, Any]:
    """A form's fields: objects, lists, numbers and booleans come written as JSON."""
    found: dict[str, Any] = {}
    for name, value in (await request.post()).items():
        assert isinstance(value, str)
        found[name] = value
        if name not in ("text", "url", "secret_token", "callback_query_id"):
            found[name] = json.loads(value)
    return found


def _limits(parameters: dict[str, Any]) -> list[str]:
    found = []
    if len(parameters.get("text", "").encode("utf-16-le")) // 2 > API["limits"]["text_utf16_units"]:
        found.append("message is too long")
    most = API["limits"]["callback_data_bytes"]
    keyboard = parameters.get("reply_markup", {}).get("inline_keyboard", [])
    behind = [button.get("callback_data", "") for row in keyboard for button in row]
    found += ["BUTTON_DATA_INVALID" for data in behind if len(data.encode()) > most]
    return found


def _refused(status: int, body: dict[str, Any]) -> web.Response:
    return web.json_response({"ok": False, "error_code": status, **body}, status=status)
