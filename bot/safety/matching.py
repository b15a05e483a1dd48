"""Finds where the rules of one language meet a message, in time proportional to its length."""

from bisect import bisect_left
from collections.abc import Container, Iterator
from dataclasses import dataclass

from bot.safety.grammar import Grammar, Rule, Sequence
from bot.safety.normalise import Token

NEAR = 8
"""How many words may lie between parts of a pattern joined with `&`."""
WIDE = 60
"""The same for rules that reach across sentences."""
MOST_SPANS = 60
"""How many places of one pattern are looked at; more than any honest message has."""

_ORDINARY = "ordinary"
"""A word class of a rule file: words, and all that begin so, that are never slips of the finger."""

Span = tuple[int, int]
"""First and last word of a place."""


@dataclass(frozen=True, slots=True)
class Match:
    """A rule met the message here."""

    rule: Rule
    first: int
    last: int
    head: Span
    """The place of the pattern's first part, which is what a negation would negate."""


class Page:
    """A message laid out for one grammar: at which words each word class stands."""

    def __init__(self, grammar: Grammar, tokens: tuple[Token, ...]) -> None:
        self.tokens = tokens
        self.grammar = grammar
        self.at: list[set[str]] = []
        for token in tokens:
            classes = grammar.classes(token.forms[0])
            for form in token.forms[1:]:
                classes |= grammar.classes(form)
            self.at.append(classes)
        self.present: set[str] = set().union(*self.at) if self.at else set()
        self.known = sum(bool(classes) for classes in self.at)
        self._places: dict[str, list[int]] = {}

    def allow_slips(self, own: Container[str]) -> None:
        """Read words that are not known as slips of the finger, except those in `own`."""
        for place, token in enumerate(self.tokens):
            if _ORDINARY not in self.at[place]:
                self.at[place] |= self.grammar.classes_of_slip(token.forms[-1], own)
        self.present = set().union(*self.at) if self.at else set()

    def places(self, words: str) -> list[int]:
        """Where a word class stands, in order."""
        if words not in self._places:
            self._places[words] = [i for i, classes in enumerate(self.at) if words in classes]
        return self._places[words]

    def hide(self, span: Span) -> None:
        """Take the words of an idiom off the page."""
        for place in range(span[0], span[1] + 1):
            self.at[place] = set()
        self._places.clear()

    def sentence(self, place: int) -> int:
        """The number of the sentence a word is in."""
        return self.tokens[place].sentence


def matches(page: Page, rule: Rule) -> Iterator[Match]:
    """Every place (up to a bound) where the rule meets the page."""
    if not all(step.words in page.present for part in rule.parts for step in part):
        return
    wide = "wide" in rule.flags
    spans = [_spans(page, part, wide=wide) for part in rule.parts]
    if not all(spans):
        return
    for head in spans[0]:
        places = [head]
        for others in spans[1:]:
            near = _nearest(page, head, others, wide=wide)
            if near is None:
                break
            places.append(near)
        else:
            first, last = min(p[0] for p in places), max(p[1] for p in places)
            if not _forbidden(page, rule, first, last):
                yield Match(rule, first, last, head)


def _spans(page: Page, part: Sequence, *, wide: bool) -> list[Span]:
    """The places of one sequence of words."""
    found: list[Span] = []
    for start in page.places(part[0].words):
        end = start
        for step in part[1:]:
            following = _next(page, step.words, end, step.gap, wide=wide)
            if following is None:
                break
            end = following
        else:
            found.append((start, end))
            if len(found) == MOST_SPANS:
                break
    return found


def _next(page: Page, words: str, after: int, gap: int, *, wide: bool) -> int | None:
    """The first word of a class within `gap` words, in the same sentence unless `wide`."""
    for place in range(after + 1, min(after + gap + 2, len(page.at))):
        if not wide and page.sentence(place) != page.sentence(after):
            return None
        if words in page.at[place]:
            return place
    return None


def _nearest(page: Page, head: Span, others: list[Span], *, wide: bool) -> Span | None:
    """The place nearest to `head` that is near enough and does not share a word with it."""
    middle = bisect_left(others, head)
    reach = WIDE if wide else NEAR
    for other in (*reversed(others[max(0, middle - 3) : middle]), *others[middle : middle + 4]):
        apart = max(other[0] - head[1], head[0] - other[1])
        if 0 < apart <= reach + 1 and (wide or page.sentence(other[0]) == page.sentence(head[0])):
            return other
    return None


def _forbidden(page: Page, rule: Rule, first: int, last: int) -> bool:
    """Whether a word that the rule excludes stands in the sentences of this place."""
    sentences = range(page.sentence(first), page.sentence(last) + 1)
    return any(
        page.sentence(place) in sentences
        for words in rule.without
        if words in page.present
        for place in page.places(words)
    )
