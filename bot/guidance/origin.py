"""Where an entry comes from, who has checked it, how its translations stand."""

import datetime as dt
import hashlib
from typing import Annotated, Literal

from pydantic import StringConstraints

from bot.guidance.entry import Part, Text, Url, Words

Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]


class External(Part):
    """The id of the same thing in another register."""

    scheme: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{2,40}$")]
    """`ptv`, `ptv-source`, `helsinki-tpr`, …"""
    id: Annotated[str, StringConstraints(min_length=1, max_length=200)]


class GeneralDescription(Part):
    """The national description (pohjakuvaus) an entry builds on.

    Another hash there means that the entry is to be read again.
    """

    id: Text
    hash: Hash | None = None


class Verified(Part):
    """When somebody last made sure that the entry holds; only an explicit check sets it."""

    at: dt.date | None = None
    by: Text | None = None
    """A role or an organisation, never a person."""
    how: Text | None = None
    next_due: dt.date | None = None


class Source(Part):
    """Where the facts come from."""

    name: Text
    system: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{2,40}$")] | None = None
    """The importer that reads it: `ptv`, `helsinki`, `csv`; None for what people write here."""
    url: Url | None = None
    licence: Text | None = None
    fetched_at: dt.date | None = None
    upstream_modified: dt.datetime | None = None


class Alert(Part):
    """What has changed for a while: closed for the summer, moved for a repair."""

    text: Words
    until: dt.date | None = None
    """The last day on which it is shown."""


class Translation(Part):
    """How the texts of one language came to be."""

    from_hash: Hash
    """`text_hash` of the Finnish texts they were made from; another hash now means that they are out of date."""
    state: Literal["reviewed", "machine"] = "reviewed"
    by: Text | None = None
    """A role or an organisation, never a person."""


Owner = Literal["upstream", "local", "locked"]
"""Who decides over a field of an imported entry: the register it came from, we here until the register changes it
(then a person decides), or we alone."""


def text_hash(*texts: str | None) -> str:
    """Sixteen hexadecimal digits of the texts' SHA-256, by which a change of the source of a translation is seen."""
    joined = "\x1f".join(" ".join((text or "").split()) for text in texts)
    return hashlib.sha256(joined.encode()).hexdigest()[:16]
