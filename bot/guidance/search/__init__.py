"""Services by words: what a family or a colleague types, however it is bent, put together or mistyped.

What somebody needs is told by the ear of the bot and comes with the words (`needs`): services for that need come
first, and the words order them. Each answer says why it is there.
"""

import datetime as dt
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.guidance.catalogue import Catalogue, Service
from bot.guidance.match import Match, Reach, Reason, is_offered, is_stale, reach
from bot.guidance.search.asking import Asked, read, words_people_say
from bot.guidance.search.index import Candidate, Index, places_of
from bot.guidance.search.letters import folded_words
from bot.guidance.search.narrowing import EVERYTHING, Narrowing
from bot.guidance.search.word_forms import Finnish, finnish

__all__ = ["folded_words", "index_of", "search"]

_MOST_CANDIDATES = 100
_MOST_OF_A_NEED = 60
_MORE_WHEN_NARROWED = 5
"""How many times more are looked at when some of them will be left out."""
_WEIGHED, _COVERED, _NEED, _CALLED = 0.5, 0.5, 0.5, 0.2
"""What counts of a service: the weight of its words (BM25) beside the best one's, how much of the question it answers,
how likely it is for the need, how much of its name was said."""
_UNSURE = 0.15
"""A need less likely than this decides nothing."""
_MOST_NEEDS = 2
_BESIDE = 0.6
"""What a service that answers a need beside others is worth, of one that is mainly for it."""
_LOOKED_AT = 4
"""Of how many times more than are wanted it is asked how near they are."""
_ENOUGH = 0.4
"""How well a service must answer the words to be shown for them alone, 0–1."""
_NEAR_THE_BEST = 0.6
"""What answers much worse than the best is not shown beside it."""
_NEAREST: tuple[Reach, ...] = ("municipality", "county", "country")
"""Of equals, what is nearer comes first."""


@dataclass(slots=True)
class _Held:
    """The index of this process and the catalogue it was brought up to."""

    index: Index | None = None
    catalogue: Catalogue | None = None
    using: threading.Lock = field(default_factory=threading.Lock)


_HELD = _Held()


def index_of(catalogue: Catalogue, how: Finnish | None = None) -> Index:
    """The index brought up to this catalogue; what has not changed since the last one is not read again.

    `how` takes Finnish words apart; the best this machine has, unless said.
    """
    how = how or finnish()
    with _HELD.using:
        if _HELD.index is None or _HELD.index.finnish is not how:
            _HELD.index, _HELD.catalogue = Index(how, words_people_say()), None
        if _HELD.catalogue is not catalogue:
            _HELD.index.keep_to(catalogue)
            _HELD.catalogue = catalogue
        return _HELD.index


def search(
    catalogue: Catalogue,
    query: str,
    *,
    municipality: str | None,
    language: str,
    limit: int,
    needs: Sequence[tuple[str, float]] = (),
    narrowing: Narrowing = EVERYTHING,
    widely: bool = False,
    how: Finnish | None = None,
    today: dt.date | None = None,
) -> tuple[Match, ...]:
    """The services that answer a question, best first; none when nothing is near enough.

    Args:
        catalogue: All services.
        query: What somebody typed, in Finnish, Swedish or English. May be empty: then `needs` alone decide.
        municipality: Only what serves there (Finnish name); None for every real place.
        language: The reader's; of equals, what serves in it comes first.
        limit: How many at most.
        needs: What the ear of the bot makes of the words: needs with their chances (0–1), likeliest first. Without
            them only services that the words themselves name are found.
        narrowing: What else a service must be: its age, language, price, opening; whether crisis services may come.
        widely: For somebody who looks through a list: whatever holds some of the words. Otherwise only what answers
            them well, for a talk in which a wrong answer is worse than none.
        how: What takes Finnish words apart; the best this machine has, unless said.
        today: The local day; what is not offered on it is left out. None: for a look at the whole catalogue.
    """
    index = index_of(catalogue, how)
    asked = read(query, index, widely=widely)
    scored = _lookup(
        index, catalogue, asked,
        municipality=municipality, needs=needs, narrowing=narrowing, today=today, widely=widely,
    )  # fmt: skip
    if asked.names_something:
        scored = scored[: limit * _LOOKED_AT]
    found = _best(catalogue, scored, municipality, language, needs, widely=widely)
    found.sort(key=lambda match: narrowing.is_surely_open(match.service), reverse=True)
    return tuple(sorted((_aged(match, today) for match in found[:limit]), key=lambda match: match.stale))


@dataclass(frozen=True, slots=True)
class _Scored:
    """A service that may be an answer: what it is worth, how much of the words it answers (0–1), and why it came."""

    id: str
    score: float
    covered: float
    reason: Reason


def _lookup(
    index: Index,
    catalogue: Catalogue,
    asked: Asked,
    *,
    municipality: str | None,
    needs: Sequence[tuple[str, float]],
    narrowing: Narrowing,
    today: dt.date | None,
    widely: bool,
) -> list[_Scored]:
    """What serves in the municipality, answers the words or a need and may come, best first."""
    more, places = _MORE_WHEN_NARROWED if narrowing.asks else 1, places_of(municipality, catalogue.areas)
    worth = _worth_of_needs(index, needs, places, _MOST_OF_A_NEED * more)
    held = index.holding(asked.tokens, places, _MOST_CANDIDATES * more) if asked.names_something else []
    return [
        one
        for one in _scored(asked, held, worth, widely=widely)
        if (service := catalogue.by_id.get(one.id))  # gone when another catalogue has been searched meanwhile
        and (narrowing.crisis or _may_come(service, one, needs))
        and narrowing.lets(service, municipality)
        and (today is None or is_offered(service, today))
    ]


def _scored(
    asked: Asked, found: Sequence[Candidate], worth: Mapping[str, tuple[Candidate, float]], *, widely: bool
) -> list[_Scored]:
    """Every candidate that answers the words well enough or the need, with what it is worth, best first."""
    known = {candidate.id: candidate for candidate in [*found, *(one for one, _ in worth.values())]}
    best = max((candidate.weight for candidate in found), default=0.0) or 1.0
    weights = {candidate.id: candidate.weight / best for candidate in found}
    scored = []
    for service_id, candidate in known.items():
        covered = asked.covered_by(candidate)
        need = worth[service_id][1] if service_id in worth else 0.0
        if covered < _ENOUGH and not need and not widely:
            continue
        called = asked.calls(candidate)
        score = _WEIGHED * weights.get(service_id, 0.0) + _COVERED * covered + _NEED * need + _CALLED * called
        scored.append(_Scored(service_id, score, covered, _reason(asked, candidate, covered, need)))
    return sorted(scored, key=lambda one: (-one.score, one.id))


def _may_come(service: Service, scored: _Scored, needs: Sequence[tuple[str, float]]) -> bool:
    """Whether it is no service for a crisis, or one that the words ask for or whose own matter this is."""
    if service.urgency != "crisis" or scored.covered >= _ENOUGH:
        return True
    matters = {need for need, chance in needs[:_MOST_NEEDS] if chance >= _UNSURE}
    return bool(service.needs) and service.needs[0] in matters


def _best(
    catalogue: Catalogue,
    scored: Sequence[_Scored],
    municipality: str | None,
    language: str,
    needs: Sequence[tuple[str, float]],
    *,
    widely: bool,
) -> list[Match]:
    """The matches, what is near and speaks the reader's language a little before its equals."""
    found = []
    for one in scored:
        match = _match(catalogue, one, municipality, needs)
        if match is not None:
            order = _NEAREST.index(match.reach)
            found.append((-one.score * _liking(match, language), order, one.id, match))
    found.sort(key=lambda item: item[:3])
    worst = 0.0 if widely or not found else found[0][0] * _NEAR_THE_BEST
    return [match for score, _, _, match in found if score <= worst]


def _worth_of_needs(
    index: Index, needs: Sequence[tuple[str, float]], places: Sequence[str], most: int
) -> Mapping[str, tuple[Candidate, float]]:
    worth: dict[str, tuple[Candidate, float]] = {}
    for need, chance in needs[:_MOST_NEEDS]:
        if chance < _UNSURE:
            continue
        for candidate, is_main in index.answering(need, places, most):
            value = chance * (1.0 if is_main else _BESIDE)
            if value > worth.get(candidate.id, (candidate, 0.0))[1]:
                worth[candidate.id] = candidate, value
    return worth


def _reason(asked: Asked, candidate: Candidate, covered: float, need: float) -> Reason:
    if need and covered < _ENOUGH:
        return "need"
    return "name" if asked.named_by(candidate) else "words"


def _match(
    catalogue: Catalogue, one: _Scored, municipality: str | None, needs: Sequence[tuple[str, float]]
) -> Match | None:
    service = catalogue.by_id[one.id]
    near = reach(service, municipality, catalogue.areas)
    if near is None and municipality is None and not service.fictional:
        near = "county"
    if near is None:
        return None
    need = next((need for need, _ in needs if need in service.needs), None)
    main = need is not None and need == service.needs[0]
    return Match(service=service, need=need, main=main, reach=near, stale=False, reason=one.reason)


def _aged(match: Match, today: dt.date | None) -> Match:
    return replace(match, stale=is_stale(match.service, today)) if today else match


def _liking(match: Match, language: str) -> float:
    near = 1.1 if match.reach != "country" else 1.0
    return near * (1.05 if language in match.service.languages else 1.0)
