"""Of which Finnish text a translation was made: by its hash, never by the time of a change."""

from typing import get_args

from bot.guidance.catalogue import Service, TranslatedInto
from bot.guidance.origin import Translation, text_hash

TRANSLATED = (
    "name", "summary", "description", "who_for", "not_for", "client_note", "wait", "how_to_get",
)  # fmt: skip
"""The texts that make up a translation, in the order of the hash."""


def source_hash(service: Service) -> str:
    """The hash of the Finnish texts as they are now; a `Translation` keeps it in `from_hash`."""
    words = (getattr(service, name) for name in TRANSLATED)
    prices = (service.cost, *service.cost.by_municipality.values())
    return text_hash(*(text and text.fi for text in (*words, *(price.text for price in prices))))


def stamped(service: Service, before: Service | None) -> Service:
    """The entry with each translation told from which Finnish texts it was made, after an edit of `before`.

    A language whose texts were edited stands on the Finnish of now; one left alone on that of before, so that it is
    out of date once the Finnish has changed.
    """
    stamps = dict(service.translations)
    for code in _languages(service):
        if before is None or _texts(service, code) != _texts(before, code):
            stamps[code] = Translation(from_hash=source_hash(service))
        elif code not in stamps and source_hash(before) != source_hash(service):
            stamps[code] = Translation(from_hash=source_hash(before))
    return service.model_copy(update={"translations": stamps}) if stamps != service.translations else service


def _languages(service: Service) -> list[TranslatedInto]:
    return [code for code in get_args(TranslatedInto) if any(_texts(service, code))]


def _texts(service: Service, code: str) -> list[str | None]:
    words = [getattr(service, name) for name in TRANSLATED]
    prices = (service.cost, *service.cost.by_municipality.values())
    return [one.get(code) if one else None for one in (*words, *(price.text for price in prices))]
