"""The labelled sentences, and how well the rules do on them: `python -m tests.safety.sentences`."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from bot.safety import Verdict, assess

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Sentence:
    level: str
    category: str
    language: str
    text: str


def sentences(name: str) -> list[Sentence]:
    lines = (FOLDER / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [Sentence(*line.split("\t")) for line in lines if line and not line.startswith("#")]


def verdict(sentence: Sentence) -> Verdict:
    hint = None if sentence.language == "und" else sentence.language
    return assess(sentence.text, language=hint)


def figures(found: list[Sentence]) -> Counter[str]:
    """How many of each level there are, were caught, were shown as immediate, or interrupted for nothing."""
    counted: Counter[str] = Counter()
    for sentence in found:
        said = verdict(sentence)
        counted[sentence.level] += 1
        counted[f"{sentence.level} caught"] += said.interrupts
        counted[f"{sentence.level} as immediate"] += said.urgency == "immediate"
        counted[f"{sentence.level} as ask"] += said.urgency == "ask"
    return counted


def report(name: str) -> str:
    """A table of recall and false alarms by language, for people."""
    rows = [
        f"{name}: language, immediate caught, as immediate, urgent caught, false alarms, of them immediate, ask"
    ]
    everything = sentences(name)
    for language in ("fi", "sv", "en", "ru et ar so uk und", "all"):
        part = [s for s in everything if language == "all" or s.language in language.split()]
        n = figures(part)
        rows.append(
            f"{language:18} {n['immediate caught']}/{n['immediate']} {n['immediate as immediate']}/{n['immediate']}"
            f" {n['urgent caught']}/{n['urgent']} {n['none caught']}/{n['none']}"
            f" {n['none as immediate']}/{n['none']} {n['none as ask']}/{n['none']}"
        )
    return "\n".join(rows)


if __name__ == "__main__":
    print(report("development"))  # noqa: T201  it is a report
    print(report("unseen"))  # noqa: T201
