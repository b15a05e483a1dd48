"""Of which Finnish text a translation was made: by its hash, never by the time of a change."""

from bot.guidance.catalogue import Service
from bot.guidance.origin import text_hash

TRANSLATED = (
    "name", "summary", "description", "who_for", "not_for", "client_note", "wait", "how_to_get",
)  # fmt: skip
"""The texts that make up a translation, in the order of the hash."""


def source_hash(service: Service) -> str:
    """The hash of the Finnish texts as they are now; a `Translation` keeps it in `from_hash`."""
    words = (getattr(service, name) for name in TRANSLATED)
    prices = (service.cost, *service.cost.by_municipality.values())
    return text_hash(*(text and text.fi for text in (*words, *(price.text for price in prices))))
