"""What stands around a match: negation, past and handled, fiction, a question of fact.

Context may weaken a match, and it never makes one stronger. It never wholly silences words about suicide.
"""

from dataclasses import dataclass, field

from bot.safety.grammar import urgency_of
from bot.safety.matching import Match, Page
from bot.safety.verdict import Urgency

NEGATION_REACH = 3
"""How many words before a predicate a negation still governs it, within the same clause."""

_SUICIDE = ("suicide_self", "suicide_child")


@dataclass(slots=True)
class Frames:
    """Which sentences of a message are put into which frame."""

    sentences: dict[str, set[int]] = field(default_factory=dict)

    def add(self, page: Page, match: Match) -> None:
        """Note a frame found at a match of a `context` rule."""
        of_frame = self.sentences.setdefault(match.rule.category, set())
        of_frame.update(range(page.sentence(match.first), page.sentence(match.last) + 1))

    def covers(self, frame: str, sentence: int) -> bool:
        """Whether a sentence is in a frame."""
        return sentence in self.sentences.get(frame, ())

    def anywhere(self, frame: str) -> bool:
        """Whether any sentence is in a frame."""
        return bool(self.sentences.get(frame))


def urgency_here(page: Page, match: Match, frames: Frames) -> Urgency:
    """How urgent a match is once its surroundings are read."""
    flags = match.rule.flags
    urgency = urgency_of(match.rule)
    suicide = match.rule.category in _SUICIDE
    sentence = page.sentence(match.head[0])
    if "frame" not in flags and frames.covers("fiction", sentence):
        return "none"
    if "frame" not in flags and frames.covers("info", sentence):
        return "ask" if suicide else "none"
    if "neg" not in flags and _negated(page, match):
        return "ask" if suicide else "none"
    if "past" not in flags and not frames.anywhere("again"):
        return _past(urgency, past=frames.covers("past", sentence), handled=frames.anywhere("handled"))
    return urgency


def _past(urgency: Urgency, *, past: bool, handled: bool) -> Urgency:
    """Past and handled is no emergency; past alone is one step less urgent; handled alone changes nothing."""
    if past and handled:
        return "ask"
    if past:
        return {"immediate": "urgent", "urgent": "ask"}.get(urgency, urgency)  # type: ignore[return-value]
    return urgency


def _negated(page: Page, match: Match) -> bool:
    """Whether a negation governs the match: shortly before its predicate, or before its target, in the clause."""
    for place in range(max(0, match.head[0] - NEGATION_REACH), match.head[0]):
        same_clause = page.tokens[place].clause == page.tokens[match.head[0]].clause
        if same_clause and "negator" in page.at[place]:
            return True
    return False
