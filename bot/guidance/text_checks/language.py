"""Whether texts are in the language they stand under, and translations made of the Finnish text of today."""

import re
from collections.abc import Iterator

from bot.guidance.catalogue import Service
from bot.guidance.text_checks.finding import Finding
from bot.guidance.text_checks.texts import running_texts
from bot.guidance.translating import source_hash

_FEW = 2
_SMALL_WORDS = {
    "fi": frozenset({
        "ja", "on", "ei", "tai", "sekä", "voit", "jos", "kun", "myös", "että", "joka", "jotka", "lapsen", "perheen",
    }),
    "sv": frozenset({
        "och", "är", "det", "att", "som", "för", "med", "av", "inte", "eller", "du", "kan", "ett", "till", "om",
    }),
    "en": frozenset({
        "and", "the", "is", "of", "for", "with", "to", "or", "you", "can", "your", "not", "from", "about", "when",
    }),
}  # fmt: skip
_WORD = re.compile(r"[a-zåäö]+")


def check(service: Service) -> Iterator[Finding]:
    """Texts that seem to be in another language, and translations whose Finnish text has changed since."""
    for running in running_texts(service):
        seems = _seems(running.text) if running.at[0] in {"summary", "description"} else None
        if seems and running.language in _SMALL_WORDS and seems != running.language:
            yield running.finding("other_language")
    now = source_hash(service)
    for code, translation in service.translations.items():
        if translation.from_hash != now:
            yield Finding("translation_outdated", ("translations",), code)


def _seems(text: str) -> str | None:
    """The language whose small words the text has, when it has none of the others'."""
    words = set(_WORD.findall(text.lower()))
    found = {code: len(words & small) for code, small in _SMALL_WORDS.items()}
    best = max(found, key=lambda code: found[code])
    others = sum(number for code, number in found.items() if code != best)
    return best if found[best] >= _FEW and others == 0 else None
