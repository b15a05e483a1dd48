"""A register at a web address: what it answers becomes files, page by page; what is not as it should be is refused."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.commands import import_catalogue
from bot.guidance.importing import fetching
from bot.guidance.importing.fetching import fetch
from bot.settings import SetupError
from tests.importing.test_importing import named

PAGES = 3
TARGETS = {
    "moved": "/services?{query}",
    "round": "/round",
    "away": "https://192.0.2.1/services?api=secret",
    "plain": "http://register.example/services",
}


@dataclass
class Register:
    """A register that answers each way, and what it was asked."""

    server: TestServer
    asked: list[str] = field(default_factory=list)
    keys: set[str | None] = field(default_factory=set)
    busy: int = 0
    """How many more answers ask to wait."""

    def url(self, path: str) -> str:
        return str(self.server.make_url(path))


def listed(page: int) -> dict[str, Any]:
    services = [named(f"Perheohjaus {page}.{n}", number=page * 10 + n) for n in (1, 2)]
    return {"pageNumber": page, "pageSize": 2, "pageCount": PAGES, "itemList": services}


def answer_of(name: str, request: web.Request) -> web.StreamResponse:
    if name in TARGETS:
        target = TARGETS[name].format(query=request.query_string)
        return web.Response(status=302, headers={"Location": target})
    answers: dict[str, Any] = {
        # What an answer says of its kind is not believed.
        "services": {
            "text": json.dumps(listed(int(request.query.get("page", "1")))),
            "content_type": "image/png",
        },
        "mistaken": {"text": '[{"id": "1"}]'},
        "endless": {"text": '{"page": 1, "totalPages": 100000, "items": []}'},
        "large": {"body": b" " * 2000},
        "packed": {"body": b"...", "headers": {"Content-Encoding": "br"}},
        "busy": {"status": 429, "headers": {"Retry-After": "0"}},
    }
    return web.Response(**answers.get(name, {"status": 404}))


@pytest.fixture
async def register() -> AsyncIterator[Register]:
    async def answer(request: web.Request) -> web.StreamResponse:
        here.asked.append(request.path_qs)
        here.keys.add(request.headers.get("x-api-key"))
        name = request.path.strip("/")
        if name == "cut":
            found = web.StreamResponse(headers={"Content-Length": "100"})
            await found.prepare(request)
            await found.write(b"[")
            request.protocol.force_close()
            return found
        here.busy -= 1
        return answer_of("busy" if here.busy >= 0 else name, request)

    app = web.Application()
    app.router.add_get("/{name:.*}", answer)
    here = Register(TestServer(app))
    await here.server.start_server()
    yield here
    await here.server.close()


async def fetched(address: str, folder: Path, key: str | None = None) -> dict[Path, str]:
    return await fetch(address, folder, ending=".json", key=key, progress=lambda *_: None)


async def refused(address: str, folder: Path) -> str:
    with pytest.raises(SetupError) as error:
        await fetched(address, folder)
    return str(error.value)


async def test_every_page_is_fetched_once_and_one_after_another(register: Register, tmp_path: Path) -> None:
    register.busy = 2
    files = await fetched(register.url("/moved?area=491"), tmp_path, key="a-key")
    pages = ["area=491", "area=491&page=2", "area=491&page=3"]
    once = [f"{path}?{page}" for page in pages for path in ("/moved", "/services")]
    assert register.asked == ["/moved?area=491"] * 2 + once
    assert register.keys == {"a-key"}
    assert list(files.values()) == [f"{register.url('/moved')} (page {page})" for page in (1, 2, 3)]
    assert [json.loads(file.read_bytes())["pageNumber"] for file in files] == [1, 2, 3]


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("/absent?key=secret", "/absent: answers 404"),
        ("/round", "/round: redirects too often"),
        ("/away", "/away: leads to where we do not go"),
        ("/plain", "http://register.example/services: only https is fetched"),
        ("/packed", "packs its answer"),
        ("/cut", "/cut: hangs up"),
        ("/endless", "100000 pages, 5000 are the most"),
        ("/large", "/large: too large"),
        ("/busy", "/busy: answers 429 (try again later)"),
    ],
)
async def test_an_answer_that_is_not_as_it_should_be_is_refused_with_its_address(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, what: str
) -> None:
    monkeypatch.setattr(fetching, "MOST_BYTES", 1000)
    told = await refused(register.url(path), tmp_path)
    assert what in told
    assert "secret" not in told


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("http://register.example/services", "only https is fetched"),
        ("ftp://register.example/services", "only https is fetched"),
        ("https://name:word@register.example/", "without a password is needed"),
        ("https://10.0.0.1/services", "leads to where we do not go"),
        ("https://[::ffff:127.0.0.1]/services", "leads to where we do not go"),
        ("https:///services", "no web address"),
    ],
)
async def test_addresses_that_are_no_public_https_are_not_asked(
    tmp_path: Path, address: str, what: str
) -> None:
    told = await refused(address, tmp_path)
    assert what in told
    assert "word" not in told.replace("password", "")


async def test_an_import_from_an_address_counts_and_tells_mistakes_by_address(
    register: Register,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PERHEOVI_DATA_DIR", str(tmp_path))

    def imports(path: str) -> int:
        return import_catalogue.import_catalogue("ptv", register.url(path), dry_run=True)

    assert await asyncio.to_thread(imports, "/services") == 0
    assert "read 6, kept 6, left out 0\n  6 new, would be" in capsys.readouterr().out
    assert await asyncio.to_thread(imports, "/mistaken?code=secret") == 1
    told = capsys.readouterr().err
    assert f"{register.url('/mistaken')}:1: neither a service nor a channel" in told
    assert "secret" not in told
