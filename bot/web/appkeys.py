"""What every page may ask of the running application, by typed key. `app.py` fills them."""

from collections.abc import Awaitable, Callable, Mapping
from collections.abc import Set as AbstractSet
from datetime import timedelta
from pathlib import Path

from aiohttp import web

from bot.clock import Clock
from bot.database import Database
from bot.guidance.areas import Areas
from bot.guidance.store import CatalogueCache
from bot.messages import Answer, IncomingMessage
from bot.rota.reading import RotaCache
from bot.staff.provider import Provider
from bot.texts import Texts
from bot.web.live import Announcer

DATABASE = web.AppKey("database", Database)
CLOCK: web.AppKey[Clock] = web.AppKey("clock")
TAKE_TURN: web.AppKey[Callable[[IncomingMessage], Awaitable[Answer]]] = web.AppKey("take_turn")
"""One turn of a conversation: never raises; answers with crisis help even when nothing else works."""
TEXTS: web.AppKey[Callable[[], Texts]] = web.AppKey("texts")
"""The sentences as they are now (a reload may bring new ones)."""
DEMO = web.AppKey("demo", bool)
DATA_DIR = web.AppKey("data_dir", Path)
TRUSTED_PROXIES = web.AppKey("trusted_proxies", int)
"""How many proxies in front of us set X-Forwarded-For; 0 when nobody does."""
CHANNEL_TOKEN: web.AppKey[str | None] = web.AppKey("channel_token")
"""What a front end on the REST channel must send as its bearer token; not needed in a demo."""
AREAS = web.AppKey("areas", Areas)
CATALOGUE = web.AppKey("catalogue", CatalogueCache)
"""The one cache of the process, shared by the conversation and the pages."""
PROVIDER: web.AppKey[Provider | None] = web.AppKey("provider")
"""The organisation's own sign-in, where there is one."""
PUBLIC_URL: web.AppKey[str | None] = web.AppKey("public_url")
"""The address of this server as people see it, without a slash at its end."""
SEND_LETTER: web.AppKey[Callable[[str, str, str], Awaitable[bool]] | None] = web.AppKey("send_letter")
"""Sends an e-mail (to, subject, text) to staff; whether the server took it. None where there is no mail."""
SECOND_FACTOR_REQUIRED = web.AppKey("second_factor_required", bool)
"""Whether staff without a second factor reach nothing but the page where they make one."""
ROTA = web.AppKey("rota", RotaCache)
"""Who is at work when, and the days that are otherwise; shared by the conversation and the pages."""
LEASE = web.AppKey("lease", timedelta)
"""How long a claim lasts without a word from its holder."""
EMBED_ORIGINS: web.AppKey[AbstractSet[str]] = web.AppKey("embed_origins")
"""The origins whose pages may have the chat on them, as `https://example.org`."""
NOTICE_WAYS: web.AppKey[AbstractSet[str]] = web.AppKey("notice_ways")
"""The ways set up for notices to families: `sms`, `email`, `telegram`."""
LINK_CHECK = web.AppKey("link_check", bool)
"""Whether the web addresses of the catalogue are asked each night."""
LEARNS = web.AppKey("learns", bool)
"""Whether families may be asked for messages that were not understood."""
NOTE_HEADINGS: web.AppKey[Mapping[str, str]] = web.AppKey("note_headings")
"""The headings of a call note as staff read them, by their codes (`bot.callbacks.call_note.HEADINGS`)."""
ANNOUNCER = web.AppKey("announcer", Announcer)
