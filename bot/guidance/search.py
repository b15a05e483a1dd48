"""Finds services by the words a family uses for them: inflected, misspelt, or without the dots of ä and ö.

Each word of the question is matched to the catalogue's own words: the same, a shared beginning (inflection), a part
of a compound, or enough shared three-letter pieces (a typing mistake). Rare words weigh more than common ones.
"""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.guidance.catalogue import Catalogue, Service
from bot.guidance.match import Match, reach

_WORD = re.compile(r"[a-z0-9]+")
_NOT_NAMES = frozenset(
    """
    ja tai on onko oli ei en se ne me te he mina sina ma sa mun sun mika mita mitka missa mista mihin milloin millon
    koska kuka kenelle kuinka miten paljonko paljon maksaa maksaako hinta hintaa hinnat ilmainen maksuton auki aukiolo
    aukioloajat puhelinnumero numero osoite saako saada saa voiko voi voin paasee paasta haluan haluaisin tarvitsen
    tarvitaan lahete lahetteen jono jonot kauanko haku haen hakea haetaan hakeminen hakemus palvelu palvelua
    palvelut palvelusta kertoa kerro tieto tietoa
    kunta kunnassa meilla meille teilla teilta taalla joku jokin lapsi lapsen lapset perhe perheen varata aika aikaa
    vad var nar hur mycket kostar det den en ett ar jag kan man och oppet pris gratis nummer adress tjanst tjansten
    what where when how much does do it is the an of to cost costs price free open number address service services
    i can get for is there
    """.split()  # noqa: SIM905  (a list of words is read as words)
)
_FIELD_WEIGHT = {"name": 6.0, "terms": 6.0, "provider": 2.0, "summary": 2.0, "description": 0.5}
_ENOUGH = 0.4
"""How well a service must answer the question to be shown, 0–1."""
_NEAR_THE_BEST = 0.6
"""What answers much worse than the best is not shown beside it."""
_SHORTEST_PART, _SHORTEST_STEM, _LONG_WORD = 5, 4, 8


@dataclass(frozen=True, slots=True)
class _Index:
    """A catalogue's words: which services hold a word and how weightily, and which words hold a piece."""

    postings: Mapping[str, Mapping[str, float]]
    pieces: Mapping[str, tuple[str, ...]]
    count: int


def search(
    catalogue: Catalogue, query: str, *, municipality: str | None, language: str, limit: int
) -> tuple[Match, ...]:
    """The services a question names, best first; none when nothing is near enough.

    With a municipality (Finnish name) only what serves there; without one every real place's services.
    """
    words = [word for word in folded_words(query) if word not in _NOT_NAMES and len(word) > 1]
    if not words:
        return ()
    index = _index_of(catalogue)
    answers: dict[str, list[float]] = defaultdict(list)
    for word in words:
        for service_id, score in _word_scores(index, word).items():
            answers[service_id].append(score)
    found = []
    for service_id, parts in answers.items():
        # One word that names a service is enough, whatever else is asked of it; each further one helps.
        score = 0.6 * max(parts) + 0.4 * sum(parts) / len(words)
        service = catalogue.by_id[service_id]
        match = _match(catalogue, service, municipality)
        if match is not None and score >= _ENOUGH:
            bonus = 1.1 if match.reach != "country" else 1.0
            bonus *= 1.05 if language in service.languages else 1.0
            found.append((-score * bonus, service_id, match))
    found.sort(key=lambda item: item[:2])
    return tuple(match for score, _, match in found[:limit] if score <= found[0][0] * _NEAR_THE_BEST)


def folded_words(text: str) -> list[str]:
    """The words of a text in lower case without dots and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(char for char in plain if not unicodedata.combining(char)))


def _match(catalogue: Catalogue, service: Service, municipality: str | None) -> Match | None:
    near = reach(service, municipality, catalogue.areas)
    if near is None and municipality is None and not service.fictional:
        near = "county"
    return Match(service=service, need=None, main=False, reach=near, stale=False) if near else None


def _word_scores(index: _Index, word: str) -> dict[str, float]:
    """How well each service answers one word: likeness times weight of the field, 0–1, best place counts."""
    best: dict[str, float] = {}
    for known, likeness in _alike(index, word).items():
        holders = index.postings[known]
        rarity = min(1.0, 0.35 + math.log(1 + index.count / len(holders)) / math.log(1 + index.count))
        for service_id, weight in holders.items():
            best[service_id] = max(best.get(service_id, 0.0), likeness * weight * rarity)
    return best


def _alike(index: _Index, word: str) -> dict[str, float]:
    """Words of the catalogue that may be meant, with their likeness 0–1."""
    shared: Counter[str] = Counter()
    for piece in _pieces(word):
        shared.update(index.pieces.get(piece, ()))
    alike = {known: _likeness(word, known, count) for known, count in shared.items()}
    return {known: likeness for known, likeness in alike.items() if likeness > 0}


def _likeness(word: str, known: str, shared: int) -> float:
    if word == known:
        return 1.0
    common = _common_beginning(word, known)
    shorter = min(len(word), len(known))
    changes = 2 if shorter >= _LONG_WORD else 1  # turvakoti, turvakodin; but not neuvola, neuvoja
    if common >= max(_SHORTEST_STEM, shorter - changes, 0.6 * max(len(word), len(known))):
        return 0.9
    stem = word[: max(_SHORTEST_PART, len(word) - changes)]
    if len(word) >= _SHORTEST_PART and known.endswith(word):
        return 0.85  # the head of a compound: toimeentulotuki is perustoimeentulotuki
    if len(word) >= _SHORTEST_PART and stem in known:
        return 0.7  # a part of a compound, also inflected: apua "kotipalvelusta" in "kotipalvelutyo"
    if len(known) >= _SHORTEST_PART and known in word:
        return 0.6
    dice = 2 * shared / (len(_pieces(word)) + len(_pieces(known)))
    return 0.85 * dice if dice >= 0.5 else 0.0  # noqa: PLR2004  (half of the pieces)


def _common_beginning(left: str, right: str) -> int:
    return next(
        (place for place, (a, b) in enumerate(zip(left, right, strict=False)) if a != b),
        min(len(left), len(right)),
    )


def _pieces(word: str) -> frozenset[str]:
    padded = f" {word} "
    return frozenset(padded[start : start + 3] for start in range(len(padded) - 2))


@lru_cache(maxsize=4)
def _index_of(catalogue: Catalogue) -> _Index:
    """Built once for each revision of the catalogue (a catalogue equals only itself)."""
    postings: dict[str, dict[str, float]] = defaultdict(dict)
    top = _FIELD_WEIGHT["name"]
    for service in catalogue.services:
        for field, text in _texts(service):
            weight = _FIELD_WEIGHT[field] / top
            for word in set(folded_words(text)) - _NOT_NAMES:
                postings[word][service.id] = max(weight, postings[word].get(service.id, 0.0))
    pieces: dict[str, list[str]] = defaultdict(list)
    for word in postings:
        for piece in _pieces(word):
            pieces[piece].append(word)
    return _Index(
        postings, {piece: tuple(words) for piece, words in pieces.items()}, max(len(catalogue.services), 2)
    )


def _texts(service: Service) -> Iterator[tuple[str, str]]:
    parts = (
        ("name", service.name), ("provider", service.provider), ("summary", service.summary),
        ("description", service.description),
    )  # fmt: skip
    for field, words in parts:
        for text in words.all().values() if words else ():
            yield field, text
    for group in service.groups:
        for text in group.name.all().values():
            yield "terms", text
    for term in service.search_terms:
        yield "terms", term
