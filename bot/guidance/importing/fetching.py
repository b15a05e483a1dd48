"""What a register answers at a web address, fetched into files that are then read as any other file.

Only https to public hosts, and http to this machine when the address names it. One request at a time; what an answer
says of its kind is not believed, every length is counted, and no address is told with what stands behind its `?`.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import aiohttp
from yarl import URL

from bot import __version__
from bot.guidance.importing.files import MOST_BYTES
from bot.guidance.importing.taking_in import Progress
from bot.guidance.links.public_only import (
    Ip,
    MayReach,
    PublicResolver,
    check_address,
    is_public,
    is_refused_here,
)
from bot.settings import SetupError

MOST_PAGES = 5000
_MOST_ALTOGETHER = 1024 * 1024 * 1024
_READ_IN_PARTS = {".jsonl", ".ndjson", ".zip"}
"""Files that may be longer than those that are read whole."""
_ENDINGS = {".json", ".csv", *_READ_IN_PARTS}
_CHUNK = 64 * 1024
_SECONDS_TO_REACH, _SECONDS_SILENT, _SECONDS_IN_ALL = 10, 60, 600
_MOST_REDIRECTS, _MOST_TRIES, _LONGEST_WAIT = 5, 5, 60
_MOVED, _LATER = frozenset({301, 302, 303, 307, 308}), frozenset({429, 503})
_OK = 200
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
_ASKS_FOR_A_KEY = ".suomi.fi"
"""Hosts that are shown the key of PTV; nobody else is."""
_PAGES = ("pageCount", "totalPages")
"""Where versions 7 to 11 and version 12 of PTV say how many pages there are."""


class _AgainError(Exception):
    """The server asks to wait, or hung up. `seconds`: how long to wait."""

    def __init__(self, what: str, seconds: int) -> None:
        super().__init__(what)
        self.seconds = seconds


def shown(url: URL) -> str:
    """An address as it may be told: without a password, and without what stands behind `?` and `#`."""
    return str(url.with_user(None).with_query(None).with_fragment(None))


async def fetch(
    address: str, folder: Path, *, ending: str, key: str | None, progress: Progress
) -> dict[Path, str]:
    """Fetch an address, and every page after it where the answer says there are more.

    Args:
        address: Where the register answers.
        folder: Where the files are written.
        ending: What kind of file it is (`.json`) where its address does not say.
        key: Sent to PTV's own hosts as `x-api-key`.
        progress: Told after every page.

    Gives the files in order, each with what it is to be called. Raises `SetupError`.
    """
    url = _parsed(address)
    here = url.host in _THIS_MACHINE
    known = PurePosixPath(url.path).suffix.lower()
    kind = known if known in _ENDINGS else ending
    may_reach: MayReach = _is_loopback if here else is_public
    files: dict[Path, str] = {}
    async with _client(may_reach) as client:
        fetcher = _Fetcher(client, may_reach, here=here, key=key, left=_MOST_ALTOGETHER)
        page = first = last = _first_page(url)
        while page <= last:
            file = folder / f"{page:05}{kind}"
            await fetcher.into(url if page == first else url.update_query(page=str(page)), file)
            if page == first and kind == ".json":
                last = _last_page(file, first, url)
            files[file] = f"{shown(url)} (page {page})" if last > first else shown(url)
            progress("fetching", page - first + 1, last - first + 1)
            page += 1
    return files


@dataclass(slots=True)
class _Fetcher:
    """Fetches from one place; `left`: how many bytes still may come."""

    client: aiohttp.ClientSession
    may_reach: MayReach
    here: bool
    key: str | None
    left: int

    async def into(self, url: URL, file: Path) -> None:
        """Write what an address answers to a file; waits and tries again where the server asks for it."""
        for number in range(1, _MOST_TRIES + 1):
            try:
                async with asyncio.timeout(_SECONDS_IN_ALL):
                    await self._try(url, file)
            except _AgainError as error:
                if number == _MOST_TRIES:
                    raise SetupError(f"{shown(url)}: {error} (try again later)") from error
                await asyncio.sleep(error.seconds)
            except TimeoutError as error:
                raise SetupError(f"{shown(url)}: too slow (try again later)") from error
            except (aiohttp.ClientError, OSError, ValueError) as error:
                what = "leads to where we do not go" if is_refused_here(error) else "cannot be reached"
                raise SetupError(f"{shown(url)}: {what} (check the address)") from error
            else:
                return

    async def _try(self, url: URL, file: Path) -> None:
        for _ in range(_MOST_REDIRECTS + 1):
            _check(url, here=self.here)
            check_address(url, self.may_reach)
            try:
                async with self.client.get(url, allow_redirects=False, headers=self._headers(url)) as answer:
                    if answer.status not in _MOVED:
                        await self._write(answer, url, file)
                        return
                    url = url.join(URL(answer.headers.get("Location", "")))
            except (aiohttp.ServerDisconnectedError, aiohttp.ClientPayloadError) as error:
                raise _AgainError("hangs up", 0) from error
        raise SetupError(f"{shown(url)}: redirects too often (check the address)")

    def _headers(self, url: URL) -> dict[str, str]:
        host = url.host or ""
        return {"x-api-key": self.key} if self.key and (self.here or host.endswith(_ASKS_FOR_A_KEY)) else {}

    async def _write(self, answer: aiohttp.ClientResponse, url: URL, file: Path) -> None:
        if answer.status in _LATER:
            raise _AgainError(f"answers {answer.status}", _wait(answer.headers.get("Retry-After", "")))
        if answer.status != _OK:
            raise SetupError(f"{shown(url)}: answers {answer.status} (check the address and the key)")
        if answer.headers.get("Content-Encoding", "identity") != "identity":
            raise SetupError(f"{shown(url)}: packs its answer though not asked to (fetch it as a file)")
        most = min(self.left, _MOST_ALTOGETHER if file.suffix in _READ_IN_PARTS else MOST_BYTES)
        taken = 0
        with file.open("wb") as written:
            async for chunk in answer.content.iter_chunked(_CHUNK):
                taken += len(chunk)
                if taken > most:
                    raise SetupError(f"{shown(url)}: too large (ask for less, or for one area at a time)")
                written.write(chunk)
        self.left -= taken


@asynccontextmanager
async def _client(may_reach: MayReach) -> AsyncIterator[aiohttp.ClientSession]:
    connector = aiohttp.TCPConnector(resolver=PublicResolver(may_reach), limit=1)
    async with aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=_SECONDS_TO_REACH, sock_read=_SECONDS_SILENT),
        headers={"User-Agent": f"Perheovi-import/{__version__}", "Accept-Encoding": "identity"},
        auto_decompress=False,
        trust_env=False,
    ) as client:
        yield client


def _parsed(address: str) -> URL:
    try:
        url = URL(address)
        told = shown(url)
    except ValueError as error:
        raise SetupError("that is no web address (write https://…)") from error
    if not url.host or url.user or url.password:
        raise SetupError(f"{told}: an address with a host and without a password is needed")
    _check(url, here=url.host in _THIS_MACHINE)
    return url


def _check(url: URL, *, here: bool) -> None:
    if url.scheme != "https" and not (here and url.scheme == "http" and url.host in _THIS_MACHINE):
        raise SetupError(f"{shown(url)}: only https is fetched (write https://…)")


def _is_loopback(address: Ip) -> bool:
    return address.is_loopback


def _wait(said: str) -> int:
    return min(int(said), _LONGEST_WAIT) if said.isdigit() else _LONGEST_WAIT // 10


def _first_page(url: URL) -> int:
    said = url.query.get("page", "1")
    return int(said) if said.isdigit() else 1


def _last_page(file: Path, first: int, url: URL) -> int:
    """The last page by what the first says; itself where it says nothing. Whether it can be read is told later."""
    try:
        data: Any = json.loads(file.read_bytes())
    except (ValueError, RecursionError):
        return first
    said = [data.get(name) for name in _PAGES] if isinstance(data, dict) else []
    last = max(first, next((number for number in said if type(number) is int), first))
    if last - first >= MOST_PAGES:
        raise SetupError(
            f"{shown(url)}: {last} pages, {MOST_PAGES} are the most (ask for one area at a time)"
        )
    return last
