"""Services by words: what a family or a colleague types, however it is bent, put together or mistyped.

What somebody needs is told by the ear of the bot and comes with the words (`needs`): services for that need come
first, and the words order them. Each answer says why it is there.
"""

import datetime as dt
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.guidance.catalogue import Catalogue, Service
from bot.guidance.match import Match, Reach, is_offered, is_stale, reach
from bot.guidance.search.asking import Asked, read, words_people_say
from bot.guidance.search.columns import places_of
from bot.guidance.search.doors import kinds_wanted
from bot.guidance.search.index import Candidate, Index
from bot.guidance.search.kinds import learn_what_is_said
from bot.guidance.search.letters import folded, folded_words
from bot.guidance.search.narrowing import EVERYTHING, Narrowing
from bot.guidance.search.scoring import ENOUGH, Scored, scored
from bot.guidance.search.word_forms import Finnish, finnish

__all__ = ["folded_words", "index_of", "search"]

_MOST_CANDIDATES = 100
_MOST_OF_A_NEED = 60
_MORE_WHEN_NARROWED = 5
"""How many times more are looked at when some of them will be left out."""
_MOST_OF_KINDS = 60
_FEW = 20
"""When telling words find fewer, the common ones are looked for too."""
_ALIKE = 2
"""How many of one name come before others, where every place is looked at."""
_UNSURE = 0.15
"""A need less likely than this decides nothing."""
_MOST_NEEDS = 2
_BESIDE = 0.6
"""What a service that answers a need beside others is worth, of one that is mainly for it."""
_LOOKED_AT = 4
"""Of how many times more than are wanted it is asked how near they are."""
_NEAR_THE_BEST = 0.6
"""What answers much worse than the best is not shown beside it."""
_STEM = 4
"""The letters of a municipality's name that do not change: `Lapua`, `Lapuan`."""
_NEAREST: tuple[Reach, ...] = ("municipality", "county", "country")
"""Of equals, what is nearer comes first."""


@dataclass(slots=True)
class _Held:
    """The index of this process and the catalogue it was brought up to."""

    index: Index | None = None
    catalogue: Catalogue | None = None
    using: threading.Lock = field(default_factory=threading.Lock)


_HELD = _Held()


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is asked for beside the words; see `search`."""

    municipality: str | None
    language: str
    limit: int
    needs: Sequence[tuple[str, float]]
    narrowing: Narrowing
    widely: bool
    today: dt.date | None


def index_of(catalogue: Catalogue, how: Finnish | None = None) -> Index:
    """The index brought up to this catalogue; what has not changed since the last one is not read again.

    `how` takes Finnish words apart; the best this machine has, unless said.
    """
    how = how or finnish()
    with _HELD.using:
        if _HELD.index is None or _HELD.index.finnish is not how:
            learn_what_is_said(how)
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
    wish = _Wish(municipality, language, limit, needs, narrowing, widely, today)
    index = index_of(catalogue, how)
    asked = read(query, index, widely=widely)
    found = _best(catalogue, asked, _lookup(index, catalogue, asked, wish), wish)
    return tuple(sorted((_aged(match, today) for match in found[:limit]), key=lambda match: match.stale))


def _lookup(index: Index, catalogue: Catalogue, asked: Asked, wish: _Wish) -> list[Scored]:
    """What serves in the municipality, answers the words or a need and may come, best first."""
    more = _MORE_WHEN_NARROWED if wish.narrowing.asks else 1
    places = places_of(wish.municipality, catalogue.areas)
    worth = _worth_of_needs(index, wish.needs, places, _MOST_OF_A_NEED * more)
    kinds = kinds_wanted(asked.kinds, asked.ages, wish.needs) if wish.widely else {}
    held = index.of_kinds(kinds, places, _MOST_OF_KINDS * more)
    held += index.holding(asked.telling_tokens, places, _MOST_CANDIDATES * more)
    if len(held) < _FEW:
        held += index.holding(asked.tokens, places, _MOST_CANDIDATES * more)
    return [
        one
        for one in scored(asked, held, worth, kinds, widely=wish.widely)
        if (service := catalogue.by_id.get(one.id))  # gone when another catalogue has been searched meanwhile
        and (wish.narrowing.crisis or _may_come(service, one, wish.needs))
        and wish.narrowing.lets(service, wish.municipality)
        and (wish.today is None or is_offered(service, wish.today))
    ]


def _may_come(service: Service, answer: Scored, needs: Sequence[tuple[str, float]]) -> bool:
    """Whether it is no service for a crisis, or one that the words ask for or whose own matter this is."""
    if service.urgency != "crisis" or max(answer.covered, answer.kind) >= ENOUGH:
        return True
    matters = {need for need, chance in needs[:_MOST_NEEDS] if chance >= _UNSURE}
    return bool(service.needs) and service.needs[0] in matters


def _best(catalogue: Catalogue, asked: Asked, answers: Sequence[Scored], wish: _Wish) -> list[Match]:
    """The matches: what is near and speaks the reader's language a little before its equals, what is open first."""
    if asked.names_something and wish.municipality:
        answers = answers[: wish.limit * _LOOKED_AT]
    found = []
    for one in answers:
        match = _match(catalogue, asked, one, wish)
        if match is not None:
            order = _NEAREST.index(match.reach)
            found.append((-one.score * _liking(match, wish.language), order, one.id, match))
    found.sort(key=lambda item: item[:3])
    worst = 0.0 if wish.widely or not found else found[0][0] * _NEAR_THE_BEST
    matches = [match for score, _, _, match in found if score <= worst]
    if wish.municipality is None:
        matches = _spread(matches)
    return sorted(matches, key=lambda match: wish.narrowing.is_surely_open(match.service), reverse=True)


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


def _match(catalogue: Catalogue, asked: Asked, one: Scored, wish: _Wish) -> Match | None:
    service = catalogue.by_id[one.id]
    near = reach(service, wish.municipality, catalogue.areas)
    if near is None and wish.municipality is None and not service.fictional:
        near = "county"
    if near is None:
        return None
    need = next((need for need, _ in wish.needs if need in service.needs), None)
    main = need is not None and need == service.needs[0]
    return Match(service=service, need=need, main=main, reach=near, stale=False, reason=one.reason(asked))


def _spread(found: Sequence[Match]) -> list[Match]:
    """The same service of many municipalities fills no list: what has the name of two before it comes last."""
    first, last, names = list[Match](), list[Match](), Counter[str]()
    for match in found:
        name = _name_anywhere(match.service)
        names[name] += 1
        (first if names[name] <= _ALIKE else last).append(match)
    return first + last


def _name_anywhere(service: Service) -> str:
    """The name without the municipality that gives the service, however that is bent."""
    stems = tuple(folded(name)[:_STEM] for name in service.areas.municipalities)
    words = folded_words(service.name.fi)
    return " ".join(word for word in words if not (stems and word.startswith(stems))) or service.name.fi


def _aged(match: Match, today: dt.date | None) -> Match:
    return replace(match, stale=is_stale(match.service, today)) if today else match


def _liking(match: Match, language: str) -> float:
    near = 1.1 if match.reach != "country" else 1.0
    return near * (1.05 if language in match.service.languages else 1.0)
