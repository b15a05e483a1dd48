"""What stands around a match: negation, past and handled, fiction, a question of fact.

Context may weaken a match, and it never makes one stronger. It never wholly silences words about suicide.
"""

from dataclasses import dataclass, field

from bot.safety.grammar import urgency_of
from bot.safety.matching import Match, Page
from bot.safety.verdict import Urgency

NEGATION_REACH = 4
"""How many words before a predicate a negation still governs it, within the same clause."""

_SUICIDE = ("suicide_self", "suicide_child")
_ENDED_BY = {"poisoning_accident": "handled", "child_unsupervised_now": "found", "runaway": "found"}
"""The frame that says that such a danger is over, though it was told in a past tense just as it begins."""
_PERSONS = frozenset(
    {"me", "us", "child_nom", "child_obj", "age", "baby", "small", "teen", "grown", "partner", "parent"}
)


@dataclass(slots=True)
class Frames:
    """Which sentences of a message are put into which frame."""

    sentences: dict[str, set[int]] = field(default_factory=dict)

    def add(self, page: Page, match: Match) -> None:
        """Note a frame found at a match of a `context` rule."""
        over = match.rule.category in ("handled", "found")
        if over and "neg" not in match.rule.flags and negated(page, match):
            return  # not found yet, not all right
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
    if "neg" not in flags and negated(page, match):
        return "ask" if suicide else "none"
    if frames.anywhere(_ENDED_BY.get(match.rule.category, "")):
        return "ask"
    handled = frames.anywhere("handled") or frames.anywhere("found")
    if "past" not in flags and not frames.anywhere("again"):
        return _past(urgency, past=frames.covers("past", sentence), handled=handled)
    return urgency


def _past(urgency: Urgency, *, past: bool, handled: bool) -> Urgency:
    """Past and handled is no emergency; past alone is one step less urgent; handled alone changes nothing."""
    if past and handled:
        return "ask"
    if past:
        return "urgent" if urgency == "immediate" else "ask"
    return urgency


def negated(page: Page, match: Match) -> bool:
    """Whether a negation governs the match: inside its first part, or shortly before it in the same clause.

    Before a person it must be next to it: in `en jaksa mies lyö mua` the negation belongs to another verb.
    """
    first, last = match.head
    reach = 1 if page.at[first] & _PERSONS else NEGATION_REACH
    return (
        _governed(page, first, max(0, first - reach))
        or (last > first and _governed(page, last, max(first, last - NEGATION_REACH - 1)))
        or _denied_after(page, first)
    )


def _governed(page: Page, predicate: int, earliest: int) -> bool:
    """Whether a negation stands before a predicate, and no word between that begins a clause of its own.

    A negation of the first person (`en jaksa`) does not reach over another subject (`mies lyö`).
    """
    clause = page.tokens[predicate].clause
    subject = False
    for place in range(predicate - 1, earliest - 1, -1):
        classes = page.at[place]
        if page.tokens[place].clause != clause:
            return False
        if "negator" in classes:
            return not (subject and "negator_mine" in classes)
        if "joint" in classes:
            return False
        subject = subject or "subject" in classes
    return False


def _denied_after(page: Page, predicate: int) -> bool:
    """Whether a negation follows a verb, as in Swedish: `han slår inte`, `slår mig aldrig`."""
    clause = page.tokens[predicate].clause
    for place in range(predicate + 1, min(predicate + 3, len(page.at))):
        if page.tokens[place].clause != clause or "joint" in page.at[place]:
            return False
        if "negator_after" in page.at[place]:
            return True
    return False
