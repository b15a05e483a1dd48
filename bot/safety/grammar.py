"""Reads the rule files: word classes and rules, in a form that people who know crises can read and extend.

A rule file has three kinds of lines (and `#` comments):

    :self  itseni itteni itseä* -itsenäi*          words of a class; `*` any ending; `-` not this one
    immediate suicide_self wish = haluan|haluun .. kuolla      urgency, category, name, pattern
    mask - idiom = tapan .. aikaa                              words that mean something harmless together
    context past = vuosia|vuotta sitten                        words that put a sentence into a frame

A pattern is words in order. `a|b` is either, `:self` any word of the class, `..` up to three and `...` up to
six words between. Parts joined with `&` stand near each other in any order. After `/` comes what must not
stand in the same sentence. Flags in parentheses: `neg` (a negation before it does not weaken it), `past`
and `frame` (nor does past time, nor fiction or a question of fact), `wide` (across sentences).
"""

import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import cast, get_args

from bot.safety.normalise import fold
from bot.safety.typing_errors import Index, index, meant
from bot.safety.verdict import Category, Urgency

GAPS = {"..": 3, "...": 6}
FLAGS = frozenset({"neg", "past", "frame", "wide"})
FRAMES = frozenset({"past", "handled", "found", "again", "fiction", "info"})
_SCRIPTS = {"ru": "other", "uk": "other", "ar": "other", "und": "any"}
"""Languages not written in our letters, and the file of many languages."""
_WORD = re.compile(r"-?[^\W_]+\*?")
"""A word of a rule file. With a hyphen inside it could never be met: messages are cut into words there."""
_KINDS = frozenset({"immediate", "urgent", "ask", "mask", "context"})


@dataclass(frozen=True, slots=True)
class Step:
    """One word of a pattern (the name of a word class), and how many words may stand before it."""

    words: str
    gap: int = 0


Sequence = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of a rule file."""

    name: str
    kind: str
    """An urgency, `mask` or `context`."""
    category: str
    """A category; for `context` the name of the frame."""
    parts: tuple[Sequence, ...]
    without: tuple[str, ...]
    flags: frozenset[str]


@dataclass(frozen=True, slots=True)
class Grammar:
    """The words and rules of one language."""

    language: str
    exact: Mapping[str, tuple[str, ...]]
    """Word → classes."""
    beginnings: Mapping[str, tuple[str, ...]]
    """Beginning of a word → classes."""
    excepted: Mapping[str, tuple[str, ...]]
    """Word → classes it is not in, though its beginning says so."""
    excepted_beginnings: Mapping[str, tuple[str, ...]]
    rules: tuple[Rule, ...]
    """Most urgent first; masks and frames are among them."""
    triggers: Mapping[str, tuple[int, ...]]
    """A word class → places of the rules that need it, each rule at the class with the fewest words only."""
    lengths: tuple[int, ...]
    """How long the beginnings of words are."""
    script: str
    """`latin`, `other`, or `any`: the letters its folded words are in."""
    nearly: Index
    """For slips of the finger: known words and beginnings with a letter left out."""

    def classes(self, word: str) -> set[str]:
        """The classes a folded word belongs to as it is."""
        if self.script != "any" and (self.script == "latin") != word.isascii() and not word.isdigit():
            return set()
        found = set(self.exact.get(word, ()))
        for end in self.lengths:
            if end > len(word):
                break
            found.update(self.beginnings.get(word[:end], ()))
        if found:
            found.difference_update(self.excepted.get(word, ()))
            for end in range(2, len(word) + 1):
                found.difference_update(self.excepted_beginnings.get(word[:end], ()))
        return found

    def near(self, present: Iterable[str]) -> list[Rule]:
        """The rules that may meet words of the classes present, in their order."""
        places = {place for words in present for place in self.triggers.get(words, ())}
        return [self.rules[place] for place in sorted(places)]

    def classes_of_slip(self, word: str, own: Container[str]) -> set[str]:
        """The classes of words that an unknown folded word may be a slip of; none for a word in `own`."""
        found: set[str] = set()
        if word not in self.excepted and word not in own:
            for known, is_beginning in meant(word, self.nearly):
                found.update(self.beginnings[known] if is_beginning else self.exact[known])
        return found


class RuleError(Exception):
    """A line of a rule file that cannot be read; says which and why."""


class _Words:
    """Word classes while a file is being read."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.tables: tuple[dict[str, list[str]], ...] = ({}, {}, {}, {})

    def add(self, name: str, words: Iterable[str]) -> None:
        self.names.add(name)
        for word in words:
            if not _WORD.fullmatch(fold(word)):
                raise RuleError(f"'{word}' can never stand in a message as one word")
            excepted, plain = word.startswith("-"), fold(word.strip("-*"))
            table = self.tables[2 * excepted + word.endswith("*")]
            table.setdefault(plain, []).append(name)

    def element(self, text: str) -> str:
        """The class for one pattern word: a named class alone, or a new class of the alternatives."""
        alternatives = text.split("|")
        unknown = [a for a in alternatives if a.startswith(":") and a[1:] not in self.names]
        if unknown or "" in alternatives:
            raise RuleError(f"unknown word class in '{text}'")
        if len(alternatives) == 1 and text.startswith(":"):
            return text[1:]
        name = f"={text}"  # so that the word `kuolla` is never mistaken for a class called `kuolla`
        if name not in self.names:
            self.add(name, (a for a in alternatives if not a.startswith(":")))
            for narrower in (a[1:] for a in alternatives if a.startswith(":")):
                self._join(narrower, name)
        return name

    def _join(self, name: str, wider: str) -> None:
        for table in self.tables:
            for classes in table.values():
                if name in classes:
                    classes.append(wider)


def read(language: str, text: str) -> Grammar:
    """The grammar in a rule file's text. Raises RuleError naming the line."""
    words, rules = _Words(), []
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.split("#")[0].strip()
        try:
            if line.startswith(":"):
                name, *listed = line[1:].split()
                words.add(name, listed)
            elif line:
                rules.append(_rule(line, words, language))
        except (ValueError, RuleError) as error:
            raise RuleError(f"{language}:{number}: {error}") from error
    exact, beginnings, excepted, excepted_beginnings = (
        {word: tuple(names) for word, names in table.items()} for table in words.tables
    )
    order = ["mask", "context", *get_args(Urgency)]
    rules.sort(key=lambda rule: order.index(rule.kind))
    return Grammar(
        language=language,
        exact=exact,
        beginnings=beginnings,
        excepted=excepted,
        excepted_beginnings=excepted_beginnings,
        rules=tuple(rules),
        triggers=_triggers(rules, (exact, beginnings)),
        lengths=tuple(sorted({len(begun) for begun in beginnings})),
        script=_SCRIPTS.get(language, "latin"),
        nearly=index(exact, beginnings),
    )


def _triggers(
    rules: list[Rule], tables: tuple[Mapping[str, tuple[str, ...]], ...]
) -> dict[str, tuple[int, ...]]:
    """Every rule under the rarest of the word classes it needs."""
    sizes = Counter(name for table in tables for names in table.values() for name in names)
    found: dict[str, list[int]] = {}
    for place, rule in enumerate(rules):
        needed = [step.words for part in rule.parts for step in part]
        found.setdefault(min(needed, key=lambda words: sizes[words]), []).append(place)
    return {words: tuple(places) for words, places in found.items()}


def _rule(line: str, words: _Words, language: str) -> Rule:
    head, body = line.split(" = ", 1)
    flags: frozenset[str] = frozenset()
    if body.endswith(")"):
        body, listed = body[:-1].rsplit("(", 1)
        flags = frozenset(listed.split())
    pattern, _, without = body.partition(" / ")
    kind, category, *name = head.split()
    if kind not in _KINDS or flags - FLAGS:
        raise RuleError(f"'{kind}' or a flag of {sorted(flags)} is not known")
    if kind == "context" and category not in FRAMES:
        raise RuleError(f"'{category}' is not a frame")
    if kind not in ("mask", "context") and category not in get_args(Category):
        raise RuleError(f"'{category}' is not a category")
    return Rule(
        name=f"{language}.{'-'.join(name) or category}",
        kind=kind,
        category=category,
        parts=tuple(_sequence(part.split(), words) for part in pattern.split(" & ")),
        without=tuple(words.element(word) for word in without.split()),
        flags=flags,
    )


def _sequence(pieces: list[str], words: _Words) -> Sequence:
    steps: list[Step] = []
    gap = 0
    for piece in pieces:
        if piece in GAPS:
            gap = GAPS[piece]
        else:
            steps.append(Step(words.element(piece), gap))
            gap = 0
    if not steps or gap:
        raise RuleError("a pattern begins and ends with a word")
    return tuple(steps)


def urgency_of(rule: Rule) -> Urgency:
    """The urgency of a rule that has one."""
    return cast("Urgency", rule.kind)


def category_of(rule: Rule) -> Category:
    """The category of a rule that has an urgency."""
    return cast("Category", rule.category)
