"""The labelled sentences, and how well the rules do on them: `python -m tests.safety.sentences`."""

from pathlib import Path

from bot.evaluation.report import with_doubt
from bot.evaluation.statistics import Share
from bot.safety.evaluation import Row, Sentence, counted, sentences

FOLDER = Path(__file__).parents[2] / "nlu_data" / "safety"
SETS = tuple(sorted(path.stem for path in FOLDER.glob("*.tsv")))
PUT_ASIDE = tuple(name for name in SETS if name.startswith("unseen"))


def learned_from() -> list[Sentence]:
    """The sentences that the second looks may learn from: all but those put aside."""
    return [one for name in SETS if name not in PUT_ASIDE for one in of_set(name)]


def of_set(name: str) -> list[Sentence]:
    """The sentences of a set."""
    return sentences(FOLDER / f"{name}.tsv")


def total(found: list[Sentence], level: str) -> Row:
    """The counts of one level over all the sentences given."""
    empty = Row("all", level, 0, 0, 0, 0)
    return next((row for row in counted(found) if (row.language, row.level) == ("all", level)), empty)


def report(name: str) -> str:
    """A table by language and level, for people: crisis card and its 95 % interval, immediate, gentle line."""
    lines = [f"{name}: language level lines crisis-card (95 %) immediate ask"]
    for row in counted(of_set(name)):
        share = f"{row.interrupted}/{row.lines} {with_doubt(Share(row.interrupted, row.lines))}"
        lines.append(f"  {row.language:4} {row.level:10} {share:32} {row.immediate:4} {row.ask:4}")
    return "\n".join(lines)


if __name__ == "__main__":
    for each in SETS:
        print(report(each))  # noqa: T201  it is a report
