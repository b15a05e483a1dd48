"""Style sheets, scripts and fonts: read once into memory, served under one revision that is their fingerprint.

The address is `/static/<revision>/<name>`. Files find each other by relative addresses, so all of them may be
kept by browsers for good: any change gives a new revision.
"""

import gzip
import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

FOLDERS = tuple(
    Path(__file__).resolve().parent.parent / part / "static" for part in ("web", "channels", "console")
)
_FOR_GOOD = "public, max-age=31536000, immutable"
_PACKED = (".css", ".js", ".svg")


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is sent."""

    body: bytes
    packed: bytes | None
    """The same with gzip, for text."""
    content_type: str


@dataclass(frozen=True, slots=True)
class Assets:
    """Every file by name, and the revision of the whole."""

    files: Mapping[str, Asset]
    revision: str

    def address(self, name: str) -> str:
        """Where a page finds a file; raises KeyError for one that is not there."""
        if name not in self.files:
            raise KeyError(f"no static file '{name}' (put it into a static folder)")
        return f"/static/{self.revision}/{name}"


ASSETS = web.AppKey("assets", Assets)


def load(folders: tuple[Path, ...] = FOLDERS) -> Assets:
    """Read every file below `folders`; two of one name are an error (ValueError)."""
    files: dict[str, Asset] = {}
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(found for found in folder.rglob("*") if found.is_file()):
            name = path.relative_to(folder).as_posix()
            if name in files:
                raise ValueError(f"two static files are called '{name}' (rename one)")
            files[name] = _asset(path)
            digest.update(f"{name}\0{len(files[name].body)}\0".encode() + files[name].body)
    return Assets(files, digest.hexdigest()[:16])


def _asset(path: Path) -> Asset:
    body = path.read_bytes()
    if path.suffix == ".woff2":
        return Asset(body, None, "font/woff2")
    kind = "text/javascript" if path.suffix == ".js" else mimetypes.guess_type(path.name)[0]
    packed = gzip.compress(body, 9, mtime=0) if path.suffix in _PACKED else None
    return Asset(body, packed, kind or "application/octet-stream")


async def serve(request: web.Request) -> web.Response:
    """A file; one of an older revision is served as it is now, and not kept."""
    assets = request.app[ASSETS]
    asset = assets.files.get(request.match_info["name"])
    if asset is None:
        raise web.HTTPNotFound
    current = request.match_info["revision"] == assets.revision
    headers = {"Cache-Control": _FOR_GOOD if current else "no-cache"}
    # Files that anybody may read, so that the chat can stand on another site's page.
    headers |= {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
    body = asset.body
    if asset.packed is not None:
        headers["Vary"] = "Accept-Encoding"
        if "gzip" in request.headers.get("Accept-Encoding", ""):
            headers["Content-Encoding"] = "gzip"
            body = asset.packed
    charset = "utf-8" if asset.content_type.startswith("text/") else None
    return web.Response(body=body, headers=headers, content_type=asset.content_type, charset=charset)


def add_routes(app: web.Application) -> None:
    """Serve the files of `ASSETS`."""
    app.router.add_get("/static/{revision:[0-9a-f]{16}}/{name:.+}", serve)
