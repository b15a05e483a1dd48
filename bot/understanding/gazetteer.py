"""Every way a Finnish municipality is written: inflected, Swedish, colloquial, by postcode, with a slip of a letter.

The names are in `nlu_data/lookups/municipalities.yml` (Rasa's synonyms), postcodes in `bot/postcodes.json`; cues are
beside this file.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot import content, postcodes
from bot.understanding.letters import Phrases, fold, one_slip, words
from bot.understanding.wordlists import phrases, wordlist

NAMES = Path(__file__).parents[2] / "nlu_data" / "lookups" / "municipalities.yml"
_SPOKEN_ENDINGS = (("ssa", "s"), ("sta", "st"), ("lla", "l"), ("lta", "lt"), ("lle", "lle"))
_LONG_NAME = 6
_SHORT_STEM = 4
_SHORT_FORM = 3
_ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهويأإآى"
_DOUBLED = re.compile(r"(.)\1")
_INNER = re.compile(r"(?:s|ss[aä]|st|st[aä]|aan|een|iin|oon|uun|yyn|h[aeiouy]n)$")
_OUTER = re.compile(r"(?:l|ll[aä]|lt|lt[aä]|lle)$")
"""Endings of "in, from, into" and of "on, from, onto"."""


@dataclass(frozen=True, slots=True)
class Name:
    """One municipality as one written form may mean it."""

    municipality: str
    ambiguous: bool = False
    """The form is also an ordinary word or a person's name."""
    personal: bool = False
    """The form is also a first name or surname, so a capital letter proves nothing."""
    spelt: str = ""
    """The form with its dots: missing dots are forgiven, dots too many are another word ("lähden" is not Lahti)."""
    departing: bool = False
    """The form says "from there" (-sta, -lta)."""

    elsewhere: bool = False
    """The form says "in" of a place that is spoken of "on", or the other way about: "salolla" is not Salo."""
    local: bool = False
    """The form says where: in, from or to it."""

    def fits(self, written: str) -> bool:
        """Whether what was written, in small letters, can be this form: dots may be missing, not added."""
        if len(written) != len(self.spelt):
            return True
        if self.ambiguous and len(written) <= _SHORT_FORM:
            return False
        return all(letter in (meant, fold(meant)) for letter, meant in zip(written, self.spelt, strict=True))

    def exact(self, written: str) -> bool:
        """Whether the dots are there too: "inga" is not Ingå, unless somebody lives there."""
        return len(written) != len(self.spelt) or written == self.spelt


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All forms, looked up by phrase, and the longer ones by first letter for slips of the pen."""

    forms: Phrases[Name]
    by_first_letter: dict[str, list[tuple[str, Name]]]
    postcodes: dict[str, str]
    squeezed: dict[str, Name]
    """The longer forms with their double letters single."""

    def residents(self, word: str) -> Name | None:
        """The municipality of "järvenpääläinen", already folded."""
        stem, found, _ = word.partition("lai")
        if not found or len(stem) < _SHORT_STEM:
            return None
        return self.forms.get(stem) or self.forms.get(stem.removesuffix("e") + "i")

    def misspelt(self, word: str) -> Name | None:
        """The municipality whose long form is one letter away from a folded word, when there is only one."""
        if len(word) < _LONG_NAME:
            return None
        if single := self.squeezed.get(_squeezed(word)):
            return single
        found = {
            name.municipality: name
            for form, name in self.by_first_letter.get(word[0], ())
            if one_slip(form, word)
        }
        return next(iter(found.values())) if len(found) == 1 else None


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer, read once."""
    entries: dict[str, Name] = {}
    listed = wordlist("places")
    ambiguous = set(phrases(listed["ambiguous_names"]))
    ambiguous_forms = {fold(form) for form in phrases(listed["ambiguous_forms"])}
    outer = set(phrases(listed["outer_cases"]))
    sure_forms = {fold(form) for form in phrases(listed["sure_forms"])}
    personal = tuple(fold(name) for name in phrases(listed["first_names"]))
    for municipality, forms in _synonyms().items():
        for form, spelt in _with_spoken(forms).items():
            doubtful = form in ambiguous_forms or (
                municipality in ambiguous and form not in sure_forms and not _swedish_only(form, municipality)
            )
            local = _OUTER.search(form) if municipality in outer else _INNER.search(form)
            name = Name(
                municipality,
                ambiguous=doubtful,
                spelt=spelt,
                personal=doubtful
                and form.startswith(personal)
                and (form in personal or not _local_case(form)),
                elsewhere=doubtful
                and bool((_INNER if municipality in outer else _OUTER).search(form))
                and not local,
                local=bool(local),
                departing=form.endswith(("sta", "lta", "st", "lt")),
            )
            entries.setdefault(form, name)
    by_letter: dict[str, list[tuple[str, Name]]] = defaultdict(list)
    for form, name in entries.items():
        slang = form[:4] != fold(name.municipality)[:4]
        if len(form) >= _LONG_NAME and not name.ambiguous and not slang and " " not in form:
            by_letter[form[0]].append((form, name))
    squeezed = {_squeezed(form): name for forms in by_letter.values() for form, name in forms}
    return Gazetteer(Phrases(entries.items()), dict(by_letter), dict(postcodes.municipalities()), squeezed)


def _synonyms() -> dict[str, list[str]]:
    further = wordlist("town_names")
    return {
        entry["synonym"]: [
            *(line.removeprefix("- ").strip() for line in entry["examples"].splitlines()),
            *_further(phrases(further.get(entry["synonym"], ""))),
        ]
        for entry in content.read(NAMES).data["nlu"]
    }


def _further(spellings: list[str]) -> list[str]:
    """Arabic names also with "in" joined before them."""
    return [*spellings, *("ب" + one for one in spellings if one[0] in _ARABIC)]


def _squeezed(form: str) -> str:
    """A form with its double letters single: "joensusa" and "joensuussa" are alike."""
    return _DOUBLED.sub(r"\1", form)


def _with_spoken(forms: list[str]) -> dict[str, str]:
    """Folded forms, and those with spoken endings: "järvenpääs", "mikkelist", "tampereel"; each with its dots."""
    written: dict[str, str] = {}
    neutral = not re.search("[aouäöyå]", forms[0][:_SHORT_STEM])
    for form in forms:  # "lemillä", but "inarilla": of two spellings the one that is right
        folded = " ".join(word.text for word in words(fold(form)))
        if folded not in written or neutral == bool(re.search("[äö]", form)):
            written[folded] = form
    for form in list(written):
        for ending, spoken in _SPOKEN_ENDINGS:
            if form.endswith(ending) and len(form) > _LONG_NAME:
                written[form.removesuffix(ending) + spoken] = written[form][: -len(ending)] + spoken
    return written


def _local_case(form: str) -> bool:
    """Whether a folded form says where: -ssa, -sta, -lla and their spoken forms."""
    return form.endswith(("ssa", "sta", "lla", "lta", "lle", "st", "lt"))


def _swedish_only(form: str, municipality: str) -> bool:
    """A Swedish name of an ambiguous Finnish one is seldom ambiguous itself: "Åbo", "Björneborg"."""
    return form[:2] != fold(municipality)[:2]
