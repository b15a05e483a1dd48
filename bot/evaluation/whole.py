"""Measures one ear on everything there is to measure it with."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from bot.evaluation import facts, measuring
from bot.evaluation.report import Report
from bot.meaning import Understanding
from bot.safety import Verdict
from bot.safety.evaluation import Row, Sentence, counted, sentences, verdict
from bot.understanding.danger import second_look

EarAt = Callable[[str, datetime], Understanding]

_FACTS = "facts/unseen*.jsonl"
_DANGER = "safety/unseen*.tsv"


def measure(nlu_dir: Path, ear: EarAt, *, engine: str, remarks: Sequence[str] = ()) -> Report:
    """Everything told of an ear; raises `ContentError` when the unseen sentences cannot be used.

    Args:
        nlu_dir: The folder with the `unseen` sets and, if there are any,
            `facts/unseen*.jsonl` and `safety/unseen*.tsv`.
        ear: Understands a text at a moment.
        engine: The name of the ear.
        remarks: What weakens it on this machine.
    """
    heard = measuring.hear(measuring.unseen(nlu_dir), lambda text: ear(text, measuring.ANY_TIME))
    told = [one for file in sorted(nlu_dir.glob(_FACTS)) for one in facts.read(file)]
    return Report(
        engine=engine,
        sentences=len(heard),
        languages=measuring.by_language(heard),
        registers=measuring.by_register(heard),
        everything=measuring.figures(heard),
        facts=facts.measure(told, ear) if told else {},
        confusion=measuring.confusion(heard),
        heard=heard,
        danger=_danger(nlu_dir, ear),
        remarks=tuple(remarks),
    )


def _danger(nlu_dir: Path, ear: EarAt) -> dict[str, Sequence[Row]]:
    """Of each sheet of labelled sentences, what the rules alone say, and what is said once the ear has heard it."""

    def judge(sentence: Sentence) -> Verdict:
        return second_look(verdict(sentence), ear(sentence.text, measuring.ANY_TIME).danger)

    found: dict[str, Sequence[Row]] = {}
    for file in sorted(nlu_dir.glob(_DANGER)):
        told = sentences(file)
        found |= {f"{file.stem}, rules alone": counted(told), file.stem: counted(told, judge)}
    return found
