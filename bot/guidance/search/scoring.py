"""What a service is worth as an answer, and why it is one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.guidance.match import Reason
from bot.guidance.search.asking import Asked
from bot.guidance.search.index import Candidate

_WEIGHED, _COVERED, _NEED, _CALLED, _KIND = 0.5, 0.6, 0.15, 0.25, 1.0
"""What counts of a service: the weight of its words (BM25) beside the best one's, how much of the question it answers,
how likely it is for the need, how much of its name was said, how surely its kind is the one looked for."""
_SURE, _STRAY = 0.6, 0.6
"""From when it is sure what kind is looked for, and how much less words then tell of a service of no such kind."""
ENOUGH = 0.4
"""How well a service must answer the words to be shown for them alone, 0–1."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A service that may be an answer: X."""

    candidate: Candidate
    score: float
    covered: float
    need: float
    kind: float

    @property
    def id(self) -> str:
        """Of the service."""
        return self.candidate.id

    def reason(self, asked: Asked) -> Reason:
        """Why it is there, as is true of it: its name or texts hold a word only where they do."""
        if self.need and self.covered < ENOUGH:
            return "need"
        if asked.named_by(self.candidate):
            return "name"
        return "words" if asked.held_by(self.candidate) else "kind"


def scored(
    asked: Asked,
    found: Sequence[Candidate],
    worth: Mapping[str, tuple[Candidate, float]],
    kinds: Mapping[str, float],
    *,
    widely: bool,
) -> list[Scored]:
    """Every candidate that answers the words well enough, the need or the kind, with what it is worth, best first.

    Args:
        asked: The question.
        found: Those that hold words of it, or are of a kind it speaks of.
        worth: By id, those for a need, with how likely they are for it (0–1).
        kinds: The kinds of service looked for, with how surely (0–1).
        widely: Whether any word is enough; then what is hardly for families comes after what is.
    """
    known = {candidate.id: candidate for candidate in [*found, *(one for one, _ in worth.values())]}
    weights: dict[str, float] = {}
    for candidate in found:
        weights[candidate.id] = max(candidate.weight, weights.get(candidate.id, 0.0))
    best = max(weights.values(), default=0.0) or 1.0
    sure = min(1.0, max(kinds.values(), default=0.0) / _SURE)
    answers = []
    for service_id, candidate in known.items():
        covered = asked.covered_by(candidate)
        need = worth[service_id][1] if service_id in worth else 0.0
        if covered < ENOUGH and not need and not widely:
            continue
        kind = _of_kind(candidate, kinds)
        words = _WEIGHED * weights.get(service_id, 0.0) / best + _COVERED * covered
        words += _CALLED * asked.calls(candidate)
        if not kind:
            words *= 1 - _STRAY * sure * (1 - asked.calls(candidate) ** 2)
        score = words + _NEED * need + _KIND * kind
        worth_it = score * candidate.of_families if widely else score
        answers.append(Scored(candidate, worth_it, covered, need, kind))
    return sorted(answers, key=lambda one: (-one.score, one.id))


def _of_kind(candidate: Candidate, kinds: Mapping[str, float]) -> float:
    return max((wholly * kinds.get(name, 0.0) for name, wholly in candidate.kinds()), default=0.0)
