"""Kinds of service families know: how their names look, what families say when they need one, for which ages.

The words are in `kinds/*.yaml` and `ages.yaml`. A kind is told by the name of a service alone, so that entries of a
register are known for what they are without anybody having tagged them.
"""

import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bot import content
from bot.guidance.search.letters import folded, words_of
from bot.guidance.search.word_forms import Finnish, stem

_FOLDER, _AGES = Path(__file__).with_name("kinds"), Path(__file__).with_name("ages.yaml")
_OF_ITS_NAME, _BEGINS, _AT_ALL = 0.25, 0.1, 0.65
"""How wholly a service is of a kind: how much of its name it is, whether that begins so, that it is there at all."""
_SINGLE, _TOGETHER, _PART = 0.85, 0.9, 0.7
"""How surely a word, words that come together, and a part of a compound tell of a kind."""
_SHARED_SINGLE, _SHARED_TOGETHER = 0.3, 0.2
"""How much less what is said of many kinds tells of each."""
_AN_AGE = 0.35
"""What a word tells by itself that tells an age."""
_TAKEN = 0.5
"""What a word tells by itself that tells of another kind together with its neighbours."""
_SHORTEST_PART = 5
_PLAIN = re.compile(r"[a-z0-9][a-z0-9 -]*")
_YEARS = re.compile(
    r"\b(\d{1,2})(?: |-)?v(?:uotia\w*|ee|\b)"
    r"|\b(?:oon|olen|tayttaa|tayttanyt|taytan|tytto|tytar|poika|lapsi|nuori|teini) (\d{1,2})\b(?! ?(?:kk|vk|h|e)\b)"
)
_MONTHS = re.compile(r"\b\d{1,2} ?(?:kk\b|kuukau|viikkoi|viikon ikai|vkoi)")


_Words = tuple[frozenset[str], ...]
"""Words that are said together, each with the forms it may have."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of service."""

    name: str
    called: tuple[tuple[str, re.Pattern[str]], ...]
    """How names look, each after letters that must be in them: to look for letters is ten times faster."""
    ages: frozenset[str]
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Sign:
    """What is said of a kind: for each word the forms it may have, and how surely it tells."""

    kind: str
    words: _Words
    worth: float


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind by its name."""
    told = [item for file in sorted(_FOLDER.glob("*.yaml")) for item in content.read(file).data.items()]
    return {name: _kind(name, one) for name, one in told}


def _kind(name: str, told: Mapping[str, Any]) -> Kind:
    return Kind(
        name,
        tuple((_PLAIN.findall(part)[0], re.compile(part)) for part in told["called"]),
        frozenset(told.get("for", ())),
        tuple(map(str, told["said"])),
    )


def kinds_of(name: str) -> dict[str, float]:
    """The kinds a service of this Finnish name is of, each with how wholly, 0–1."""
    plain = folded(name)
    found = {}
    for kind in kinds().values():
        places = [
            match for letters, part in kind.called if letters in plain and (match := part.search(plain))
        ]
        if places:
            found[kind.name] = max(
                _AT_ALL + _OF_ITS_NAME * len(one.group()) / len(plain) + _BEGINS * (one.start() == 0)
                for one in places
            )
    return found


def words_said() -> frozenset[str]:
    """Every word of what families say, so that it may be mistyped too."""
    return frozenset(word for kind in kinds().values() for said in kind.said for word in words_of(said))


def kinds_said(spelled: Sequence[Collection[str]], parts: Collection[str], how: Finnish) -> dict[str, float]:
    """The kinds of service a question speaks of, each with how surely, 0–1.

    `spelled`: for each word of the question its base forms, folded; `parts`: what its compounds end with,
    which tells only together with other words. `how` takes Finnish words apart.
    """
    signs, tokens = _signs(how), {token for forms in spelled for token in forms}
    every = tokens.union(parts)
    heard: dict[str, dict[_Words, float]] = {}
    for token in every:
        for sign in signs.get(token, ()):
            if (token in tokens or len(sign.words) > 1) and all(
                not one.isdisjoint(every) for one in sign.words
            ):
                heard.setdefault(sign.kind, {})[sign.words] = sign.worth
    for part in _parts([forms for forms in spelled if not any(token in signs for token in forms)], signs):
        for sign in signs[part]:
            if len(sign.words) == 1:
                heard.setdefault(sign.kind, {})[sign.words] = sign.worth * _PART
    together = [words for told in heard.values() for words in told if len(words) > 1]
    taken = {form for words in together for each in words for form in each}
    return {
        name: 1 - math.prod(1 - worth * _weakened(words, told, taken) for words, worth in told.items())
        for name, told in heard.items()
    }


def _weakened(words: _Words, told: Collection[_Words], taken: Collection[str]) -> float:
    """What is left of a single word of one kind that tells of another kind together with others: 1 when it is free."""
    if len(words) > 1 or any(len(others) > 1 for others in told) or words[0].isdisjoint(taken):
        return 1.0
    return _TAKEN


def ages_said(query: str, tokens: Collection[str], how: Finnish) -> frozenset[str]:
    """The ages a question tells of: by years and by words. `tokens`: the base forms of its words, folded."""
    plain = folded(query)
    years = [int(one or other) for one, other in _YEARS.findall(plain)] + [0] * bool(_MONTHS.search(plain))
    told = _ages()
    of_years = {name for name, (low, high) in told.items() if any(low <= one <= high for one in years)}
    return frozenset(of_years | {age for token in tokens for age in _ages_by_word(how).get(token, ())})


def _parts(words: Iterable[Collection[str]], signs: Mapping[str, object]) -> set[str]:
    """What a compound that nobody says begins or ends with."""
    found = set()
    for forms in words:
        for form in forms:
            cuts = range(_SHORTEST_PART, len(form) - 2)
            begins = [form[:cut] for cut in reversed(cuts) if form[:cut] in signs]
            ends = [form[-cut:] for cut in reversed(cuts) if form[-cut:] in signs]
            found |= {*begins[:1], *ends[:1]}
    return found


@cache
def _ages() -> Mapping[str, tuple[int, int]]:
    return {name: tuple(one["years"]) or (1, 0) for name, one in content.read(_AGES).data.items()}


@cache
def _ages_by_word(how: Finnish) -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for name, one in content.read(_AGES).data.items():
        for form in (form for word in one["said"] for forms in _forms_of(word, how) for form in forms):
            found[form] = found.get(form, frozenset()) | {name}
    return found


def forms_said(word: str, how: Finnish) -> frozenset[str]:
    """The base forms of a word; of one no dictionary knows its stem too."""
    found = how(word)
    return found.base if found.known else found.base | {folded(word), stem(folded(word), "finnish")}


def _forms_of(said: str, how: Finnish) -> _Words:
    """The forms of each word; `=` before one: only as it is written."""
    return tuple(
        frozenset({folded(word)}) if part.startswith("=") else forms_said(word, how)
        for part in said.split()
        for word in words_of(part)
    )


def ages_told() -> frozenset[str]:
    """The ages a kind may be for."""
    return frozenset(_ages())


def learn_what_is_said(how: Finnish) -> None:
    """Take the words of all kinds apart beforehand, so that no question waits for it."""
    _signs(how)
    _ages_by_word(how)


@cache
def _signs(how: Finnish) -> Mapping[str, Sequence[_Sign]]:
    """What is said of kinds, by each form of its first word."""
    told = [(kind.name, _forms_of(said, how)) for kind in kinds().values() for said in kind.said]
    together: dict[_Words, set[str]] = {}
    single: dict[frozenset[str], set[str]] = {}
    for name, words in told:
        together.setdefault(words, set()).add(name)
        for forms in words:
            single.setdefault(forms, set()).add(name)
    found: dict[str, list[_Sign]] = {}
    of_ages = _ages_by_word(how).keys()
    for name, words in dict.fromkeys(told):
        worth = (
            _SINGLE / len(single[words[0]]) ** _SHARED_SINGLE
            if len(words) == 1
            else _TOGETHER / len(together[words]) ** _SHARED_TOGETHER
        )
        if len(words) == 1 and not words[0].isdisjoint(of_ages):
            worth *= _AN_AGE
        for form in words[0]:
            found.setdefault(form, []).append(_Sign(name, words, worth))
    return found
