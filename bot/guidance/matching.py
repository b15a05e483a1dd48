"""Which services fit a family, the best first, each with the reason; and what we would have to ask to know better."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.clock import helsinki
from bot.guidance.areas import find_county
from bot.guidance.catalogue import Catalogue, Service
from bot.guidance.match import Match, Reach, is_offered, is_stale, reach
from bot.guidance.search import search

__all__ = ["AT_MOST", "Found", "Match", "find", "search"]

AT_MOST = 3
_CHILDHOOD = (0.0, 18.0)
_AGES_OF_NEED = {
    "infant_care": (0.0, 2.0),
    "pregnancy": (0.0, 0.0),
    "early_education": (0.5, 7.0),
    "school": (6.0, 18.0),
    "teen_life": (12.0, 18.0),
}
"""From and below which age a child is when the family speaks of this and gives no age."""

_OF_THE_YOUNG = ("child_mood", "teen_life")
"""What services for the young are there for, besides the matter itself."""

_REACH_SCORE: dict[Reach, float] = {"municipality": 2.0, "county": 1.5, "country": 0.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The services to show, best first, and what the answer would depend on: `municipality`, `child_age`."""

    services: tuple[Match, ...]
    depends_on: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Question:
    catalogue: Catalogue
    needs: tuple[str, ...]
    language: str
    today: dt.date
    crisis: bool
    without: frozenset[str] = frozenset()
    for_young: bool = False


def find(
    catalogue: Catalogue,
    *,
    needs: Sequence[str],
    municipality: str | None,
    ages: Sequence[float],
    language: str,
    now: dt.datetime,
    crisis: bool = False,
    without: frozenset[str] = frozenset(),
    for_young: bool = False,
) -> Found:
    """The services that fit best, at most three.

    `needs` main first; `municipality` a Finnish name; `ages` of the children in years. Never empty when the
    catalogue has a service of the whole country for one of the needs. Crisis services come only when `crisis` is
    asked for or the matter itself is what they are for. Those whose ids are in `without`
    are left out. Without needs there is nothing to find. `for_young`: a child or a young person asks, so services
    they may turn to alone come before those for parents, whatever the matter.
    """
    wanted = (*needs, *(need for need in _OF_THE_YOUNG if for_young and needs and need not in needs))
    question = _Question(catalogue, wanted, language, helsinki(now).date(), crisis, without, for_young)
    services = _best(question, municipality, ages)
    depends_on = set()
    if municipality is None and _differs(_best(question, place, ages) for place in _places(question)):
        depends_on.add("municipality")
    if not ages and not _speaks_of_unborn(question):
        places = [municipality] if municipality else _places(question)
        if any(_differs(_mainly(question, place, age) for age in _sample_ages(question)) for place in places):
            depends_on.add("child_age")
    return Found(services=services, depends_on=frozenset(depends_on))


def _best(question: _Question, municipality: str | None, ages: Sequence[float]) -> tuple[Match, ...]:
    # Better a service for another age, or one meant for an emergency, than none at all.
    found = (
        _ranked(question, municipality, ages)
        or _ranked(question, municipality, ())
        or _ranked(replace(question, crisis=True), municipality, ())
    )
    return tuple(match for _, match in found[:AT_MOST])


def _ranked(
    question: _Question, municipality: str | None, ages: Sequence[float]
) -> list[tuple[tuple[object, ...], Match]]:
    ranked = []
    for service in _candidates(question):
        match = _match(question, service, municipality)
        if match is None or not _fits_age(question, service, ages):
            continue
        ranked.append(((match.stale, -_score(question, match), service.id), match))
    return sorted(ranked, key=lambda item: item[0])


def _candidates(question: _Question) -> Iterable[Service]:
    found = {
        service.id: service for need in question.needs for service in question.catalogue.by_need.get(need, ())
    }
    return [
        service
        for service in found.values()
        if _wanted(question, service)
        and service.id not in question.without
        and is_offered(service, question.today)
    ]


def _wanted(question: _Question, service: Service) -> bool:
    """Keeps crisis services for those whose matter is theirs: nobody tired is shown a shelter."""
    return question.crisis or service.urgency != "crisis" or service.needs[0] in question.needs


def _match(question: _Question, service: Service, municipality: str | None) -> Match | None:
    near = reach(service, municipality, question.catalogue.areas)
    if near is None:
        return None
    need = next(need for need in question.needs if need in service.needs)
    return Match(
        service=service,
        need=need,
        main=service.needs[0] == need,
        reach=near,
        stale=is_stale(service, question.today),
    )


def _score(question: _Question, match: Match) -> float:
    """Nearness and need weigh alike; a service of the municipality for a side need is as good as a main one far off."""
    service = match.service
    score = _REACH_SCORE[match.reach]
    for place, need in enumerate(question.needs):
        if need in service.needs:
            score += (1.0 if place == 0 else 0.4) * (4.0 if service.needs[0] == need else 2.5)
    if question.language in service.languages:
        score += 0.3
    elif service.languages:
        score -= 0.3
    if service.verified.at is not None:
        score += 0.1
    if question.crisis and service.urgency == "crisis":
        score += 5
    if question.for_young and service.for_young:
        score += 10
    return score


def _fits_age(question: _Question, service: Service, ages: Sequence[float]) -> bool:
    if ages:
        return any(service.ages.fits(age) for age in ages)
    low, high = _AGES_OF_NEED.get(question.needs[0], _CHILDHOOD)
    return (service.ages.min or 0) <= high and (service.ages.max is None or service.ages.max + 1 > low)


def _mainly(question: _Question, municipality: str | None, age: float) -> tuple[Match, ...]:
    """Of the best, those made for this matter at some ages only: for their sake a child's age is worth a question."""
    return tuple(
        match for match in _best(question, municipality, [age]) if match.main and _is_narrow(match.service)
    )


def _is_narrow(service: Service) -> bool:
    low, high = service.ages.min or 0, service.ages.max
    return low > _CHILDHOOD[0] or (high is not None and high + 1 < _CHILDHOOD[1])


def _differs(answers: Iterable[tuple[Match, ...]]) -> bool:
    return len({frozenset(match.service.id for match in answer) for answer in answers}) > 1


def _places(question: _Question) -> list[str | None]:
    """One municipality for each place the candidates distinguish, and nowhere in particular."""
    places: dict[str | None, None] = {None: None}
    areas = question.catalogue.areas
    for service in _candidates(question):
        if service.fictional:
            continue
        places |= dict.fromkeys(service.areas.municipalities)
        for area in service.areas.service_areas:
            places |= dict.fromkeys(areas.by_id[area].municipalities[:1] if area in areas.by_id else ())
        for name in service.areas.counties:
            county = find_county(name)
            places |= dict.fromkeys(county.municipalities[:1] if county else ())
    return list(places)


def _sample_ages(question: _Question) -> list[float]:
    """One age for each stretch of childhood between the limits the candidates have."""
    low, high = _AGES_OF_NEED.get(question.needs[0], _CHILDHOOD)
    limits = {low}
    for service in _candidates(question):
        limits.add(float(service.ages.min or 0))
        limits.add(float(service.ages.max + 1 if service.ages.max is not None else 0))
    return sorted(limit for limit in limits if low <= limit < high)


def _speaks_of_unborn(question: _Question) -> bool:
    return not question.needs or question.needs[0] == "pregnancy"
