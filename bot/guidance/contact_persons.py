"""The directory of contact persons: whom to ask for at a day-care centre, a school, a parish club or a service.

Content (`services_catalog/contact_persons.yaml`): the site, the role and the way to reach it through the site, never a
person's name or number. An entry without `known_as` speaks for every site of its kinds in its municipality.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, StrictBool, ValidationError, model_validator

from bot import content
from bot.content import ContentError
from bot.guidance import problems
from bot.guidance.catalogue import Slug
from bot.guidance.entry import Part, Text, Words
from bot.guidance.origin import Source, Verified
from bot.guidance.search import folded_words

FILE = "contact_persons.yaml"
Kind = Literal["day_care", "school", "parish", "immigrant_services"]
KINDS: tuple[Kind, ...] = get_args(Kind)
_BEGINNINGS: dict[Kind, tuple[str, ...]] = {
    "day_care": (
        "paivakot",
        "paivakod",
        "varhaiskasva",
        "eskari",
        "esiopetu",
        "dagis",
        "daghem",
        "daycare",
        "kindergarten",
    ),
    "school": (
        "koulu",
        "ylakoulu",
        "alakoulu",
        "lukio",
        "luokka",
        "luoka",
        "skola",
        "skolan",
        "school",
        "gymnasi",
    ),
    "parish": ("seurakun", "kerho", "perhekerho", "diakoni", "forsamling", "parish", "church"),
    "immigrant_services": ("maahanmuut", "kotoutum", "kotouttam", "invandrar", "integration", "immigrant"),
}
"""How words begin that name a kind of site, folded; `koulu` ends many a compound too."""
_ENDINGS: dict[Kind, tuple[str, ...]] = {
    "day_care": ("paivakoti", "paivakodin", "paivakodissa", "paivakodista", "daghem", "daghemmet"),
    "school": ("koulu", "koulun", "koulussa", "koululla", "koululta", "skola", "skolan"),
    "parish": (),
    "immigrant_services": (),
}
_SHORTEST_NAME = 4


class ContactPerson(Part):
    """Whom to ask for at one site, or at every site of a kind in a municipality."""

    municipality: Text
    kinds: Annotated[tuple[Kind, ...], Field(min_length=1)]
    site: Words
    known_as: tuple[Text, ...] = ()
    """How the site's name begins in any of its forms: `pellonpiha` for `Pellonpihan päiväkoti`."""
    role: Words
    """The title, beginning with a small letter: it stands inside a sentence."""
    reach: Words
    """How to get in touch through the site, as a whole sentence."""
    service: Slug | None = None
    """The entry of the catalogue that tells more."""
    fictional: StrictBool = False
    verified: Verified = Verified()
    source: Source | None = None

    @model_validator(mode="after")
    def _is_findable(self) -> Self:
        if any(len(name) < _SHORTEST_NAME for name in self.known_as):
            raise ValueError(f"a name of fewer than {_SHORTEST_NAME} letters would be found in other words")
        return self


@dataclass(frozen=True, slots=True)
class ContactPersons:
    """All entries, in the order of the file."""

    all: tuple[ContactPerson, ...] = ()

    def find(self, words: str, municipality: str | None) -> tuple[ContactPerson, ...]:
        """Those that words name: one when they are clear, several when only the kind of site is, none when unknown.

        The site's own name decides; without one, the kind of site within the municipality: the one that the words
        name, else `municipality` (its Finnish name). What is made up is found only in its made-up municipality.
        """
        said, kinds = folded_words(words), kinds_in(words)
        place = self._place_in(said) or municipality
        near = [one for one in self.all if place == one.municipality or (place is None and not one.fictional)]
        named = [one for one in near if any(word.startswith(_folded(one.known_as)) for word in said)]
        if named:
            return tuple([one for one in named if kinds & set(one.kinds)] or named)
        if place is None or not kinds:
            return ()
        of_kind = [one for one in near if kinds & set(one.kinds)]
        return tuple([one for one in of_kind if not one.known_as][:1] or of_kind)

    def _place_in(self, said: list[str]) -> str | None:
        for one in self.all:
            if any(word.startswith(_folded((one.municipality,))) for word in said):
                return one.municipality
        return None


NOBODY = ContactPersons()


def kinds_in(words: str) -> set[Kind]:
    """The kinds of site that words speak of."""
    said = folded_words(words)
    return {
        kind
        for kind in KINDS
        if any(word.startswith(_BEGINNINGS[kind]) or word.endswith(_ENDINGS[kind] or (" ",)) for word in said)
    }


def load(catalogue_dir: Path) -> ContactPersons:
    """Read the directory; an installation without the file has none. Raises `ContentError` with every mistake."""
    path = catalogue_dir / FILE
    if not path.exists():
        return ContactPersons()
    document = content.read(path)
    items = document.data.get("contact_persons") if isinstance(document.data, dict) else None
    if not isinstance(items, list):
        raise ContentError(document.problem("no contact persons", "write them below `contact_persons:`"))
    found: list[ContactPerson] = []
    mistakes: list[content.Problem] = []
    for index, item in enumerate(items):
        try:
            found.append(ContactPerson.model_validate(item))
        except ValidationError as error:
            mistakes += problems.of(error, document, "contact_persons", index)
    if mistakes:
        raise ContentError(*mistakes)
    return ContactPersons(tuple(found))


def said_in(words: Words, language: str) -> str:
    """A text in the language, else in Finnish."""
    return words.get(language) or words.fi


def _folded(names: tuple[str, ...]) -> tuple[str, ...]:
    """The first words of names, as they are compared."""
    return tuple(folded_words(name)[0] for name in names)
