"""A question taken apart: its words with all their forms, and how much of it a service answers."""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from bot import content
from bot.guidance.search.index import Candidate, Index
from bot.guidance.search.kinds import ages_said, forms_said, kinds_said, words_said
from bot.guidance.search.letters import NOT_NAMES, OF_FAMILIES, folded, words_of
from bot.guidance.search.word_forms import Finnish, stem, stems

_MEANINGS = Path(__file__).with_name("meanings.yaml")
_IN_TEXT, _PART_OF_NAME, _PART_OF_TEXT = 0.7, 0.6, 0.35
"""What a word is worth that stands in the summary, or of which only a part stands in the name or summary."""
_UNHEARD = 0.3
"""What a word weighs that no service has: it tells little of which one is meant."""
_COMMONPLACE = math.log(1 + 10)
"""The rarity of what one service in ten has."""
_COMMON = math.log(1 + 6)
"""The rarity of what one service in six has."""
_MEANT = 0.8
"""What another word for the same is worth."""
_SHORTEST_MISTYPED, _FEW = 5, 2


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a question. `rarity`: how much it tells of a service (its inverse document frequency)."""

    base: frozenset[str]
    parts: dict[str, float]
    """The words it is put together from, with the rarity of each."""
    rarity: float
    meant: frozenset[str] = frozenset()
    """Base forms of other words for the same."""

    @property
    def heads(self) -> Collection[str]:
        """What it ends with: of a compound that tells what it is, as `hoito` of `iltapäivähoito`."""
        return [part for part in self.parts if any(whole.endswith(part) for whole in self.base)]

    def in_base(self, text: str) -> bool:
        """Whether a text of tokens holds the word."""
        return any(f" {token} " in text for token in self.base)

    def in_meant(self, text: str) -> bool:
        """Whether a text of tokens holds another word for the same."""
        return any(f" {token} " in text for token in self.meant)

    def in_parts(self, text: str) -> float:
        """How much of what the word is put together from a text of tokens holds, 0–1."""
        of_all = sum(self.parts.values())
        return (
            sum(rarity for token, rarity in self.parts.items() if f" {token} " in text) / of_all
            if of_all
            else 0.0
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as search understands it."""

    words: tuple[Word, ...]
    kinds: Mapping[str, float]
    """The kinds of service it speaks of, and how surely (0–1)."""
    ages: frozenset[str]
    """The ages it tells of, as in `ages.yaml`."""

    @property
    def names_something(self) -> bool:
        """Whether any word can be the name of a service."""
        return bool(self.words)

    @property
    def tokens(self) -> frozenset[str]:
        """Every form to look for; parts of compounds that nearly every service has only when there is nothing else."""
        parts = {part: rarity for word in self.words for part, rarity in word.parts.items()}
        telling = {part for part, rarity in parts.items() if rarity > _COMMONPLACE}
        return frozenset((self._whole(self.words) | telling) or parts)

    @property
    def telling_tokens(self) -> frozenset[str]:
        """Those of the words that tell something, where some do: what many services have is slow to look for."""
        return frozenset(self._whole([word for word in self.words if word.rarity > _COMMON])) & self.tokens

    @staticmethod
    def _whole(words: Iterable[Word]) -> set[str]:
        return {token for word in words for token in (*word.base, *word.meant)}

    def covered_by(self, candidate: Candidate) -> float:
        """How much of the question a service answers, 0–1: rare words count more, its name more than its texts."""
        total = sum(word.rarity for word in self.words)
        return sum(_answered(word, candidate) for word in self.words) / total if total else 0.0

    def calls(self, candidate: Candidate) -> float:
        """How much of the service's Finnish name the question says, 0–1."""
        said = {token for word in self.words for token in (*word.base, *word.meant)}
        of_all = candidate.called.count(" ") - 1
        return sum(f" {token} " in candidate.called for token in said) / of_all if of_all > 0 else 0.0

    def named_by(self, candidate: Candidate) -> bool:
        """Whether a whole word of the question stands in the name of the service."""
        return any(word.in_base(candidate.name) for word in self.words)

    def held_by(self, candidate: Candidate) -> bool:
        """Whether a word of the question, or one it is put together from, stands in the short texts of the service."""
        return any(word.in_base(candidate.text) or word.in_parts(candidate.text) > 0 for word in self.words)


def read(query: str, index: Index, *, widely: bool) -> Asked:
    """The words of a question that can name a service, put right where they are mistyped.

    `widely`: words of families too, which alone name none.
    """
    left_out = NOT_NAMES - OF_FAMILIES if widely else NOT_NAMES
    words = [word for word in words_of(query) if folded(word) not in left_out and len(word) > 1]
    asked = tuple(index.remember(("word", word), partial(_word, word, index)) for word in words)
    if not widely:
        return Asked(asked, {}, frozenset())
    spelled = _spelled(query, index)
    tokens = {token for forms in spelled for token in forms}
    parts = {part for word in asked for part in word.heads}
    return Asked(asked, kinds_said(spelled, parts, index.finnish), ages_said(query, tokens, index.finnish))


def _spelled(query: str, index: Index) -> list[frozenset[str]]:
    """The base forms of every word of a question, with how else it may be written."""
    return [index.remember(("spelled", word), partial(_all_forms, word, index)) for word in words_of(query)]


def _all_forms(word: str, index: Index) -> frozenset[str]:
    found = forms_said(word, index.finnish) | {folded(word)}
    if not index.finnish(word).known:
        for other in _otherwise_written(word, index):
            found |= forms_said(other, index.finnish)
    return found


def _answered(word: Word, candidate: Candidate) -> float:
    if word.in_base(candidate.name):
        return word.rarity
    worth = max(_PART_OF_NAME * word.in_parts(candidate.name), _PART_OF_TEXT * word.in_parts(candidate.text))
    if word.in_base(candidate.text):
        worth = max(worth, _IN_TEXT)
    if word.in_meant(candidate.text):
        worth = max(worth, _MEANT * (1.0 if word.in_meant(candidate.name) else _IN_TEXT))
    return worth * word.rarity


def _word(word: str, index: Index) -> Word:
    base, parts = _forms(word, index)
    if not any(index.number_holding(token) for token in base):
        for other in _otherwise_written(word, index):
            more_base, more_parts = _forms(other, index)
            base, parts = base | more_base, parts | more_parts
    rarities = {token: _rarity(token, index) for token in base | parts}
    rarity = max((rarities[token] for token in base), default=0.0)
    if not any(index.number_holding(token) for token in base | parts):
        rarity *= _UNHEARD
    meant = frozenset(called for token in base for called in meanings(index.finnish).get(token, ()))
    return Word(base, {part: rarities[part] for part in parts - base}, rarity, meant - base)


def _otherwise_written(word: str, index: Index) -> list[str]:
    return index.remember(("written", word), partial(_written, word, index))


def _written(word: str, index: Index) -> list[str]:
    """How the catalogue writes a word it does not hold as it is: with its dots, in a compound, without the slip."""
    found = index.written(word)[:_FEW]
    if any(_is_held(other, index) for other in found):
        return found
    # What a dictionary knows is no slip of the finger, and its compounds are taken apart already.
    known = index.finnish(word).known
    if len(word) < _SHORTEST_MISTYPED or known or folded(word) in meanings(index.finnish):
        return found
    if index.finnish is stems:
        compounds = [other for other in index.compounds(word) if _is_held(other, index)]
        return [*found, *(compounds or index.repaired(word)[:_FEW])]
    return found or index.repaired(word)[:_FEW]


def _is_held(word: str, index: Index) -> bool:
    """Whether a service has the word; families may say it though none has."""
    return any(index.number_holding(token) for token in index.forms(word, "fi").base)


def _forms(word: str, index: Index) -> tuple[frozenset[str], frozenset[str]]:
    """The word as each of the three languages would bend it; which one it is, a single word does not tell."""
    found = index.forms(word, "fi")
    others = frozenset(stem(word, algorithm) for algorithm in ("swedish", "english"))
    base = found.base | {token for token in others if index.number_holding(token)}
    return base, found.parts


def _rarity(token: str, index: Index) -> float:
    return math.log(1 + index.count / (index.number_holding(token) + 0.5))


@cache
def meanings(how: Finnish) -> Mapping[str, frozenset[str]]:
    """Base forms of what people say, with those of what services are called (`meanings.yaml`); as `how` bends them."""
    found: dict[str, frozenset[str]] = {}
    for said, called in _meanings().items():
        names = frozenset(form for name in called for form in how(name).base)
        for form in how(said).base:
            found[form] = found.get(form, frozenset()) | names
    return found


def words_people_say() -> Collection[str]:
    """What `meanings.yaml` and the kinds know, so that its words may be mistyped too."""
    return _meanings().keys() | words_said()


@cache
def _meanings() -> Mapping[str, Sequence[str]]:
    told = content.read(_MEANINGS).data or {}
    return {str(said): tuple(map(str, called)) for said, called in told.items()}
