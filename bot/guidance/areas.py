"""The areas whose advisors call back, and which wellbeing services county each municipality belongs to.

Areas are content (`services_catalog/areas.yaml`); municipalities and counties are the national register, kept
beside this module.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import Field, StrictBool, ValidationError, model_validator

from bot import content
from bot.content import ContentError
from bot.guidance import problems
from bot.guidance.entry import ClockTime, Part, Text, Words

ELSEWHERE = "muu"
"""The area of a family whose municipality is unknown or has no area of its own."""
_REGISTER = Path(__file__).with_name("municipalities.yaml")


@dataclass(frozen=True, slots=True)
class County:
    """A wellbeing services county: two-digit code, short Finnish name (`Etelä-Savo`), full name, its own site."""

    code: str
    short: str
    name: Words
    url: str | None
    municipalities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality of the register: three-digit code, names, county."""

    code: str
    fi: str
    sv: str
    county: County


Duty = Annotated[str, Field(pattern=r"^(\+\d{7,15}|[^@\s]+@[^@\s]+)$", max_length=254)]
"""A number of the area's own (E.164) for SMS, or an e-mail address."""


class CallingHours(Part):
    """When advisors call, on working days (Monday to Friday, holidays not), Europe/Helsinki."""

    opens: ClockTime
    closes: ClockTime

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.opens >= self.closes or self.closes == "24:00":
            raise ValueError("calling hours end before they begin")
        return self

    @property
    def start(self) -> time:
        """When calling begins."""
        return time.fromisoformat(self.opens)

    @property
    def end(self) -> time:
        """When calling ends."""
        return time.fromisoformat(self.closes)


class Area(Part):
    """One area: its municipalities, when its advisors call and by which working day."""

    id: Text
    name: Words
    fictional: StrictBool = False
    municipalities: tuple[Text, ...] = ()
    """Finnish names; none in the area `muu`."""
    county: Text | None = None
    """Two-digit code."""
    calling_hours: CallingHours
    promise_working_days: Annotated[int, Field(ge=1, le=10)]
    duty: tuple[Duty, ...] = ()
    """Who besides the coordinators is told when something waits too long: the area's own addresses and numbers."""
    calls_at_once: Annotated[int, Field(ge=0, le=50)] = 2
    """How many calls the area takes at a time where no advisor has entered working hours."""
    minutes_per_call: Annotated[int, Field(ge=15, le=120, multiple_of=15)] = 30
    """How long a call takes with its notes; a promised time has room for one call of each advisor."""
    share_for_calls: Annotated[int, Field(ge=1, le=100)] = 100
    """Of a hundred hours at work how many are for calls."""


@dataclass(frozen=True, slots=True)
class Areas:
    """All areas, in the order of their file, with the register behind them."""

    all: tuple[Area, ...]
    by_id: Mapping[str, Area] = field(init=False)
    _names: Mapping[str, str] = field(init=False)
    _by_municipality: Mapping[str, Area] = field(init=False)

    def __post_init__(self) -> None:
        names = {folded: place.fi for folded, place in _municipalities().items()}
        names |= {name.casefold(): name for area in self.all for name in area.municipalities}
        object.__setattr__(self, "by_id", {area.id: area for area in self.all})
        object.__setattr__(self, "_names", names)
        places = {name: area for area in self.all for name in area.municipalities}
        object.__setattr__(self, "_by_municipality", places)

    def area_of(self, municipality: str | None) -> Area:
        """The area a municipality (Finnish or Swedish name, any case) belongs to, else `muu`."""
        return self._by_municipality.get(self.name_of(municipality) or "", self.by_id[ELSEWHERE])

    def name_of(self, municipality: str | None) -> str | None:
        """The Finnish name of a municipality given in Finnish or Swedish; None for an unknown one."""
        return self._names.get((municipality or "").strip().casefold())

    def knows(self, municipality: str) -> bool:
        """Whether it is a Finnish name of the register or of an area (the fictional one)."""
        return municipality in self._names.values()


def county_of(municipality: str | None) -> County | None:
    """The wellbeing services county of a municipality; None when the register does not know it."""
    found = _municipalities().get((municipality or "").strip().casefold())
    return found.county if found else None


def municipality_of_code(code: str) -> Municipality | None:
    """The municipality of a three-digit code (`186`); None when the register does not know it."""
    return _municipalities_by_code().get(code)


def find_county(name_or_code: str) -> County | None:
    """A county by its code, short name or full Finnish name."""
    return _counties().get(name_or_code.casefold())


def load(catalogue_dir: Path) -> Areas:
    """Read `areas.yaml`; raises `ContentError` with every mistake in it."""
    document = content.read(catalogue_dir / "areas.yaml")
    items = document.data.get("areas") if isinstance(document.data, dict) else None
    if not isinstance(items, list):
        raise ContentError(document.problem("no areas", "write them below `areas:`"))
    areas: list[Area] = []
    found: list[content.Problem] = []
    for index, item in enumerate(items):
        try:
            areas.append(Area.model_validate(item))
        except ValidationError as error:
            found += problems.of(error, document, "areas", index)
    result = Areas(tuple(areas))
    for index, area in enumerate(areas):
        found += [
            document.problem(
                f"no municipality '{name}'", "use its Finnish name", "areas", index, "municipalities"
            )
            for name in area.municipalities
            if not area.fictional and name.casefold() not in _municipalities()
        ]
    if ELSEWHERE not in result.by_id:
        found.append(
            document.problem(f"the area '{ELSEWHERE}' is missing", "add it for everybody else", "areas")
        )
    if found:
        raise ContentError(*found)
    return result


@cache
def _register() -> Any:
    return content.read(_REGISTER).data["counties"]


@cache
def _counties() -> Mapping[str, County]:
    counties: dict[str, County] = {}
    for code, item in _register().items():
        county = County(
            code,
            item["short"],
            Words.model_validate(item["name"]),
            item.get("url"),
            tuple(item["municipalities"]),
        )
        counties |= {name.casefold(): county for name in (code, county.short, county.name.fi)}
    return counties


@cache
def _municipalities_by_code() -> Mapping[str, Municipality]:
    return {place.code: place for place in _municipalities().values()}


@cache
def _municipalities() -> Mapping[str, Municipality]:
    """By Finnish and Swedish name, folded; a Finnish name wins over another's Swedish one."""
    found: dict[str, Municipality] = {}
    swedish: dict[str, Municipality] = {}
    for code, item in _register().items():
        for name, (number, *rest) in item["municipalities"].items():
            place = Municipality(number, name, rest[0] if rest else name, _counties()[code])
            found[name.casefold()] = place
            swedish[place.sv.casefold()] = place
    return swedish | found
