"""Lets an ear hear every unseen sentence, not knowing its language, and compares with the sentence's label."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from bot.evaluation.registers import registers
from bot.evaluation.statistics import Share, auroc, calibration_error, macro_f1
from bot.meaning import Understanding
from bot.understanding import labels, training_data
from bot.understanding.training_data import Example

Hear = Callable[[str], Understanding]

ANY_TIME = datetime(2027, 3, 3, 9, 0, tzinfo=UTC)
"""The moment all is measured at, so that two runs can be compared."""
NOTHING = "–"
_IN_FIRST = 3
_ENOUGH_WORDS = 3


@dataclass(frozen=True, slots=True)
class Heard:
    """One sentence and what it was taken for; `seconds` is what hearing it took."""

    example: Example
    result: Understanding
    seconds: float

    @property
    def need(self) -> str:
        """The first need, or `NOTHING` when it is likelier that there is none."""
        chances = [guess.confidence for guess in self.result.needs]
        return self.result.needs[0].name if chances and chances[0] >= 1 - sum(chances) else NOTHING

    @property
    def ranking(self) -> list[str]:
        """The needs, likeliest first."""
        return [guess.name for guess in self.result.needs]

    @property
    def act(self) -> str:
        """The first act."""
        return self.result.acts[0].name if self.result.acts else labels.NO_ACT

    def chance(self, act: str) -> float:
        """How likely it was held that the sender wants this, 0-1."""
        return next((guess.confidence for guess in self.result.acts if guess.name == act), 0.0)

    @property
    def is_missed(self) -> bool:
        """Whether the need or the act was taken for another."""
        need = self.ranking[:1] == [self.example.need] if self.example.need else self.need == NOTHING
        return not need or self.act != self.example.act


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What is told of a group of sentences: one language, one register, or all."""

    need_first: Share
    """Of the sentences with a need: the right one first."""
    need_in_three: Share
    need_f1: float
    no_need: Share
    """Of the sentences about no family matter: those taken to be so."""
    act_first: Share
    act_f1: float
    rejected: Share
    """Of the sentences with a need: those wrongly taken for out of scope."""
    out_of_scope_auroc: float | None
    """How well the confidence of `out_of_scope` parts such sentences from families' matters, 0.5-1."""
    calibration_error: float
    """How far the confidence of the first need is from the share that is right, 0-1 (ECE, ten bins)."""
    language: Share
    """Of the messages of three words or more: the language recognised from the text alone."""


def hear(examples: Iterable[Example], ear: Hear) -> list[Heard]:
    """Every sentence heard once."""
    found = []
    for example in examples:
        began = perf_counter()
        result = ear(example.text)
        found.append(Heard(example, result, perf_counter() - began))
    return found


def unseen(nlu_dir: Path) -> list[Example]:
    """The sentences that are only for measuring; raises `ContentError` when a file cannot be used."""
    return training_data.load(nlu_dir, unseen=True, any_label=True)


def by_language(heard: Sequence[Heard]) -> dict[str, Figures]:
    """Figures of each language, the most sentences first."""
    counts = Counter(one.example.language for one in heard)
    groups = _grouped(heard, lambda one: (one.example.language,))
    return {language: figures(groups[language]) for language, _ in counts.most_common()}


def by_register(heard: Sequence[Heard]) -> dict[str, Figures]:
    """Figures of each way of writing; a sentence may be of several."""
    return {
        name: figures(found)
        for name, found in sorted(_grouped(heard, lambda one: registers(one.example)).items())
    }


def figures(heard: Sequence[Heard]) -> Figures:
    """The figures of one group."""
    needed = [one for one in heard if one.example.need]
    outside = [one for one in heard if one.example.act == "out_of_scope"]
    # Asking for another language is often written in it.
    speaking = [one for one in heard if one.example.act != "change_language" and _long_enough(one)]
    return Figures(
        need_first=Share.count(one.ranking[:1] == [one.example.need] for one in needed),
        need_in_three=Share.count(one.example.need in one.ranking[:_IN_FIRST] for one in needed),
        need_f1=macro_f1([(str(one.example.need), (one.ranking or [NOTHING])[0]) for one in needed]),
        no_need=Share.count(one.need == NOTHING for one in heard if not one.example.need),
        act_first=Share.count(one.act == one.example.act for one in heard),
        act_f1=macro_f1([(one.example.act, one.act) for one in heard]),
        rejected=Share.count(one.act == "out_of_scope" for one in needed),
        out_of_scope_auroc=auroc(
            [one.chance("out_of_scope") for one in outside], [one.chance("out_of_scope") for one in needed]
        ),
        calibration_error=calibration_error(
            [
                (one.result.needs[0].confidence, one.ranking[0] == one.example.need)
                for one in needed
                if one.result.needs
            ]
        ),
        language=Share.count(one.result.language == one.example.language for one in speaking),
    )


def confusion(heard: Iterable[Heard]) -> Counter[tuple[str, str]]:
    """How often each need (or none) was taken for each."""
    return Counter((one.example.need or NOTHING, one.need) for one in heard)


def _grouped(heard: Iterable[Heard], names: Callable[[Heard], Iterable[str]]) -> dict[str, list[Heard]]:
    groups: dict[str, list[Heard]] = defaultdict(list)
    for one in heard:
        for name in names(one):
            groups[name].append(one)
    return groups


def _long_enough(one: Heard) -> bool:
    return len(one.example.text.split()) >= _ENOUGH_WORDS
