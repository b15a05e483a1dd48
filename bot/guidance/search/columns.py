"""What of a service is searched: its texts by how they weigh; and its places, needs and kinds as words of the index."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.guidance.areas import Areas, county_of, find_county
from bot.guidance.catalogue import Service
from bot.guidance.entry import Words
from bot.guidance.importing.family import why_family
from bot.guidance.search.letters import folded

_LIKELY, _HARDLY = 0.9, 0.65
"""How likely a service is for families that has a need or a word of theirs, and one that has none."""
MADE_UP = "madeup"
"""The token of entries that are no real services."""
_EVERYWHERE = "everywhere"


def places_of(municipality: str | None, areas: Areas) -> tuple[str, ...]:
    """The tokens of the places whose services a family of a municipality (Finnish name) may use; none for anywhere."""
    if municipality is None:
        return ()
    area, county = areas.area_of(municipality), county_of(municipality)
    found = [_EVERYWHERE, _place("municipality", municipality), _place("area", area.id)]
    return (*found, *([_place("county", county.code)] if county else ()))


def place_tokens(service: Service) -> Iterator[str]:
    """A token for each place a service serves; see `places_of`."""
    if service.fictional:
        yield MADE_UP
    if service.areas.scope == "whole_country":
        yield _EVERYWHERE
    yield from (_place("municipality", name) for name in service.areas.municipalities)
    yield from (_place("area", area) for area in service.areas.service_areas)
    for name in service.areas.counties:
        county = find_county(name)
        if county:
            yield _place("county", county.code)


def _place(kind: str, name: str) -> str:
    return kind + "".join(char for char in folded(name) if char.isalnum())


def spaced(tokens: Iterable[str]) -> str:
    """The tokens in one text, with a space on both sides of each."""
    return f" {' '.join(sorted(tokens))} "


def need_tokens(service: Service) -> Iterator[str]:
    """A token for each need of a service."""
    for place, need in enumerate(service.needs):
        yield need_token(need, main=place == 0)


def need_token(need: str, *, main: bool) -> str:
    """The token of services that are mainly for a need, or for it beside others."""
    return ("main" if main else "beside") + need.replace("_", "")


def kind_token(kind: str) -> str:
    """The token of services of a kind."""
    return "kind" + kind.replace("_", "")


def of_families(service: Service, kinds: Mapping[str, float]) -> float:
    """How likely a service is for families: a register holds those for businesses, drivers and the old too."""
    if kinds:
        return 1.0
    told = why_family(
        name=service.name.fi, words=service.summary.fi, classes=service.classes, groups=service.target_groups,
        events=service.life_events,
    )  # fmt: skip
    return _LIKELY if service.needs or told else _HARDLY


def columns(service: Service) -> dict[str, list[tuple[str, str]]]:
    """The texts of a service with their languages, by the column they weigh in."""
    terms = [("fi", term) for term in service.search_terms]
    terms += [(code, word) for code in ("fi", "sv", "en") for word in getattr(service.keywords, code)]
    return {
        "name": _written(service.name),
        "terms": [*terms, *_written(service.aka, *(group.name for group in service.groups))],
        "summary": _written(service.summary, service.provider),
        "body": _written(service.description, service.who_for, service.how_to_get),
    }


def all_texts(service: Service) -> Sequence[tuple[str, str]]:
    """Every text of a service with its language."""
    return [text for texts in columns(service).values() for text in texts]


def _written(*words: Words | None) -> list[tuple[str, str]]:
    return [text for one in words if one for text in one.all().items()]
